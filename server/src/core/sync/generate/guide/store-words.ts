// What the README says of the store below an outbox.
import type { SyncPlan } from '../layer.ts'
import { hasNumbers } from '../sqlite/tables-file.ts'
import type { Guide } from './guide.ts'

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
  /** The example's lines that leave where something is unsent. */
  readonly unsent: readonly string[]
  readonly edits: string
  limits(guide: Guide): readonly string[]
}

const sentLater = (things: string): string =>
  `${things} from before this layer, or written past it, are sent after the first whole pull, 200 at a time. Of one that the server knows, an edit past the layer is not noticed.`

const askLayer = ['  if (!force && !(await sync.isAllSent())) return false']

const aboutNumbers =
  'Rows that SQLite numbers have an id beside their number for the server and other devices, in `sync_ids`. A migration that makes such a table anew drops its triggers: run `idStatements` of [core/sqlite-ids.ts](core/sqlite-ids.ts) at its end.'

const sqlite: StoreWords = {
  kept: ['records and outbox', 'core/sqlite-edits.ts, core/sqlite-store.ts'],
  together: 'both in one transaction',
  records: 'core/sqlite-records.ts',
  given: '`database` is the opened database, with your own tables in it; the tables of the sync are made by `start()`.',
  signOut: 'records and operations',
  edits: 'Change synced tables by `create`, `update` and `remove` of the sync alone, and read them with SQL as before.',
  unsent: askLayer,
  limits: ({ schema }) => [sentLater('Rows'), ...(hasNumbers(schema.entities) ? [aboutNumbers] : [])],
}

export const storeWords: Readonly<Record<OutboxTarget, StoreWords>> = {
  'expo-sqlite': sqlite,
  'op-sqlite': sqlite,
  mmkv: {
    kept: ['records in your store, outbox in MMKV', 'core/mmkv-records.ts, core/mmkv-store.ts'],
    together: 'the record, then the operation',
    records: 'core/mmkv-records.ts',
    given:
      '`records` is how the layer reads and writes your store: the functions of `AppRecords` in [core/mmkv-records.ts](core/mmkv-records.ts), which you write. Each may be called again with the same, and ends when the store has written. `ids` names the records of the signed-in user alone: what somebody else has left would be sent as theirs.',
    signOut: 'operations; the records are yours to remove',
    unsent: [
      '  const unsent = [...(await sync.waiting()), ...(await sync.failed())]',
      '  if (unsent.length > 0 && !force) return false',
    ],
    edits: 'Change what is synced by `create`, `update` and `remove` of the sync alone, and read your store as before.',
    limits: () => [
      'MMKV and your store have no transaction in common: an edit in whose very moment the app is killed may be on the device and not in the outbox; of these, only new records are found again. An outbox in the database itself has no such moment.',
      `${sentLater('Records')} They are looked for after each start, until none is left.`,
    ],
  },
  realm: {
    kept: ['objects and outbox in one realm', 'realm/tracked-writes.ts, realm/realm-store.ts'],
    together: 'both in one transaction',
    records: 'realm/realm-records.ts',
    given: '`realm` is opened with the schema that [classes.ts](classes.ts) tells of.',
    signOut: 'objects and operations',
    unsent: askLayer,
    edits:
      'Change synced classes by `create`, `update` and `remove` of the sync alone, and show `sync.objects()`: an object that was deleted here stays, marked, until the server knows.',
    limits: () => [sentLater('Objects')],
  },
}
