// Plays migrations through as a device would, to see what tables and columns it ends up with.
import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { Place } from '../../../text/span.ts'
import { readSql, type SqlStatement } from '../sql/read-sql.ts'
import { readOutline } from '../sql/sql-outline.ts'
import type { Column, Migration, Migrations, Step } from '../types.ts'

/** A column of a device's table, and what brought it there. */
export interface ColumnState {
  /** The column as its step has it; undefined where SQL made it or a release had it. */
  readonly column: Column | undefined
  readonly by: 'create' | 'add' | 'sql' | 'release'
  readonly at: Place | undefined
  readonly version: number | undefined
  /** True when later SQL sets its values, so that they need not be what the step left. */
  readonly isSetBySql: boolean
}

/** A table of a device. Names of columns are in lower case, as SQLite compares them. */
export interface TableState {
  readonly columns: Map<string, ColumnState>
  /** False for tables that were there before the first migration: they may have any other column. */
  readonly isCreated: boolean
  readonly at: Place | undefined
  /** Columns that have an index of their own. */
  readonly indexed: Set<string>
}

/** A step that makes what is there already. */
export interface Clash {
  readonly kind: 'table' | 'column'
  readonly table: string
  readonly name: string
  readonly at: Place
  readonly step: Step
  readonly column: Column | undefined
  readonly migration: Migration
  readonly earlier: Place
  readonly earlierVersion: number | undefined
}

/** What devices have when all migrations have run. */
export interface Replayed {
  /** Undefined where there is no such table, or where that cannot be told: ask `isSure`. */
  table(name: string): TableState | undefined
  /** True when every step that could concern this table was understood. */
  isSure(name: string): boolean
  readonly clashes: readonly Clash[]
}

const memo = new WeakMap<Migrations, Map<Snapshot | undefined, Replayed>>()

/**
 * What migrations make of a device: of one that has `released` and runs the steps of later versions, else of one that
 * runs all steps on tables that are not known. Both arguments are immutable, so the answer is remembered.
 */
export function replay(migrations: Migrations, released: Snapshot | undefined): Replayed {
  const known = memo.get(migrations) ?? new Map<Snapshot | undefined, Replayed>()
  memo.set(migrations, known)
  const answer = known.get(released) ?? play(migrations, released)
  known.set(released, answer)
  return answer
}

/** What a device has at `released`, before any migration runs. */
export const atRelease = (released: Snapshot): Replayed => deviceOf(released).end(true)

function play(migrations: Migrations, released: Snapshot | undefined): Replayed {
  const ordered = [...migrations.list].sort((a, b) => (a.toVersion ?? 0) - (b.toVersion ?? 0))
  const due = ordered.filter(one => !released || (one.toVersion ?? 0) > released.version)
  const device = deviceOf(released)
  let isReadable = migrations.complete && ordered.every(one => one.toVersion !== undefined)
  for (const migration of due) {
    if (!migration.complete) isReadable = false
    for (const step of migration.steps) device.run(step, migration, isReadable)
  }
  return device.end(isReadable)
}

interface Device {
  run(step: Step, migration: Migration, mayClash: boolean): void
  end(isReadable: boolean): Replayed
}

const lower = (name: string): string => name.toLowerCase()

