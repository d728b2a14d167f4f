// Looks at pulled changes before WatermelonDB applies them: where one side has deleted what the other has edited.
import type { Database } from '@nozbe/watermelondb'
import type { SentRow } from './push-attempt.ts'
import type { IdsByTable } from './remote-deletions.ts'
import { type DeleteVsEdit, isForeign, type RecordConflict } from './resolve-record.ts'
import type { Changes, Row } from './types.ts'

export interface MetChanges {
  /** What WatermelonDB is to apply. */
  readonly changes: { [table: string]: { created: Row[]; updated: Row[]; deleted: string[] } }
  /** Deletions that we carry out ourselves. */
  readonly deleted: IdsByTable
  /** Records that are on the server, so an earlier deletion of them is over. */
  readonly returned: IdsByTable
  /** Local deletions that give way to an edit of the server. */
  readonly restored: IdsByTable
  /** Edits of the server that meet a deletion here, for a person's decision. */
  readonly asked: readonly RecordConflict[]
}

export interface MeetOptions {
  readonly sent: SentRow
  /** Tables whose records come although they may not have changed, as after a migration. */
  readonly repeated: ReadonlySet<string>
  readonly deleteVsEdit: DeleteVsEdit
}

/**
 * All records go to `updated`, with `sendCreatedAsUpdated`: in `created`, WatermelonDB would bring back a record that
 * was created, sent and deleted here, and forget the deletion.
 * What is deleted here between this look and WatermelonDB's batch, some milliseconds, stays deleted, whatever the app has
 * chosen for deletions that meet an edit: WatermelonDB asks nobody about it.
 */
export async function meetChanges(
  database: Database,
  pulled: Changes,
  { sent, repeated, deleteVsEdit }: MeetOptions,
): Promise<MetChanges> {
  const changes: MetChanges['changes'] = {}
  const deleted: Record<string, readonly string[]> = {}
  const returned: Record<string, readonly string[]> = {}
  const restored: Record<string, readonly string[]> = {}
  const asked: RecordConflict[] = []

  for (const [table, one] of Object.entries(pulled)) {
    const rows = [...one.created, ...one.updated]
    const gone = new Set(await database.adapter.getDeletedRecords(table))
    const mayBeEdited = (row: Row) => !repeated.has(table) && isForeignToDeleted(row, sent(table, row.id, row))
    const edited = rows.filter(row => gone.has(row.id) && mayBeEdited(row))
    const back = deleteVsEdit === 'editWins' ? edited.map(row => row.id) : []
    if (deleteVsEdit === 'ask')
      for (const row of edited) asked.push({ table, id: row.id, local: null, remote: row, edited: [] })

    const isOurs = deleteVsEdit === 'deleteWins'
    changes[table] = {
      created: [],
      updated: rows.filter(row => !gone.has(row.id) || back.includes(row.id)),
      deleted: one.deleted.filter(id => isOurs || gone.has(id)),
    }
    deleted[table] = isOurs ? [] : one.deleted.filter(id => !gone.has(id))
    returned[table] = rows.map(row => row.id)
    restored[table] = back
  }
  return { changes, deleted, returned, restored, asked }
}

/** What comes back of our own last push is not an edit of somebody else. */
function isForeignToDeleted(row: Row, sent: Row | undefined): boolean {
  return sent === undefined || isForeign(row, sent, sent)
}
