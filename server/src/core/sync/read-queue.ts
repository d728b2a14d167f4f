// Finds queues: what holds operations that wait, keeps them, and sends them.
import type { Scope } from '../catalog/scope.ts'
import type { CatchStep, ClassFact, MemberFact, Step } from '../facts/file-facts.ts'
import { type CallValue, type Value, walkValue } from '../source/value.ts'
import type { Place } from '../text/span.ts'
import { allSteps, lastName, methodOf, ownValues, some } from './flow.ts'
import { persistOf } from './read-persist.ts'
import { requestOf } from './read-requests.ts'
import type { Called, CodeReader, Drain, NetworkRequest, OwnFunction, Persist, QueueCode } from './types.ts'
import { isQueueTable, queueName, queueSql } from './words.ts'

/** The queues of a file: of each class, and of all that stands outside of classes. None is judged that lacks a part. */
export function readQueues(scope: Scope, reader: CodeReader, file: string): readonly QueueCode[] {
  if (scope.isBroken(file)) return []
  const { functions } = reader.code(file)
  const keys = new Set(functions.map(one => one.classKey))
  return [...keys].flatMap(
    key =>
      readQueue(
        scope,
        reader,
        file,
        key,
        functions.filter(one => one.classKey === key),
      ) ?? [],
  )
}

/** How far calls are followed. */
const furthest = 4

function readQueue(
  scope: Scope,
  reader: CodeReader,
  file: string,
  classKey: string | undefined,
  functions: readonly OwnFunction[],
): QueueCode | undefined {
  const isQueue = queueTest(scope, file, classKey)
  const puts = functions.flatMap(fn => placesOfPut(scope, fn, isQueue).map(at => ({ fn, at })))
  const [firstPut] = puts
  if (!firstPut) return undefined
  const sending = new Map<string, boolean>()
  const sends = (called: Called, depth = 0): boolean => {
    if (requestOf(scope, called)) return true
    const fn = depth > furthest ? undefined : reader.callee(called)
    return fn !== undefined && sendsWithin(fn, depth + 1)
  }
  const sendsWithin = (fn: OwnFunction, depth: number): boolean => {
    const id = `${fn.file} ${fn.id}`
    const known = sending.get(id)
    if (known !== undefined) return known
    sending.set(id, false)
    const found = withInner(reader, fn).some(one => one.calls.some(called => sends(called, depth)))
    sending.set(id, found)
    return found
  }
  const drains = functions.flatMap(fn => readDrain(scope, reader, fn, isQueue, called => sends(called)) ?? [])
  if (drains.length === 0) return undefined
  const persists = findPersists(
    isQueue,
    scope,
    reader,
    file,
    functions,
    puts.map(put => put.fn),
  )
  if (persists.length === 0) return undefined
  const requests = drains.flatMap(drain => requestsFrom(scope, reader, drain.fn))
  if (requests.length === 0) return undefined
  const fact = classKey === undefined ? undefined : scope.classOf(file, classKey)
  const own = fact && (fact.members.find(isNamedQueue) ?? queueField(fact))
  const outer = (fn: OwnFunction) => outermostNamed(reader, fn)
  return {
    file,
    scope,
    reader,
    classKey,
    functions,
    at: own ? { file, span: own.nameAt } : firstPut.at,
    drains,
    enqueues: [...new Set(puts.map(put => outer(put.fn)))].filter(fn => !drains.some(drain => drain.fn === fn)),
    persists,
    requests: [...new Map(requests.map(request => [request.called.call, request])).values()],
    isQueue,
    sends: called => sends(called),
  }
}

/** The function with a name that `fn` stands in. */
export function outermostNamed(reader: CodeReader, fn: OwnFunction): OwnFunction {
  let at: OwnFunction = fn
  while (at.names.length === 0 && at.fact.parent !== undefined) {
    const parent = reader.code(at.file).functions[at.fact.parent]
    if (!parent) break
    at = parent
  }
  return at
}

/** A function and those that are written in it. */
export function withInner(reader: CodeReader, fn: OwnFunction): readonly OwnFunction[] {
  const all = reader.code(fn.file).functions
  const inner = (id: number): boolean => {
    for (let at = all[id]; at; at = at.fact.parent === undefined ? undefined : all[at.fact.parent])
      if (at.id === fn.id) return true
    return false
  }
  return all.filter(one => inner(one.id))
}

/** A function with what is written in it as a callback, but not those that it names. */
export const withCallbacks = (reader: CodeReader, fn: OwnFunction): readonly OwnFunction[] =>
  withInner(reader, fn).filter(one => one === fn || outermostNamed(reader, one) === fn)

