// Makes the database file that the app is going to find, from what the app itself says of its past.
import type { Before, Job } from '../types.ts'
import { openApp } from './app.ts'
import type { Disk } from './disk.ts'
import { type Adapter, openLibrary } from './library.ts'
import { startWatch } from './watch.ts'

/** Prepares the file of a job. Leaves nothing when the app does not load: the run itself will say why. */
export async function prepareFile(job: Job, before: Before, disk: Disk, oracleFolder: string): Promise<void> {
  const adapter = await firstAdapter(job, oracleFolder)
  if (!adapter) return
  if (before === 'first-release') disk.execute(firstRelease(adapter))
  const version = before === 'first-release' ? adapter.migrations?.minVersion : undefined
  disk.setVersion(version ?? adapter.schema.version - 1)
}

/** Runs the app once on a file of its own, only to see its schema and migrations; on the job's file for `previous-version`. */
async function firstAdapter(job: Job, oracleFolder: string): Promise<Adapter | undefined> {
  const dbFile = job.before === 'first-release' ? job.dbFile.replace(/\.db$/, '-look.db') : job.dbFile
  const watch = startWatch()
  const library = openLibrary({ ...job, dbFile }, oracleFolder)
  try {
    openApp(job.files, library).load(job.entry)
  } catch {
    return undefined
  } finally {
    await watch.end()
    library.close()
  }
  return library.adapters[0]
}

/** SQL that makes the tables as they were before any migration: without the tables and columns that migrations add. */
function firstRelease(adapter: Adapter): string {
  const steps = adapter.migrations?.sortedMigrations.flatMap(migration => migration.steps) ?? []
  const created = new Set(
    steps.flatMap(step => (step.type === 'create_table' && step.schema ? [step.schema.name] : [])),
  )
  const added = new Set(
    steps.flatMap(step =>
      step.type === 'add_columns' ? (step.columns ?? []).map(c => `${step.table}.${c.name}`) : [],
    ),
  )
  return Object.values(adapter.schema.tables)
    .filter(table => !created.has(table.name))
    .map(table => {
      const columns = table.columnArray.filter(column => !added.has(`${table.name}.${column.name}`))
      const names = ['"id" primary key', '"_changed"', '"_status"', ...columns.map(column => `"${column.name}"`)]
      return `create table "${table.name}" (${names.join(', ')});`
    })
    .concat('create table "local_storage" ("key" varchar(16) primary key not null, "value" text not null);')
    .join('\n')
}
