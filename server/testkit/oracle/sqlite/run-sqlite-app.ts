// Runs a small app on the JavaScript of a real SQLite package, over real SQLite files.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { build, type Plugin } from 'esbuild'
import { oracleFolder } from '../installed.ts'
import { expoModule } from './expo-module.ts'
import { connect } from './native-sqlite.ts'
import { opProxy } from './op-proxy.ts'
import { storageModule } from './storage-module.ts'

/** What became of a run. */
export interface SqliteRun {
  /** What `run` rejected with. */
  readonly error: string | undefined
  /** True when it never ended. */
  readonly hangs: boolean
  /** What nobody heard of: promises that were rejected and not waited for. */
  readonly unheard: readonly string[]
  /** The titles in the table `tasks`, in the order of their keys. */
  readonly titles: readonly string[]
}

/** Turns of the event loop after which something that has not ended never will. */
const manyTurns = 400

/** Runs `createTables` of `src/db.ts`, then `run` of `src/tasks.ts`, on the database `app.db`. */
export async function runSqliteApp(files: Readonly<Record<string, string>>): Promise<SqliteRun> {
  const folder = mkdtempSync(join(tmpdir(), 'offline-storage-sqlite-'))
  const unheard: string[] = []
  const hear = (reason: unknown) => void unheard.push(messageOf(reason))
  process.on('unhandledRejection', hear)
  try {
    const { createTables, run } = load(await bundle(files), folder)
    await createTables()
    const outcome = await ended(run())
    for (let turn = 0; turn < manyTurns; turn++) await nextTurn()
    const connection = connect(join(folder, 'app.db'))
    const titles = connection.prepare('SELECT title FROM tasks ORDER BY id').all() as { title: string }[]
    connection.close()
    return { ...outcome, unheard, titles: titles.map(row => row.title) }
  } finally {
    process.off('unhandledRejection', hear)
    rmSync(folder, { recursive: true, force: true })
  }
}

interface App {
  createTables(): Promise<void>
  run(): Promise<void>
}

async function ended(run: Promise<void>): Promise<Pick<SqliteRun, 'error' | 'hangs'>> {
  let outcome: Pick<SqliteRun, 'error' | 'hangs'> = { error: undefined, hangs: true }
  run.then(
    () => {
      outcome = { error: undefined, hangs: false }
    },
    (error: unknown) => {
      outcome = { error: messageOf(error), hangs: false }
    },
  )
  for (let turn = 0; turn < manyTurns && outcome.hangs; turn++) await nextTurn()
  return outcome
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : ((error as Error)?.message ?? String(error))

function load(code: string, folder: string): App {
  const module = { exports: {} as App }
  const sandbox: Record<string, unknown> = {
    module,
    exports: module.exports,
    setImmediate,
    setTimeout,
    console: { ...console, log() {} },
    Promise,
    Error,
    Uint8Array,
    ArrayBuffer,
    native: { expo: expoModule(folder), storage: storageModule(folder) },
    __OPSQLiteProxy: opProxy(folder),
  }
  sandbox['global'] = sandbox
  runInNewContext(code, sandbox)
  return module.exports
}

async function bundle(files: Readonly<Record<string, string>>): Promise<string> {
  const entry = `export { createTables } from './src/db'\nexport { run } from './src/tasks'\n`
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: '/app', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    plugins: [appFiles(files), packages],
  })
  return outputFiles[0]!.text
}

const appFiles = (files: Readonly<Record<string, string>>): Plugin => ({
  name: 'app',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ path, importer, namespace }) =>
      namespace === 'app' || importer === '<stdin>' || importer === ''
        ? { path: join(importer.startsWith('src/') ? dirname(importer) : '', path), namespace: 'app' }
        : undefined,
    )
    onLoad({ filter: /./, namespace: 'app' }, ({ path }) => ({ contents: files[`${path}.ts`] ?? '', loader: 'ts' }))
  },
})

const modules = join(oracleFolder, 'node_modules')
/** The files of each package that hold what runs; what is beside them are views, tools and other platforms. */
const entries: Readonly<Record<string, string>> = {
  'expo-sqlite': join(modules, 'expo-sqlite/src/SQLiteDatabase.ts'),
  '@op-engineering/op-sqlite': join(modules, '@op-engineering/op-sqlite/src/functions.ts'),
  'react-native-sqlite-storage': join(modules, 'react-native-sqlite-storage/sqlite.js'),
}
const stubs: Readonly<Record<string, string>> = {
  expo: 'exports.requireNativeModule = () => native.expo',
  'react-native': "exports.Platform = { OS: 'ios' }; exports.NativeModules = { SQLite: native.storage }",
  './SQLiteDevToolsClient':
    'exports.registerDatabaseForDevToolsAsync = async () => {}; exports.unregisterDatabaseForDevToolsAsync = async () => {}',
}

const packages: Plugin = {
  name: 'packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^/]/ }, ({ path }) =>
      entries[path] ? { path: entries[path] } : stubs[path] ? { path, namespace: 'stub' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'stub' }, ({ path }) => ({ contents: stubs[path]!, loader: 'js' }))
  },
}