const isNamedQueue = ({ kind, name }: MemberFact): boolean => kind === 'property' && queueName.test(name)

/** The one array of a class that is called a queue, whatever it is called itself. */
function queueField(fact: ClassFact): MemberFact | undefined {
  if (!/queue|outbox/i.test(fact.name) || fact.members.some(isNamedQueue)) return undefined
  const arrays = fact.members.filter(
    ({ kind, name, initializer, type }) =>
      kind === 'property' &&
      !/fail|dead|done|sent|error|listener|subscriber|handler|history|log/i.test(name) &&
      (initializer?.kind === 'array' || /\[\]$|^Array</.test(type?.text ?? '')),
  )
  return arrays.length === 1 ? arrays[0] : undefined
}

/** Tells names of the queue from others. */
function queueTest(scope: Scope, file: string, classKey: string | undefined): (value: Value) => boolean {
  const fact = classKey === undefined ? undefined : scope.classOf(file, classKey)
  const field = fact && queueField(fact)?.name
  return value => {
    const name = lastName(value)
    if (name === undefined) return false
    if (value.kind === 'member' && value.of.kind === 'this' && field !== undefined && value.name === field) return true
    return queueName.test(name.replace(/Ref$/, ''))
  }
}

/** Where something is put into the queue. */
function placesOfPut(scope: Scope, fn: OwnFunction, isQueue: (value: Value) => boolean): readonly Place[] {
  const places: Place[] = []
  const put = (value: Value) => places.push({ file: fn.file, span: value.at })
  for (const { call } of fn.calls) {
    const method = methodOf(call)
    if (!method) continue
    if (method.of && /^(?:push|unshift|concat)$/.test(method.name) && isQueue(method.of)) put(method.of)
    const text = call.args[0] && scope.text({ value: call.args[0], file: fn.file })?.text
    if (text === undefined) continue
    if (/^\s*(?:insert|replace)\b/i.test(text) && queueSql.test(text)) put(call.args[0]!)
    // `realm.create('OutboxOp', …)`, `database.get('sync_queue').create(…)`
    if (method.of && (method.name === 'create' || isCollection(call, text)) && isQueueTable(text)) put(call.args[0]!)
  }
  for (const step of allSteps(fn.fact.steps ?? []))
    for (const value of ownValues(step))
      for (const part of walkValue(value)) if (part.kind === 'array' && spreadsAndAdds(part, isQueue)) put(part)
  return places
}

/** `database.get('sync_queue')`, `database.collections.get('sync_queue')` */
const isCollection = (call: CallValue, name: string): boolean => {
  const method = methodOf(call)
  return (
    method?.name === 'get' && /database|db|collections/i.test(lastName(method.of ?? call) ?? '') && isQueueTable(name)
  )
}

/** `[...queue, operation]` */
const spreadsAndAdds = (value: Extract<Value, { kind: 'array' }>, isQueue: (value: Value) => boolean): boolean =>
  value.items.length > 1 && value.items.some(item => item.kind === 'spread' && isQueue(item.value))

const iterates = /^(?:forEach|map|reduce|some|every)$/

/** The drain that a function is; undefined for all others. */
function readDrain(
  scope: Scope,
  reader: CodeReader,
  fn: OwnFunction,
  isQueue: (value: Value) => boolean,
  sends: (called: Called) => boolean,
): Drain | undefined {
  const steps = fn.fact.steps
  if (!steps || fn.names.length === 0) return undefined
  const own = withCallbacks(reader, fn)
  const sending = own.flatMap(one => one.calls).filter(sends)
  if (sending.length === 0) return undefined
  const readsTable = own.some(one =>
    one.calls.some(({ call }) => {
      const text = call.args[0] && scope.text({ value: call.args[0], file: fn.file })?.text
      if (text === undefined) return false
      if (/^\s*select\b/i.test(text)) return queueSql.test(text)
      return (methodOf(call)?.name === 'objects' || isCollection(call, text)) && isQueueTable(text)
    }),
  )
  const takes = own.some(one => [...valuesOf(one)].some(value => takesFirst(value, isQueue)))
  const goes = own.some(one =>
    one.calls.some(({ call }) => {
      const method = methodOf(call)
      return method?.of !== undefined && iterates.test(method.name) && isQueue(method.of)
    }),
  )
  const loops = [...allSteps(steps)].filter(step => step.kind === 'loop')
  const holds = (step: Extract<Step, { kind: 'loop' }>) =>
    sending.some(({ call }) => step.bodyAt.start <= call.at.start && call.at.end <= step.bodyAt.end)
  const loop = loops.find(holds)
  const overQueue =
    loop !== undefined &&
    (ownValues(loop).some(value => some(value, isQueue)) ||
      takes ||
      (loop.over !== undefined && (readsTable || goesOver(loop.over, isQueue))))
  if (!overQueue && !takes && !goes && !(readsTable && loop)) return undefined
  return { fn, steps, loop, catches: catchesOf(steps, sending) }
}

