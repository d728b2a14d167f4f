// Rows of released versions, brought to the present schema by the app's own migrations, in memory.
//
// LokiJS stands in for SQLite here, and it runs no SQL. What only `unsafeExecuteSql` makes is not looked for, and what it
// does to values cannot be seen: test such a step on a phone.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type AppSchema, appSchema, Database, Model, Q, type TableSchema, tableSchema } from '@nozbe/watermelondb'
import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { sanitizedRaw } from '@nozbe/watermelondb/RawRecord'
import type { MigrationStep, SchemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import logger from '@nozbe/watermelondb/utils/common/logger'

/** What a snapshot says of a released schema. */
export interface Release {
  version: number
  complete: boolean
  entities: {
    name: string
    complete: boolean
    fields: { name: string; type: string; optional?: boolean }[]
  }[]
}

type Row = Record<string, unknown>
type Rows = Record<string, Row[]>
type Options = ConstructorParameters<typeof LokiJSAdapter>[0]

export interface Replayed {
  /** The rows of the release by table, with the columns that there still are. */
  before: Rows
  /** The same rows as the app reads them now. */
  after: Rows
  /** Tables and columns of the schema that phones with this release do not get. */
  missing: string[]
  /** A new row of each table, and what was read of it. */
  written: Rows
  read: Rows
}

/** The releases of a store: every `offline-storage/<store>/v<version>.json` in the folders above this one. */
export function releasesOf(store: string): Release[] {
  const start = typeof __dirname === 'undefined' ? process.cwd() : __dirname
  const folders = foldersFrom(start).map(folder => join(folder, 'offline-storage', store))
  return folders
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(file => /v\d+\.json$/.test(file))
    .map(file => JSON.parse(readFileSync(file, 'utf8')) as Release)
    .sort((a, b) => a.version - b.version)
}

const foldersFrom = (folder: string): string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...foldersFrom(dirname(folder))]

/** Why the releases cannot all be started from, and what to do. */
export function problemsOf(store: string, releases: Release[]): string[] {
  const file = (version: string | number) => `offline-storage/${store}/v${version}.json`
  if (releases.length === 0)
    return [
      `No release is known. Run "Offline Storage: Take Schema Snapshot" with each, and commit ${file('<version>')}.`,
    ]
  const unclear = releases.filter(
    ({ complete, entities }) =>
      !complete || entities.some(table => !table.complete || table.fields.some(field => !isType(field.type))),
  )
  return unclear.map(
    ({ version }) => `${file(version)} does not know the whole schema: write in what it lacks, and "complete": true.`,
  )
}

/** Fills the tables of a release with rows, and opens them with the app's own schema and migrations. */
export async function replay(release: Release, schema: AppSchema, migrations: SchemaMigrations): Promise<Replayed> {
  logger.silence()
  const old = schemaOf(release)
  const steps = migrations.sortedMigrations.filter(one => one.toVersion > release.version).flatMap(one => one.steps)
  const made = namesAfter(steps, Object.values(old.tables))

  const first = await openAdapter({ schema: old })
  const filled = Object.values(old.tables).map(table => ({
    table,
    rows: [rowOf(table, 'full', false), rowOf(table, 'sparse', true)],
  }))
  for (const { table, rows } of filled)
    first._driver.loki.getCollection(table.name).insert(rows.map(row => ({ ...row })))
  await new Promise(resolve => first._driver.loki.saveDatabase(resolve))

  const memory = first._driver.loki.persistenceAdapter
  const adapter = await openAdapter({ schema, migrations, _testLokiAdapter: memory })
  const found = (table: string): Row[] | undefined => adapter._driver.loki.getCollection(table)?.find()
  const isThere = (table: string, column: string | undefined) =>
    column === undefined ? found(table) !== undefined : found(table)?.every(row => column in row)
  const missing = namesOf(Object.values(schema.tables)).filter(name => {
    const [table = '', column] = name.split('.')
    const isBySql = made.bySql.has(table) || (column !== undefined && made.bySql.has(column))
    return !isBySql && !(made.bySteps.has(name) && isThere(table, column))
  })

  const [before, after]: [Rows, Rows] = [{}, {}]
  for (const { table, rows } of filled) {
    const present = schema.tables[table.name]
    if (present === undefined) continue
    const columns = ['id', '_status', '_changed', ...Object.keys(table.columns).filter(name => name in present.columns)]
    before[table.name] = rows.map(row => Object.fromEntries(columns.map(name => [name, row[name]])))
    after[table.name] = (found(table.name) ?? []).map(row => {
      const read: Row = { ...sanitizedRaw(row, present) }
      // Where a column may not be null any more, null is read as an empty value, which is no loss.
      return Object.fromEntries(columns.map(name => [name, row[name] === null ? null : read[name]]))
    })
  }
  const tables = Object.values(schema.tables).filter(({ name }) => found(name))
  return { before, after, missing, ...(await writeAnew(adapter, tables)) }
}

