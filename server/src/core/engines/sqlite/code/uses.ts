// What a file calls, gives away and assigns, by name: built once for the facts of a file, from syntax alone.
import { nameOfCall } from '../../../catalog/call-index.ts'
import type { CallFact, UsageFacts } from '../../../facts/file-facts.ts'
import { usesInside } from '../../../source/uses-inside.ts'
import type { CallValue, JsxValue, Value } from '../../../source/value.ts'

/** A call, maybe inside another. */
export interface CallPart {
  readonly file: string
  readonly call: CallValue
  readonly fact: CallFact
  /** True for the outermost one, whose `use` says what becomes of its result. */
  readonly isOuter: boolean
}

/** Where a function, or the name of one, is given to something. */
export interface GivenPart {
  readonly file: string
  readonly value: Value
  /** The call and which argument of it, or the element and which of its props. */
  readonly to:
    | { readonly kind: 'argument'; readonly call: CallValue; readonly index: number }
    | { readonly kind: 'prop'; readonly element: JsxValue; readonly prop: string }
  readonly fact: CallFact
}

/** The uses of a file. */
export interface FileUses {
  /** By the last name of what is called; an empty text for what has none. */
  readonly calls: ReadonlyMap<string, readonly CallPart[]>
  /** What is given by its name, by that name. */
  readonly given: ReadonlyMap<string, readonly GivenPart[]>
  /** Functions that are written where they are given, by their number. */
  readonly homes: ReadonlyMap<number, GivenPart>
  /** Calls whose result is assigned to a variable that is declared elsewhere, by its key. */
  readonly assigned: ReadonlyMap<string, readonly CallFact[]>
}

const nothing: FileUses = { calls: new Map(), given: new Map(), homes: new Map(), assigned: new Map() }
const known = new WeakMap<UsageFacts, FileUses>()

/** The uses of `file`. Facts never change, so they are kept for as long as the facts are. */
export function usesOf(file: string, usage: UsageFacts | undefined): FileUses {
  if (!usage || usage.calls.length === 0) return nothing
  const uses = known.get(usage) ?? read(file, usage)
  known.set(usage, uses)
  return uses
}

function read(file: string, usage: UsageFacts): FileUses {
  const calls = new Map<string, CallPart[]>()
  const given = new Map<string, GivenPart[]>()
  const homes = new Map<number, GivenPart>()
  const assigned = new Map<string, CallFact[]>()
  const give = (value: Value, to: GivenPart['to'], fact: CallFact) => {
    const part: GivenPart = { file, value, to, fact }
    if (value.kind === 'function') homes.set(value.id, part)
    else if (value.kind === 'name' || value.kind === 'member') if (value.name) add(given, value.name, part)
  }
  for (const fact of usage.calls) {
    if (fact.assignedTo !== undefined) add(assigned, fact.assignedTo, fact)
    for (const use of usesInside(fact.value)) {
      if (use.kind === 'jsx') {
        for (const prop of use.props)
          if (prop.kind === 'named') give(prop.value, { kind: 'prop', element: use, prop: prop.name }, fact)
        continue
      }
      add(calls, nameOfCall(use) ?? '', { file, call: use, fact, isOuter: use === fact.value })
      use.args.forEach((argument, index) => {
        give(argument, { kind: 'argument', call: use, index }, fact)
      })
    }
  }
  return { calls, given, homes, assigned }
}

function add<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}
