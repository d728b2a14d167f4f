// The small app around a rule's example, so that an example shows only what it is about.

/** The parts of an example app. Each is source text; what is not given is the plainest thing that works. */
export interface ExampleApp {
  /** Elements of `tables: [...]`, or a whole `src/db/schema.ts` when it contains `appSchema(`. */
  readonly schema?: string
  /** The schema's version; 1 where not said. */
  readonly version?: number | string
  /** Elements of `migrations: [...]`, or a whole `src/db/migrations.ts` when it contains `schemaMigrations(`; without it the adapter gets none. */
  readonly migrations?: string
  /** Class bodies by class name (`static table` included), each in `src/models/<Name>.ts`, all registered in the database. */
  readonly models?: Readonly<Record<string, string>>
  /** Further files by path, or replacements of the ones above. */
  readonly files?: Readonly<Record<string, string>>
}

const indent = (text: string, by: string): string =>
  text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .map(line => (line ? by + line : line))
    .join('\n')

const plainTable = `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
  ],
}),`

/** The files of an example app: `src/db/schema.ts`, `src/db/migrations.ts`, `src/db/index.ts` (exports `adapter` and `database`), `src/models/*.ts`. */
export function exampleApp(app: ExampleApp): Record<string, string> {
  const files: Record<string, string> = {}
  const schema = app.schema ?? plainTable
  files['src/db/schema.ts'] = schema.includes('appSchema(')
    ? schema
    : `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: ${app.version ?? 1},
  tables: [
${indent(schema, '    ')}
  ],
})
`
  const migrations = app.migrations
  if (migrations !== undefined)
    files['src/db/migrations.ts'] = migrations.includes('schemaMigrations(')
      ? migrations
      : `import { addColumns, createTable, schemaMigrations, unsafeExecuteSql } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [
${indent(migrations, '    ')}
  ],
})
`
  const models = app.models ?? {}
  for (const [name, body] of Object.entries(models))
    files[`src/models/${name}.ts`] = body.includes('class ')
      ? body
      : `import { Model } from '@nozbe/watermelondb'
import { children, date, field, immutableRelation, json, lazy, nochange, reader, readonly, relation, text, writer } from '@nozbe/watermelondb/decorators'

export class ${name} extends Model {
${indent(body, '  ')}
}
`
  const names = Object.keys(models)
  files['src/db/index.ts'] = `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
${migrations === undefined ? '' : "import { migrations } from './migrations'\n"}${names
  .map(name => `import { ${name} } from '../models/${name}'\n`)
  .join('')}
export const adapter = new SQLiteAdapter({ schema${migrations === undefined ? '' : ', migrations'} })
export const database = new Database({ adapter, modelClasses: [${names.join(', ')}] })
`
  return { ...files, ...app.files }
}
