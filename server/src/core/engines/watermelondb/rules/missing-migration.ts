// Migrations do not lead up to the schema's version, or begin behind the oldest released one.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { missingSteps } from '../migrations/missing-steps.ts'
import { releasedSteps } from '../migrations/released-steps.ts'
import { insertEntries, writeMigration } from '../migrations/write-migration.ts'
import type { WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  /** Versions whose entries are missing, at the old end of the chain; undefined for the new end. */
  readonly oldest: { readonly first: number; readonly last: number } | undefined
}

export const missingMigration: Rule<WatermelonStore, Data> = {
  id: 'watermelondb/missing-migration',
  severity: 'error',
  on: 'store',
  docs: {
    what: "The migrations end below the schema's version, or (where the released versions are known) begin above the oldest of them.",
    why: 'Phones whose version is not covered are reset: all their data is erased. Development builds throw `Missing migration` only for the newest version.',
    fix: 'Adds the missing entries, with what the schema gained since the last release. Where that is not known they are empty: they keep the data but add nothing.',
  },
  *check(store) {
    const { migrationsRead, version } = store
    if (!migrationsRead?.complete || !version) return
    const versions = migrationsRead.list.map(one => one.toVersion)
    if (versions.some(one => one === undefined)) return
    const known = versions as readonly number[]
    const highest = Math.max(1, ...known)
    if (highest < version.value) {
      const covered = known.length === 0 ? 'there are no migrations' : `the migrations end at ${highest}`
      yield {
        at: version.at,
        message: `The schema is at version ${version.value} but ${covered}: phones that update lose all their data. Add the migration to version ${version.value}.`,
        related: [{ at: migrationsRead.at, message: 'The migrations' }],
        data: { store, oldest: undefined },
      }
    }
    const released = store.baseline?.kind === 'release' ? store.baseline.snapshots[0] : undefined
    const lowest = migrationsRead.list.find(one => one.toVersion === Math.min(...known))
    if (!released || !lowest?.to || released.version >= lowest.to.value - 1) return
    yield {
      at: lowest.to.at,
      message: `The migrations begin at version ${lowest.to.value}, but version ${released.version} was released: phones that still have it lose all their data. Keep the migrations from ${released.version + 1} on.`,
      data: { store, oldest: { first: released.version + 1, last: lowest.to.value - 1 } },
    }
  },
  fix({ data: { store, oldest } }, context) {
    const { migrationsRead } = store
    if (oldest && migrationsRead) {
      const entries = releasedSteps(store, oldest.first, oldest.last)
      const edits = entries && insertEntries(store, migrationsRead, entries, context)
      return edits && { title: 'Restore the released migrations', safe: false, edits }
    }
    const steps = missingSteps(store)
    const written = writeMigration(store, steps, context)
    const what = steps.length === 0 ? ' (empty: it keeps the data but adds nothing)' : ''
    return (
      written && { title: `Create migration to version ${written.toVersion}${what}`, safe: false, edits: written.edits }
    )
  },
  examples: [
    {
      name: 'the version is ahead by two',
      files: exampleApp({
        schema: `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: 4,
//         ^ the migrations end at 2
  tables: [tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })],
})
`,
        migrations: '{\n  toVersion: 2,\n  steps: [],\n},',
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            '{\n  toVersion: 2,\n  steps: [],\n},\n{\n  toVersion: 3,\n  steps: [],\n},\n{\n  toVersion: 4,\n  steps: [],\n},',
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'no migrations at all, and a release that tells what is new',
      released: exampleApp({}),
      files: {
        ...exampleApp({ migrations: '' }),
        'src/db/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: 2,
//         ^ there are no migrations
  tables: [
    tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'pinned', type: 'boolean' }] }),
  ],
})
`,
        'src/db/migrations.ts': `import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({ migrations: [] })
`,
      },
      fixed: {
        'src/db/migrations.ts': `import { schemaMigrations, addColumns } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({ migrations: [
  {
    toVersion: 2,
    steps: [
      addColumns({
        table: 'posts',
        columns: [
          { name: 'pinned', type: 'boolean' },
        ],
      }),
    ],
  },
] })
`,
      },
    },
    {
      name: 'the oldest migration is gone',
      released: exampleApp({ version: 1 }),
      files: exampleApp({
        version: 3,
        migrations: `{ toVersion: 3, steps: [] },
//           ^ version 1 was released`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: '{\n  toVersion: 2,\n  steps: [],\n},\n{ toVersion: 3, steps: [] },',
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'version 1 with an empty list, and a chain that begins late, in any order',
      files: exampleApp({ version: 7, migrations: '{ toVersion: 7, steps: [] },\n{ toVersion: 6, steps: [] },' }),
    },
    { name: 'version 1 with an empty list', files: exampleApp({ version: 1, migrations: '' }) },
    {
      name: 'a list that cannot all be read',
      files: exampleApp({ version: 9, migrations: '{ toVersion: 2, steps: [] },\n...more(),' }),
    },
  ],
}
