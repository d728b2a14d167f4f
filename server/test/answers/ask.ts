// Small apps with a caret, and answers in words, for the tests of answers.
import type { Catalog } from '../../src/core/catalog/catalog.ts'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { linesOf } from '../../src/core/text/lines.ts'
import type { Place, Span } from '../../src/core/text/span.ts'
import { caretIn } from '../../testkit/caret.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { appRoot, type RunningApp, runApp } from '../../testkit/run-example.ts'

/** A running app, asked at a caret. */
export interface Asked {
  readonly app: RunningApp
  readonly catalog: Catalog
  /** The absolute path of the file with the caret. */
  readonly file: string
  readonly offset: number
}

type Options = Parameters<typeof runApp>[1]

/** Runs files of which one holds `$0`. */
export function askFiles(marked: Readonly<Record<string, string>>, options: Options = {}): Asked {
  const { files, file, offset } = caretIn(marked)
  return { ...run(files, options), file: `${appRoot}/${file}`, offset }
}

/** Runs an app of which one part holds `$0`. */
export const ask = (app: ExampleApp, options: Options = {}): Asked => askFiles(exampleApp(app), options)

/** Runs an app of `examples/` with the caret before the first `word` in one of its files. */
export function askExample(name: string, file: string, word: string): Asked {
  const files = exampleFiles(name)
  const text = files[file] ?? ''
  if (!text.includes(word)) throw new Error(`${file} does not hold ${word}`)
  return askFiles({ ...files, [file]: text.replace(word, `$$0${word}`) })
}

/** Runs files without a caret. */
export function run(
  files: Readonly<Record<string, string>>,
  options: Options = {},
): { readonly app: RunningApp; readonly catalog: Catalog } {
  const app = runApp(files, { rules: [], ...options })
  // Without rules, nobody has asked SQLite yet.
  app.analyzer.settled(() => app.analyzer.stores().map(store => store.entities))
  return { app, catalog: app.analyzer.catalog(() => undefined) }
}

/** The text of a span. */
export const textOf = (app: RunningApp, file: string, { start, end }: Span): string =>
  (app.texts.get(file) ?? '').slice(start, end)

/** A place as `src/db/schema.ts:8 title`; lines count from 1, and of several lines only the first is shown. */
export function shown(app: RunningApp, { file, span }: Place): string {
  const text = app.texts.get(file) ?? ''
  const [first] = text.slice(span.start, span.end).split('\n')
  return `${file.slice(appRoot.length + 1)}:${linesOf(text).at(span.start).line + 1} ${first}`
}

/** An app with most of what answers speak of: two tables, a relation, two migrations, models and a query. */
export const blog: ExampleApp = {
  version: 3,
  schema: `
tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'author_id', type: 'string', isIndexed: true },
    { name: 'read_at', type: 'number', isOptional: true },
  ],
}),
tableSchema({
  name: 'users',
  columns: [
    { name: 'name', type: 'string' },
  ],
}),
`,
  migrations: `
{
  toVersion: 3,
  steps: [
    createTable({ name: 'users', columns: [{ name: 'name', type: 'string' }] }),
    addColumns({ table: 'posts', columns: [{ name: 'author_id', type: 'string', isIndexed: true }] }),
  ],
},
{
  toVersion: 2,
  steps: [addColumns({ table: 'posts', columns: [{ name: 'read_at', type: 'number', isOptional: true }] })],
},
`,
  models: {
    Post: `
static table = 'posts'
static associations = {
  users: { type: 'belongs_to', key: 'author_id' },
} as const
@text('title') title!: string
@date('read_at') readAt!: Date | null
@relation('users', 'author_id') author!: Relation<User>
`,
    User: `
static table = 'users'
static associations = {
  posts: { type: 'has_many', foreignKey: 'author_id' },
} as const
@text('name') name!: string
@children('posts') posts!: Query<Post>
`,
  },
  files: {
    'src/recent.ts': `import { Q } from '@nozbe/watermelondb'
import { database } from './db'

export const recent = () => database.get('posts').query(Q.where('title', 'x'), Q.sortBy('read_at'))
`,
  },
}

/** Two databases that share the constant of a table. */
export function sharedTable(): Record<string, string> {
  const schema = `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const posts = tableSchema({
  name: 'posts',
  columns: [{ name: 'title', type: 'string' }],
})
export const schema = appSchema({ version: 1, tables: [posts] })
export const other = appSchema({ version: 1, tables: [posts] })
`
  const files = exampleApp({ schema })
  return { ...files, 'src/db/other.ts': files['src/db/index.ts']!.replace('{ schema }', '{ other as schema }') }
}

/** The blog with one text put in the place of another, in whatever part holds it: to set the caret. */
export function blogWith(from: string, to: string, options: Options = {}): Asked {
  const files = exampleApp(blog)
  const [path, ...others] = Object.keys(files).filter(file => files[file]?.includes(from))
  if (path === undefined || others.length > 0) throw new Error(`${from} must stand in one file of the blog`)
  return askFiles({ ...files, [path]: files[path]!.replace(from, to) }, options)
}
