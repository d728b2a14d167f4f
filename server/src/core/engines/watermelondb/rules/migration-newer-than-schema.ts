// A migration leads beyond the schema's version.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { setVersion } from '../migrations/write-migration.ts'
import type { WatermelonStore } from '../types.ts'

export const migrationNewerThanSchema: Rule<
  WatermelonStore,
  { readonly store: WatermelonStore; readonly version: number }
> = {
  id: 'watermelondb/migration-newer-than-schema',
  severity: 'error',
  on: 'store',
  docs: {
    what: "The highest `toVersion` is above the schema's version.",
    why: "Development builds throw `Migrations can't be newer than schema`. A release build never runs the newer steps, while the schema may rely on them.",
    fix: "Raises the schema's version to that of the newest migration.",
  },
  *check(store) {
    const { version, migrationsRead } = store
    if (!version) return
    const newest = migrationsRead?.list.reduce<(typeof migrationsRead.list)[number] | undefined>(
      (best, one) => ((one.toVersion ?? 0) > (best?.toVersion ?? 0) ? one : best),
      undefined,
    )
    if (!newest?.to || newest.to.value <= version.value) return
    yield {
      at: newest.to.at,
      message: `This migration leads to version ${newest.to.value}, but the schema is at ${version.value}: the app throws when it starts, and a release build never runs it. Raise the schema's version.`,
      related: [{ at: version.at, message: `The schema's version` }],
      data: { store, version: newest.to.value },
    }
  },
  fix({ data: { store, version } }) {
    const at = store.version?.at
    return at && { title: `Raise the schema's version to ${version}`, safe: false, edits: [setVersion(at, version)] }
  },
  examples: [
    {
      name: 'the version was not raised',
      files: exampleApp({
        version: 2,
        migrations: `{ toVersion: 3, steps: [] },
//           ^ Raise the schema's version
{ toVersion: 2, steps: [] },`,
      }),
      fixed: { 'src/db/schema.ts': exampleApp({ version: 3 })['src/db/schema.ts']! },
    },
    { name: 'equal versions', files: exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' }) },
    {
      name: 'a version that is not known',
      files: exampleApp({ version: 'next()', migrations: '{ toVersion: 2, steps: [] },' }),
    },
  ],
}