/** A new row in each table, through the app's side of the database. */
async function writeAnew(adapter: LokiJSAdapter, tables: TableSchema[]): Promise<Pick<Replayed, 'written' | 'read'>> {
  const modelOf = ({ name }: TableSchema) =>
    class extends Model {
      static override table = name
    }
  const database = new Database({ adapter, modelClasses: tables.map(modelOf) })
  const [written, read]: [Rows, Rows] = [{}, {}]
  for (const table of tables) {
    const row = rowOf(table, 'new', false)
    const collection = database.get(table.name)
    await database.write(() => database.batch(collection.prepareCreateFromDirtyRaw(row)))
    const rows: Row[] = await collection.query(Q.where('id', row.id)).unsafeFetchRaw()
    written[table.name] = [row]
    read[table.name] = rows.map(one => Object.fromEntries(Object.keys(row).map(name => [name, one[name]])))
  }
  return { written, read }
}

/** Names of what phones have after the steps. It fails at a step that SQLite would refuse. */
function namesAfter(steps: MigrationStep[], released: TableSchema[]): { bySteps: Set<string>; bySql: Set<string> } {
  const sql = steps.map(step => (step.type === 'sql' ? step.sql : '')).join('\n')
  const bySql = new Set(Array.from(sql.matchAll(madeInSql), ([, name = '']) => name))
  // After that nobody but SQLite knows what is there.
  const undoes = /\b(?:drop|rename)\b/i.test(sql)
  const bySteps = new Set(namesOf(released))
  for (const step of steps) {
    if (step.type !== 'create_table' && step.type !== 'add_columns') continue
    const isNew = step.type === 'create_table'
    if (!isNew && !bySteps.has(step.table) && !bySql.has(step.table))
      throw new Error(`A step adds columns to "${step.table}", a table that phones do not have then.`)
    for (const name of isNew ? namesOf([step.schema]) : step.columns.map(column => `${step.table}.${column.name}`)) {
      if (bySteps.has(name) && !undoes) throw new Error(`A step makes "${name}", which phones have already.`)
      bySteps.add(name)
    }
  }
  return { bySteps, bySql }
}

const madeInSql =
  /\b(?:create\s+table(?:\s+if\s+not\s+exists)?|add(?:\s+column)?|rename\s+(?:(?:column\s+)?\S+\s+)?to)\s+["'`[]?(\w+)/gi

/** `tasks` and `tasks.title`. */
const namesOf = (tables: TableSchema[]): string[] =>
  tables.flatMap(({ name, columnArray }) => [name, ...columnArray.map(column => `${name}.${column.name}`)])

const schemaOf = ({ version, entities }: Release): AppSchema =>
  appSchema({
    version,
    tables: entities.map(({ name, fields }) =>
      tableSchema({
        name,
        columns: fields.flatMap(field =>
          isType(field.type) ? [{ name: field.name, type: field.type, isOptional: field.optional === true }] : [],
        ),
      }),
    ),
  })

const isType = (type: string): type is 'string' | 'number' | 'boolean' => type in values

const values = { string: 'some text', number: 1.5, boolean: true }

function rowOf({ columnArray }: TableSchema, id: string, isSparse: boolean): { id: string } & Row {
  const columns = columnArray.map(({ name, type, isOptional }) => [name, isSparse && isOptional ? null : values[type]])
  return { id, _status: 'updated', _changed: '', ...Object.fromEntries(columns) }
}

/** A database in memory, once it is ready; it fails where the library cannot open it. */
function openAdapter(of: Pick<Options, 'schema' | 'migrations' | '_testLokiAdapter'>): Promise<LokiJSAdapter> {
  return new Promise((resolve, reject) => {
    const adapter = new LokiJSAdapter({
      ...of,
      useWebWorker: false,
      useIncrementalIndexedDB: true,
      extraLokiOptions: { autosave: false },
      onSetUpError: reject,
    })
    adapter.getLocal('', () => resolve(adapter))
  })
}
