// Runs one job: loads the app, waits for its database, does what the script says, and looks at the file.
import type { ActionResult, Job, OracleResult, Outcome } from '../types.ts'
import { runAction } from './actions.ts'
import { openApp } from './app.ts'
import { prepareFile } from './before.ts'
import { type Disk, openDisk } from './disk.ts'
import { type Adapter, type Library, type LibraryDatabase, openLibrary } from './library.ts'
import { messageOf, startWatch, within } from './watch.ts'

/** Never rejects: what goes wrong is part of the result. */
export async function runJob(job: Job, oracleFolder: string): Promise<OracleResult> {
  globalThis.fetch = async () => serverAnswer()
  const disk = openDisk(job.dbFile, oracleFolder)
  if (job.before) await prepareFile(job, job.before, disk, oracleFolder)
  const versionBefore = disk.exists() ? disk.version() : 0

  const watch = startWatch()
  const library = openLibrary(job, oracleFolder)
  const app = openApp(job.files, library)
  const limit = job.timeout ?? 2000
  let exports: Record<string, unknown> = {}
  const loaded = await outcome(async () => {
    exports = app.load(job.entry)
  })
  const opened = loaded.ok ? await outcome(() => open(library, limit)) : loaded
  const actions: ActionResult[] = []
  if (opened.ok) {
    // An example may stop at its adapter.
    const database = databaseAmong(exports) ?? library.databaseOf(library.adapters[0]!)
    const context = { database, adapter: library.adapters[0]!, app, disk, limit, rowOf: new Map<string, string>() }
    for (const action of job.script) actions.push(...(await runAction(action, context)))
  }
  await watch.end()
  library.close()
  return {
    loaded,
    opened,
    reset: versionBefore > 0 && watch.logs.some(line => line.text.includes('Setting up database with schema version')),
    logs: watch.logs,
    unhandled: watch.unhandled,
    ...describe(disk),
    actions,
  }
}

/** There is no network: every request is answered as a sync server without news would. */
const serverAnswer = () => new Response(JSON.stringify({ changes: {}, timestamp: 1 }), { status: 200 })

/** Waits for the first adapter; the others are opened by the actions that use them. */
async function open(library: Library, limit: number): Promise<void> {
  const adapter = library.adapters[0]
  if (!adapter) throw new Error('The app makes no adapter')
  await within(limit, ready(adapter))
  if (library.setUpErrors.length > 0) throw library.setUpErrors[0]
}

const ready = (adapter: Adapter): Promise<void> =>
  adapter.initializingPromise ??
  new Promise((resolve, reject) => {
    adapter.getLocal('anything', result => (result.error ? reject(result.error) : resolve()))
  })

const databaseAmong = (exports: Record<string, unknown>): LibraryDatabase | undefined =>
  [exports['database'], ...Object.values(exports)].find(
    (value): value is LibraryDatabase => typeof value === 'object' && value !== null && 'collections' in value,
  )

async function outcome(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work()
    return { ok: true }
  } catch (error) {
    return { ok: false, message: messageOf(error) }
  }
}

const describe = (disk: Disk): Pick<OracleResult, 'tables' | 'schemaVersion'> =>
  disk.exists() ? { tables: disk.tables(), schemaVersion: disk.version() } : { tables: {}, schemaVersion: 0 }
