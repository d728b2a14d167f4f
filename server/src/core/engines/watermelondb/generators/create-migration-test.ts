// A test that runs the app's own migrations over rows of every release.
import type { Snapshot } from '../../../baseline/snapshot.ts'
import { snapshotFolder, snapshotPath, snapshotText } from '../../../baseline/snapshot-file.ts'
import type { Edit, NewFile } from '../../../text/edit.ts'
import { basename, dirname } from '../../../text/path.ts'
import { appLayout } from '../../../write/app-layout.ts'
import { packagesOf } from '../../../write/packages.ts'
import { restyled } from '../../../write/restyle.ts'
import type { Generators, ScaffoldContext } from '../../contract.ts'
import { isJavaScript } from '../is-javascript.ts'
import { packageOf } from '../migrations/write-migration.ts'
import type { WatermelonStore } from '../types.ts'
import { exportedParts } from './exported.ts'
import { markOf, migrationTestText } from './migration-test-text.ts'
import { replayMigrations } from './templates.generated.ts'

/** The generator. Files that exist are left as they are. */
export const migrationTestGenerator: Pick<Generators, 'createMigrationTest'> = {
  createMigrationTest(store, around) {
    const own = store as WatermelonStore
    const context = { ...around, project: own.project }
    const parts = exportedParts(own)
    if ('problem' in parts) return parts
    const { file } = parts.migrations
    const ending = isJavaScript(file) ? 'js' : 'ts'
    const test = testFile(own, file, ending, context)
    if (test === undefined)
      return { problem: `There is a test beside ${basename(file)} already, which is left as it is.` }
    const helper = `${dirname(file)}/testing/replay-migrations.${ending}`
    const layout = appLayout(context, [own.at.file, own.schemaFile])
    const packages = packagesOf(context)
    const text = migrationTestText({
      store: own.name,
      folder: snapshotFolder(own.name),
      runner: packages.includes('mocha') && !packages.includes('jest') ? 'mocha' : 'jest',
      schema: { name: parts.schema.name, from: context.specifier(test, parts.schema.file) },
      migrations: { name: parts.migrations.name, from: context.specifier(test, file) },
      helper: `${test.includes('/__tests__/') ? '..' : '.'}/testing/replay-migrations`,
    })
    const code = [
      { file: test, text },
      { file: helper, text: replayMigrations[ending].replaceAll('@nozbe/watermelondb', packageOf(own)) },
    ].map(({ file, text }): NewFile => ({ file, create: restyled(file, text, layout) }))
    const snapshots = releasesToKeep(own).map(
      (snapshot): NewFile => ({ file: snapshotPath(context.project.root, snapshot), create: snapshotText(snapshot) }),
    )
    const needsTypes = ending === 'ts' && !packages.includes('@types/node')
    const edits: Edit[] = [...code, ...snapshots].filter(edit => context.text(edit.file) === undefined)
    const message = messageOf(own, edits.length > 0)
    return { edits, message: needsTypes ? `${message} ${aboutTypes}` : message, show: test }
  },
}

const aboutTypes = 'Where the compiler does not know `node:fs`, install @types/node.'

/** The test of the store where there is one, else a free place for it; undefined where all are taken. */
function testFile(store: WatermelonStore, migrations: string, ending: string, context: ScaffoldContext) {
  const { catalog, project } = context
  const hasFolder = catalog.files().some(file => file.startsWith(`${project.root}/`) && file.includes('/__tests__/'))
  const folder = hasFolder ? `${dirname(migrations)}/__tests__` : dirname(migrations)
  const stem = basename(migrations).replace(/\.\w+$/, '')
  const names = [stem === 'index' ? 'migrations' : stem, `${snapshotFolder(store.name)}-migrations`]
  const files = names.map(name => `${folder}/${name}.test.${ending}`)
  const isOwn = (file: string) => context.text(file)?.split(/\r?\n/).includes(markOf(store.name)) === true
  return files.find(isOwn) ?? files.find(file => context.text(file) === undefined)
}

/** What is known of releases by git alone; what snapshots say stands in files already. */
function releasesToKeep({ baseline, name }: WatermelonStore): readonly Snapshot[] {
  if (baseline?.kind !== 'release' || /(?:^|\/)offline-storage\/[^/]+\/v\d+\.json$/.test(baseline.label)) return []
  return baseline.snapshots.map(snapshot => ({ ...snapshot, store: name }))
}

function messageOf({ name, version, baseline }: WatermelonStore, isNew: boolean): string {
  const versions = baseline?.kind === 'release' ? baseline.snapshots.map(one => one.version) : []
  const done = isNew
    ? `The migrations of "${name}" have a test.`
    : `The migrations of "${name}" have their test already.`
  if (versions.length === 0)
    return `${done} No release is known to start from, so it fails until there is a snapshot of one: "Take Schema Snapshot" keeps the schema as it is released.`
  const older = versions.filter(one => one !== version?.value)
  return older.length === 0
    ? `${done} Version ${versions.join()} is the only release that is known, so no step is run before the next version; snapshots of older releases would have theirs run.`
    : `${done} It starts from version ${versions.join(', ')}.`
}
