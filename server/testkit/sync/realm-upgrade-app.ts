// An app before and after "Generate Sync Layer", as its phones go through the update: the file of the old release is opened
// with the configuration of the new one.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answers } from '../../../shared/scaffolds.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import { type OnMigration, type OpenedRealm, type RealmObjectSchema, withRealm } from '../oracle/realm.ts'
import type { WholeRealm } from './realm-app.ts'
import { type LibraryRealm, loadRealmApp, realmLibrary } from './realm-generated.ts'

/** What the app's configuration says. */
export interface AppConfig {
  readonly schema: readonly RealmObjectSchema[]
  readonly schemaVersion?: number
  readonly onMigration?: OnMigration
}

/** What a generated layer over Realm exports, as far as tests use it. */
export interface GeneratedSync {
  createAppSync(options: object): GeneratedAppSync
  createAppRemote(options: { endpoint: string; token: () => Promise<string | null>; pageSize?: number }): Remote
  readonly paths: Readonly<Record<string, string>>
}

export interface GeneratedAppSync {
  start(): Promise<void>
  stop(): Promise<void>
  syncNow(): Promise<void>
  failed(): Promise<readonly object[]>
  waiting(): Promise<readonly object[]>
  create(entity: string, values: object, key?: string): Promise<string>
  update(entity: string, key: string, values: object): Promise<void>
  remove(entity: string, key: string): Promise<void>
  objects(entity: string): Iterable<Record<string, unknown>>
}

/** The plain answers with which layers of examples are made. */
export const exampleAnswers: Answers = { transport: 'rest', conflicts: 'fieldMerge', deletes: 'deleteWins' }

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url))

/** The code and the package file of an example app, by relative path. */
export function exampleFiles(name: string): Readonly<Record<string, string>> {
  const root = path.join(examples, name)
  const names = (readdirSync(root, { recursive: true }) as string[])
    .map(one => one.replaceAll('\\', '/'))
    .filter(one => /^(?:src\/.*\.tsx?|package\.json|tsconfig\.json)$/.test(one))
  return Object.fromEntries(names.map(one => [one, readFileSync(path.join(root, one), 'utf8')]))
}

/** The configuration that a module exports as `config`. */
export async function configOf(files: Readonly<Record<string, string>>, module: string): Promise<AppConfig> {
  return (await loadRealmApp<{ readonly config: AppConfig }>(files, [module])).config
}

export const loadGeneratedSync = (files: Readonly<Record<string, string>>): Promise<GeneratedSync> =>
  loadRealmApp(files, ['src/sync/create-app-sync', 'src/sync/remote', 'src/sync/entities'])

/** Opens a file of the first configuration, has it filled, and gives it to `work` as the second one opens it. */
export function withUpgraded<T>(
  before: AppConfig,
  after: AppConfig,
  fill: (old: OpenedRealm) => void,
  work: (realm: WholeRealm) => Promise<T>,
): Promise<T> {
  const open = async (opened: OpenedRealm) => {
    fill(opened)
    const answer = opened.migrate(after.schema, after.schemaVersion ?? 0, after.onMigration)
    if (!answer.ok) throw new Error(answer.message)
    return work(await asOpenedBy(opened, after))
  }
  return withRealm(before.schema, open, before.schemaVersion ?? 0)
}

/** A new phone with the app. */
export const withInstalled = <T>(config: AppConfig, work: (realm: WholeRealm) => Promise<T>): Promise<T> =>
  withRealm(config.schema, ({ realm }) => work(realm as WholeRealm), config.schemaVersion ?? 0)

let probes = 0

/** The oracle's migrated realm knows neither the classes nor the defaults of the configuration, as a reopened one does. */
async function asOpenedBy({ realm }: OpenedRealm, { schema, schemaVersion }: AppConfig): Promise<WholeRealm> {
  const Realm = await realmLibrary()
  const probe = new Realm({ path: `upgrade-${++probes}`, inMemory: true, schema, schemaVersion })
  const { schemaExtras } = probe
  probe.close()
  const { internal } = realm as unknown as LibraryRealm
  return new Realm(null, { internal, schemaExtras }) as unknown as WholeRealm
}
