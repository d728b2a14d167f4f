// The SQL that `unsafeSql` of a schema or a table puts behind what the library makes.
import type { Located, Scope } from '../../../catalog/scope.ts'
import { type WrittenText, writtenText } from '../../../catalog/written-text.ts'
import type { SqlJudge } from '../../../sql/judge.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { projectStores } from '../code/read-collection.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import type { CodeOfFile, Table, WatermelonStore } from '../types.ts'
import { encodeTable } from './encode-table.ts'
import { replayProblem } from './judge-step.ts'
import { firstSyntaxProblem, type SqlProblem } from './sql-problem.ts'
import { tablesInSql } from './tables-in-sql.ts'

/** One text that such a function gives, where nothing else is made at run time. */
export interface SqlInSchema {
  readonly store: WatermelonStore
  readonly sql: WrittenText
  /** The same without what the library makes; all else keeps its place. */
  readonly text: string
  readonly argument: Located
  /** The table that it belongs to; undefined for that of the schema. */
  readonly table: Table | undefined
}

/** Those of the schemas that stand in a file. */
export function* sqlInSchemas(code: CodeOfFile): Generator<SqlInSchema> {
  for (const store of projectStores(code)) {
    if (store.schemaFile !== code.file || isLokiOnly(store)) continue
    const { schema } = store
    const [options] = schema?.call.value.args ?? []
    if (!schema || !options) continue
    if (schema.unsafeSql) yield* textsOf(code.scope, store, { value: options, file: schema.call.file }, undefined)
    for (const table of schema.tables) if (table.unsafeSql) yield* textsOf(code.scope, store, table.spec, table)
  }
}

/** What is wrong with it on a new database; undefined also while SQLite has not answered. */
export function schemaProblem({ store, text, table }: SqlInSchema, judge: SqlJudge): SqlProblem | undefined {
  const unreadable = firstSyntaxProblem(text, judge)
  if (unreadable) return unreadable
  const tables: string[] = []
  for (const name of tablesInSql(text)) {
    const found = store.schema?.tables.find(one => foldName(one.name.text) === foldName(name))
    // Tables behind it are not made yet, and those of others may be made in another way.
    if (found && (!found.complete || (table ? found !== table : found.unsafeSql))) return undefined
    if (!found && (table || !store.complete)) return undefined
    if (found)
      tables.push(
        encodeTable(
          found.name.text,
          found.fields.map(column => ({ name: column.name.text, indexed: column.indexed })),
        ),
      )
  }
  return replayProblem({ before: tables, text, rows: 0, known: () => store.tableNames() }, judge)
}

function* textsOf(
  scope: Scope,
  store: WatermelonStore,
  spec: Located,
  table: Table | undefined,
): Generator<SqlInSchema> {
  const entry = scope.shape(spec)?.entries.get('unsafeSql')
  const found = entry && scope.follow(entry.value)
  if (found?.value.kind !== 'function') return
  const { file } = found
  const fn = scope.usage(file)?.functions[found.value.id]
  const [given] = fn?.params ?? []
  for (const argument of (fn?.returns ?? []).flatMap(value => branches({ value, file }))) {
    const sql = writtenText(scope, argument)
    const [first, ...rest] = sql?.parts.filter(part => part.isHole || part.end > part.start) ?? []
    const isGiven = first?.isHole && first.value?.value.kind === 'name' && given?.includes(first.value.value.key ?? '')
    // Where what the library makes does not come first, its tables are not there yet.
    if (!sql || !first || !isGiven || rest.some(part => part.isHole)) continue
    const text = ' '.repeat(first.end) + sql.text.slice(first.end)
    yield { store, sql, text, argument, table }
  }
}

const branches = ({ value, file }: Located): readonly Located[] =>
  value.kind === 'conditional'
    ? [value.whenTrue, value.whenFalse].flatMap(one => branches({ value: one, file }))
    : [{ value, file }]
