// What the chain of migrations does to each table.
import type { Migrations, Step, TableHistory } from '../types.ts'

type Created = TableHistory['created'][number]
type Added = TableHistory['added'][number]
type Sql = TableHistory['sql'][number]

/** The history of every table that migrations name; `of` gives an empty one for other tables. */
export interface Histories {
  of(table: string): TableHistory
}

/** Reads the history out of migrations, steps in the order of their versions. */
export function historiesOf(migrations: Migrations | undefined): Histories {
  const created = new Map<string, Created[]>()
  const added = new Map<string, Added[]>()
  const sql: Sql[] = []
  const ordered = [...(migrations?.list ?? [])].sort((a, b) => (a.toVersion ?? 0) - (b.toVersion ?? 0))
  const complete = migrations?.complete === true && ordered.every(one => one.complete && one.toVersion !== undefined)
  const put = (version: number | undefined, step: Step) => {
    if (step.kind === 'create') push(created, step.table.name.text, { step, version })
    else if (step.kind === 'add' && step.table)
      for (const column of step.columns) push(added, step.table.text, { column, step, version })
    else if (step.kind === 'sql' && step.sql) sql.push({ text: step.sql.text, at: step.at, version })
  }
  for (const migration of ordered) for (const step of migration.steps) put(migration.toVersion, step)

  const words = sql.map(one => new Set(one.text.match(/\w+/g) ?? []))
  const names = (at: number, table: string): boolean =>
    words[at]!.has(table) || [...words[at]!].some(word => word.startsWith(`${table}_`))
  return {
    of: table => ({
      created: created.get(table) ?? [],
      added: added.get(table) ?? [],
      sql: sql.filter((_, i) => names(i, table)),
      complete,
    }),
  }
}

const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
