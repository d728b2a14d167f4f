// What is known in MMKV of records whose state on the server is in doubt.
import assert from 'node:assert/strict'
import { type AppRecords, createMmkvRecords } from '../../../templates/sync/mmkv-records.ts'
import type { JsonObject, OutboxOp } from '../../../templates/sync/types.ts'

const post = { entity: 'posts', entityId: 'p1' }

describe('a doubt about a record', () => {
  it('stays over a restart, until the server has told what the record is', async () => {
    const files = new Map<string, string>()
    const first = recordsOver(files)
    assert.deepEqual(await first.doubtful(), [])
    await first.local.discarded?.(post as OutboxOp)
    assert.deepEqual(await first.doubtful(), [post])
    const second = recordsOver(files)
    assert.deepEqual(await second.doubtful(), [post])
    await second.put(post, { values: { a: 1 }, version: '2', stamp: null })
    assert.deepEqual(await second.doubtful(), [])
    assert.deepEqual(await recordsOver(files).doubtful(), [])
  })

  it('waits while the record has unsent edits', async () => {
    const unsent: OutboxOp[] = []
    const records = recordsOver(new Map(), unsent)
    await records.local.discarded?.(post as OutboxOp)
    unsent.push(post as OutboxOp)
    assert.deepEqual(await records.doubtful(), [])
    unsent.pop()
    assert.deepEqual(await records.doubtful(), [post])
  })

  it('is gone with the storage at a logout', async () => {
    const files = new Map<string, string>()
    const records = recordsOver(files)
    await records.local.discarded?.(post as OutboxOp)
    files.clear()
    assert.deepEqual(await records.doubtful(), [])
  })

  it('is not kept when the storage has refused it', async () => {
    const files = new Map<string, string>()
    const records = recordsOver(files)
    assert.deepEqual(await records.doubtful(), [])
    files.set = () => {
      throw new Error('full')
    }
    await assert.rejects(async () => records.local.discarded?.(post as OutboxOp), /full/)
    assert.deepEqual(await records.doubtful(), [])
  })
})

function recordsOver(files: Map<string, string>, unsent: readonly OutboxOp[] = []) {
  const rows = new Map<string, JsonObject>()
  const app: AppRecords = {
    read: async ({ entityId }) => rows.get(entityId) ?? null,
    write: async ({ entityId }, values) => void rows.set(entityId, { ...rows.get(entityId), ...values }),
    remove: async ({ entityId }) => void rows.delete(entityId),
    ids: async () => [...rows.keys()],
  }
  return createMmkvRecords({
    storage: {
      getString: key => files.get(key),
      set: (key, value) => files.set(key, value),
      remove: key => files.delete(key),
      getAllKeys: () => [...files.keys()],
    },
    outbox: { unfinished: async () => unsent },
    app,
    entities: ['posts'],
    parentsOf: () => [],
  })
}
