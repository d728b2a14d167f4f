// Upgrades a real Realm from a released schema to the present one, with the migration that the house writes.
import { transform } from 'esbuild'
import { realm12 } from '../../src/core/engines/realm/example-app.ts'
import type { RealmStore } from '../../src/core/engines/realm/types.ts'
import type { Fix } from '../../src/core/rules/rule.ts'
import { applyFix, type RunningApp, runApp } from '../run-example.ts'
import { type OnMigration, openRealm, type RealmAnswer, type RealmObjectSchema, type RealmValues } from './realm.ts'

/** Classes as they are written in the app and given to Realm. */
export type UpgradeSchema = readonly RealmObjectSchema[]

/** The file of the app that holds everything. */
export const upgradeFile = 'src/realm.ts'

/** An app that opens a realm with these classes. */
export const upgradeApp = (schema: UpgradeSchema, version: number, more = ''): Record<string, string> => ({
  [upgradeFile]: `import Realm from 'realm'

export const config: Realm.Configuration = {
  schema: ${JSON.stringify(schema, undefined, 2).replaceAll('\n', '\n  ')},
  schemaVersion: ${version},
${more}}

export const openRealm = () => Realm.open(config)
`,
})

/** The app after the migration is created; undefined where nothing is to be written. @throws where it cannot be written. */
export function migrated(app: RunningApp): Record<string, string> | undefined {
  const [store] = app.analyzer.stores()
  if (!store) throw new Error('The app cannot be read')
  const generated = app.analyzer.generators(store).createMigration?.(store, app.context)
  if (!generated) throw new Error('Nothing can be generated')
  if ('problem' in generated) {
    if (generated.problem.startsWith('Nothing is missing')) return undefined
    throw new Error(generated.problem)
  }
  const fix: Fix = { title: generated.message, safe: false, edits: generated.edits }
  return applyFix(app, fix)
}

/** An app whose release had another schema. */
export const appAfter = (
  released: UpgradeSchema,
  now: UpgradeSchema,
  versions: { readonly released: number; readonly now: number } = { released: 1, now: 1 },
): RunningApp => appWith(released, upgradeApp(now, versions.now), versions.released)

/** The same for an app that is written already. */
export const appWith = (released: UpgradeSchema, files: Readonly<Record<string, string>>, version = 1): RunningApp =>
  runApp(files, { rules: [], project: realm12, released: upgradeApp(released, version) })

/** The migration function in the text of an app, types taken off; undefined where there is none. */
export async function functionIn(files: Readonly<Record<string, string>>): Promise<OnMigration | undefined> {
  const app = runApp(files, { rules: [], project: realm12 })
  const migration = (app.analyzer.stores()[0] as RealmStore | undefined)?.migration
  if (!migration) return undefined
  const text = files[upgradeFile] ?? ''
  const { start, end } = migration.entry.value.value.at
  const { code } = await transform(`export default ${text.slice(start, end)}`, { loader: 'ts', format: 'esm' })
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { readonly default: OnMigration }
  return module.default
}

/** The version in the text of an app. */
export const versionIn = (files: Readonly<Record<string, string>>): number =>
  Number(/schemaVersion: (\d+)/.exec(files[upgradeFile] ?? '')?.[1])

/** What is in the database after an upgrade, by class. */
export async function upgraded(
  released: UpgradeSchema,
  now: UpgradeSchema,
  rows: readonly (readonly [className: string, values: RealmValues])[],
  version: number,
  onMigration: OnMigration | undefined,
): Promise<RealmAnswer<Readonly<Record<string, readonly RealmValues[]>>>> {
  const opened = await openRealm(released, 1)
  if (!opened.ok) throw new Error(opened.message)
  const realm = opened.value
  try {
    for (const [className, values] of rows) {
      const inserted = realm.insert(className, values)
      if (!inserted.ok) throw new Error(inserted.message)
    }
    const answer = realm.migrate(now, version, onMigration)
    if (!answer.ok) return answer
    const stored = now.filter(one => one['embedded'] !== true).map(one => String(one['name']))
    return { ok: true, value: Object.fromEntries(stored.map(name => [name, realm.read(name)])) }
  } finally {
    realm.close()
  }
}
