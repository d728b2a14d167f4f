// The pull: page by page, nothing skipped, nothing applied for a user who has left.
import assert from 'node:assert/strict'
import { createVirtualClock } from '../../../templates/queue-testing/virtual-clock.ts'
import { createPull, type PulledPage } from '../../../templates/sync/pull.ts'

const page = (checkpoint: string, hasMore: boolean): PulledPage => ({ checkpoint, hasMore, changes: {} })

function pullOf(pages: readonly PulledPage[], onApply: (page: PulledPage) => void = () => undefined) {
  const asked: (string | null)[] = []
  const applied: string[] = []
  const clock = createVirtualClock()
  let stored: string | null = null
  const pull = createPull({
    clock: {
      now: clock.now,
      after: (delayMs, task) =>
        (
          timer => () =>
            clock.clear(timer)
        )(clock.set(delayMs, task)),
    },
    requestTimeoutMs: 1000,
    checkpoint: async () => stored,
    fetchPage: async checkpoint => {
      asked.push(checkpoint)
      return pages[asked.length - 1]!
    },
    apply: async one => {
      onApply(one)
      stored = one.checkpoint
      applied.push(one.checkpoint)
    },
  })
  return { pull, asked, applied }
}

describe('createPull', () => {
  it('goes from checkpoint to checkpoint, and begins the next time where it has ended', async () => {
    const { pull, asked, applied } = pullOf([page('1', true), page('2', false), page('3', false)])
    await pull(new AbortController().signal)
    await pull(new AbortController().signal)
    assert.deepEqual(asked, [null, '1', '2'])
    assert.deepEqual(applied, ['1', '2', '3'])
  })

  it('fetches a page again that could not be applied', async () => {
    let isBroken = true
    const { pull, asked, applied } = pullOf([page('1', true), page('2', false), page('2', false)], one => {
      if (isBroken && one.checkpoint === '2') throw new Error('disk full')
    })
    await assert.rejects(pull(new AbortController().signal), /disk full/)
    isBroken = false
    await pull(new AbortController().signal)
    assert.deepEqual(asked, [null, '1', '1'])
    assert.deepEqual(applied, ['1', '2'])
  })

  it('applies nothing after the end of the run', async () => {
    const { pull, applied } = pullOf([page('1', false)])
    const ended = new AbortController()
    const running = pull(ended.signal)
    ended.abort()
    await running.catch(() => undefined)
    assert.deepEqual(applied, [])
  })

  it('stops at a server that gives the same page for ever', async () => {
    const { pull } = pullOf([page('1', true), page('1', true)])
    await assert.rejects(pull(new AbortController().signal), /same page/)
  })
})
