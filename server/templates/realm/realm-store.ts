// The outbox in the app's Realm, so that an operation is stored in the same write as the data.
import type { Commit, Counts, OutboxRows, OutboxStore, UnplacedOp } from '../sync/outbox-store.ts'
import type { AuditEntry, EntityRef, OutboxOp } from '../sync/types.ts'
import { auditEntryOf, auditRowOf, dependsOn, operationOf, rowOf } from './realm-rows.ts'
import type { RealmResults, RealmRow, SyncedRealm } from './realm-types.ts'

/** Adds a change to the write in which the operation is stored. */
export type RealmTx = (write: (realm: SyncedRealm) => void) => void

/** What has become of the operations of one record. */
export interface RecordChange {
  readonly ref: EntityRef
  /** Operations that were taken out, as they were stored. */
  readonly removed: readonly OutboxOp[]
  /** Operations that were put on top of the server's record. */
  readonly rebased: readonly OutboxOp[]
  /** All that the outbox holds of the record now. */
  readonly left: readonly OutboxOp[]
}

/** Keeps the marks of the app's objects in step with the outbox. It is called within the write. */
export interface RecordMarks {
  changed(change: RecordChange): void
  /** Nothing of the user's is left in the outbox. */
  forget(): void
}

export interface RealmStoreOptions {
  readonly realm: SyncedRealm
  readonly userId: string
  readonly now: () => number
  readonly marks?: RecordMarks
  /** Lines of the audit log are kept this long. */
  readonly keepAuditMs?: number
}

/** All of a record's operations, in any state, oldest first. */
export function opsOfRecord(realm: SyncedRealm, userId: string, ref: EntityRef): OutboxOp[] {
  const query = 'userId == $0 AND entity == $1 AND entityId == $2'
  const rows = realm.objects('OutboxOp').filtered(query, userId, ref.entity, ref.entityId)
  return [...rows.sorted('seq')].map(operationOf)
}

export function createRealmStore(options: RealmStoreOptions): OutboxStore<RealmTx> {
  const { realm, userId } = options

  /**
   * Realm's transactions are synchronous and the work is not, so its changes are collected and written at its end. A
   * transaction that stayed open meanwhile would make each write of the app throw.
   */
  const transaction: OutboxStore<RealmTx>['transaction'] = async work => {
    const changes: (() => void)[] = []
    const result = await work(
      rowsOver(options, change => void changes.push(change)),
      write => void changes.push(() => write(realm)),
    )
    realm.write(() => {
      for (const change of changes) change()
    })
    return result
  }

  return {
    ...rowsOver(options, change => realm.write(change)),
    open: async () =>
      realm.write(() => {
        const cutOff = realm.objects('OutboxOp').filtered('userId == $0 AND state == "inflight"', userId)
        for (const row of [...cutOff]) row['state'] = 'pending'
        const limit = options.now() - (options.keepAuditMs ?? 90 * 24 * 60 * 60 * 1000)
        realm.delete(realm.objects('SyncAudit').filtered('userId == $0 AND at < $1', userId, limit))
      }),
    transaction,
    audit: async limit => {
      const rows = realm.objects('SyncAudit').filtered('userId == $0', userId)
      return [...rows.filtered('TRUEPREDICATE SORT(at DESC, seq DESC)')].slice(0, limit).map(auditEntryOf)
    },
    wipe: async () =>
      realm.write(() => {
        for (const name of ['OutboxOp', 'SyncAudit', 'SyncState'])
          realm.delete(realm.objects(name).filtered('userId == $0', userId))
        options.marks?.forget()
      }),
  }
}

