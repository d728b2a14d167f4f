// What a queue is judged by stands in several files: an edit of any of them is seen.
import assert from 'node:assert/strict'
import { exampleQueue } from '../../src/core/sync/example-queue.ts'
import { runApp } from '../../testkit/run-example.ts'

const queue = '/app/src/outbox.ts'
const other = '/app/src/network.ts'
const text = exampleQueue({ start: '', failure: '        break' })

const rulesOf = (app: ReturnType<typeof runApp>) => app.analyzer.findings(queue).map(one => one.rule)

describe('findings about a queue', () => {
  it('go when another file starts it, and come back when that is gone', () => {
    const app = runApp({ 'src/outbox.ts': text, 'src/network.ts': 'export const nothing = 1\n' })
    assert.ok(rulesOf(app).includes('sync/no-backoff'))
    app.analyzer.set(
      other,
      "import NetInfo from '@react-native-community/netinfo'\nNetInfo.addEventListener(() => outbox.drain())\n",
    )
    assert.ok(!rulesOf(app).includes('sync/no-backoff'))
    app.analyzer.drop(other)
    assert.ok(rulesOf(app).includes('sync/no-backoff'))
  })

  it('go when another file reads what it stores', () => {
    const app = runApp({ 'src/outbox.ts': text })
    assert.ok(rulesOf(app).includes('sync/queue-not-restored'))
    app.analyzer.set(
      other,
      "import AsyncStorage from '@react-native-async-storage/async-storage'\nexport const stored = () => AsyncStorage.getItem('outbox')\n",
    )
    assert.ok(!rulesOf(app).includes('sync/queue-not-restored'))
  })

  it('move with the text above them', () => {
    const app = runApp({ 'src/outbox.ts': text })
    const line = '// A line more.\n'
    const places = () => app.analyzer.findings(queue).map(({ rule, span }) => [rule, span.start] as const)
    const before = places()
    assert.ok(before.length > 0)
    app.analyzer.set(queue, line + text)
    assert.deepEqual(
      places(),
      before.map(([rule, start]) => [rule, start + line.length]),
    )
  })

  it('stay as they were while a statement is half typed', () => {
    const app = runApp({ 'src/outbox.ts': text })
    const before = rulesOf(app)
    app.analyzer.set(queue, text.replace('this.isDraining = true', 'this.isDraining = ('))
    assert.deepEqual(rulesOf(app), before)
  })
})
