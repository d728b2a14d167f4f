// The outbox in MMKV: one key per operation, so that each change writes one small value.
// MMKV has no transaction over keys and none with other stores: a crash between the app's own write and `enqueue` loses
// the operation, and only a new record is found again. Where that matters, keep the outbox in SQLite beside the data.
import { createOpList, type OpList } from './op-list.ts'
import type { Commit, OutboxStore } from './outbox-store.ts'
import type { AuditEntry, OutboxOp } from './types.ts'

/** What is needed of an MMKV instance. Give the outbox one of its own for each user, as `outbox-<userId>`. */
export interface OutboxStorage {
  getString(key: string): string | undefined
  set(key: string, value: string): void
  remove(key: string): unknown
  getAllKeys(): string[]
}

export interface MmkvStoreOptions {
  readonly storage: OutboxStorage
  readonly now: () => number
  /** Lines of the audit log are kept this long. */
  readonly keepAuditMs?: number
}

const livePrefix = 'ob:'
const deadPrefix = 'dead:'
const auditPrefix = 'audit:'

export function createMmkvStore(options: MmkvStoreOptions): OutboxStore {
  const { storage } = options
  let list: OpList = createOpList()
  let lastSeq = 0
  let lastAudit = 0

  /** Writes the new form before it removes the old one: a crash in between leaves two, never none. */
  function put(op: OutboxOp): void {
    const before = list.get(op.seq)
    storage.set(keyOf(op), JSON.stringify(op))
    if (before !== undefined && keyOf(before) !== keyOf(op)) storage.remove(keyOf(before))
    list.set(op)
  }

  function load(): void {
    const keys = storage.getAllKeys()
    const dead = keys.filter(key => key.startsWith(deadPrefix)).flatMap(key => read(storage, key))
    const deadSeqs = new Set(dead.map(op => op.seq))
    const live = keys.filter(key => key.startsWith(livePrefix)).flatMap(key => read(storage, key))
    // A crash between the dead letter and the removal has left both: the dead letter is the later one.
    for (const op of live) if (deadSeqs.has(op.seq)) storage.remove(keyOf(op))
    const ops = [...live.filter(op => !deadSeqs.has(op.seq)), ...dead].sort((a, b) => a.seq - b.seq)
    list = createOpList(ops)
    // From the keys, so that an unreadable value is not written over.
    lastSeq = Math.max(lastSeq, ...keys.filter(isLiveKey).map(seqOfKey), ...dead.map(op => op.seq))
  }

  function forgetOldAudit(): void {
    const limit = options.now() - (options.keepAuditMs ?? 90 * 24 * 60 * 60 * 1000)
    for (const key of storage.getAllKeys()) {
      if (key.startsWith(auditPrefix) && Number(key.slice(auditPrefix.length).split('-')[0]) < limit)
        storage.remove(key)
    }
  }

  function writeAudit(entry: AuditEntry): void {
    lastAudit += 1
    storage.set(`${auditPrefix}${padded(entry.at, 15)}-${padded(lastAudit, 6)}`, JSON.stringify(entry))
  }

  const store: OutboxStore = {
    open: async () => {
      load()
      forgetOldAudit()
      for (const op of list.all()) if (op.state === 'inflight') put({ ...op, state: 'pending' })
    },
    transaction: work => work(store),
    insert: async unplaced => {
      const op: OutboxOp = { ...unplaced, seq: lastSeq + 1 }
      put(op)
      lastSeq = op.seq
      return op
    },
    commit: async (changes: Commit) => {
      if (changes.audit) writeAudit(changes.audit)
      for (const op of changes.put ?? []) if (list.has(op)) put(op)
      for (const op of changes.remove ?? []) {
        storage.remove(keyOf(list.get(op.seq) ?? op))
        list.remove(op)
      }
    },
    claim: async now => {
      const op = list.ready(now)
      if (op === undefined) return null
      const claimed: OutboxOp = { ...op, state: 'inflight', attempts: op.attempts + 1, sentAt: op.sentAt ?? now }
      put(claimed)
      return claimed
    },
    nextAt: async () => list.nextAt(),
    find: async id => list.all().find(op => op.id === id) ?? null,
    inState: async state => list.inState(state),
    unfinished: async ref => list.unfinished(ref),
    dependants: async ref => list.dependants(ref),
    counts: async () => list.counts(),
    audit: async limit => {
      const keys = storage.getAllKeys().filter(key => key.startsWith(auditPrefix))
      const texts = keys
        .sort()
        .reverse()
        .slice(0, limit)
        .map(key => storage.getString(key))
      return texts.flatMap(text => (text === undefined ? [] : [JSON.parse(text) as AuditEntry]))
    },
    wipe: async () => {
      for (const key of storage.getAllKeys()) storage.remove(key)
      list.clear()
    },
  }
  return store
}

/** An unreadable value stays where it is: it may be read by another release. */
function read(storage: OutboxStorage, key: string): OutboxOp[] {
  const text = storage.getString(key)
  if (text === undefined) return []
  try {
    return [JSON.parse(text) as OutboxOp]
  } catch {
    return []
  }
}

function keyOf(op: OutboxOp): string {
  return op.state === 'dead' ? `${deadPrefix}${op.id}` : `${livePrefix}${padded(op.seq, 9)}`
}

function isLiveKey(key: string): boolean {
  return key.startsWith(livePrefix)
}

function seqOfKey(key: string): number {
  const seq = Number(key.slice(livePrefix.length))
  return Number.isInteger(seq) ? seq : 0
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
