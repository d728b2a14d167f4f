// What the last pull has done, in a row that the pull's own batch writes: after a crash it tells what was applied.
import type { Database } from '@nozbe/watermelondb'
import { sanitizedRaw } from '@nozbe/watermelondb/RawRecord'
import type { Decision } from './audit-log.ts'
import type { IdsByTable } from './remote-deletions.ts'
import type { RecordConflict } from './resolve-record.ts'
import type { Row } from './types.ts'

/** What a batch has decided, and what must still be done about it. */
export interface Aftermath {
  readonly asked: readonly RecordConflict[]
  readonly decisions: readonly Decision[]
  /** What the server has deleted, and what is removed here only where it was not edited. */
  readonly deleted: IdsByTable
  /** Tables that were pulled anew because something of theirs was given up. */
  readonly wanted: readonly string[]
}

/** From where the next pull goes on. */
export interface Checkpoint {
  /** The server's time of the last batch that was applied; null before the first. */
  readonly since: number | null
  /** True when the batch was applied under an older schema, and WatermelonDB will not ask for what a migration has added. */
  readonly isOutgrown: boolean
}

/**
 * WatermelonDB applies what was pulled in one batch, and writes its checkpoint after it. A crash in between would let the
 * same changes come again, and edits made since then would seem to conflict with them. This row is part of the batch, so
 * it is there when the changes are, and its checkpoint is the one that counts.
 * SQLite commits a batch as a whole; LokiJS saves the whole database of one moment.
 */
export interface PullJournal {
  /** Makes the row if there is none: WatermelonDB asks about conflicts only of rows that it finds. */
  open(): Promise<void>
  /** `pulledAt` is WatermelonDB's own checkpoint. */
  checkpoint(pulledAt: number | null, schemaVersion: number): Promise<Checkpoint>
  /** The row for the batch of a pull from WatermelonDB's checkpoint. It must be the last one: the others are decided first. */
  entry(pulledAt: number | null, timestamp: number, schemaVersion: number): Promise<{ [table: string]: Entry }>
  /** The row as the batch is to write it. */
  written(entry: Row, aftermath: Aftermath): Row
  /** What the last batch has left to do; null when it is done. Call it, and what follows it, inside one writer. */
  aftermath(): Promise<Aftermath | null>
  /** For the writer's batch that does it. */
  done(): Promise<() => ReturnType<ReturnType<Database['get']>['prepareCreateFromDirtyRaw']>>
}

interface Entry {
  readonly created: Row[]
  readonly updated: Row[]
  readonly deleted: string[]
}

export const journalTable = 'sync_state'
const id = 'pull'

export function createPullJournal(database: Database): PullJournal {
  const table = () => database.get(journalTable)
  const find = async () => {
    const [found] = (await table().query().fetch()).filter(record => record.id === id)
    if (found === undefined) throw new Error(`The table ${journalTable} has lost its row.`)
    return found
  }
  const rowOf = async () => (await find())._raw as unknown as Row

  return {
    open: async () => {
      if ((await table().query().fetchCount()) > 0) return
      await database.write(async () => {
        const raw = { id, _status: 'synced', _changed: '', pulls: 0, pulled_until: 0, schema_version: 0 }
        await database.batch(table().prepareCreateFromDirtyRaw(raw))
      })
    },
    checkpoint: async (pulledAt, schemaVersion) => {
      const row = await rowOf()
      // Any other row belongs to a checkpoint that WatermelonDB has written itself.
      const isAhead = Number(row['pulls']) > 0 && row['pulled_since'] === pulledAt
      if (!isAhead) return { since: pulledAt, isOutgrown: false }
      const isOutgrown = pulledAt === null && Number(row['schema_version']) < schemaVersion
      return { since: isOutgrown ? null : Number(row['pulled_until']), isOutgrown }
    },
    entry: async (pulledAt, timestamp, schemaVersion) => {
      const pulls = Number((await rowOf())['pulls'])
      const row: Row = {
        id,
        // It differs each time, so that WatermelonDB never takes the row for unchanged.
        pulls: pulls + 1,
        pulled_since: pulledAt,
        pulled_until: timestamp,
        schema_version: schemaVersion,
        aftermath: null,
      }
      return { [journalTable]: { created: [], updated: [row], deleted: [] } }
    },
    written: (entry, aftermath) => ({ ...entry, aftermath: JSON.stringify(aftermath) }),
    aftermath: async () => {
      const text = (await rowOf())['aftermath']
      return typeof text === 'string' ? (JSON.parse(text) as Aftermath) : null
    },
    done: async () => {
      const record = await find()
      return () =>
        record.prepareUpdate(() => {
          record._raw = sanitizedRaw({ ...record._raw, aftermath: null }, table().schema)
        })
    },
  }
}
