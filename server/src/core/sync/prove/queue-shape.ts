// How a hand-written queue is got hold of by code outside of it: what a test must know to start it and to hand it operations.
import { basename } from '../../text/path.ts'
import { lastName, methodOf } from '../flow.ts'
import { outermostNamed } from '../read-queue.ts'
import { restarts, startName, type Trigger } from '../triggers.ts'
import type { OwnFunction, QueueCode } from '../types.ts'
import { type DeclaredFile, declaredFile } from './declared-file.ts'
import type { Parameter } from './type-shape.ts'

export interface QueueShape {
  readonly file: string
  /** What people call it: the class, or the file. */
  readonly name: string
  readonly access: Access
  /** What takes an operation; undefined where that cannot be told. */
  readonly enqueue: { readonly name: string; readonly parameters: readonly Parameter[] } | undefined
  /** What the app calls when it starts, in that order. */
  readonly starts: readonly string[]
  /** What other files of the app do with it. */
  readonly helpers: readonly Helper[]
  /** The keys that it stores under, as far as they are known. */
  readonly keys: readonly string[]
  /** The packages that its files import. */
  readonly packages: readonly string[]
}

export type Access =
  /** An object that the file exports. */
  | { readonly kind: 'instance'; readonly export: string }
  | { readonly kind: 'class'; readonly export: string; readonly parameters: readonly Parameter[] }
  /** A static member that gives the one instance: `SyncQueue.getInstance()`. */
  | { readonly kind: 'static'; readonly export: string; readonly member: string; readonly isCalled: boolean }
  /** Functions that the file exports, by the names they are exported under. */
  | { readonly kind: 'module'; readonly exports: Readonly<Record<string, string>> }

/** Another file that makes the queue send: when the app starts, when the network returns, over and over, or else. */
export interface Helper {
  readonly file: string
  readonly when: 'start' | 'network' | 'interval' | 'other'
  readonly method: string
  /** For `interval`, where it is known. */
  readonly everyMs?: number
}

/** The shape of a queue, or why a test cannot get hold of it. */
export function queueShape(
  queue: QueueCode,
  text: (file: string) => string | undefined,
): QueueShape | { readonly problem: string } {
  const { file, classKey } = queue
  const declared = declaredFile(file, text, queue.scope)
  const name = queueNameOf(queue)
  const access = classKey === undefined ? moduleAccess(queue) : classAccess(queue, classKey, declared)
  if (access === undefined)
    return {
      problem: hookOf(queue)
        ? `${name} in ${basename(file)} is a hook, which runs only inside of a component. Move the queue into a class or a module, and let the hook use that.`
        : classKey === undefined
          ? `The functions of ${basename(file)} are not exported by their names, so that no test can call them. Export what takes an operation first.`
          : `${name} in ${basename(file)} is not exported, so that no test can start it. Export it first.`,
    }
  const callable = (fn: OwnFunction): string | undefined => publicName(fn, access, declared, classKey)
  const enqueue = enqueueOf(queue, callable)
  const helpers = helpersOf(queue)
  return {
    file,
    name,
    access,
    enqueue: enqueue && { name: enqueue.name, parameters: declared.parametersOf(enqueue.fn.fact) },
    starts: startsOf(queue, callable, declared),
    helpers: helpers.filter(({ method }) =>
      queue.functions.some(fn => fn.names.includes(method) && callable(fn) !== undefined),
    ),
    keys: [...new Set(queue.persists.flatMap(({ key }) => key ?? []))],
    packages: packagesAround(queue),
  }
}

/** By which a queue is told from others: its file, and the class in it. */
export const queueId = ({ file, classKey }: QueueCode): string =>
  classKey === undefined ? file : `${file}#${classKey}`

/** The class, or the file without its ending. */
export function queueNameOf({ file, classKey, scope }: QueueCode): string {
  const name = classKey === undefined ? undefined : scope.classOf(file, classKey)?.name
  return name || basename(file).replace(/\.\w+$/, '')
}

function classAccess({ scope, file }: QueueCode, classKey: string, declared: DeclaredFile): Access | undefined {
  const module = scope.module(file)
  if (!module) return undefined
  let exported: string | undefined
  for (const [name, given] of Object.entries(module.exports)) {
    if (given.kind === 'from') continue
    const value = given.kind === 'value' ? given.value : module.bindings[given.key]?.value
    if (value?.kind === 'call' && value.isNew && lastName(value.callee) === scope.classOf(file, classKey)?.name)
      return { kind: 'instance', export: name }
    const isClass =
      given.kind === 'binding' ? given.key === classKey : value?.kind === 'class' && value.key === classKey
    if (isClass) exported = name
  }
  if (exported === undefined) return undefined
  const single = scope
    .classOf(file, classKey)
    ?.members.find(one => one.isStatic && /^(?:getInstance|instance|shared|getShared|sharedInstance)$/.test(one.name))
  if (single) return { kind: 'static', export: exported, member: single.name, isCalled: single.kind === 'method' }
  return { kind: 'class', export: exported, parameters: declared.constructorOf(classKey) }
}

/** The exported functions of the queue; undefined where there are none. */
function moduleAccess({ scope, file, functions, reader }: QueueCode): Access | undefined {
  const module = scope.module(file)
  if (!module) return undefined
  const own = new Set(functions.filter(fn => outermostNamed(reader, fn) === fn && fn.fact.parent === undefined))
  const exports: Record<string, string> = {}
  for (const [name, given] of Object.entries(module.exports)) {
    const local = given.kind === 'binding' ? module.bindings[given.key] : undefined
    const fn = [...own].find(one => local !== undefined && one.names.includes(local.name))
    if (fn && local && !isHookName(local.name)) exports[local.name] = name
  }
  return Object.keys(exports).length > 0 ? { kind: 'module', exports } : undefined
}