/** The rows of the outbox; `write` runs a change in a transaction, now or together with others. */
function rowsOver(options: RealmStoreOptions, write: (change: () => void) => void): OutboxRows {
  const { realm, userId } = options
  const own = () => realm.objects('OutboxOp').filtered('userId == $0', userId)
  const ops = (rows: RealmResults) => [...rows.sorted('seq')].map(operationOf)
  let reserved = 0

  const store = (unplaced: UnplacedOp, seq: number) => {
    setLastSeq(options, seq)
    realm.create('OutboxOp', rowOf({ ...unplaced, seq }))
    const ref: EntityRef = unplaced
    options.marks?.changed({ ref, removed: [], rebased: [], left: opsOfRecord(realm, userId, ref) })
  }

  return {
    insert: async unplaced => {
      reserved += 1
      const seq = lastSeq(options) + reserved
      write(() => {
        reserved -= 1
        store(unplaced, seq)
      })
      return { ...unplaced, seq }
    },
    commit: async changes => write(() => carryOut(options, changes)),
    claim: async now => {
      for (const row of ready(own())) {
        if (Number(row['nextAt']) > now) continue
        write(() => {
          row['state'] = 'inflight'
          row['attempts'] = Number(row['attempts']) + 1
          row['sentAt'] ??= now
        })
        return operationOf(row)
      }
      return null
    },
    nextAt: async () => {
      let earliest: number | null = null
      for (const row of ready(own())) earliest = Math.min(earliest ?? Number.MAX_SAFE_INTEGER, Number(row['nextAt']))
      return earliest
    },
    find: async id => ops(own().filtered('id == $0', id))[0] ?? null,
    inState: async state => ops(own().filtered('state == $0', state)),
    unfinished: async ref => opsOfRecord(realm, userId, ref).filter(op => op.state !== 'dead'),
    dependants: async ref => {
      // The text narrows the search; what it stands for decides.
      const near = own().filtered('state != "dead" AND dependsOn CONTAINS $0', JSON.stringify(ref.entityId))
      return ops(near).filter(op => op.dependsOn.some(one => isSame(one, ref)))
    },
    counts: async () => {
      const count = (state: string) => own().filtered('state == $0', state).length
      return {
        pending: count('pending'),
        inflight: count('inflight'),
        conflict: count('conflict'),
        dead: count('dead'),
      } satisfies Counts
    },
  }
}

/** The pending operations that nothing stands before, the oldest first. It reads no further than it is asked. */
function* ready(all: RealmResults): Generator<RealmRow> {
  const taken = new Set<string>()
  for (const row of all.sorted('seq')) {
    const key = keyOf(String(row['entity']), String(row['entityId']))
    const state = row['state']
    const isFree = !taken.has(key) && !dependsOn(row).some(ref => taken.has(keyOf(ref.entity, ref.entityId)))
    if (state !== 'dead' || row['kind'] === 'create') taken.add(key)
    if (state === 'pending' && isFree) yield row
  }
}

/** Within a write. */
function carryOut(options: RealmStoreOptions, { put = [], remove = [], audit }: Commit): void {
  const { realm, userId } = options
  const removed: OutboxOp[] = []
  const rebased: OutboxOp[] = []
  for (const op of put) {
    const row = rowAt(realm, op.seq)
    if (row === null) continue
    if (row['id'] !== op.id) rebased.push(op)
    realm.create('OutboxOp', rowOf(op), 'modified')
  }
  for (const { seq } of remove) {
    const row = rowAt(realm, seq)
    if (row === null) continue
    removed.push(operationOf(row))
    realm.delete(row)
  }
  if (audit !== undefined) writeAudit(options, audit)
  for (const ref of distinct([...put, ...remove]))
    options.marks?.changed({
      ref,
      removed: removed.filter(op => isSame(op, ref)),
      rebased: rebased.filter(op => isSame(op, ref)),
      left: opsOfRecord(realm, userId, ref),
    })
}

function writeAudit(options: RealmStoreOptions, entry: AuditEntry): void {
  const seq = lastSeq(options) + 1
  setLastSeq(options, seq)
  options.realm.create('SyncAudit', auditRowOf(entry, options.userId, seq))
}

function rowAt(realm: SyncedRealm, seq: number): RealmRow | null {
  return (realm.objectForPrimaryKey('OutboxOp', seq) as RealmRow | null) ?? null
}

/**
 * Places are counted apart from the operations, so that the place of a removed one is not given again. They are those of
 * all users, and stay when one logs out.
 */
const counter = { scope: 'outbox', userId: '' }

function lastSeq({ realm }: RealmStoreOptions): number {
  const state = realm.objectForPrimaryKey('SyncState', counter.scope) as RealmRow | null
  return Number(state?.['lastSeq'] ?? 0)
}

function setLastSeq({ realm, now }: RealmStoreOptions, lastSeq: number): void {
  realm.create('SyncState', { ...counter, lastSeq, updatedAt: now() }, 'modified')
}

function distinct(refs: readonly EntityRef[]): EntityRef[] {
  return [...new Map(refs.map(ref => [keyOf(ref.entity, ref.entityId), ref])).values()]
}

function isSame(one: EntityRef, ref: EntityRef): boolean {
  return one.entityId === ref.entityId && one.entity === ref.entity
}

function keyOf(entity: string, entityId: string): string {
  return JSON.stringify([entity, entityId])
}
