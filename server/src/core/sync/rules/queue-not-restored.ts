// A queue is written to storage, and nothing ever reads it back.
import type { Rule } from '../../rules/rule.ts'
import { type Value, walkValue } from '../../source/value.ts'
import { exampleQueue, queueApp } from '../example-queue.ts'
import { allSteps, lastName, methodOf } from '../flow.ts'
import { forQueues } from '../generated-layer.ts'
import type { Persist, QueueCode } from '../types.ts'

const readerNames = 'getItem getItemAsync multiGet getString getBuffer getMap getMapAsync getArray getArrayAsync'.split(
  ' ',
)
const readers = new RegExp(`^(?:${readerNames.join('|')})$`)
const loads = /^_?(?:load|restore|hydrate|rehydrate|read|fetchQueue|getQueue|getPending|getAll|recover|retrieve)/i

export const queueNotRestored: Rule<QueueCode, never> = {
  id: 'sync/queue-not-restored',
  severity: 'error',
  on: 'queue',
  docs: {
    what: 'A queue is written to storage, but nothing reads it back when the app starts.',
    why: 'After a restart the queue in memory is empty, and the first new operation overwrites everything that was stored and not sent yet.',
    fix: 'Read the stored queue once at the start, before anything is put into it.',
  },
  *check(queue) {
    const { persists } = queue
    const isArrayInMemory = persists.every(one => one.by === 'key-value' || one.by === 'method')
    if (!isArrayInMemory || isRead(queue) || isGivenElsewhere(queue)) return
    const [persist] = persists
    if (!persist) return
    const { called } = persist
    const key = persist.key === undefined ? 'The queue' : `"${persist.key}"`
    yield {
      at: { file: called.file, span: called.call.callee.at },
      message: `${key} is stored here, and nothing reads it back: after a restart the first new operation overwrites all that were not sent. Load it when the app starts.`,
      related: [{ at: queue.at, message: 'The queue begins empty.' }],
    }
  },
  instead: forQueues,
  examples: [
    {
      name: 'no one reads the key',
      files: {
        'src/sync/outbox.ts': exampleQueue({ start: '  start() {}' }).replace(
          '    await AsyncStorage.setItem(KEY, JSON.stringify(this.queue))\n',
          '    await AsyncStorage.setItem(KEY, JSON.stringify(this.queue))\n    //    ^^^^^^^^^^^^^^^^^^^^ "outbox" is stored here\n',
        ),
      },
    },
    { name: 'loaded at the start', files: queueApp({}) },
    {
      name: 'loaded by another file',
      files: {
        ...queueApp({ start: '  use(stored: Operation[]) {\n    this.queue.push(...stored)\n  }' }),
        'src/App.tsx': `import AsyncStorage from '@react-native-async-storage/async-storage'
export const loadQueue = async () => outbox.use(JSON.parse((await AsyncStorage.getItem('outbox')) ?? '[]'))
`,
      },
    },
  ],
}

/** True when something reads the key, or reads a key that is not known, or loads in a way that cannot be seen. */
function isRead(queue: QueueCode): boolean {
  const { reader, scope, file } = queue
  const keys = new Set(queue.persists.map(one => one.key))
  if (keys.has(undefined) && queue.persists.some(one => one.by === 'key-value')) return true
  const homes = new Set([file, ...queue.persists.map(one => one.called.file)])
  return reader.filesNaming(file, [...readerNames, 'get', ...namesOfLoads(queue)]).some(other =>
    reader.code(other).calls.some(({ call }) => {
      const method = methodOf(call)
      if (!method) return false
      const isHome = homes.has(other)
      if (isHome && loads.test(method.name)) return true
      const isReader = readers.test(method.name) || (method.name === 'get' && call.args.length === 1)
      if (!isReader) return false
      const key = call.args[0] && scope.text({ value: call.args[0], file: other })?.text
      return key === undefined ? isHome || readers.test(method.name) : keys.has(key)
    }),
  )
}

/** What is called in the file of the queue and says that it loads. */
const namesOfLoads = (queue: QueueCode): readonly string[] =>
  queue.reader.code(queue.file).calls.flatMap(({ call }) => {
    const name = methodOf(call)?.name
    return name !== undefined && loads.test(name) ? [name] : []
  })

/** True when the queue gets its content in another way than by adding one operation. */
function isGivenElsewhere(queue: QueueCode): boolean {
  const { reader, scope, file, classKey } = queue
  const fact = classKey === undefined ? undefined : scope.classOf(file, classKey)
  if (fact?.superclass) return true
  const names = new Set(fact?.members.flatMap(({ name, nameAt }) => (nameAt === queue.at.span ? [name] : [])))
  for (const fn of queue.functions)
    for (const step of allSteps(fn.fact.steps ?? []))
      if (step.kind === 'set' && queue.isQueue(step.target)) {
        names.add(lastName(step.target) ?? '')
        if (step.op === '=' && step.value && !isOwn(queue, step.value)) return true
      }
  const isMethodOnly = queue.persists.every((one: Persist) => one.by === 'method')
  if (isMethodOnly && queue.functions.some(fn => fn.names.some(name => loads.test(name)))) return true
  const declared = fact?.members.find(member => member.initializer && queue.at.span === member.nameAt)
  if (declared?.initializer && declared.initializer.kind !== 'array') return true
  if (declared?.initializer?.kind === 'array' && declared.initializer.items.length > 0) return true
  return reader
    .filesNaming(file, [...names])
    .some(
      other =>
        other !== file &&
        (scope.usage(other)?.assigns ?? []).some(
          ({ target }) => target.kind === 'member' && target.name !== undefined && names.has(target.name),
        ),
    )
}

/** True for what is made of the queue itself, and for an empty list. */
const isOwn = (queue: QueueCode, value: Value): boolean =>
  value.kind === 'array'
    ? value.items.every(item => item.kind !== 'spread' || queue.isQueue(item.value))
    : [...walkValue(value)].some(queue.isQueue)
