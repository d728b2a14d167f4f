// Conflicts that wait for a person, in the table `sync_conflicts`.
import { type Database, type Model, Q } from '@nozbe/watermelondb'
import { sanitizedRaw } from '@nozbe/watermelondb/RawRecord'
import type { AuditLog } from './audit-log.ts'
import type { RemoteDeletions } from './remote-deletions.ts'
import { type RecordConflict, type Resolution, unmarked } from './resolve-record.ts'
import type { Changes, Row } from './types.ts'

export interface ConflictBook {
  /**
   * Looks for open conflicts of these records, which get the newer sides or, where both sides have deleted, are over. Gives what puts all into the writer's
   * batch: WatermelonDB wants it called together with the batch.
   */
  prepare(conflicts: readonly RecordConflict[]): Promise<() => readonly Model[]>
  list(): Promise<readonly RecordConflict[]>
  /** The open conflicts whose record is among the pulled ones, with what the server has of it now. */
  touched(pulled: Changes): Promise<readonly RecordConflict[]>
  /** Carries out a person's decision. False when there is no such conflict. */
  resolve(table: string, id: string, resolution: Exclude<Resolution, { choice: 'ask' }>): Promise<boolean>
}

export interface ConflictBookOptions {
  readonly database: Database
  readonly deletions: RemoteDeletions
  readonly audit: AuditLog | undefined
  readonly now: () => number
}

export function createConflictBook({ database, deletions, audit, now }: ConflictBookOptions): ConflictBook {
  const table = () => database.get('sync_conflicts')
  const list = async () => (await table().query(Q.sortBy('detected_at')).fetch()).map(conflictOf)
  const find = async (entity: string, id: string) => {
    const [found] = await table().query(Q.where('entity', entity), Q.where('entity_id', id)).fetch()
    return found
  }

  return {
    prepare: async conflicts => {
      const latest = [...new Map(conflicts.map(one => [`${one.table}-${one.id}`, one])).values()]
      const found = await Promise.all(
        latest.map(async conflict => {
          const here = await database.get(conflict.table).query(Q.where('id', conflict.id)).fetchCount()
          const isOver = conflict.remote === null && here === 0
          return { conflict, isOver, open: await find(conflict.table, conflict.id) }
        }),
      )
      return () =>
        found.flatMap(({ conflict, isOver, open }) => {
          // offline-storage-disable-next-line watermelondb/destroy-permanently-with-sync -- questions stay on the device
          if (isOver) return open ? [open.prepareDestroyPermanently()] : []
          const raw = { ...rawOf(conflict, now()), id: open?.id ?? `${conflict.table}-${conflict.id}` }
          if (open === undefined) return [table().prepareCreateFromDirtyRaw(raw)]
          return [
            open.prepareUpdate(() => {
              open._raw = sanitizedRaw(raw, table().schema)
            }),
          ]
        })
    },
    list,
    touched: async pulled => {
      const open = await list()
      return open.flatMap((conflict): RecordConflict[] => {
        const one = pulled[conflict.table]
        const remote = [...(one?.created ?? []), ...(one?.updated ?? [])].find(row => row.id === conflict.id)
        if (remote) return [{ ...conflict, remote }]
        return one?.deleted.includes(conflict.id) ? [{ ...conflict, remote: null }] : []
      })
    },
    resolve: (entity, id, resolution) =>
      database.write(async () => {
        const open = await find(entity, id)
        if (open === undefined) return false
        const [record] = await database.get(entity).query(Q.where('id', id)).fetch()
        // The record may have been edited on while the conflict was open.
        const conflict = { ...conflictOf(open), local: record ? unmarked(record._raw) : null }
        const resolved = resolvedRow(conflict, resolution)
        const audited = await audit?.prepare([{ conflict, strategy: `manual: ${resolution.choice}`, resolved }])
        if (record === undefined && resolved !== null) await database.adapter.destroyDeletedRecords(entity, [id])
        await database.batch([
          ...applied(conflict, resolved, record),
          ...(audited?.() ?? []),
          // offline-storage-disable-next-line watermelondb/destroy-permanently-with-sync -- questions stay on the device
          open.prepareDestroyPermanently(),
        ])
        if (conflict.remote === null && resolved === null) await deletions.release({ [entity]: [id] })
        return true
      }),
  }

  /** The record as it must be to send the decision: its marks say what differs from the server. */
  function applied(
    { table: entity, id, remote }: RecordConflict,
    resolved: Row | null,
    record: Model | undefined,
  ): readonly Model[] {
    const collection = database.get(entity)
    if (resolved === null) {
      // Deleted here and kept so: its mark is sent by the next run.
      if (record === undefined) return []
      // offline-storage-disable-next-line watermelondb/destroy-permanently-with-sync -- the server has deleted it
      return [remote === null ? record.prepareDestroyPermanently() : record.prepareMarkAsDeleted()]
    }
    const differing = Object.keys(resolved).filter(name => name !== 'id' && resolved[name] !== remote?.[name])
    const marks =
      differing.length === 0
        ? { _status: 'synced', _changed: '' }
        : { _status: 'updated', _changed: differing.join(',') }
    const raw = { ...record?._raw, ...resolved, id, ...marks }
    if (record === undefined) return [collection.prepareCreateFromDirtyRaw(raw)]
    return [
      record.prepareUpdate(() => {
        record._raw = sanitizedRaw(raw, collection.schema)
      }),
    ]
  }
}

function resolvedRow(conflict: RecordConflict, resolution: Exclude<Resolution, { choice: 'ask' }>): Row | null {
  if (resolution.choice === 'local') return conflict.local
  if (resolution.choice === 'remote') return conflict.remote
  return { ...(conflict.remote ?? conflict.local), ...resolution.values, id: conflict.id }
}

function rawOf({ table, id, local, remote, edited }: RecordConflict, at: number) {
  return {
    // Made as if it were synced, so that it never counts as a change of the app's.
    _status: 'synced',
    _changed: '',
    entity: table,
    entity_id: id,
    local: local && JSON.stringify(local),
    remote: remote && JSON.stringify(remote),
    edited: edited.join(','),
    detected_at: at,
  }
}

function conflictOf(model: Model): RecordConflict {
  const text = (name: string) => model._getRaw(name) as string | null
  const row = (name: string) => JSON.parse(text(name) ?? 'null') as Row | null
  return {
    table: text('entity') ?? '',
    id: text('entity_id') ?? '',
    local: row('local'),
    remote: row('remote'),
    edited: (text('edited') ?? '').split(',').filter(name => name !== ''),
  }
}
