// Queries that look odd and are right: with all rules on there is nothing to find.
import assert from 'node:assert/strict'
import type { ExampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { exampleQuery, lokiFiles } from '../../src/core/engines/watermelondb/queries/example-query.ts'
import { runApp } from '../../testkit/run-example.ts'

const findings = (lines: string, app: ExampleApp = {}, extension = 'ts') => {
  const files = exampleQuery(lines, app, extension)
  const { analyzer } = runApp(files)
  return Object.keys(files).flatMap(path =>
    analyzer.findings(`/app/${path}`).map(one => `${path}: ${one.rule}: ${one.message}`),
  )
}
/** What the small app itself has, whatever is queried. */
const plain = findings('')
const nothing = (lines: string, app?: ExampleApp, extension?: string) =>
  assert.deepEqual(
    findings(lines, app, extension).filter(one => !plain.includes(one)),
    [],
  )

describe('traps of queries', () => {
  it('an empty list, lists of clauses, and columns without a model field (12)', () => {
    nothing(`export const found = () => database.get('posts').query([
  Q.where('title', Q.oneOf([])),
  Q.or([Q.where('likes', 1), Q.where('is_pinned', true)]),
  Q.on('comments', [Q.where('body', 'x')]),
])`)
  })

  it('tables and columns that cannot be evaluated (11)', () => {
    nothing(
      `export const found = () => [database.get('posts').query(Q.where('anything', '5')), database.get('other').query()]`,
      {
        schema: "tableSchema({ name: 'posts', columns: names.map(name => ({ name, type: 'string' })) }),\n...tables,",
        models: { Post: "static table = 'posts'" },
      },
    )
  })

  it('two databases with a table of the same name (8)', () => {
    const files = {
      'src/servers/index.ts': `import { appSchema, Database, Model, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
class Post extends Model {
  static table = 'posts'
}
const schema = appSchema({
  version: 1,
  tables: [tableSchema({ name: 'posts', columns: [{ name: 'server', type: 'string' }] })],
})
export const servers = new Database({ adapter: new SQLiteAdapter({ schema, dbName: 'servers' }), modelClasses: [Post] })
`,
    }
    nothing(
      `import { servers } from './servers'
export function all(db: any) {
  servers.get('posts').query(Q.where('server', 'x'))
  db.get('posts').query(Q.where('server', 'x'), Q.where('title', 'x'))
  db.get('comments').query(Q.where('body', 'x'))
  return database.get('posts').query(Q.where('title', 'x'))
}`,
      { files },
    )
  })

  it('names that are no databases, and get() of other things', () => {
    nothing(`import { openDatabase } from 'expo-sqlite'
const db = openDatabase('x')
const caches = { database: new Map() }
export const all = (params: URLSearchParams) => [db.get('x').query(Q.where('y', 1)), params.get('z'), caches.database.get('w')]
export const found = [1].find(one => one > 0)`)
  })

  it('clauses that are chosen or added later', () => {
    nothing(`export function page(size: number | undefined, from: number, joined: boolean) {
  const clauses: any[] = [Q.sortBy('title')]
  if (size) clauses.push(Q.skip(from), Q.take(size))
  let query = database.get('posts').query(...clauses)
  if (joined) query = query.extend(Q.experimentalJoinTables(['comments']))
  query = query.extend(Q.or(Q.where('title', 'x'), Q.on('comments', 'body', 'x')))
  return [query.fetchCount(), database.get('posts').query(size ? Q.take(size) : Q.where('likes', 1)).fetchCount()]
}`)
  })

  it('an awaited query is a list, not a query', () => {
    nothing(`export async function titles() {
  const posts = await database.get('posts').query(Q.take(5))
  const observed = posts as any
  return [observed.fetchCount(), posts.length]
}`)
  })

  it('a web twin of an SQLite app', () => {
    nothing(
      `export const odd = () => database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1'), Q.sortBy('title'))`,
      {
        files: { 'src/db/index.web.ts': lokiFiles['src/db/index.ts'] },
      },
    )
  })

  it('JavaScript values that nobody knows', () => {
    nothing(
      `export const found = ({ since, ids, order, likes }) => database.get('posts').query(
  Q.where('created_on', Q.gt(since)), Q.where('id', Q.oneOf(ids)), Q.sortBy('title', order), Q.where('likes', likes),
)`,
      {},
      'js',
    )
  })
})
