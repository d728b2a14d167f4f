// What a device has of a few tables right before a step of a migration, as the SQL that has made it.
import type { Snapshot } from '../../../baseline/snapshot.ts'
import { parseSql } from '../../../sql/parse-sql.ts'
import { foldName, nameOf, scanSql } from '../../../sql/scan-sql.ts'
import { encodeColumn, encodeTable, localStorage, quotedName } from '../sql/encode-table.ts'
import { hole } from '../sql/holes.ts'
import { readStatement } from '../sql/read-sql.ts'
import type { Column, Migration, Migrations, Step } from '../types.ts'

/** Tables as some step finds them. */
export interface MadeBefore {
  /** Statements in the order in which they were run. */
  readonly sql: readonly string[]
  /** False for a table that is not known completely; a table that certainly is not there is known. */
  isKnown(table: string): boolean
}

/**
 * What `step` of `migration` finds of `tables`. It is known of tables that `migrations` make, and of those in `released`,
 * the newest snapshot before that version.
 */
export function madeBefore(
  migrations: Migrations,
  released: Snapshot | undefined,
  step: Step,
  migration: Migration,
  tables: readonly string[],
): MadeBefore {
  const history = createHistory(tables.filter(table => foldName(table) !== localStorage.name))
  const isReadable =
    migrations.complete && migrations.list.every(one => one.complete && one.toVersion !== undefined && one.isObject)
  if (!isReadable) history.cloudAll()
  const version = migration.toVersion ?? 0
  const earlier = [...migrations.list]
    .sort((a, b) => (b.toVersion ?? 0) - (a.toVersion ?? 0))
    .filter(one => one !== migration && (one.toVersion ?? 0) < version)
    .filter(one => !released || (one.toVersion ?? 0) > released.version)
  const own = migration.steps.slice(0, migration.steps.indexOf(step))
  for (const one of [...own].reverse()) history.undo(one)
  for (const { steps } of isReadable ? earlier : []) for (const one of [...steps].reverse()) history.undo(one)
  history.begin(released)
  const { sql } = history
  return {
    sql: tables.some(table => foldName(table) === localStorage.name) ? [localStorage.sql, ...sql] : sql,
    isKnown: history.isKnown,
  }
}

interface History {
  readonly sql: string[]
  isKnown(table: string): boolean
  cloudAll(): void
  /** Goes back behind a step, and notes what it made. */
  undo(step: Step): void
  /** Has come to what was there before all steps. */
  begin(released: Snapshot | undefined): void
}

/** So that it costs what the tables in question cost, and nothing else, they are followed backwards. */
function createHistory(tables: readonly string[]): History {
  const sql: string[] = []
  const clouded = new Set<string>()
  /** The tables that are still to be found by the name that they had then, with what became of them. */
  const open = new Map(tables.map(table => [foldName(table), [foldName(table)] as readonly string[]]))

  const cloud = (name: string) => {
    for (const table of open.get(foldName(name)) ?? []) clouded.add(table)
  }
  const cloudAll = () => {
    for (const name of open.keys()) cloud(name)
  }
  const undoStatement = (statement: ReturnType<typeof readStatement>, text: string) => {
    if (!statement) {
      for (const word of namesIn(text)) cloud(word)
      return
    }
    if (statement.kind === 'drop-index') {
      sql.unshift(`drop index if exists ${quotedName(statement.index)};`)
      return
    }
    if (statement.kind === 'other') {
      // A view is no table that could be followed.
      if (/^\s*create\b[^(]*\bview\b/i.test(text)) for (const word of namesIn(text).slice(0, 8)) cloud(word)
      return
    }
    if (statement.kind === 'update') return
    const key = foldName(statement.kind === 'rename-table' ? statement.to : statement.table)
    if (!open.has(key)) return
    const isTemporary = statement.kind === 'create-table' && statement.temporary
    if (isTemporary || namesIn(text).some(word => word.includes(hole))) cloud(key)
    if (isTemporary) return
    if (statement.kind === 'drop-table') open.delete(key)
    else if (statement.kind === 'create-table') {
      // What its columns are, other tables or a module decide.
      if (!statement.columns) cloud(key)
      else sql.unshift(`${text};`)
      if (!statement.ifNotExists) open.delete(key)
    } else if (statement.kind === 'rename-table') {
      sql.unshift(`${text};`)
      const became = open.get(key)!
      open.delete(key)
      open.set(foldName(statement.table), [...(open.get(foldName(statement.table)) ?? []), ...became])
    } else sql.unshift(`${text};`)
  }
  const undoSql = (text: string | undefined) => {
    if (text === undefined) {
      cloudAll()
      return
    }
    for (const one of [...parseSql(text)].reverse())
      undoStatement(readStatement(one, text), text.slice(one.start, one.end))
  }

  return {
    sql,
    isKnown: table => !clouded.has(foldName(table)),
    cloudAll,
    undo(step) {
      if (step.kind === 'sql') undoSql(step.sql?.text ?? step.outline)
      else if (step.kind === 'unknown') cloudAll()
      else if (step.kind === 'create') {
        const key = foldName(step.table.name.text)
        if (!open.has(key)) return
        if (step.table.unsafeSql || !step.table.complete) cloud(key)
        sql.unshift(encodeTable(step.table.name.text, step.table.fields.map(plain)))
        open.delete(key)
      } else if (step.table && open.has(foldName(step.table.text))) {
        if (step.unsafeSql || !step.complete) cloud(step.table.text)
        const { text } = step.table
        sql.unshift(step.columns.map(column => encodeColumn(text, plain(column))).join(''))
      }
    },
    begin(released) {
      for (const name of open.keys()) {
        const entity = released?.entities.find(one => foldName(one.name) === name)
        if (entity?.complete) {
          const fields = entity.fields.map(field => ({ name: field.name, indexed: field.indexed === true }))
          sql.unshift(encodeTable(entity.name, fields))
        } else if (entity || !released?.complete) cloud(name)
      }
    },
  }
}

const plain = ({ name, indexed }: Column) => ({ name: name.text, indexed })

const namesIn = (sql: string): readonly string[] =>
  scanSql(sql)
    .filter(token => token.kind === 'word' || token.kind === 'quoted')
    .map(token => foldName(nameOf(sql.slice(token.start, token.end))))
