// The well-known sample of a queue: its defects are named one by one, each where it is.
import assert from 'node:assert/strict'
import { applyFix, findingsOf, runApp } from '../../testkit/run-example.ts'
import { sampleQueue } from './sample-queue.ts'

const path = 'sync/SyncQueue.ts'
const file = `/app/${path}`
const count = (text: string) => text.split('\n').length

describe('the sample queue', () => {
  const app = runApp({ [path]: sampleQueue })
  const findings = app.analyzer.findings(file)

  it('has its defects named one by one', () => {
    const found = findings.map(
      ({ rule, span }) =>
        `${count(sampleQueue.slice(0, span.start))} ${rule}: ${sampleQueue.slice(span.start, span.end)}`,
    )
    assert.deepEqual(found, [
      '23 sync/queue-not-restored: this.persistQueue',
      '24 sync/floating-drain: this.processQueue',
      '30 sync/no-reconnect-listener: NetInfo.fetch',
      '30 sync/connected-only: isConnected',
      '33 sync/await-before-lock: this.isProcessing = true',
      '41 sync/unclassified-errors: catch',
      '44 sync/dropped-after-retries: this.queue.shift()',
      '47 sync/no-backoff: break',
      '51 sync/unreleased-lock: this.isProcessing = false',
      '55 sync/unhandled-op-type: operation.type',
      '57 sync/no-stable-op-key: api.post',
      '59 sync/blind-overwrite: api.put',
      '59 sync/unencoded-url-id: operation.payload.id',
      '61 sync/unencoded-url-id: operation.payload.id',
    ])
  })

  it('says nothing of time limits, as nobody knows what "api" is', () => {
    assert.deepEqual(findingsOf(app, 'sync/no-request-timeout'), [])
  })

  for (const finding of findings) {
    const [fix] = app.analyzer.fixes(finding, app.context)
    if (!fix) continue
    it(`${finding.rule} at ${finding.span.start} is mended, and nothing new comes up`, () => {
      const after = runApp(applyFix(app, fix))
      const { analyzer } = after
      assert.equal(analyzer.facts(file)?.error, undefined)
      const left = analyzer.findings(file).map(one => one.rule)
      const before = findings.map(one => one.rule)
      // Two defects have one remedy: a lock that is set first is released in finally as well.
      const both = finding.rule === 'sync/await-before-lock' ? ['sync/unreleased-lock'] : []
      for (const rule of [finding.rule, ...both]) before.splice(before.indexOf(rule), 1)
      assert.deepEqual(left.sort(), before.sort())
    })
  }
})