const isHookName = (name: string): boolean => /^use[A-Z]/.test(name)

const hookOf = ({ functions }: QueueCode): boolean => functions.some(fn => fn.names.some(isHookName))

/** The name by which a test can call a function of the queue; undefined for what is private to it. */
function publicName(
  fn: OwnFunction,
  access: Access,
  declared: DeclaredFile,
  classKey: string | undefined,
): string | undefined {
  if (fn.fact.kind === 'constructor') return undefined
  if (access.kind === 'module') return fn.names.find(name => name in access.exports)
  return fn.names.find(name => classKey !== undefined && declared.isPublic(classKey, name))
}

const likelyEnqueue = /enqueue|add|queue|push|submit|schedule|track|save|create/i

/** What puts an operation into the queue, or calls what does. */
function enqueueOf(
  queue: QueueCode,
  callable: (fn: OwnFunction) => string | undefined,
): { readonly fn: OwnFunction; readonly name: string } | undefined {
  const { enqueues, reader } = queue
  const callers = callersOf(queue, enqueues)
  // What restores the queue puts operations into it as well.
  const begins = (fn: OwnFunction) => fn.names.some(name => startName.test(name))
  for (const list of [enqueues.filter(fn => !begins(fn)), callers.filter(fn => !begins(fn))]) {
    const found = list.flatMap(fn => {
      const name = callable(fn)
      return name === undefined || queue.drains.some(drain => drain.fn === fn)
        ? []
        : [{ fn: outermostNamed(reader, fn), name }]
    })
    const liked = found.find(one => likelyEnqueue.test(one.name)) ?? found[0]
    if (liked) return liked
  }
  return undefined
}

const callersOf = (queue: QueueCode, called: readonly OwnFunction[]): readonly OwnFunction[] => [
  ...new Set(
    queue.functions
      .filter(fn =>
        fn.calls.some(call => {
          const callee = queue.reader.callee(call)
          return callee !== undefined && called.includes(callee)
        }),
      )
      .map(fn => outermostNamed(queue.reader, fn)),
  ),
]

/** Methods with the name of a beginning that nothing inside of the queue calls. What reads the storage comes first. */
function startsOf(
  queue: QueueCode,
  callable: (fn: OwnFunction) => string | undefined,
  declared: DeclaredFile,
): readonly string[] {
  const found = queue.functions.flatMap(fn => {
    const name = callable(fn)
    if (name === undefined || !startName.test(name)) return []
    if (queue.drains.some(drain => drain.fn === fn)) return []
    const needs = declared.parametersOf(fn.fact).some(one => !one.isOptional)
    return needs || callersOf(queue, [fn]).length > 0 ? [] : [name]
  })
  const isLoad = (name: string) => /^(?:load|restore|hydrate)/i.test(name)
  return [...found.filter(isLoad), ...found.filter(name => !isLoad(name))]
}

function helpersOf(queue: QueueCode): readonly Helper[] {
  const found = restarts(queue).flatMap((trigger): Helper[] => {
    const method = lastName(trigger.at) ?? methodOf(trigger.at)?.name
    if (trigger.file === queue.file || method === undefined) return []
    const every = trigger.by?.kind === 'call' ? trigger.by.args[1] : undefined
    const everyMs = every?.kind === 'number' ? { everyMs: every.value } : {}
    return [{ file: trigger.file, when: momentOf(queue, trigger), method, ...everyMs }]
  })
  return [...new Map(found.map(one => [`${one.when} ${one.method}`, one])).values()]
}

const networkModule = /netinfo|expo-network/

function momentOf({ scope, reader }: QueueCode, { by, file, at }: Trigger): Helper['when'] {
  const method = by && methodOf(by)
  const name = method?.name ?? ''
  // An effect of a file that knows the network runs at the start and when that changes, as a listener does.
  if (/^use(?:Layout)?Effect$/.test(name))
    return scope.module(file)?.imports.some(one => networkModule.test(one.from)) ? 'network' : 'start'
  if (name === 'setInterval') return 'interval'
  if (/^(?:addEventListener|addNetworkStateListener|subscribe)$/.test(name))
    return /netinfo|network|online/i.test(`${name} ${(method?.of && lastName(method.of)) ?? ''}`) ? 'network' : 'other'
  const isInside = reader
    .code(file)
    .functions.some(({ fact }) => fact.at.start <= at.at.start && at.at.end <= fact.at.end)
  return by === undefined && !isInside ? 'start' : 'other'
}

/** How many files are looked through for packages. */
const mostFiles = 300

/** The packages that the queue's file and the files it imports import; types alone do not count. */
function packagesAround({ scope, file }: QueueCode): readonly string[] {
  const packages = new Set<string>()
  const seen = new Set([file])
  for (const one of seen) {
    if (seen.size > mostFiles) break
    for (const { from, typeOnly } of scope.module(one)?.imports ?? []) {
      if (typeOnly) continue
      const [found] = scope.workspace().resolve(one, from)
      if (found !== undefined) seen.add(found)
      else if (!from.startsWith('.')) packages.add(from)
    }
  }
  return [...packages].sort()
}
