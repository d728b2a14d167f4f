// Runs a generated layer over the oracle's Realm, and over the real packages of GraphQL.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { requireOracle } from '../oracle/installed.ts'
import { openRealm } from '../oracle/realm.ts'
import { virtualFiles } from './load-generated.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What is used of the library itself. */
export interface RealmLibrary {
  new (configuration: object | null, internal?: object): LibraryRealm
  readonly BSON: unknown
}

export interface LibraryRealm {
  readonly internal: object
  readonly schemaExtras: object
  close(): void
}

let library: RealmLibrary | undefined

export async function realmLibrary(): Promise<RealmLibrary> {
  if (library !== undefined) return library
  const probe = await openRealm([])
  if (!probe.ok) throw new Error(probe.message)
  library = probe.value.realm.constructor as RealmLibrary
  probe.value.close()
  return library
}

/** The exports of some files of an app, which are named without their ending, in one module. */
export async function loadRealmApp<T>(files: Readonly<Record<string, string>>, entries: readonly string[]): Promise<T> {
  const built = await build({
    stdin: { contents: entries.map(one => `export * from './${one}'`).join('\n'), resolveDir: root },
    bundle: true,
    write: false,
    format: 'cjs',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    // As Babel's preset of React Native has it: a field without a value leaves what Realm holds.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    external: ['realm', '@apollo/client', '@apollo/client/*', 'graphql', 'rxjs'],
    plugins: [virtualFiles(files)],
  })
  const realm = { __esModule: true, default: await realmLibrary() }
  const require = (name: string): unknown => (name === 'realm' ? realm : requireOracle(name))
  const module = { exports: {} }
  new Function('module', 'exports', 'require', built.outputFiles[0]?.text ?? '')(module, module.exports, require)
  return module.exports as T
}
