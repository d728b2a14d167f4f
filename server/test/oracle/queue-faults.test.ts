// The generated fault tests of hand-written queues, run by jest: they fail for the queue that everybody copies, pass for one with nothing wrong, and fail for that one with any fault put in.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { typeScriptProject } from '../../testkit/sync/generated-layer.ts'
import {
  queuePackages,
  rightApp,
  rightClass,
  rightGiven,
  rightQueue,
  sampleApp,
} from '../../testkit/sync/queue-apps.ts'
import { runJest } from '../../testkit/sync/run-jest.ts'
import { runScaffold } from '../../testkit/sync/run-scaffold.ts'

type Files = Readonly<Record<string, string>>

const withTests = (app: Files): Files =>
  runScaffold('sync.testQueue', app, { folder: 'src/sync/testing' }, typeScriptProject).files

const run = async (app: Files) => runJest({ ...withTests(app), ...queuePackages })

/** Single faults of the right queue, each with the words that the test must find for it. */
const faults: readonly (readonly [name: string, words: RegExp, from: string, to: string])[] = [
  ['sends no key', /Doubled/, "'Idempotency-Key': key", ''],
  ['makes a new key for each attempt', /Doubled/, "'Idempotency-Key': key", "'Idempotency-Key': uuid()"],
  [
    'gives up after three attempts',
    /Lost/,
    'operation.attempts += 1;',
    'operation.attempts += 1;\n        if (operation.attempts > 2) queue.shift();',
  ],
  ['does not notice that the network is back', /Stuck/, 'if (state.isConnected !== false) kick();', ''],
  ['does not restore what was stored', /Lost/, 'queue = [...stored.queue, ...queue];', ''],
  ['stores an empty queue only', /Lost/, 'isDirty = true;', 'isDirty = true;\n    if (queue.length > 0) return;'],
  ['does not try again by itself', /Stuck/, 'if (wait > 0) return schedule(wait);', 'if (wait > 0) return;'],
  ['lets several runs send at once', /Sent twice at once/, 'running ??= drain()', 'running = drain()'],
  ['waits for ever for an answer', /Stuck/, 'signal: controller.signal,', ''],
  ['takes a 401 for the last word', /Given up/, '[400, 404', '[400, 401, 404'],
  ['does not wait as long as it was asked to', /Too early/, "response.headers.get('Retry-After')", 'null'],
  ['lets a failure go by unseen', /nobody caught it/, '.catch(() => schedule(1000))', ''],
  ['keeps no dead letter', /Lost/, 'dead.push(operation);', ''],
  ['tries for ever what is refused', /Stuck/, ', 413, 422]', ', 413]'],
]

describe('the fault tests of a hand-written queue, run by jest,', function () {
  this.timeout(120_000)

  before(function () {
    needOracle(this)
  })

  it('fail for the copied queue, with what becomes of the changes and the number of the schedule', async () => {
    const { passes, failures, messages } = await run(sampleApp)
    assert.equal(passes, 0)
    assert.deepEqual(failures, ['SyncQueue under faults delivers every change once and in order'])
    const [message = ''] = messages
    const broken = Number(/(\d+) of 300 schedules went wrong/.exec(message)?.[1])
    assert.ok(broken >= 295, `only ${broken} of 300`)
    assert.match(message, /Schedule 1:/)
    for (const word of [/Lost: /, /Doubled: /, /Stuck: /, /Sent twice at once: /]) assert.match(message, word)
  })

  for (const [name, queue] of [
    ['of functions, over AsyncStorage and fetch', rightQueue],
    ['of a class, over MMKV and axios', rightClass],
    ['that is given its storage and its server', rightGiven],
  ] as const)
    it(`pass for a queue with nothing wrong ${name}`, async () => {
      const { passes, failures, messages } = await run(rightApp(queue))
      assert.deepEqual(failures, [], messages.join('\n'))
      assert.equal(passes, 1)
    })

  for (const [name, words, from, to] of faults)
    it(`fail for a queue that ${name}`, async () => {
      assert.equal(rightQueue.split(from).length, 2, `"${from}" stands there once`)
      const { passes, messages } = await run(rightApp(rightQueue.replace(from, to)))
      assert.equal(passes, 0)
      assert.match(messages.join('\n'), words)
    })

  it('fail with the sentence where something must be filled in', async () => {
    const queue = rightQueue.replace('{ type, entity, payload }: NewOperation', '{ type, entity, payload }: any')
    assert.notEqual(queue, rightQueue)
    const { passes, messages } = await run(rightApp(queue))
    assert.equal(passes, 0)
    assert.match(
      messages.join('\n'),
      /Refused: [\s\S]*adapter\.ts is not finished yet\. Hand the operation over as enqueue of src\/sync\/outbox\.ts takes it/,
    )
  })

  it('play a single schedule again', async () => {
    const files = withTests(sampleApp)
    const path = 'src/sync/testing/queue-faults.test.ts'
    const single = files[path]?.replace(/^const schedules = .*/m, 'const schedules = [2];') ?? ''
    const shown = async (text: string) => {
      const { messages } = await runJest({ ...files, ...queuePackages, [path]: text })
      return messages.join('\n')
    }
    const partOf = (message: string) => /Schedule 2:[\s\S]*?\n\n/.exec(message)?.[0]
    const alone = await shown(single)
    assert.ok(partOf(alone))
    assert.equal(partOf(alone), partOf(await shown(files[path] ?? '')))
    for (const event of [
      'the app starts',
      'operation 1 (create r2) is handed over',
      'operation 1 is sent',
      'console.warn: ',
    ])
      assert.ok(alone.includes(event), event)
  })
})
