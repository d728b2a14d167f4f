// What starts a drain: calls of it, timers and listeners.
import type { CallValue, Value } from '../source/value.ts'
import { walkValue } from '../source/value.ts'
import { methodOf } from './flow.ts'
import { outermostNamed } from './read-queue.ts'
import type { Called, Drain, OwnFunction, QueueCode } from './types.ts'

/** A place from which a drain is started. */
export interface Trigger {
  readonly file: string
  readonly at: Value
  /** The call that is given the drain, or the function that calls it: a timer, a listener. */
  readonly by: Value | undefined
  /** The named function of the queue that it stands in; undefined elsewhere and at the top level. */
  readonly inside: OwnFunction | undefined
}

/** Functions that run once, when the app starts. */
export const startName = /^(?:start|init|initialize|constructor|setup|load|restore|hydrate|boot)/i

const timers = /^(?:setTimeout|setInterval|setImmediate|requestAnimationFrame)$/

/** True for a trigger by a timer. */
export const isTimer = ({ by }: Trigger): boolean => by !== undefined && timers.test(methodOf(by)?.name ?? '')

/**
 * What starts the drains of a queue again after they have stopped, without a new operation: timers, listeners, and
 * anything elsewhere in the project that calls them. What merely has the name counts too.
 */
export function restarts(queue: QueueCode): readonly Trigger[] {
  const wanted = new Set(queue.drains.map(drain => drain.fn))
  const found: Trigger[] = []
  for (const fn of wanted)
    for (const trigger of triggersOf(queue, fn)) {
      const { inside } = trigger
      if (trigger.by && !isOwnPromise(trigger.by)) {
        found.push(trigger)
        continue
      }
      if (!inside) {
        if (trigger.file !== queue.file) found.push(trigger)
        continue
      }
      if (queue.enqueues.includes(inside) || queue.drains.some(drain => drain.fn === inside)) continue
      if (inside.fact.kind === 'constructor' || inside.names.some(name => startName.test(name))) continue
      // A way in from outside: whoever uses it may be a listener.
      wanted.add(inside)
    }
  return found
}

/** `this.load().then(() => this.drain())` starts nothing again. */
const isOwnPromise = (call: Value): boolean => /^(?:then|catch|finally|resolve)$/.test(methodOf(call)?.name ?? '')

/** Everything that calls `fn` or hands it on; elsewhere in the project, everything of its name. */
function triggersOf(queue: QueueCode, fn: OwnFunction): readonly Trigger[] {
  const names = new Set(fn.names)
  if (names.size === 0) return []
  const { reader } = queue
  return reader.filesNaming(queue.file, [...names]).flatMap(file => {
    const code = reader.code(file)
    const isHome = file === queue.file
    // Handed to a component, or kept somewhere: whoever has it may be a listener.
    const usage = queue.scope.usage(file)
    const kept = [
      ...(usage?.assigns ?? []).map(one => one.value),
      ...(usage?.calls ?? []).flatMap(({ value }) => (value.kind === 'jsx' ? value.props.map(prop => prop.value) : [])),
    ].filter(value => isNamed(value, names))
    const given = kept.map((at): Trigger => ({ file, at, by: at, inside: undefined }))
    return given.concat(
      code.calls.flatMap(called => {
        const around = called.fn === undefined ? undefined : code.functions[called.fn]
        const at = startedBy(called, names)
        if (!at) return []
        if (isHome && at === called.call && !mayCall(queue, called, fn)) return []
        const named = around && outermostNamed(reader, around)
        const inside =
          isHome && named && queue.functions.includes(named) && named.names.length > 0
            ? named
            : isHome
              ? constructorOf(around)
              : undefined
        const by = at === called.call ? giver(code.functions, around) : called.call
        return [{ file, at, by, inside } satisfies Trigger]
      }),
    )
  })
}

const constructorOf = (fn: OwnFunction | undefined): OwnFunction | undefined =>
  fn?.fact.kind === 'constructor' ? fn : undefined

/** The call that the function around is given to, where that is a callback. */
function giver(functions: readonly OwnFunction[], around: OwnFunction | undefined): CallValue | undefined {
  for (let at = around; at && at.names.length === 0; ) {
    if (at.givenTo && !/^(?:forEach|map|useCallback)$/.test(methodOf(at.givenTo)?.name ?? '')) return at.givenTo
    at = at.fact.parent === undefined ? undefined : functions[at.fact.parent]
  }
  return undefined
}

/** The call itself where it calls one of `names`, or the argument that has such a name. */
function startedBy({ call }: Called, names: ReadonlySet<string>): Value | undefined {
  const name = methodOf(call)?.name
  if (name !== undefined && names.has(name)) return call
  for (const argument of call.args)
    for (const part of walkValue(argument)) {
      if (isNamed(part, names)) return part
    }
  return undefined
}

const isNamed = (value: Value, names: ReadonlySet<string>): boolean =>
  (value.kind === 'name' || value.kind === 'member') && value.name !== undefined && names.has(value.name)

function mayCall(queue: QueueCode, called: Called, fn: OwnFunction): boolean {
  const callee = queue.reader.callee(called)
  return callee === undefined || callee === fn
}

/** The calls of a drain in the code of its queue. */
export const callsOf = (queue: QueueCode, drain: Drain): readonly Called[] =>
  queue.functions.flatMap(fn => fn.calls.filter(called => queue.reader.callee(called) === drain.fn))
