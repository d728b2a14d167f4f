// Does one action of a script with an app whose database is open.
import type { Action, ActionResult, Row } from '../types.ts'
import type { App } from './app.ts'
import { attempt } from './attempt.ts'
import type { Disk } from './disk.ts'
import { exercise } from './exercise.ts'
import type { Adapter, ColumnSchema, LibraryDatabase, Raw, TableSchema } from './library.ts'

/** What actions work with. */
export interface Context {
  readonly database: LibraryDatabase
  readonly adapter: Adapter
  readonly app: App
  readonly disk: Disk
  /** Milliseconds that one action may take. */
  readonly limit: number
  /** The id of the row that `create` made, by table. */
  readonly rowOf: Map<string, string>
}

/** Runs an action; never rejects. */
export async function runAction(action: Action, context: Context): Promise<readonly ActionResult[]> {
  const { database, limit } = context
  const tables = Object.values(database.schema.tables)
  const perTable = async (work: (table: TableSchema) => Promise<unknown>) => {
    const results: ActionResult[] = []
    for (const table of tables) results.push(await attempt(`${action.do} ${table.name}`, limit, () => work(table)))
    return results
  }
  switch (action.do) {
    case 'create':
      return perTable(table => create(table, database, context))
    case 'update':
      return perTable(table => update(table, database, context))
    case 'write':
      return [await attempt('write', limit, () => writeRows(database, tables, action.count))]
    case 'read':
      return [await attempt('read', limit, async () => readRows(tables, context))]
    case 'snippet':
      return [await attempt(action.name ?? 'snippet', limit, () => snippet(action.code, database, context))]
    case 'exercise':
      return exercise(database, context.app, { set: action.set ?? false, limit })
  }
}

async function create(table: TableSchema, database: LibraryDatabase, context: Context): Promise<void> {
  const collection = database.collections.map[table.name]
  if (collection) {
    const record = await database.write(() => collection.create(() => undefined))
    context.rowOf.set(table.name, record.id)
    return
  }
  const raw = sanitizedRaw({ id: `${table.name}-new` }, table, context)
  await database.adapter.batch([['create', table.name, raw]])
  context.rowOf.set(table.name, String(raw['id']))
}

async function update(table: TableSchema, database: LibraryDatabase, context: Context): Promise<void> {
  const rows = context.disk.rows(table.name)
  const row = rows.find(candidate => candidate['id'] === context.rowOf.get(table.name)) ?? rows[0]
  if (!row) throw new Error(`${table.name} has no row to update`)
  const collection = database.collections.map[table.name]
  if (!collection) {
    await database.adapter.batch([['update', table.name, sanitizedRaw(row, table, context)]])
    return
  }
  const record = (await collection.query().fetch()).find(candidate => candidate.id === row['id'])
  if (!record) throw new Error(`${table.name} does not give back its row ${row['id']}`)
  await database.write(() => record.update(() => undefined))
}

async function writeRows(database: LibraryDatabase, tables: readonly TableSchema[], count: number) {
  const rows: Record<string, Row[]> = {}
  for (const table of tables) {
    rows[table.name] = Array.from({ length: count }, (_, i) => knownRow(table, i, i === count - 1))
    await database.adapter.batch(rows[table.name]!.map(row => ['create', table.name, { ...row }] as const))
  }
  return rows
}

/** A row whose every value says where it belongs; in the last one what may be null is null. */
const knownRow = (table: TableSchema, i: number, isLast: boolean): Row => ({
  id: `${table.name}-${i}`,
  _status: 'synced',
  _changed: '',
  ...Object.fromEntries(
    table.columnArray.map(column => [column.name, isLast && column.isOptional ? null : knownValue(column, i)]),
  ),
})

const knownValue = (column: ColumnSchema, i: number): string | number | boolean =>
  column.type === 'string' ? `${column.name} ${i}` : column.type === 'boolean' ? i % 2 === 0 : 1000 + i

function readRows(tables: readonly TableSchema[], context: Context) {
  return Object.fromEntries(
    tables.map(table => {
      const stored = context.disk.rows(table.name)
      return [table.name, { read: stored.map(row => sanitizedRaw(row, table, context)), stored }]
    }),
  )
}

function sanitizedRaw(row: Raw, table: TableSchema, { app }: Context): Raw {
  const rawRecord = app.require('@nozbe/watermelondb/RawRecord') as { sanitizedRaw(row: Raw, table: TableSchema): Raw }
  return rawRecord.sanitizedRaw(row, table)
}

async function snippet(code: string, database: LibraryDatabase, { adapter, app }: Context): Promise<unknown> {
  const models = Object.values(database.collections.map).flatMap(collection => collection?.modelClass ?? [])
  const scope: Record<string, unknown> = {
    ...Object.fromEntries(models.map(model => [model.name, model])),
    ...(app.require('@nozbe/watermelondb/sync') as object),
    Q: (app.require('@nozbe/watermelondb') as { Q: unknown }).Q,
    database,
    adapter,
    load: app.load,
    require: app.require,
  }
  delete scope['default']
  const run = new Function(...Object.keys(scope), `${code}\nreturn __snippet()`)
  return run(...Object.values(scope))
}
