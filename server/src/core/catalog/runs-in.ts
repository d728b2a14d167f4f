// Where code runs for certain: when its file is loaded, in an effect, or when something is tapped.
import type { Binding, FunctionFact } from '../facts/file-facts.ts'
import { childrenOf, type Value, walkValue } from '../source/value.ts'
import { type CallIndex, type Home, nameOfCall } from './call-index.ts'
import type { Scope } from './scope.ts'

/** The code of a file. */
export interface IndexedCode {
  readonly scope: Scope
  readonly file: string
  readonly index: CallIndex
}

/** `unknown` for a function that somebody else may call, maybe from a transaction. */
export type RunsIn = 'load' | 'effect' | 'event' | 'unknown'

const effects = /^use(?:Layout|Insertion|Focus)?Effect$/
/** What the platform itself calls; `onSave` of a component of the app may be called from a transaction. */
const events =
  /^on(?:Press|PressIn|PressOut|LongPress|Click|Change|ChangeText|ValueChange|Submit|SubmitEditing|EndEditing|EndReached|Refresh|Blur|Focus|Layout|Scroll|Dismiss|RequestClose)$/
/** Methods whose callback belongs to the code around it. */
const callbacks =
  /^(?:forEach|map|flatMap|filter|then|catch|finally|setTimeout|setInterval|setImmediate|requestAnimationFrame)$/

/** Where function `fn` runs. Functions with a name, and those given to anything that is not known, run nobody knows where. */
export function runsIn(code: IndexedCode, fn: number | undefined): RunsIn {
  let at = fn
  for (let depth = 0; depth < 20; depth++) {
    if (at === undefined) return 'load'
    const one = functionOf(code, at)
    if (!one || (one.kind !== 'arrow' && one.kind !== 'function') || one.isGenerator) return 'unknown'
    const home = code.index.homes.get(at) ?? localHome(code, at)
    if (!home) return 'unknown'
    const found = ofHome(code, home)
    if (found !== 'around') return found
    at = home.fact.fn
  }
  return 'unknown'
}

function ofHome({ index }: IndexedCode, home: Home): RunsIn | 'around' {
  if (home.isCalled) return 'around'
  if (home.prop !== undefined) return events.test(home.prop) && (!home.call || isAlert(home)) ? 'event' : 'unknown'
  const name = home.call && nameOfCall(home.call)
  if (name === undefined || home.index !== 0) return 'unknown'
  if (effects.test(name)) return 'effect'
  if (name === 'useCallback') {
    const around = [...(index.byName.get('useFocusEffect') ?? [])]
    return around.some(part => part.call.args[0] === home.call) ? 'effect' : 'unknown'
  }
  return callbacks.test(name) ? 'around' : 'unknown'
}

const isAlert = (home: Home): boolean => home.call !== undefined && nameOfCall(home.call) === 'alert'

/** `const load = async () => {…}; load()` inside an effect, where nothing else can call it. */
function localHome(code: IndexedCode, fn: number): Home | undefined {
  const parent = functionOf(code, fn)?.parent
  const bindings = code.scope.module(code.file)?.bindings ?? {}
  const key = Object.keys(bindings).find(one => isFunction(bindings[one]!, fn))
  if (parent === undefined || key === undefined || bindings[key]!.fn !== parent) return undefined
  const given = [...code.index.byFunction].flatMap(([id, facts]) => (isWithin(code, id, parent) ? facts : []))
  const isGiven = given.some(({ value }) => [...walkValue(value)].some(part => mentions(part, key)))
  const called = (code.index.byName.get(bindings[key]!.name) ?? []).filter(
    ({ call }) => call.callee.kind === 'name' && call.callee.key === key,
  )
  const [first] = called
  if (!first || isGiven || called.some(part => part.fact.fn !== parent)) return undefined
  return { call: first.call, index: -1, isCalled: true, prop: undefined, fact: first.fact }
}

const functionOf = ({ scope, file }: IndexedCode, fn: number): FunctionFact | undefined =>
  scope.usage(file)?.functions[fn]

const isWithin = (code: IndexedCode, fn: number, outer: number): boolean => {
  for (let at: number | undefined = fn; at !== undefined; at = functionOf(code, at)?.parent)
    if (at === outer) return true
  return false
}

/** True where the name stands for itself rather than being called. */
const mentions = (part: Value, key: string): boolean =>
  childrenOf(part).some(
    child => child.kind === 'name' && child.key === key && !(part.kind === 'call' && part.callee === child),
  )

const isFunction = (binding: Binding, fn: number): boolean =>
  binding.value?.kind === 'function' && binding.value.id === fn