function deviceOf(released: Snapshot | undefined): Device {
  const tables = new Map<string, TableState>()
  /** Tables that something not understood may have changed. */
  const clouded = new Set<string>()
  const clashes: Clash[] = []

  for (const entity of released?.entities ?? []) {
    const columns = new Map<string, ColumnState>()
    const state: ColumnState = {
      column: undefined,
      by: 'release',
      at: undefined,
      version: released?.version,
      isSetBySql: false,
    }
    for (const field of entity.fields) columns.set(lower(field.name), state)
    const indexed = new Set(entity.fields.filter(field => field.indexed).map(field => lower(field.name)))
    tables.set(lower(entity.name), { columns, isCreated: true, at: undefined, indexed })
    if (!entity.complete) clouded.add(lower(entity.name))
  }

  const tableOf = (name: string): TableState => {
    let table = tables.get(lower(name))
    if (!table) {
      table = { columns: new Map(), isCreated: false, at: undefined, indexed: new Set() }
      tables.set(lower(name), table)
    }
    return table
  }

  const runSql = (statement: SqlStatement, at: Place, version: number | undefined) => {
    const made: ColumnState = { column: undefined, by: 'sql', at, version, isSetBySql: false }
    switch (statement.kind) {
      case 'create-table': {
        const { table, columns } = statement
        if (statement.temporary || (statement.ifNotExists && tables.get(lower(table))?.isCreated)) return
        // What was there before the first migration may be kept, whatever its columns are.
        const mayBeThere = statement.ifNotExists && released?.complete !== true
        if (!columns || mayBeThere) clouded.add(lower(table))
        const states = new Map((columns ?? []).map(name => [lower(name), made]))
        tables.set(lower(table), { columns: states, isCreated: true, at, indexed: new Set() })
        return
      }
      case 'drop-table':
        tables.delete(lower(statement.table))
        return
      case 'rename-table': {
        const table = tableOf(statement.table)
        tables.delete(lower(statement.table))
        tables.set(lower(statement.to), table)
        if (clouded.has(lower(statement.table))) clouded.add(lower(statement.to))
        // What was there before the first migration is there now as well, under a name that nobody can know the columns of.
        if (!table.isCreated) clouded.add(lower(statement.to))
        return
      }
      case 'add-column':
        tableOf(statement.table).columns.set(lower(statement.column), made)
        return
      case 'drop-column':
        tableOf(statement.table).columns.delete(lower(statement.column))
        return
      case 'rename-column': {
        const { columns } = tableOf(statement.table)
        columns.delete(lower(statement.column))
        columns.set(lower(statement.to), made)
        return
      }
      case 'create-index':
        if (statement.columns[0] !== undefined) tableOf(statement.table).indexed.add(lower(statement.columns[0]))
        return
      case 'update': {
        const { columns } = tableOf(statement.table)
        for (const name of statement.columns) {
          const state = columns.get(lower(name))
          if (state) columns.set(lower(name), { ...state, isSetBySql: true })
        }
        return
      }
    }
  }

  const give = (table: TableState, column: Column, by: 'create' | 'add', version: number | undefined) => {
    table.columns.set(lower(column.name.text), { column, by, at: column.name.at, version, isSetBySql: false })
    if (column.indexed) table.indexed.add(lower(column.name.text))
  }

  return {
    run(step, migration, mayClash) {
      const version = migration.toVersion
      if (step.kind === 'sql') {
        const text = step.sql?.text ?? step.outline
        if (text === undefined) return
        const statements = step.sql ? readSql(text) : readOutline(text)
        for (const statement of statements ?? []) runSql(statement, step.at, version)
        if (!statements) for (const word of text.match(/[\w$]+/g) ?? []) clouded.add(lower(word))
      } else if (step.kind === 'create') {
        const { name } = step.table
        const before = tables.get(lower(name.text))
        if (mayClash && before?.isCreated && before.at && !clouded.has(lower(name.text)))
          clashes.push({
            kind: 'table',
            table: name.text,
            name: name.text,
            at: name.at,
            step,
            migration,
            column: undefined,
            earlier: before.at,
            earlierVersion: versionOf(before),
          })
        if (step.table.unsafeSql || !step.table.complete) clouded.add(lower(name.text))
        const table: TableState = { columns: new Map(), isCreated: true, at: name.at, indexed: new Set() }
        for (const column of step.table.fields) give(table, column, 'create', version)
        tables.set(lower(name.text), table)
      } else if (step.kind === 'add' && step.table) {
        const key = lower(step.table.text)
        if (step.unsafeSql || !step.complete) clouded.add(key)
        const table = tableOf(step.table.text)
        const before = new Map(table.columns)
        for (const column of step.columns) {
          const earlier = before.get(lower(column.name.text))
          if (mayClash && earlier?.at && !clouded.has(key))
            clashes.push({
              kind: 'column',
              table: step.table.text,
              name: column.name.text,
              at: column.name.at,
              step,
              migration,
              column,
              earlier: earlier.at,
              earlierVersion: earlier.version,
            })
          give(table, column, 'add', version)
        }
      }
    },
    end: isReadable => ({
      table: name => tables.get(lower(name)),
      isSure: name => isReadable && !clouded.has(lower(name)),
      clashes,
    }),
  }
}

const versionOf = (table: TableState): number | undefined =>
  [...table.columns.values()].find(one => one.by === 'create')?.version
