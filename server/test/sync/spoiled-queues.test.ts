// Good queues with one thing taken out of each: that, and nothing else, is found. So they are read, and not passed over.
import assert from 'node:assert/strict'
import { runApp } from '../../testkit/run-example.ts'
import { goodQueues } from './good-queues.ts'

/** What is changed (from, to), and the rules that then speak, by the place they speak of. */
interface Spoiled {
  readonly of: string
  readonly changes: readonly (readonly [from: string, to: string])[]
  readonly found: readonly string[]
}

const ofClass = 'a class whose flag is set before the first wait'
const ofRunning = 'the running promise is the lock'
const ofStore = 'a store of zustand with the persist middleware'
const ofHook = 'a hook with refs'
const ofTable = 'a table as outbox'
const ofRecords = 'records with ids of their own are put'
const ofAction = 'a listener in another file, by a store action'
const ofCaller = 'a caller that waits longer each time'
const ofLetters = 'retries that only feed the delay, and a dead letter'

const spoiled: readonly Spoiled[] = [
  {
    of: ofClass,
    changes: [
      ['    this.isProcessing = true\n    try {\n', '    try {\n'],
      [
        '      if (state.isConnected === false) return\n',
        '      if (state.isConnected === false) return\n      this.isProcessing = true\n',
      ],
    ],
    found: ['sync/await-before-lock: this.isProcessing = true'],
  },
  {
    of: ofClass,
    changes: [
      ['this.queue = JSON.parse(stored)', 'console.log(stored)'],
      ['AsyncStorage.getItem(KEY)', "AsyncStorage.getItem('x')"],
    ],
    found: ['sync/queue-not-restored: AsyncStorage.setItem'],
  },
  {
    of: ofClass,
    changes: [["const headers = { 'Idempotency-Key': operation.id }", 'const headers = { Accept: json }']],
    // What the wrapper adds is not known.
    found: [],
  },
  {
    of: ofClass,
    changes: [['encodeURIComponent(operation.payload.id)', 'operation.payload.id']],
    found: [],
  },
  {
    of: ofClass,
    changes: [['      default:\n        throw new PermanentError(operation.type)\n', '']],
    found: ['sync/unhandled-op-type: operation.type'],
  },
  {
    of: ofClass,
    changes: [
      [
        '    this.processQueue().catch(report)\n  }\n\n  private async processQueue',
        '    this.processQueue()\n  }\n\n  private async processQueue',
      ],
    ],
    found: ['sync/floating-drain: this.processQueue'],
  },
  {
    of: ofRunning,
    changes: [['signal: timeout(20_000)', "mode: 'cors'"]],
    found: ['sync/no-request-timeout: fetch'],
  },
  {
    of: ofRunning,
    changes: [["JSON.parse((await AsyncStorage.getItem('queue')) ?? '[]')", '[]']],
    found: ['sync/queue-not-restored: AsyncStorage.setItem'],
  },
  {
    of: ofStore,
    changes: [
      [
        '        if (get().isSyncing) return\n        set({ isSyncing: true })',
        '        if (get().isSyncing) return\n        await ready()\n        set({ isSyncing: true })',
      ],
    ],
    found: ['sync/await-before-lock: set({ isSyncing: true })'],
  },
  {
    of: ofStore,
    changes: [[', timeout: 15_000', '']],
    found: ['sync/no-request-timeout: api.post'],
  },
  {
    of: ofStore,
    changes: [["post('/operations', operation)", "post('/operations', operation.payload)"]],
    found: ['sync/no-stable-op-key: api.post'],
  },
  {
    of: ofHook,
    changes: [
      [
        'body: JSON.stringify(queueRef.current[0]),\n          signal: AbortSignal.timeout(10_000),',
        'body: JSON.stringify(queueRef.current[0]),',
      ],
    ],
    found: ['sync/no-request-timeout: fetch'],
  },
  {
    of: ofHook,
    changes: [
      ["AsyncStorage.getItem('ops')", "AsyncStorage.getItem('settings')"],
      ['      queueRef.current = stored ? JSON.parse(stored) : []\n', '      console.log(stored)\n'],
    ],
    found: ['sync/queue-not-restored: AsyncStorage.setItem'],
  },
  {
    of: ofTable,
    changes: [
      ['  try {\n    const rows', '  {\n    const rows'],
      ['  } finally {\n    isDraining = false\n  }', '  }\n  isDraining = false'],
    ],
    found: ['sync/unreleased-lock: isDraining = false'],
  },
  {
    of: ofTable,
    changes: [
      ['        const isFinal = error.status >= 400 && error.status < 500\n', ''],
      [
        /if \(isFinal\)[^\n]*\n\s*else [^\n]*/.source,
        "if (row.attempts > 5) await db.runAsync('DELETE FROM outbox WHERE id = ?', row.id)",
      ],
      ['throw Object.assign(new Error(), { status: response.status })', "throw new Error('failed')"],
    ],
    found: [
      'sync/unclassified-errors: catch',
      "sync/dropped-after-retries: await db.runAsync('DELETE FROM outbox WHERE id = ?', row.id)",
    ],
  },
  {
    of: ofRecords,
    changes: [
      ["      headers: { 'If-Match': op.version },\n", ''],
      [', version: note.version', ''],
    ],
    found: ['sync/blind-overwrite: fetch'],
  },
  {
    of: ofRecords,
    changes: [['encodeURIComponent(op.payload.id)', 'op.payload.id']],
    found: ['sync/unencoded-url-id: op.payload.id'],
  },
  {
    of: ofAction,
    changes: [
      ['state.isConnected && resumeSync()', 'render(state)'],
      ['queue.flush()', 'queue.hydrate()'],
    ],
    found: ['sync/no-reconnect-listener: NetInfo.fetch', 'sync/no-backoff: break'],
  },
  {
    of: ofCaller,
    changes: [
      ['await drainOutbox()', 'await other()'],
      ['    } catch {\n      return false', '    } catch {\n      break'],
    ],
    found: ['sync/no-backoff: break'],
  },
  {
    of: ofLetters,
    changes: [
      ['            await this.store.saveDeadLetter(head, error)\n', ''],
      ['    if (response.status === 409) return\n', ''],
    ],
    found: ['sync/unclassified-errors: catch', 'sync/dropped-after-retries: this.queue.shift()'],
  },
  {
    of: 'a component hands it to a listener by a prop',
    changes: [['onOnline={flush}', 'onOnline={nothing}']],
    found: ['sync/no-reconnect-listener: NetInfo.fetch', 'sync/no-backoff: return'],
  },
  {
    of: 'an emitter tells of the network',
    changes: [["DeviceEventEmitter.addListener('online', flush)\n", '']],
    found: ['sync/no-reconnect-listener: NetInfo.fetch', 'sync/no-backoff: return'],
  },
  {
    of: 'a file in CommonJS',
    changes: [[', signal: timeoutSignal()', '']],
    found: ['sync/no-request-timeout: fetch'],
  },
  {
    of: 'a slice of redux toolkit that is persisted',
    changes: [[', { timeout: 10_000 }', '']],
    found: ['sync/no-request-timeout: axios.post'],
  },
  {
    of: 'a table of Realm as outbox',
    changes: [
      ['          signal: AbortSignal.timeout(5000),\n', ''],
      [
        "headers: { 'Idempotency-Key': operation._id.toString() },\n          body: operation.payload,",
        'body: operation.payload,',
      ],
    ],
    found: ['sync/no-request-timeout: fetch', 'sync/no-stable-op-key: fetch'],
  },
  {
    of: 'a mutation link with its own test, and a queue of Apollo',
    changes: [['(error, operation) => !!error && isQuery(operation)', 'error => !!error']],
    found: ['sync/retry-link-on-mutations: RetryLink'],
  },
  {
    of: 'TanStack Query with defaults',
    changes: [["client.setMutationDefaults(['add'], { mutationFn: addNote, retry: 3 })\n", '']],
    found: ['sync/paused-mutations-lost: resumePausedMutations'],
  },
]

describe('a queue that lacks one thing', () => {
  for (const [index, { of, changes, found }] of spoiled.entries())
    it(`${of} (${index + 1}): ${found.join(', ') || 'is not judged'}`, () => {
      const left = new Set(changes.map(([from]) => from))
      const files = Object.fromEntries(
        Object.entries(goodQueues[of]!).map(([path, text]) => {
          let result = text
          for (const [from, to] of changes) {
            const pattern = /\\/.test(from) ? new RegExp(from) : from
            const next = result.replace(pattern, to)
            if (next !== result) left.delete(from)
            result = next
          }
          return [path, result]
        }),
      )
      assert.deepEqual([...left], [], 'not in the queue')
      const { analyzer } = runApp(files)
      const seen = analyzer
        .filesWithFindings()
        .flatMap(file =>
          analyzer
            .findings(file)
            .map(({ rule, span }) => `${rule}: ${files[file.slice('/app/'.length)]!.slice(span.start, span.end)}`),
        )
      assert.deepEqual(seen, found)
    })
})
