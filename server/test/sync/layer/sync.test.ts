// The layer's behaviour step by step: joining, the dead letter, sign-in, limits, and what the app is told.
import assert from 'node:assert/strict'
import { z } from 'zod'
import { OutboxFullError } from '../../../templates/sync/outbox.ts'
import { TransportError } from '../../../templates/sync/transport-error.ts'
import type { OutboxOp, SyncLimits, Transport } from '../../../templates/sync/types.ts'
import { createHarness, edit, type Harness } from '../../../testkit/sync/layer-harness.ts'

const refuse =
  (status: number, retryAfter: string | null = null) =>
  async (): Promise<never> => {
    throw new TransportError(`The server answered ${status}.`, { status, retryAfter })
  }
const brief = (ops: readonly OutboxOp[]) => ops.map(op => `${op.kind} ${op.entityId}`)

async function started(harness: Harness): Promise<Harness> {
  await harness.sync.start()
  return harness
}

describe('joining operations that were never sent', () => {
  for (const [name, kinds, expected] of [
    ['create and update are a create', ['create', 'update'], ['create {"a":0,"b":1}']],
    ['two updates are one', ['update', 'update'], ['update {"a":0,"b":1}']],
    ['create and delete are nothing', ['create', 'delete'], []],
    ['update and delete are a delete', ['update', 'delete'], ['delete {"b":1}']],
    ['delete and create are both', ['delete', 'create'], ['delete {"a":0}', 'create {"b":1}']],
  ] as const) {
    it(name, async () => {
      const harness = await started(createHarness())
      harness.setOnline(false)
      await harness.sync.enqueue(edit('p1', kinds[0], { a: 0 }))
      await harness.sync.enqueue(edit('p1', kinds[1], { b: 1 }))
      const waiting = await harness.sync.waiting()
      assert.deepEqual(
        waiting.map(op => `${op.kind} ${JSON.stringify(op.payload)}`),
        expected,
      )
      assert.equal(harness.sync.status$.get().counts.pending, expected.length)
    })
  }

  it('leaves an operation alone that may have reached the server', async () => {
    const harness = await started(createHarness())
    harness.answer = refuse(503)
    await harness.sync.enqueue(edit('p1', 'create', { a: 0 }))
    await harness.pass(0)
    await harness.sync.enqueue(edit('p1', 'delete'))
    assert.deepEqual(brief(await harness.sync.waiting()), ['create p1', 'delete p1'])
  })

  it('does not cancel a record that another one needs', async () => {
    const harness = await started(createHarness())
    harness.setOnline(false)
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.sync.enqueue({
      ...edit('c1', 'create'),
      entity: 'comments',
      dependsOn: [{ entity: 'posts', entityId: 'p1' }],
    })
    await harness.sync.enqueue(edit('p1', 'delete'))
    assert.deepEqual(brief(await harness.sync.waiting()), ['create p1', 'create c1', 'delete p1'])
  })
})

describe('the order', () => {
  it('sends a parent before its child, and other records meanwhile', async () => {
    const harness = await started(createHarness())
    let isBroken = true
    harness.answer = async op => (isBroken && op.entityId === 'p1' ? refuse(503)() : {})
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.sync.enqueue({
      ...edit('c1', 'create'),
      entity: 'comments',
      dependsOn: [{ entity: 'posts', entityId: 'p1' }],
    })
    await harness.sync.enqueue(edit('p2', 'create'))
    await harness.pass(0)
    assert.deepEqual(brief(harness.sent), ['create p1', 'create p2'])
    isBroken = false
    await harness.pass(60_000)
    assert.deepEqual(brief(harness.sent), ['create p1', 'create p2', 'create p1', 'create c1'])
  })

  it('bases the next edit of a record on the version that the last one has made', async () => {
    const harness = await started(createHarness())
    harness.answer = refuse(503)
    await harness.sync.enqueue({ ...edit('p1', 'update', { a: 1 }), baseVersion: '7' })
    await harness.pass(0)
    await harness.sync.enqueue({ ...edit('p1', 'update', { a: 2 }), baseVersion: '7' })
    harness.answer = async () => ({ version: '8' })
    await harness.pass(60_000)
    assert.deepEqual(
      harness.sent.map(op => op.baseVersion),
      ['7', '7', '8'],
    )
  })

  it('keeps a copy of the payload', async () => {
    const harness = await started(createHarness())
    harness.setOnline(false)
    const payload = { title: 'a' }
    await harness.sync.enqueue(edit('p1', 'create', payload))
    payload.title = 'b'
    assert.deepEqual((await harness.sync.waiting())[0]!.payload, { title: 'a' })
  })
})

