// The hybrid logical clock between devices whose clocks are wrong.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { ClockDriftError, compareHlc, createHlc } from '../../../templates/sync/hlc.ts'

describe('createHlc', () => {
  it('orders edits by what was known, however wrong the clocks are', () => {
    const skew = fc.integer({ min: -120_000, max: 120_000 })
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.integer({ min: 0, max: 50 })), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(fc.tuple(skew, skew, skew), steps, (skews, script) => {
        let now = 1_750_000_000_000
        const devices = skews.map((offset, index) => createHlc({ nodeId: `n${index}`, now: () => now + offset }))
        let latest: string | undefined
        for (const [index, hears, wait] of script) {
          now += wait
          const device = devices[index]!
          if (hears && latest !== undefined) device.receive(latest)
          const stamp = device.tick()
          if (hears && latest !== undefined) assert.ok(compareHlc(stamp, latest) > 0, `${stamp} after ${latest}`)
          latest = stamp
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('goes on when the clock of the device goes back', () => {
    let now = 2000
    const clock = createHlc({ nodeId: 'a', now: () => now })
    const before = clock.tick()
    now = 1000
    assert.ok(compareHlc(clock.tick(), before) > 0)
  })

  it('goes on after a restart with the time that was kept', () => {
    const last = createHlc({ nodeId: 'a', now: () => 5000 }).tick()
    const again = createHlc({ nodeId: 'a', now: () => 4000, last })
    assert.ok(compareHlc(again.tick(), last) > 0)
  })

  it('refuses a time that is more than five minutes ahead, and keeps its own', () => {
    const fast = createHlc({ nodeId: 'a', now: () => 1_000_000 + 5 * 60 * 1000 + 1 })
    const clock = createHlc({ nodeId: 'b', now: () => 1_000_000 })
    assert.throws(() => clock.receive(fast.tick()), ClockDriftError)
    assert.ok(compareHlc(clock.tick(), createHlc({ nodeId: 'c', now: () => 1_000_001 }).tick()) < 0)
  })

  it('takes a time that is five minutes ahead', () => {
    const fast = createHlc({ nodeId: 'a', now: () => 1_000_000 + 5 * 60 * 1000 }).tick()
    const clock = createHlc({ nodeId: 'b', now: () => 1_000_000 })
    clock.receive(fast)
    assert.ok(compareHlc(clock.tick(), fast) > 0)
  })

  it('lets the node break a tie in the same way everywhere', () => {
    const [a, b] = ['a', 'b'].map(nodeId => createHlc({ nodeId, now: () => 1000 }).tick())
    assert.ok(compareHlc(a!, b!) < 0 && compareHlc(b!, a!) > 0)
  })

  it('refuses text that is no time', () => {
    assert.throws(() => createHlc({ nodeId: 'a', now: () => 0 }).receive('yesterday'), /Not a time/)
  })
})
