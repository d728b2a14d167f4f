// The schema's version is below the released one.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { releasedSnapshot } from '../migrations/missing-steps.ts'
import { setVersion } from '../migrations/write-migration.ts'
import type { WatermelonStore } from '../types.ts'

export const schemaVersionLowered: Rule<
  WatermelonStore,
  { readonly store: WatermelonStore; readonly version: number }
> = {
  id: 'watermelondb/schema-version-lowered',
  severity: 'error',
  on: 'store',
  needsBaseline: true,
  docs: {
    what: "The schema's version is below the released one. A version that only was committed may go down again.",
    why: 'The database of everyone who updates the app is erased; on SQLite not even a log line tells.',
    fix: 'Restores the released version.',
  },
  *check(store) {
    const { version, baseline } = store
    const released = releasedSnapshot(store)
    if (!released || !version || baseline?.kind !== 'release' || version.value >= released.version) return
    yield {
      at: version.at,
      message: `Version ${version.value} is below the released version ${released.version} (${baseline.label}): the data of everyone who updates is erased. Versions only ever go up.`,
      data: { store, version: released.version },
    }
  },
  fix({ data: { store, version } }) {
    const at = store.version?.at
    return at && { title: `Restore version ${version}`, safe: false, edits: [setVersion(at, version)] }
  },
  examples: [
    {
      name: 'back to version 1',
      released: exampleApp({ version: 3, migrations: '{ toVersion: 2, steps: [] },\n{ toVersion: 3, steps: [] },' }),
      files: exampleApp({
        schema: `import { appSchema } from '@nozbe/watermelondb'
export const schema = appSchema({
  version: 2,
//         ^ below the released version 3
  tables: [],
})
`,
        migrations: '{ toVersion: 2, steps: [] },',
      }),
      fixed: {
        'src/db/schema.ts': `import { appSchema } from '@nozbe/watermelondb'
export const schema = appSchema({
  version: 3,
  tables: [],
})
`,
      },
    },
    { name: 'the released version', released: exampleApp({ version: 3 }), files: exampleApp({ version: 3 }) },
    { name: 'no release is known', files: exampleApp({ version: 2 }) },
  ],
}