describe('the dead letter', () => {
  async function withDeadCreate() {
    const harness = await started(createHarness())
    harness.answer = async op => (op.entityId === 'p1' ? refuse(422)() : {})
    await harness.sync.enqueue(edit('p1', 'create', { title: 'bad' }))
    await harness.pass(0)
    await harness.sync.enqueue(edit('p1', 'update', { body: 'x' }))
    await harness.sync.enqueue({
      ...edit('c1', 'create'),
      entity: 'comments',
      dependsOn: [{ entity: 'posts', entityId: 'p1' }],
    })
    await harness.pass(60_000)
    return harness
  }

  it('holds what follows a dead create, with payload and reason', async () => {
    const harness = await withDeadCreate()
    assert.deepEqual(brief(harness.sent), ['create p1'])
    const [dead] = await harness.sync.failed()
    assert.deepEqual([dead!.payload, dead!.lastError], [{ title: 'bad' }, 'The server answered 422.'])
    assert.deepEqual(harness.sync.status$.get().counts, { pending: 2, inflight: 0, conflict: 0, dead: 1 })
  })

  it('sends all of it in order after a retry', async () => {
    const harness = await withDeadCreate()
    harness.answer = async () => ({})
    const [dead] = await harness.sync.failed()
    assert.equal(await harness.sync.retry(dead!.id), true)
    await harness.pass(10)
    assert.deepEqual(brief(harness.sent.slice(1)), ['create p1', 'update p1', 'create c1'])
    assert.equal(harness.sent[1]!.id, harness.sent[0]!.id)
    assert.equal(await harness.sync.retry(dead!.id), false)
  })

  it('takes the later edits along when it is discarded, and shows the children', async () => {
    const harness = await withDeadCreate()
    const [dead] = await harness.sync.failed()
    assert.equal(await harness.sync.discard(dead!.id), true)
    assert.deepEqual(await harness.sync.waiting(), [])
    assert.deepEqual(
      (await harness.sync.failed()).map(op => [op.entityId, op.lastError]),
      [['c1', 'posts p1 was discarded']],
    )
    assert.equal(await harness.sync.discard(dead!.id), false)
  })

  it('survives a restart', async () => {
    const before = await withDeadCreate()
    const after = await started(createHarness({ files: before.files, clock: before.clock }))
    assert.deepEqual(brief(await after.sync.failed()), ['create p1'])
    assert.deepEqual(brief(await after.sync.waiting()), ['update p1', 'create c1'])
  })

  it('takes payloads that their schema refuses, and entities that nobody knows, without sending them', async () => {
    const schema = z.object({ title: z.string() })
    const harness = await started(
      createHarness({ payloads: { entities: { posts: { create: schema, update: schema.partial() } } } }),
    )
    await harness.sync.enqueue(edit('p1', 'create', { title: 1 }))
    await harness.sync.enqueue({ ...edit('x', 'create'), entity: 'ghosts' })
    await harness.sync.enqueue(edit('p2', 'update', { title: 'ok' }))
    await harness.pass(0)
    assert.deepEqual(brief(harness.sent), ['update p2'])
    const reasons = (await harness.sync.failed()).map(op => op.lastError ?? '')
    assert.match(reasons[0]!, /^invalid payload/)
    assert.equal(reasons[1], 'unknown entity ghosts')
  })

  it('takes an operation that is too old, but never one for the number of its attempts', async () => {
    const harness = await started(createHarness({ limits: { maxAgeMs: 24 * 60 * 60 * 1000 } }))
    harness.answer = refuse(503)
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(23 * 60 * 60 * 1000)
    assert.deepEqual(await harness.sync.failed(), [])
    assert.ok(harness.sent.length > 100)
    await harness.pass(2 * 60 * 60 * 1000)
    assert.match((await harness.sync.failed())[0]!.lastError ?? '', /^too old after \d+ attempts/)
  })
})

describe('the payload of an older release', () => {
  it('is brought up to date before it is sent, and a newer one is not sent', async () => {
    const old = createHarness()
    await old.sync.enqueue(edit('p1', 'create', { name: 'a' }))
    const payloads = {
      entities: { posts: { create: z.object({ title: z.string() }), update: z.object({}) } },
      upgrade: (op: OutboxOp) => ({ title: op.payload['name'] ?? '' }),
    }
    const next = await started(createHarness({ files: old.files, schemaVersion: 2, payloads }))
    await next.pass(0)
    assert.deepEqual(
      next.sent.map(op => op.payload),
      [{ title: 'a' }],
    )

    const newer = createHarness({ schemaVersion: 3 })
    await newer.sync.enqueue(edit('p2', 'create'))
    const back = await started(createHarness({ files: newer.files }))
    await back.pass(0)
    assert.match((await back.sync.failed())[0]!.lastError ?? '', /newer release/)
  })
})

