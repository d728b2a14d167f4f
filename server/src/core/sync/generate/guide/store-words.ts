// What the README says of the store below an outbox.
import type { SyncPlan } from '../layer.ts'

export type OutboxTarget = Exclude<SyncPlan['target'], 'watermelondb'>

/** What differs between the stores. */
export interface StoreWords {
  /** What the edit and the operation are kept in, and how. */
  readonly kept: readonly string[]
  readonly together: string
  /** Where pulled records are written. */
  readonly records: string
  /** What `startSync` is given besides the user. */
  readonly given: string
  readonly signOut: string
  readonly edits: string
  readonly limits: readonly string[]
}

const sqlite: StoreWords = {
  kept: ['records and outbox', 'core/sqlite-edits.ts, core/sqlite-store.ts'],
  together: 'both in one transaction',
  records: 'core/sqlite-records.ts',
  given: '`database` is the opened database, with your own tables in it; the tables of the sync are made by `start()`.',
  signOut: 'records and operations',
  edits: 'Change synced tables by `create`, `update` and `remove` of the sync alone, and read them with SQL as before.',
  limits: ['Rows that SQL of your own has written, before this layer or past it, are not sent.'],
}

export const storeWords: Readonly<Record<OutboxTarget, StoreWords>> = {
  'expo-sqlite': sqlite,
  'op-sqlite': sqlite,
  mmkv: {
    kept: ['records in your store, outbox in MMKV', 'core/mmkv-records.ts, core/mmkv-store.ts'],
    together: 'the record, then the operation',
    records: 'core/mmkv-records.ts',
    given:
      '`records` is how the layer reads and writes your store: the functions of `AppRecords` in [core/mmkv-records.ts](core/mmkv-records.ts), which you write. Each may be called again with the same, and ends when the store has written.',
    signOut: 'operations; the records are yours to remove',
    edits: 'Change what is synced by `create`, `update` and `remove` of the sync alone, and read your store as before.',
    limits: [
      'MMKV and your store have no transaction in common: an edit in whose very moment the app is killed may be on the device and not in the outbox. An outbox in the database itself has no such moment.',
      'Records that were there before this layer, or that are written past it, are not sent until they are edited by `update()`.',
    ],
  },
  realm: {
    kept: ['objects and outbox in one realm', 'realm/tracked-writes.ts, realm/realm-store.ts'],
    together: 'both in one transaction',
    records: 'realm/realm-records.ts',
    given: '`realm` is opened with the schema that [classes.ts](classes.ts) tells of.',
    signOut: 'objects and operations',
    edits:
      'Change synced classes by `create`, `update` and `remove` of the sync alone, and show `sync.objects()`: an object that was deleted here stays, marked, until the server knows.',
    limits: [
      'Objects from before this layer are sent after the first whole pull, 200 at a time; a property that is written past it later is not noticed.',
    ],
  },
}
