// What the layer learns from the device: network, app state, ids.
import assert from 'node:assert/strict'
import { appStateActivity } from '../../../templates/sync/app-state-activity.ts'
import { netInfoNetwork } from '../../../templates/sync/net-info-network.ts'
import { systemClock } from '../../../templates/sync/system-clock.ts'
import { uuidV7 } from '../../../templates/sync/uuid-v7.ts'

describe('netInfoNetwork', () => {
  it('takes unknown for online, and tells only changes', () => {
    let tell: (state: { isConnected: boolean | null }) => void = () => assert.fail('nobody listens')
    const network = netInfoNetwork({
      addEventListener: listener => {
        tell = listener
      },
    })
    const heard: boolean[] = []
    const stop = network.subscribe(online => heard.push(online))
    assert.equal(network.isOnline(), true)
    for (const isConnected of [null, true, false, false, null]) tell({ isConnected })
    assert.deepEqual(heard, [false, true])
    stop()
    tell({ isConnected: false })
    assert.deepEqual(heard, [false, true])
    assert.equal(network.isOnline(), false)
  })
})

describe('appStateActivity', () => {
  it('tells when the app becomes active, until it is stopped', () => {
    const listeners = new Set<(state: string) => void>()
    const activity = appStateActivity({
      addEventListener: (_type, listener) => {
        listeners.add(listener)
        return { remove: () => listeners.delete(listener) }
      },
    })
    let count = 0
    const stop = activity.onActive(() => {
      count += 1
    })
    for (const listener of listeners) for (const state of ['background', 'active', 'inactive']) listener(state)
    assert.equal(count, 1)
    stop()
    assert.equal(listeners.size, 0)
  })
})

describe('systemClock', () => {
  it('does not ring at once for a wait that a timer cannot hold', async () => {
    let hasRung = false
    const cancel = systemClock.after(2 ** 32, () => {
      hasRung = true
    })
    await new Promise<void>(resolve => systemClock.after(0, resolve))
    await new Promise<void>(resolve => systemClock.after(1, resolve))
    cancel()
    assert.equal(hasRung, false)
  })
})

describe('uuidV7', () => {
  const zeros = (bytes: Uint8Array) => bytes
  const ones = (bytes: Uint8Array) => bytes.fill(255)

  it('holds the time, the version and the variant', () => {
    assert.equal(uuidV7(0x0123456789ab, zeros), '01234567-89ab-7000-8000-000000000000')
    assert.equal(uuidV7(0x0123456789ab, ones), '01234567-89ab-7fff-bfff-ffffffffffff')
  })

  it('sorts by time', () => {
    const ids = [1_750_000_000_000, 1_750_000_000_001, 1_760_000_000_000].map(now => uuidV7(now, zeros))
    assert.deepEqual([...ids].reverse().sort(), ids)
  })
})