describe('the token', () => {
  it('is renewed once, and the operation is sent again at once', async () => {
    const harness = await started(createHarness())
    let refreshes = 0
    let isOld = true
    harness.refresh = async () => {
      refreshes += 1
      isOld = false
      return true
    }
    harness.answer = async () => (isOld ? refuse(401)() : {})
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(0)
    assert.deepEqual([harness.sent.length, refreshes, (await harness.sync.waiting()).length], [2, 1, 0])
  })

  it('that cannot be renewed pauses everything until the user signs in', async () => {
    let signIn = () => {}
    const harness: Harness = createHarness({
      auth: {
        userId: () => harness.userId,
        refresh: () => harness.refresh(),
        onSignIn: listener => {
          signIn = listener
          return () => undefined
        },
      },
    })
    harness.refresh = async () => false
    harness.answer = refuse(401)
    await started(harness)
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(60 * 60 * 1000)
    assert.equal(harness.sent.length, 1)
    assert.equal(harness.sync.status$.get().phase, 'signedOut')
    assert.equal((await harness.sync.waiting())[0]!.attempts, 0)
    harness.answer = async () => ({})
    signIn()
    await harness.pass(0)
    assert.deepEqual(await harness.sync.waiting(), [])
  })
})

describe('another user', () => {
  it('does not send what the first one has made', async () => {
    const harness = await started(createHarness())
    harness.userId = 'bob'
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.sync.syncNow()
    assert.deepEqual(harness.sent, [])
  })

  it('finds nothing after a logout, although an answer was still on its way', async () => {
    const harness = await started(createHarness())
    let deliver = () => {}
    let signal: AbortSignal | undefined
    harness.answer = (_op, inner) => {
      signal = inner
      return new Promise(resolve => {
        deliver = () => resolve({ version: '2' })
      })
    }
    await harness.sync.enqueue(edit('p1', 'update', { a: 1 }))
    await harness.pass(0)
    await harness.sync.enqueue(edit('p1', 'update', { a: 2 }))
    await harness.sync.stop({ wipe: true })
    deliver()
    await harness.pass(60 * 60 * 1000)
    assert.equal(signal?.aborted, true)
    assert.deepEqual([...harness.files.keys()], [])
    assert.equal(harness.sent.length, 1)
    assert.equal(harness.sync.status$.get().phase, 'stopped')
  })
})

