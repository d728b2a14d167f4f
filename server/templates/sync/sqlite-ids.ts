// The ids of records whose rows are numbered: each device counts for itself, so a number means nothing elsewhere.
import type { Sql, SqlValue } from './sqlite-store.ts'
import { quoted, type RowNumbers, type SyncedTable } from './sqlite-tables.ts'

/** A table as the app's schema has it: `INTEGER PRIMARY KEY` makes it a numbered one. */
export interface CountedTable extends Omit<SyncedTable, 'numbers'> {
  readonly isNumbered: boolean
}

/** The tables with the ids of their records; `newId` makes those of rows that have none yet. */
export function numberedTables(tables: readonly CountedTable[], newId: () => string): readonly SyncedTable[] {
  const numbers = rowNumbers(tables, newId)
  return tables.map(({ isNumbered, ...table }) => ({ ...table, numbers }))
}

/**
 * Statements that make the map of ids and keep it true, safe to repeat. SQLite gives the number of a deleted row to a new
 * one, and the new one must never be taken for the record of the old: an id goes with its row, in the same transaction,
 * whoever deletes it and also by `ON DELETE CASCADE`. What goes without a trigger, as by `REPLACE`, is forgotten when a
 * row comes that could have its number.
 *
 * A migration that makes a table anew drops its triggers: run these statements at its end.
 */
export function idStatements(tables: readonly CountedTable[]): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS sync_ids (
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    PRIMARY KEY (entity, entity_id),
    UNIQUE (entity, row_id)
  ) WITHOUT ROWID`,
    ...tables.filter(table => table.isNumbered).flatMap(statementsOf),
  ]
}

function statementsOf({ entity, key }: CountedTable): readonly string[] {
  const [table, column, name] = [quoted(entity), quoted(key), literal(entity)]
  const trigger = (what: string) => `CREATE TRIGGER IF NOT EXISTS ${quoted(`sync_ids_${what}_${entity}`)}`
  return [
    `${trigger('delete')} AFTER DELETE ON ${table} BEGIN
    DELETE FROM sync_ids WHERE entity = ${name} AND row_id = OLD.${column};
  END`,
    // A new row is given the number after the greatest one, or comes with its own.
    `${trigger('insert')} BEFORE INSERT ON ${table} BEGIN
    DELETE FROM sync_ids WHERE entity = ${name} AND row_id > ifnull((SELECT max(${column}) FROM ${table}), -9.3e18);
    DELETE FROM sync_ids WHERE entity = ${name} AND row_id = NEW.${column}
      AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${column} = NEW.${column});
  END`,
    `${trigger('update')} AFTER UPDATE OF ${column} ON ${table} WHEN OLD.${column} <> NEW.${column} BEGIN
    DELETE FROM sync_ids WHERE entity = ${name} AND row_id = NEW.${column};
    UPDATE sync_ids SET row_id = NEW.${column} WHERE entity = ${name} AND row_id = OLD.${column};
  END`,
    // For rows that went before there were triggers, or while a migration had dropped them.
    `DELETE FROM sync_ids WHERE entity = ${name} AND NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.${column} = sync_ids.row_id)`,
  ]
}

function rowNumbers(tables: readonly CountedTable[], newId: () => string): RowNumbers {
  const keys = new Map(tables.filter(table => table.isNumbered).map(table => [table.entity, table.key]))
  const keep = async (sql: Sql, entity: string, id: string, number: SqlValue): Promise<void> => {
    await sql.query('INSERT INTO sync_ids (entity, entity_id, row_id) VALUES (?, ?, ?)', [entity, id, number])
  }
  return {
    has: entity => keys.has(entity),
    idOf: (entity, number) =>
      `(SELECT sync_ids.entity_id FROM sync_ids WHERE sync_ids.entity = ${literal(entity)} AND sync_ids.row_id = ${number})`,
    numberOf: (entity, id) =>
      `(SELECT sync_ids.row_id FROM sync_ids WHERE sync_ids.entity = ${literal(entity)} AND sync_ids.entity_id = ${id})`,
    keep,
    name: async (sql, entity, number) => {
      const [known] = await sql.query('SELECT entity_id FROM sync_ids WHERE entity = ? AND row_id = ?', [
        entity,
        number,
      ])
      if (known !== undefined) return String(known['entity_id'])
      const key = quoted(keys.get(entity) ?? '')
      const found = await sql.query(`SELECT 1 FROM ${quoted(entity)} WHERE ${key} = ?`, [number])
      if (found.length === 0) return null
      const id = newId()
      await keep(sql, entity, id, number)
      return id
    },
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
