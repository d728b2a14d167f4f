// Which names can be used at a place of a statement, and what they stand for.
import { foldName } from './scan-sql.ts'
import type { SqlTable } from './sql-world.ts'

/** Offsets in the text. */
export interface NameSpan {
  readonly start: number
  readonly end: number
}

/** What the name of a column stands for. */
export type ColumnTarget =
  | { readonly kind: 'column'; readonly table: string; readonly column: string }
  /** A name given by `AS` or by the list of a common table expression. */
  | { readonly kind: 'result'; readonly definedAt: NameSpan }

/** Columns by folded name. Undefined: a column that has the name and is nothing that could be pointed at. */
export type Columns = ReadonlyMap<string, ColumnTarget | undefined>

/** Something that rows are read from. */
export interface Source {
  /** The name that columns can be qualified with, folded; absent for a subquery without one. */
  readonly name?: string
  readonly table?: string
  /** Where its alias is defined, or the common table expression. */
  readonly definedAt?: NameSpan
  readonly kind: 'table' | 'alias' | 'cte' | 'special'
  /** Undefined where they are not known. */
  readonly columns: Columns | undefined
  /** Folded names that can be read besides. */
  readonly hidden?: ReadonlySet<string>
}

/** The sources of one SELECT, and what is around it. */
export interface Scope {
  readonly sources: Source[]
  /** Names that the sources share on purpose: USING. */
  readonly shared: Set<string>
  /** True with NATURAL joins, which share every name. */
  isNatural: boolean
  /** Names of the result, which stand behind the columns. */
  readonly results?: Columns
  readonly outer: Scope | undefined
}

/** An empty scope. */
export const newScope = (outer: Scope | undefined, sources: Source[] = []): Scope => ({
  sources,
  shared: new Set(),
  isNatural: false,
  outer,
})

/** A table as a source, under its own name or `alias`. */
export function sourceOf(table: SqlTable, alias?: { readonly name: string; readonly definedAt: NameSpan }): Source {
  return {
    name: foldName(alias?.name ?? table.name),
    table: table.name,
    kind: alias ? 'alias' : 'table',
    columns: columnsOf(table),
    hidden: new Set([...rowIds, ...(table.hidden ?? []).map(foldName)]),
    ...(alias && { definedAt: alias.definedAt }),
  }
}

/** The columns of a table by name. */
export function columnsOf(table: SqlTable): Columns | undefined {
  return (
    table.columns &&
    new Map(table.columns.map(column => [foldName(column), { kind: 'column', table: table.name, column } as const]))
  )
}

/** What an unqualified name stands for; undefined where that is not certain. */
export function resolveColumn(scope: Scope | undefined, name: string): ColumnTarget | undefined {
  const folded = foldName(name)
  for (let here = scope; here; here = here.outer) {
    if (here.sources.some(source => !source.columns)) return undefined
    const having = here.sources.filter(source => source.columns!.has(folded))
    const isShared = here.isNatural || here.shared.has(folded)
    if (having.length > 0) return having.length === 1 || isShared ? having[0]!.columns!.get(folded) : undefined
    if (here.sources.some(source => source.hidden?.has(folded))) return undefined
    if (here.results?.has(folded)) return here.results.get(folded)
  }
  return undefined
}

/** The source that a qualifier names; undefined where none does, or several do. */
export function resolveSource(scope: Scope | undefined, name: string): Source | undefined {
  const folded = foldName(name)
  for (let here = scope; here; here = here.outer) {
    const found = here.sources.filter(source => source.name === folded)
    if (found.length > 0) return found.length === 1 ? found[0] : undefined
  }
  return undefined
}

const rowIds = ['rowid', 'oid', '_rowid_']
