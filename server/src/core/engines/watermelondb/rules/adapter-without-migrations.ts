// An adapter gets no migrations although its schema has moved on from version 1.
import type { Rule } from '../../../rules/rule.ts'
import { basename } from '../../../text/path.ts'
import { exampleApp } from '../example-app.ts'
import { missingSteps } from '../migrations/missing-steps.ts'
import { giveMigrations, migrationsFor } from '../migrations/unused-migrations.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import type { Adapter, WatermelonStore } from '../types.ts'

export const adapterWithoutMigrations: Rule<
  WatermelonStore,
  { readonly store: WatermelonStore; readonly adapter: Adapter }
> = {
  id: 'watermelondb/adapter-without-migrations',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'An adapter is made without `migrations` while its schema has a version above 1.',
    why: 'Every time the version goes up, the database of everyone who updates the app is erased. The only trace is a log line: `Migrations not available for this version range, resetting database instead`.',
    fix: 'Passes the migrations that exist, where some file exports them. Else raises the version once more and starts the chain of migrations there: phones at the present version keep their data from now on. Older ones are reset as before.',
  },
  *check(store) {
    const version = store.version?.value
    if (version === undefined || version <= 1) return
    for (const adapter of store.adapters) {
      const given = adapter.entries.get('migrations')
      if (!adapter.complete || (given && store.scope.follow(given.value).value.kind !== 'undefined')) continue
      yield {
        at: { file: adapter.call.file, span: adapter.call.value.callee.at },
        message: `The schema is at version ${version} but this adapter gets no migrations: each new version erases the database of everyone who updates. Pass migrations.`,
        related: store.version ? [{ at: store.version.at, message: `The schema's version` }] : [],
        data: { store, adapter },
      }
    }
  },
  fix({ data: { store, adapter } }, context) {
    const found = adapter.entries.has('migrations') ? undefined : migrationsFor(store)
    const edits = found && giveMigrations(store, adapter, found, context)
    if (found && edits) return { title: `Pass the migrations of ${basename(found.file)}`, safe: false, edits }
    const written = writeMigration(store, missingSteps(store), context)
    if (!written) return undefined
    const { fromVersion, toVersion, edits: writing } = written
    const left = fromVersion > 1 ? ` (phones below version ${fromVersion} are reset as before)` : ''
    return { title: `Create migration to version ${toVersion}${left}`, safe: false, edits: writing }
  },
  examples: [
    {
      name: 'version 2 without migrations',
      files: {
        ...exampleApp({ version: 2 }),
        'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'

export const adapter = new SQLiteAdapter({ schema })
//                         ^^^^^^^^^^^^^ erases the database
export const database = new Database({ adapter, modelClasses: [] })
`,
      },
      fixed: {
        'src/db/schema.ts': exampleApp({ version: 3 })['src/db/schema.ts']!,
        'src/db/migrations.ts': `import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 3,
      steps: [],
    },
  ],
})
`,
        'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
import { migrations } from './migrations'

export const adapter = new SQLiteAdapter({ schema, migrations })
export const database = new Database({ adapter, modelClasses: [] })
`,
      },
    },
    {
      name: 'migrations exist but are not passed',
      files: {
        ...exampleApp({ version: 2, migrations: '{ toVersion: 2, steps: [] },' }),
        'src/db/index.ts': `import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'

export const adapter = new SQLiteAdapter({
//                         ^^^^^^^^^^^^^ gets no migrations
  dbName: 'app',
  schema,
})
`,
      },
      fixed: {
        'src/db/index.ts': `import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
import { migrations } from './migrations'

export const adapter = new SQLiteAdapter({
  dbName: 'app',
  schema,
  migrations,
})
`,
      },
    },
    {
      name: 'the web adapter of a pair, and a default export',
      files: {
        ...exampleApp({ version: 2 }),
        'src/db/migrations.ts': `import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
export default schemaMigrations({ migrations: [{ toVersion: 2, steps: [] }] })
`,
        'src/db/index.ts': `import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import appMigrations from './migrations'
import { schema } from './schema'

export const adapter = new SQLiteAdapter({ schema, migrations: appMigrations })
`,
        'src/db/adapter.web.ts': `import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { schema } from './schema'

export const adapter = new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true })
//                         ^^^^^^^^^^^^^ Pass migrations
`,
      },
      fixed: {
        'src/db/adapter.web.ts': `import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { schema } from './schema'
import migrations from './migrations'

export const adapter = new LokiJSAdapter({ schema, migrations, useWebWorker: false, useIncrementalIndexedDB: true })
`,
      },
    },
    {
      name: 'options that cannot all be read',
      files: exampleApp({
        version: 2,
        files: {
          'src/db/index.ts': `import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
export const adapter = new SQLiteAdapter({ schema, ...options() })
`,
        },
      }),
    },
    { name: 'version 1 needs none', files: exampleApp({ version: 1 }) },
  ],
}