const goesOver = (value: Value, isQueue: (value: Value) => boolean): boolean => some(value, isQueue)

function* valuesOf(fn: OwnFunction): Generator<Value> {
  for (const step of allSteps(fn.fact.steps ?? [])) for (const value of ownValues(step)) yield* walkValue(value)
}

/** `queue[0]`, `queue.shift()`, `queue.at(0)` */
function takesFirst(value: Value, isQueue: (value: Value) => boolean): boolean {
  if (value.kind === 'member' && value.index?.kind === 'number' && value.index.value === 0) return isQueue(value.of)
  const method = methodOf(value)
  return method?.of !== undefined && /^(?:shift|at|pop|peek)$/.test(method.name) && isQueue(method.of)
}

/** The handlers around what sends. */
function catchesOf(steps: readonly Step[], sending: readonly Called[]): readonly CatchStep[] {
  return [...allSteps(steps)].flatMap(step => {
    if (step.kind !== 'try' || !step.catch) return []
    const { bodyAt } = step
    const isAround = sending.some(({ call }) => bodyAt.start <= call.at.start && call.at.end <= bodyAt.end)
    const isInnermost = ![...allSteps(step.body)].some(
      inner =>
        inner.kind === 'try' &&
        inner.catch &&
        sending.some(({ call }) => inner.bodyAt.start <= call.at.start && call.at.end <= inner.bodyAt.end),
    )
    return isAround && isInnermost ? [step.catch] : []
  })
}

/** Calls that keep the queue: in the unit, and in what is called by those who put something into it. */
function findPersists(
  isQueue: (value: Value) => boolean,
  scope: Scope,
  reader: CodeReader,
  file: string,
  functions: readonly OwnFunction[],
  putting: readonly OwnFunction[],
): readonly Persist[] {
  const found: Persist[] = []
  const seen = new Set<OwnFunction>(functions)
  const look = (called: Called, depth: number, isGiven: boolean): void => {
    const takesQueue = isGiven || called.call.args.some(argument => some(argument, isQueue))
    const persist = persistOf(scope, reader, called)
    if (persist) {
      if (keepsQueue(persist, takesQueue)) found.push(persist)
      return
    }
    const fn = depth > 2 ? undefined : reader.callee(called)
    if (!fn || seen.has(fn)) return
    seen.add(fn)
    for (const inner of withCallbacks(reader, fn)) for (const one of inner.calls) look(one, depth + 1, takesQueue)
  }
  for (const fn of functions) for (const called of fn.calls) look(called, putting.includes(fn) ? 0 : 1, false)
  // Middleware stands around the store, at the top of the file.
  for (const called of reader.code(file).calls) if (called.fn === undefined) look(called, 3, false)
  return found
}

/** What is kept besides the queue, such as the time of the last run, does not count. */
function keepsQueue({ by, key, called }: Persist, takesQueue: boolean): boolean {
  if (by === 'middleware' || by === 'method' || takesQueue) return true
  if (by === 'key-value')
    return key === undefined || /queue|outbox|pending|offline|ops|operation|mutation|unsynced|actions/i.test(key)
  const [first] = called.call.args
  const text = first?.kind === 'string' ? first.text : first?.kind === 'template' ? first.texts.join('') : ''
  return by === 'sql' ? queueSql.test(text) : first?.kind === 'function' || !first
}

/** The requests that a function makes, also by calling others. */
function requestsFrom(scope: Scope, reader: CodeReader, from: OwnFunction): readonly NetworkRequest[] {
  const seen = new Set<OwnFunction>()
  const visit = (fn: OwnFunction, depth: number): readonly NetworkRequest[] => {
    if (seen.has(fn) || depth > furthest) return []
    seen.add(fn)
    return withCallbacks(reader, fn).flatMap(one =>
      one.calls.flatMap(called => {
        const request = requestOf(scope, called)
        if (request) return [request]
        const next = reader.callee(called)
        return next ? visit(next, depth + 1) : []
      }),
    )
  }
  return visit(from, 0)
}
