// The statements that give one database what another has, without losing a row.
import type { DatabaseShape, TableShape } from '../../../sql/judge.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { type ColumnInText, createdTables } from '../schema/create-table.ts'
import { columnNamed, type Difference, differences, tableNamed } from '../schema/differences.ts'
import { plainName } from './plain-name.ts'
import { rebuildTable } from './rebuild-table.ts'
import { zeroOf } from './zero-of.ts'

/** The statements in order, and sentences about what they do to rows; or why there are none. */
export type CatchUp =
  | { readonly statements: readonly string[]; readonly notes: readonly string[] }
  | { readonly problem: string }

/** What the writer needs to know of the app. */
export interface CatchUpOptions {
  /** True where foreign keys may be enforced while the statements run: then no table can be dropped that others refer to. */
  readonly isEnforced: boolean
  /** False where `from` is known by its columns alone. */
  readonly details: boolean
}

/** The statements by which `from` gets all that `to` has. What `to` lacks stays. */
export function catchUp(from: DatabaseShape, to: DatabaseShape, options: CatchUpOptions): CatchUp {
  const found = differences(from, to, { details: options.details })
  const statements: string[] = []
  const notes: string[] = []
  const rebuilt = new Set<string>()
  for (const table of to.tables) {
    const own = found.filter(one => one.table === table.name)
    if (own.some(one => one.kind === 'table' && one.is === 'missing')) {
      statements.push(table.sql)
      continue
    }
    const old = tableNamed(from, table.name)
    if (!old || table.kind !== 'table') continue
    const columns = own.filter(one => one.kind === 'column')
    const added = columns.filter(one => one.is === 'missing').map(one => addition(table, one.name, options))
    if (columns.some(one => isStuck(one, old)) || added.some(one => one === undefined)) {
      const problem = rebuildProblem(table, columns, to, options)
      const written = problem === undefined ? rebuildTable(old, table, to) : undefined
      if (!written) return { problem: problem ?? `The definition of table "${table.name}" cannot be read.` }
      rebuilt.add(foldName(table.name))
      statements.push(...written)
      continue
    }
    for (const one of added) {
      statements.push(one!.statement)
      if (one!.note !== undefined) notes.push(one!.note)
    }
  }
  statements.push(...partStatements(found, to, rebuilt, options))
  return { statements, notes }
}

/** What `ALTER TABLE` cannot mend. A column that is only in the way of nobody stays. */
function isStuck({ is, name }: Difference, from: TableShape): boolean {
  if (is === 'other') return true
  const column = is === 'extra' ? columnNamed(from, name) : undefined
  return column?.notNull === true && column.default === null && column.primaryKey === 0
}

function rebuildProblem(
  table: TableShape,
  columns: readonly Difference[],
  { tables }: DatabaseShape,
  { isEnforced, details }: CatchUpOptions,
): string | undefined {
  const extra = columns.find(one => one.is === 'extra')
  if (extra)
    return `Table "${table.name}" would have to be made anew, and the values of its column "${extra.name}" would be lost.`
  if (!details)
    return `Table "${table.name}" would have to be made anew, and a snapshot does not tell enough of what is there.`
  const isReferred = tables.some(one => one.foreignKeys.some(key => foldName(key.table) === foldName(table.name)))
  return isEnforced && isReferred
    ? `Table "${table.name}" would have to be made anew. Others refer to it, and while foreign keys are enforced dropping it deletes their rows.`
    : undefined
}

/** `ALTER TABLE … ADD COLUMN`; undefined for what it cannot add. */
function addition(table: TableShape, name: string, { isEnforced }: CatchUpOptions) {
  const [created] = createdTables(table.sql)
  const written = created?.columns.find(one => foldName(one.name.text) === foldName(name))
  const shape = columnNamed(table, name)
  if (!created || !written || !shape) return undefined
  const definition = table.sql.slice(written.start, written.end).replace(/\s+/g, ' ')
  if (shape.primaryKey > 0 || /\bunique\b|\bstored\b|\bprimary\s+key\b/i.test(definition)) return undefined
  if (shape.default !== null && !/^[\w.+-]+$|^'.*'$|^x'.*'$|^".*"$/is.test(shape.default)) return undefined
  if (/^current_/i.test(shape.default ?? '') || isConstrained(table, written, created.columns)) return undefined
  const isReference = /\breferences\b/i.test(definition)
  const needsValue = shape.notNull && shape.default === null && !shape.isGenerated
  if (isReference && isEnforced && (needsValue || shape.default !== null)) return undefined
  const zero = zeroOf(shape.type)
  const statement = `ALTER TABLE ${plainName(table.name)} ADD COLUMN ${definition}${needsValue ? ` DEFAULT ${zero}` : ''}`
  const note = needsValue ? `Rows that are there already get ${zero} in "${name}".` : undefined
  return { statement, note }
}

/** True where a constraint of the table itself has to do with a column. */
function isConstrained({ sql }: TableShape, { name }: ColumnInText, columns: readonly ColumnInText[]): boolean {
  const rest = foldName(sql.slice(columns.at(-1)?.end ?? sql.length))
  return new RegExp(`(?<![\\w$])${foldName(name.text).replace(/[^\w]/g, '\\$&')}(?![\\w$])`).test(rest)
}

function* partStatements(
  found: readonly Difference[],
  to: DatabaseShape,
  rebuilt: ReadonlySet<string>,
  { details }: CatchUpOptions,
): Generator<string> {
  const parts = [
    ...to.indexes.map(part => ({ ...part, kind: 'index' as const })),
    ...to.triggers.map(part => ({ ...part, kind: 'trigger' as const })),
  ]
  for (const part of parts) {
    if (rebuilt.has(foldName(part.table))) continue
    const own = found.find(one => one.kind === part.kind && one.name === part.name)
    const isOfNew = found.some(
      one =>
        one.is === 'missing' &&
        foldName(one.table) === foldName(part.table) &&
        (one.kind === 'table' || (one.kind === 'column' && foldName(part.sql).includes(foldName(one.name)))),
    )
    const isNew = own?.is === 'missing' || (!details && isOfNew)
    if (own?.is === 'other') yield `DROP ${part.kind.toUpperCase()} ${plainName(part.name)}`
    if (isNew || own?.is === 'other') yield part.sql
  }
}
