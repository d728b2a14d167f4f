// Where code runs for certain: when its file is loaded, in an effect, or when something is tapped.
import type { Binding } from '../../../facts/file-facts.ts'
import { childrenOf, type Value, walkValue } from '../../../source/value.ts'
import type { CodeOfFile } from '../types.ts'
import type { Home } from './call-index.ts'
import { nameOfCall } from './call-index.ts'
import type { WriterReader } from './read-writer.ts'

/** `unknown` for a function that somebody else may call, maybe from a writer. */
export type RunsIn = 'load' | 'effect' | 'event' | 'unknown'

const effects = /^use(?:Layout|Insertion|Focus)?Effect$/
/** What the platform itself calls; `onSave` of a component of the app may be called from a writer. */
const events =
  /^on(?:Press|PressIn|PressOut|LongPress|Click|Change|ChangeText|ValueChange|Submit|SubmitEditing|EndEditing|EndReached|Refresh|Blur|Focus|Layout|Scroll|Dismiss|RequestClose)$/
/** Methods whose callback belongs to the code around it. */
const callbacks =
  /^(?:forEach|map|flatMap|filter|then|catch|finally|setTimeout|setInterval|setImmediate|requestAnimationFrame)$/

/** Where function `fn` runs. Functions with a name, and those given to anything that is not known, run nobody knows where. */
export function runsIn(code: CodeOfFile, writers: WriterReader, fn: number | undefined): RunsIn {
  let at = fn
  for (let depth = 0; depth < 20; depth++) {
    if (at === undefined) return 'load'
    const one = writers.functionOf(at)
    if (!one || (one.kind !== 'arrow' && one.kind !== 'function') || one.isGenerator) return 'unknown'
    const home = writers.index.homes.get(at) ?? localHome(code, writers, at)
    if (!home) return 'unknown'
    const found = ofHome(writers, home)
    if (found !== 'around') return found
    at = home.fact.fn
  }
  return 'unknown'
}

function ofHome(writers: WriterReader, home: Home): RunsIn | 'around' {
  if (home.isCalled) return 'around'
  if (home.prop !== undefined) return events.test(home.prop) && (!home.call || isAlert(home)) ? 'event' : 'unknown'
  const name = home.call && nameOfCall(home.call)
  if (name === undefined || home.index !== 0) return 'unknown'
  if (effects.test(name)) return 'effect'
  if (name === 'useCallback') {
    const around = [...(writers.index.byName.get('useFocusEffect') ?? [])]
    return around.some(part => part.call.args[0] === home.call) ? 'effect' : 'unknown'
  }
  return callbacks.test(name) ? 'around' : 'unknown'
}

const isAlert = (home: Home): boolean => home.call !== undefined && nameOfCall(home.call) === 'alert'

/** `const load = async () => {…}; load()` inside an effect, where nothing else can call it. */
function localHome(code: CodeOfFile, writers: WriterReader, fn: number): Home | undefined {
  const parent = writers.functionOf(fn)?.parent
  const bindings = code.scope.module(code.file)?.bindings ?? {}
  const key = Object.keys(bindings).find(one => isFunction(bindings[one]!, fn))
  if (parent === undefined || key === undefined || bindings[key]!.fn !== parent) return undefined
  const given = [...writers.index.byFunction].flatMap(([id, facts]) => (isWithin(writers, id, parent) ? facts : []))
  const isGiven = given.some(({ value }) => [...walkValue(value)].some(part => mentions(part, key)))
  const called = (writers.index.byName.get(bindings[key]!.name) ?? []).filter(
    ({ call }) => call.callee.kind === 'name' && call.callee.key === key,
  )
  const [first] = called
  if (!first || isGiven || called.some(part => part.fact.fn !== parent)) return undefined
  return { call: first.call, index: -1, isCalled: true, prop: undefined, fact: first.fact }
}

const isWithin = (writers: WriterReader, fn: number, outer: number): boolean => {
  for (let at: number | undefined = fn; at !== undefined; at = writers.functionOf(at)?.parent)
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
