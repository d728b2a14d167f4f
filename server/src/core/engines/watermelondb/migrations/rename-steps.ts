// The steps that give what devices hold another name, with all its data.
import { createSiteReader } from '../sites.ts'
import type { Column, Table, WatermelonStore } from '../types.ts'
import { chainOf, indexSql } from './missing-steps.ts'
import { type NewStep, specOf } from './new-step.ts'
import { replay } from './replay.ts'

/**
 * The steps that give the values of `column` to a new column named `to`. The old one stays on disk: the SQLite of older
 * phones cannot rename columns.
 */
export function columnRename(store: WatermelonStore, table: string, column: Column, to: string): readonly NewStep[] {
  const old = column.name.text
  const values = `${named(to)} = ${named(old)}`
  const changes = isSynced(store) ? `, ${renamedChanges(old, to)}` : ''
  const isIndexedBySql = !column.indexed && indexedBySql(store, table).has(old.toLowerCase())
  return [
    { kind: 'add', table, columns: [{ ...specOf(column), name: to }] },
    { kind: 'sql', sql: `update ${named(table)} set ${values}${changes};` },
    ...(isIndexedBySql ? [{ kind: 'sql' as const, sql: indexSql(table, to) }] : []),
  ]
}

/**
 * The steps that rename a table where it is, which every SQLite can. Its indexes get the names that the library gives
 * them on a fresh install.
 */
export function tableRename(store: WatermelonStore, table: Table, to: string): readonly NewStep[] {
  const old = table.name.text
  const bySql = indexedBySql(store, old)
  const columns = table.fields.filter(({ indexed, name }) => indexed || bySql.has(name.text.toLowerCase()))
  const indexed = ['_status', ...columns.map(one => one.name.text)]
  const sqls = [
    `alter table ${named(old)} rename to ${named(to)};`,
    ...indexed.map(column => `drop index if exists ${named(`${old}_${column}`)}; ${indexSql(to, column)}`),
  ]
  return sqls.map(sql => ({ kind: 'sql', sql }))
}

const named = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

/**
 * Records that wait to be pushed list their changed columns in `_changed`, with commas between. Where a name in it is no
 * column any more, the change is lost as soon as the server has changed the record too (`src/sync/impl/helpers.js`).
 */
const renamedChanges = (old: string, to: string): string =>
  `"_changed" = trim(replace(',' || "_changed" || ',', ${text(`,${old},`)}, ${text(`,${to},`)}), ',')`

/** Columns, in lower case, that migrations give an index, whatever the schema says. */
function indexedBySql(store: WatermelonStore, table: string): ReadonlySet<string> {
  const chain = chainOf(store)
  return (typeof chain === 'string' ? undefined : replay(chain, undefined).table(table)?.indexed) ?? new Set()
}

/** True when some code of the store's project calls `synchronize()`. */
function isSynced({ scope, library, project }: WatermelonStore): boolean {
  const reader = createSiteReader(scope, library)
  return scope
    .files()
    .some(
      file =>
        scope.workspace().project(file) === project && reader.sites(file).some(site => site.name === 'synchronize'),
    )
}