describe('a run', () => {
  it('is one however often it is asked for, and looks again for what was asked meanwhile', async () => {
    let pulls = 0
    let release = () => {}
    const harness: Harness = createHarness({
      transport: {
        send: async op => {
          harness.sent.push(op)
          return {}
        },
        fetchRemote: async () => null,
        pull: () => {
          pulls += 1
          return new Promise(resolve => {
            release = resolve
          })
        },
      },
    })
    await started(harness)
    await harness.pass(0)
    const asked = [harness.sync.syncNow(), harness.sync.syncNow()]
    assert.equal(pulls, 1)
    release()
    await harness.pass(0)
    assert.equal(pulls, 2)
    release()
    await Promise.all(asked)
    assert.equal(pulls, 2)
  })

  it('sends nothing while the pull fails, and tries again', async () => {
    let isBroken = true
    const harness: Harness = createHarness({
      transport: {
        send: async op => {
          harness.sent.push(op)
          return {}
        },
        fetchRemote: async () => null,
        pull: async () => {
          if (isBroken) throw new Error('no route')
        },
      },
    })
    await started(harness)
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(10_000)
    assert.deepEqual(harness.sent, [])
    assert.equal(harness.sync.status$.get().lastError, 'no route')
    isBroken = false
    await harness.pass(60_000)
    assert.equal(harness.sent.length, 1)
  })

  it('after a stop and a start takes up what was on its way, under the same key', async () => {
    const harness = await started(createHarness())
    harness.answer = () => new Promise(() => undefined)
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(0)
    await harness.sync.stop()
    harness.answer = async () => ({})
    await harness.pass(60_000)
    assert.equal(harness.sent.length, 1)
    await harness.sync.start()
    await harness.pass(0)
    assert.deepEqual(
      harness.sent.map(op => op.id),
      ['op-1', 'op-1'],
    )
    assert.deepEqual(await harness.sync.waiting(), [])
  })

  it('waits with the pull as long as the server asks', async () => {
    let pulls = 0
    const harness = createHarness({
      transport: {
        send: async () => ({}),
        fetchRemote: async () => null,
        pull: async () => {
          pulls += 1
          if (pulls === 1) await refuse(429, '120')()
        },
      },
    })
    await started(harness)
    await harness.pass(119_000)
    assert.equal(pulls, 1)
    await harness.pass(1000)
    assert.equal(pulls, 2)
  })

  it('begins when the app comes to the front', async () => {
    let comeToFront = () => {}
    const harness = await started(
      createHarness({
        app: {
          onActive: listener => {
            comeToFront = listener
            return () => undefined
          },
        },
      }),
    )
    harness.isOnline = false
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(0)
    assert.equal(harness.sync.status$.get().phase, 'offline')
    harness.isOnline = true
    comeToFront()
    await harness.pass(0)
    assert.equal(harness.sent.length, 1)
  })

  it('waits as long as the server asks, be it in seconds or as a date', async () => {
    for (const header of ['120', new Date(120_000).toUTCString()]) {
      const harness = await started(createHarness())
      harness.answer = refuse(429, header)
      await harness.sync.enqueue(edit('p1', 'create'))
      await harness.pass(119_000)
      assert.equal(harness.sent.length, 1)
      await harness.pass(1000)
      assert.equal(harness.sent.length, 2)
    }
  })

  it('tells what happens to each operation', async () => {
    const events: string[] = []
    const harness = await started(createHarness({ onEvent: event => events.push(`${event.type} ${event.opId}`) }))
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(0)
    assert.deepEqual(events, ['sent op-1', 'delivered op-1'])
    assert.equal(harness.sync.status$.get().lastSyncedAt, 0)
  })

  it('goes on after its listener for deliveries has failed, without sending twice under two keys', async () => {
    let isBroken = true
    const harness = await started(
      createHarness({
        local: {
          delivered: async () => {
            if (isBroken) throw new Error('disk full')
          },
        },
      }),
    )
    await harness.sync.enqueue(edit('p1', 'create'))
    await harness.pass(0)
    isBroken = false
    await harness.pass(60_000)
    assert.deepEqual(await harness.sync.waiting(), [])
    assert.equal(new Set(harness.sent.map(op => op.id)).size, 1)
  })
})

describe('a run over many operations', () => {
  async function runner(limits: Partial<SyncLimits>) {
    const events: string[] = []
    const transport: Transport = {
      pull: async () => void events.push('pull'),
      send: async op => {
        events.push(`send ${op.entityId}`)
        return {}
      },
      fetchRemote: async () => null,
    }
    const harness = createHarness({ limits, transport })
    harness.setOnline(false)
    await started(harness)
    for (const id of ['p1', 'p2', 'p3', 'p4', 'p5']) await harness.sync.enqueue(edit(id, 'create'))
    return { harness, events }
  }

  it('sends no more than a batch, and the next one pulls first', async () => {
    const { harness, events } = await runner({ batchSize: 2 })
    harness.isOnline = true
    await harness.sync.syncNow()
    assert.deepEqual(events, ['pull', 'send p1', 'send p2'])
    await harness.pass(0)
    assert.deepEqual(events.slice(3), ['pull', 'send p3', 'send p4', 'pull', 'send p5'])
    await harness.pass(60_000)
    assert.equal(events.length, 8)
  })

  it('answers any number of push messages at once with one more run', async () => {
    const { harness, events } = await runner({})
    harness.isOnline = true
    await Promise.all([1, 2, 3, 4].map(() => harness.sync.syncNow()))
    assert.deepEqual(events, ['pull', 'send p1', 'send p2', 'send p3', 'send p4', 'send p5', 'pull'])
  })
})

describe('the outbox', () => {
  it('refuses what exceeds its limit, and says so', async () => {
    const harness = await started(createHarness({ limits: { maxOps: 1 } }))
    harness.setOnline(false)
    await harness.sync.enqueue(edit('p1', 'create'))
    await assert.rejects(harness.sync.enqueue(edit('p2', 'create')), OutboxFullError)
    await harness.sync.enqueue(edit('p1', 'update', { a: 1 }))
    assert.equal((await harness.sync.waiting()).length, 1)
  })

  it('keeps an unreadable value and does not write over it', async () => {
    const files = new Map([['ob:000000005', '{broken']])
    const harness = await started(createHarness({ files }))
    harness.setOnline(false)
    await harness.sync.enqueue(edit('p1', 'create'))
    assert.deepEqual([...files.keys()], ['ob:000000005', 'ob:000000006'])
    assert.equal(files.get('ob:000000005'), '{broken')
  })
})
