// A small app with WatermelonDB that was released twice before, with right migrations, and what could be wrong with them.

type Files = Readonly<Record<string, string>>

const schema = (
  version: number,
  posts: readonly string[],
  others: string,
): string => `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const blogSchema = appSchema({
  version: ${version},
  tables: [
    tableSchema({
      name: 'posts',
      columns: [
${posts.map(column => `        ${column},`).join('\n')}
      ],
    }),
${others}  ],
})
`

const database = `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { blogMigrations } from './migrations'
import { blogSchema } from './schema'

const adapter = new SQLiteAdapter({ dbName: 'blog', schema: blogSchema, migrations: blogMigrations })

export const database = new Database({ adapter, modelClasses: [] })
`

const title = "{ name: 'title', type: 'string' }"
const rank = "{ name: 'rank', type: 'number', isOptional: true }"
const isPinned = "{ name: 'is_pinned', type: 'boolean' }"
const score = "{ name: 'score', type: 'number', isIndexed: true }"

const toVersion2 = `    {
      toVersion: 2,
      steps: [addColumns({ table: 'posts', columns: [${isPinned}] })],
    },
`

const toVersion3 = `    {
      toVersion: 3,
      steps: [
        createTable({ name: 'comments', columns: [{ name: 'body', type: 'string' }] }),
        addColumns({ table: 'posts', columns: [${score}] }),
      ],
    },
`

const migrations = (
  list: string,
): string => `import { addColumns, createTable, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const blogMigrations = schemaMigrations({
  migrations: [
${list}  ],
})
`

const comments = "    tableSchema({ name: 'comments', columns: [{ name: 'body', type: 'string' }] }),\n"

const files = (version: number, posts: readonly string[], others: string, list: string): Files => ({
  'src/db/database.ts': database,
  'src/db/schema.ts': schema(version, posts, others),
  'src/db/migrations.ts': migrations(list),
})

/** The app as of each version. */
export const releasedApp: { readonly v1: Files; readonly v2: Files; readonly v3: Files } = {
  v1: files(1, [title, rank], '', ''),
  v2: files(2, [title, rank, isPinned], '', toVersion2),
  v3: files(3, [title, rank, isPinned, score], comments, toVersion3 + toVersion2),
}

/** One place that a fault changes. */
export interface Fault {
  readonly name: string
  readonly file: 'src/db/schema.ts' | 'src/db/migrations.ts'
  readonly find: string
  readonly put: string
  /** Titles of the tests that find it. */
  readonly foundBy: RegExp
}

const keep = /keep every row/
const bring = /bring every table and column/

/** What goes wrong in version 3. */
export const faults: readonly Fault[] = [
  {
    name: 'a column has no step',
    file: 'src/db/migrations.ts',
    find: `        addColumns({ table: 'posts', columns: [${score}] }),\n`,
    put: '',
    foundBy: bring,
  },
  {
    name: 'a column was added without a new version',
    file: 'src/db/schema.ts',
    find: `        ${score},\n`,
    put: `        ${score},\n        { name: 'late', type: 'string' },\n`,
    foundBy: bring,
  },
  { name: 'the oldest migration is missing', file: 'src/db/migrations.ts', find: toVersion2, put: '', foundBy: keep },
  { name: 'the newest migration is missing', file: 'src/db/migrations.ts', find: toVersion3, put: '', foundBy: /./ },
  {
    name: 'a version is skipped',
    file: 'src/db/migrations.ts',
    find: 'toVersion: 3',
    put: 'toVersion: 4',
    foundBy: /./,
  },
  {
    name: 'a step is for another table',
    file: 'src/db/migrations.ts',
    find: `addColumns({ table: 'posts', columns: [${score}]`,
    put: `addColumns({ table: 'comments', columns: [${score}]`,
    foundBy: bring,
  },
  {
    name: 'a step is for a table that does not exist',
    file: 'src/db/migrations.ts',
    find: `addColumns({ table: 'posts', columns: [${score}]`,
    put: `addColumns({ table: 'post', columns: [${score}]`,
    foundBy: /./,
  },
  {
    name: 'a table is not created',
    file: 'src/db/migrations.ts',
    find: "        createTable({ name: 'comments', columns: [{ name: 'body', type: 'string' }] }),\n",
    put: '',
    foundBy: bring,
  },
  {
    name: 'a created table lacks a column',
    file: 'src/db/migrations.ts',
    find: "columns: [{ name: 'body', type: 'string' }]",
    put: 'columns: []',
    foundBy: bring,
  },
  {
    name: 'a column is added twice',
    file: 'src/db/migrations.ts',
    find: `columns: [${score}]`,
    put: `columns: [${isPinned}, ${score}]`,
    foundBy: /./,
  },
  {
    name: 'a column has another type than it had',
    file: 'src/db/schema.ts',
    find: title,
    put: "{ name: 'title', type: 'number' }",
    foundBy: keep,
  },
]

/** The app with a fault. Throws where the text that it changes is not there. */
export function faulty(app: Files, { file, find, put }: Pick<Fault, 'file' | 'find' | 'put'>): Files {
  const before = app[file] ?? ''
  if (!before.includes(find)) throw new Error(`${file} holds no ${find}`)
  return { ...app, [file]: before.replace(find, () => put) }
}
