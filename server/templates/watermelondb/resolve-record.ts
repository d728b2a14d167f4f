// Decides what becomes of a record that was edited here and has changed on the server.
import type { SentRow } from './push-attempt.ts'
import type { Row } from './types.ts'

/** A record with the marks of WatermelonDB. */
export interface MarkedRow extends Row {
  readonly _status: string
  /** The columns that were edited, joined by commas. */
  readonly _changed: string
}

/** Everything that a conflict can be decided from. A side that has deleted the record is null. */
export interface RecordConflict {
  readonly table: string
  readonly id: string
  readonly local: Row | null
  readonly remote: Row | null
  /** The columns that were edited here and are not on the server. */
  readonly edited: readonly string[]
}

/** A decision: send the columns that were edited here over theirs, take theirs, send a mixture, or ask a person. */
export type Resolution =
  | { readonly choice: 'local' }
  | { readonly choice: 'remote' }
  | { readonly choice: 'merged'; readonly values: Readonly<Record<string, Row[string]>> }
  | { readonly choice: 'ask' }

/**
 * `lww`: the server's record is the later one. `fieldMerge`: the columns that were edited here are kept, the others
 * come from the server. `manual`: a person decides. A function must be pure and quick: it is called for each record.
 */
export type Strategy = 'lww' | 'fieldMerge' | 'manual' | ((conflict: RecordConflict) => Resolution)

/** What to do when one side has deleted the record and the other has edited it. */
export type DeleteVsEdit = 'deleteWins' | 'editWins' | 'ask'

/** The columns of a record that the server does not have as they are here. */
export function editedColumns(local: MarkedRow, sent: Row | undefined): readonly string[] {
  const isNew = local._status === 'created'
  const marked = isNew ? columnsOf(local) : local._changed.split(',').filter(name => name !== '')
  return sent ? marked.filter(name => local[name] !== sent[name]) : marked
}

/** True when the server's record holds something that this device has neither sent nor got. */
export function isForeign(remote: Row, local: Row, sent: Row | undefined): boolean {
  const known = sent ?? local
  return columnsOf(remote).some(name => remote[name] !== known[name])
}

export interface Resolved {
  /** The record as it is to be stored. */
  readonly row: MarkedRow
  /** Set where two edits met; `resolution` says who won. */
  readonly conflict?: RecordConflict
  readonly resolution?: Resolution
}

/** Decides about one record. `local` is dirty, and not deleted. */
export function resolveRecord(
  table: string,
  local: MarkedRow,
  remote: Row,
  sent: ReturnType<SentRow>,
  strategy: Strategy,
): Resolved {
  const edited = editedColumns(local, sent)
  const theirs: MarkedRow = { ...local, ...remote, id: local.id, _status: 'synced', _changed: '' }
  if (edited.length === 0) return { row: theirs }
  const marks = {
    _status: sent && local._status === 'created' ? 'updated' : local._status,
    _changed: local._status === 'created' && !sent ? local._changed : edited.join(','),
  }
  const merged: MarkedRow = { ...theirs, ...pick(local, edited), ...marks }
  if (!isForeign(remote, local, sent)) return { row: merged }

  const conflict: RecordConflict = { table, id: local.id, local: unmarked(local), remote, edited }
  const resolution = decide(strategy, conflict)
  switch (resolution.choice) {
    case 'remote':
      return { row: theirs, conflict, resolution }
    case 'merged': {
      const values = { ...remote, ...resolution.values }
      const differing = Object.keys(values).filter(name => name !== 'id' && values[name] !== remote[name])
      if (differing.length === 0) return { row: theirs, conflict, resolution }
      return {
        row: { ...theirs, ...values, ...marks, id: local.id, _changed: differing.join(',') },
        conflict,
        resolution,
      }
    }
    // What was not edited here comes from the server, while a person decides as well: sent back, it would undo their edit.
    case 'local':
    case 'ask':
      return { row: merged, conflict, resolution }
  }
}

function decide(strategy: Strategy, conflict: RecordConflict): Resolution {
  if (typeof strategy === 'function') return strategy(conflict)
  if (strategy === 'manual') return { choice: 'ask' }
  if (strategy === 'lww') return { choice: 'remote' }
  return { choice: 'merged', values: pick(conflict.local ?? {}, conflict.edited) }
}

/** The record without the marks of WatermelonDB. */
export function unmarked(row: Readonly<Record<string, unknown>>): Row {
  const values = Object.entries(row).filter(([name]) => name !== '_status' && name !== '_changed')
  return Object.fromEntries(values) as Row
}

function columnsOf(row: Row): readonly string[] {
  return Object.keys(row).filter(name => name !== 'id' && name !== '_status' && name !== '_changed')
}

function pick(row: Readonly<Record<string, Row[string]>>, names: readonly string[]): Record<string, Row[string]> {
  return Object.fromEntries(names.flatMap(name => (row[name] === undefined ? [] : [[name, row[name]]])))
}
