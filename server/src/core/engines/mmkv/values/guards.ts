// Whether code looks first if something is stored.
import type { Part } from '../../../catalog/call-index.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { childrenOf, type Value, walkValue } from '../../../source/value.ts'
import { functionsAround, isTried, isWithin, outermost } from '../code/around.ts'
import { callIndex } from '../code/call-index.ts'
import type { CodeOfFile, KeyUse, MmkvStore } from '../types.ts'

/** A read, and the key of the variable that holds what it gave. */
export interface Read {
  readonly use: KeyUse
  readonly store: MmkvStore | undefined
  readonly variable: string | undefined
}

/** The read that a value is, itself or by way of a variable that nothing else is assigned to. */
export function readBehind(
  scope: Scope,
  { value, file }: Located,
  reads: readonly Omit<Read, 'variable'>[],
): Read | undefined {
  const isOf = (call: Value | undefined) => reads.find(({ use }) => use.call.value === call && use.call.file === file)
  const direct = isOf(value)
  if (direct) return { ...direct, variable: undefined }
  if (value.kind !== 'name' || value.key === undefined) return undefined
  const held = isOf(scope.binding(file, value.key)?.value)
  return held && { ...held, variable: value.key }
}

/**
 * True where the code may have looked before `part` takes what was read: in a branch, in a `try`, behind a throw, behind
 * another use of the key, or where the variable is given to a function.
 */
export function isGuarded(code: CodeOfFile, part: Part, read: Read): boolean {
  const { scope, file } = code
  const { fact, call } = part
  if (fact.isConditional === true || isChosen(fact.value, call) || isTried(scope, file, fact.fn, call.at)) return true
  if (functionsAround(scope, file, fact.fn).some(one => one.throws)) return true
  const { homes } = callIndex(scope.usage(file))
  // A function that is given to a call runs where that runs.
  for (const id of idsAround(code, fact.fn)) {
    const home = homes.get(id)
    if (home?.fact.isConditional === true || (home?.call && isChosen(home.fact.value, home.call))) return true
    if (home && isTried(scope, file, home.fact.fn, home.fact.value.at)) return true
  }
  return isFilled(read) || isLookedAt(code, part, read) || isGiven(code, part, read)
}

function idsAround({ scope, file }: CodeOfFile, fn: number | undefined): readonly number[] {
  const functions = scope.usage(file)?.functions ?? []
  const ids: number[] = []
  for (let at = fn; at !== undefined; at = functions[at]?.parent) ids.push(at)
  return ids
}

/** True where `inner` is evaluated only if something else in `outer` says so. */
function isChosen(outer: Value, inner: Value): boolean {
  const path = pathTo(outer, inner)
  return path.some(
    (value, i) =>
      (value.kind === 'conditional' && path[i + 1] !== value.test) ||
      (value.kind === 'binary' && /^(?:&&|\|\||\?\?)$/.test(value.op) && path[i + 1] === value.right),
  )
}

function pathTo(outer: Value, inner: Value): readonly Value[] {
  if (outer === inner) return [outer]
  for (const child of childrenOf(outer)) {
    const path = pathTo(child, inner)
    if (path.length > 0) return [outer, ...path]
  }
  return []
}

/** True where other code of the app makes sure that something is stored: it asks for the key, or writes it when it is loaded. */
const isFilled = ({ use, store }: Read): boolean =>
  store?.uses.some(
    other =>
      !other.isTest &&
      isSameKey(other, use) &&
      (other.access === 'contains' || (other.access === 'write' && other.fact.fn === undefined)),
  ) === true

/** True where the same function uses the key in another way as well, or another read of the file asks for it. */
function isLookedAt({ scope, file, uses }: CodeOfFile, { fact }: Part, { use }: Read): boolean {
  const around = outermost(scope, file, fact.fn)
  return uses().some(({ use: other }) => {
    if (other === use || other.call.file !== file || other.isTest) return false
    if (!isSameKey(other, use)) return false
    if (other.access === 'contains') return true
    return (
      around !== undefined && isWithin(scope, file, other.fact.fn, around) && other.at.span.start < use.at.span.start
    )
  })
}

function isSameKey(a: KeyUse, b: KeyUse): boolean {
  if (a.key && b.key) return a.key.text === b.key.text
  const [one, other] = [a.keyArgument, b.keyArgument]
  if (a.key || b.key || !one || !other) return false
  // Of keys that are not known, the same name is the same key.
  return one.value.kind === 'name' && other.value.kind === 'name' ? one.value.key === other.value.key : true
}

/** True where the variable is handed to something that may check it. */
function isGiven({ scope, file }: CodeOfFile, { call }: Part, { variable }: Read): boolean {
  if (variable === undefined) return false
  const isIt = (value: Value) => value.kind === 'name' && value.key === variable
  return (scope.usage(file)?.calls ?? []).some(({ value }) =>
    [...walkValue(value)].some(part => part.kind === 'call' && part !== call && part.args.some(isIt)),
  )
}
