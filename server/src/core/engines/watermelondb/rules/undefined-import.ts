// A schema, table or model is imported under a name that its file does not export.
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { basename } from '../../../text/path.ts'
import { closest } from '../../../text/similar.ts'
import { type UndefinedName, undefinedName } from '../code/undefined-name.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { WatermelonStore } from '../types.ts'

export const undefinedImport: Rule<WatermelonStore, UndefinedName> = {
  id: 'watermelondb/undefined-import',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'A JavaScript file gives the database a schema, table or model that it imports under a name its file does not export, mostly a default import of a named export or the other way round. (In TypeScript the compiler says so.)',
    why: "The value is `undefined`: the app throws `Missing schema in the adapter`, `Table schema must contain a name` or `Cannot destructure property 'table'` when it starts.",
    fix: 'Corrects the import.',
  },
  *check(store) {
    for (const { what, located } of given(store)) {
      const found = isJavaScript(located.file) ? undefinedName(store.scope, located) : undefined
      if (!found) continue
      const lack = found.wanted === 'default' ? 'has no default export' : `does not export "${found.wanted}"`
      yield {
        at: found.at,
        message: `"${basename(found.from)}" ${lack}, so this ${what} is undefined and the app throws when it starts. Correct the import.`,
        ...(found.importFact && {
          related: [{ at: { file: found.at.file, span: found.importFact.at }, message: 'The import' }],
        }),
        data: found,
      }
    }
  },
  fix({ data }, context) {
    const { importFact, exported, local, wanted } = data
    const text = context.text(data.at.file)
    if (!importFact || text === undefined) return undefined
    const meant = meantExport(data)
    const declaration = text.slice(importFact.at.start, importFact.at.end)
    const alone = importFact.names.length === 1 && /^import\s/.test(declaration)
    if (meant === undefined || !alone || !exported.includes(meant)) return undefined
    const name = importFact.names[0]!
    const clause = meant === 'default' ? local : meant === local ? `{ ${local} }` : `{ ${meant} as ${local} }`
    const braces = importFact.namedAt
    const [start, end] =
      wanted === 'default' || !braces ? [name.at.start, name.at.end] : [braces.start - 1, braces.end + 1]
    const edit: TextEdit = { file: data.at.file, start, end, text: clause }
    return { title: meant === 'default' ? `Import the default export` : `Import "${meant}"`, safe: true, edits: [edit] }
  },
  examples: [
    {
      name: 'a default import of a named export',
      files: {
        'src/db/schema.js': `import { appSchema } from '@nozbe/watermelondb'
export const schema = appSchema({ version: 1, tables: [] })
`,
        'src/db/index.js': `import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import mySchema from './schema'
export const adapter = new SQLiteAdapter({ schema: mySchema })
//                                                 ^^^^^^^^ has no default export
`,
      },
      fixed: {
        'src/db/index.js': `import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema as mySchema } from './schema'
export const adapter = new SQLiteAdapter({ schema: mySchema })
`,
      },
    },
    {
      name: 'named imports of a default export, for a table and a model',
      files: {
        'src/posts.js': `import { Model, tableSchema } from '@nozbe/watermelondb'
export default class Post extends Model {
  static table = 'posts'
}
export const table = tableSchema({ name: 'posts', columns: [] })
`,
        'src/db.js': `import { appSchema, Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { Post } from './posts'
import { tabel } from './posts'
const schema = appSchema({ version: 1, tables: [tabel] })
//                                              ^^^^^ does not export "tabel"
export const adapter = new SQLiteAdapter({ schema })
export const database = new Database({ adapter, modelClasses: [Post] })
//                                                             ^^^^ does not export "Post"
`,
      },
      fixed: {
        'src/db.js': `import { appSchema, Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { Post } from './posts'
import { table as tabel } from './posts'
const schema = appSchema({ version: 1, tables: [tabel] })
export const adapter = new SQLiteAdapter({ schema })
export const database = new Database({ adapter, modelClasses: [Post] })
`,
      },
    },
    {
      name: 'files that cannot be found, that export everything of others, and TypeScript',
      files: {
        ...exampleApp({
          files: { 'src/db/extra.ts': "import nothing from './schema'\nexport const list = [nothing]\n" },
        }),
        'src/all.js': "export * from 'elsewhere'\nexport const one = 1\n",
        'src/db.js': `import { appSchema } from '@nozbe/watermelondb'
import { posts } from './all'
import comments from './gone'
export const schema = appSchema({ version: 1, tables: [posts, comments] })
`,
      },
    },
  ],
}

/** The schemas, tables and models that a store is given. */
function* given(store: WatermelonStore): Generator<{ readonly what: string; readonly located: Located }> {
  const { scope } = store
  for (const adapter of store.adapters) {
    const schema = adapter.entries.get('schema')
    if (schema) yield { what: 'schema', located: schema.value }
  }
  for (const located of store.unreadTables) yield { what: 'table', located }
  for (const database of store.databases)
    for (const located of scope.items(database.entries.get('modelClasses')?.value)?.items ?? [])
      yield { what: 'model', located }
}

/** The export that was meant: the one that the name is close to, else the default or the only one. */
function meantExport({ exported, local, wanted }: UndefinedName): string | undefined {
  if (wanted === 'default') {
    if (exported.includes(local)) return local
    return exported.length === 1 ? exported[0] : closest(local, exported)
  }
  return (
    closest(
      wanted,
      exported.filter(name => name !== 'default'),
    ) ?? (exported.includes('default') ? 'default' : undefined)
  )
}
