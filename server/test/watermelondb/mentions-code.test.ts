// What queries, writes, SQL and sync mention.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { mentionsIn } from './mentions-listing.ts'

const app = (code: string, files: Readonly<Record<string, string>> = {}) =>
  exampleApp({
    schema: `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'likes', type: 'number' }, { name: 'author_id', type: 'string' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }, { name: 'body', type: 'string' }] }),`,
    models: {
      Post: `static table = 'posts'
static associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const
@text('title') name!: string
@field('likes') likes!: number
@relation('authors', 'author_id') author!: any
@children('comments') comments!: any`,
      Comment: "static table = 'comments'\n@text('body') body!: string",
    },
    files: {
      'src/code.ts': `import { Q } from '@nozbe/watermelondb'
import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'
import { Post } from './models/Post'
${code}`,
      ...files,
    },
  })
const mentions = (code: string, files?: Readonly<Record<string, string>>) => mentionsIn(app(code, files), 'src/code.ts')

describe('mentions of queries', () => {
  it('name tables and columns, half typed ones too', () => {
    assert.deepEqual(
      mentions(`database.get('posts').query(
  Q.where('ti', 1), Q.or(Q.where("likes", Q.gt(Q.column('title')))), Q.sortBy('', Q.desc),
).observeWithColumns(['likes', \`title\`])
database.collections.get('')`),
      [
        "query refers posts @ 'posts'",
        "query refers posts.ti @ 'ti'",
        "query refers posts.likes @ 'likes'",
        "query refers posts.title @ 'title'",
        "query refers posts. @ ''",
        "query refers posts.likes @ 'likes'",
        "query refers posts.title @ 'title'",
        "query refers @ ''",
      ],
    )
  })

  it('are seen where a database comes from a file that has the library', () => {
    const files = {
      'src/plain.ts': `import { database } from './db'
import type { AppDatabase } from './db/types'
const handle = database
const appDB = handle
export const one = () => handle.get('nothing')
export const two = () => database.get('posts')
export const three = () => appDB.get('comments')
export const four = (given: AppDatabase) => given.get('posts')
export const five = (given: OtherDatabase) => given.get('posts')
`,
      'src/db/types.ts': `import type { Database } from '@nozbe/watermelondb'
export type AppDatabase = Database & { readonly mark: true }
`,
    }
    assert.deepEqual(mentionsIn(app('', files), 'src/plain.ts'), [
      "query refers nothing @ 'nothing'",
      "query refers posts @ 'posts'",
      "query refers comments @ 'comments'",
      "query refers posts @ 'posts'",
    ])
  })

  it('are seen in the collections of a record', () => {
    assert.deepEqual(
      mentions("export const of = (one: any) => one.collections.get('posts').query(Q.where('title', 1))"),
      ["query refers posts @ 'posts'", "query refers posts.title @ 'title'"],
    )
  })

  it('are seen in the clauses made for each item of a list', () => {
    assert.deepEqual(
      mentions(`export const all = (ids: string[]) =>
  database.get('posts').query(Q.or(...ids.map(id => Q.on('comments', 'body', id)), ids.flatMap(() => [Q.where('likes', 1)])))`),
      [
        "query refers posts @ 'posts'",
        "query refers comments @ 'comments'",
        "query refers comments.body @ 'body'",
        "query refers posts.likes @ 'likes'",
      ],
    )
  })

  it('name joined tables and their columns', () => {
    assert.deepEqual(
      mentions(`database.get(Post.table).query(
  Q.experimentalJoinTables(['comments']), Q.experimentalNestedJoin('comments', 'authors'),
  Q.on('comments', 'body', 'x'), Q.on('comments', [Q.where('post_id', 'y')]),
)
export const of = (post: Post) => post.comments.extend(Q.where('body', 'x'))`),
      [
        "query refers posts @ 'table' from src/models/Post.ts",
        "query refers comments @ 'comments'",
        "query refers comments @ 'comments'",
        "query refers authors @ 'authors'",
        "query refers comments @ 'comments'",
        "query refers comments.body @ 'body'",
        "query refers comments @ 'comments'",
        "query refers comments.post_id @ 'post_id'",
        "query refers comments.body @ 'body'",
      ],
    )
  })

  it('name a column once for each table that a shared clause asks, and nothing where the table is not known', () => {
    assert.deepEqual(
      mentions(`const mine = Q.where('author_id', 'x')
database.get('posts').query(mine)
database.get('comments').query(mine)
export const any = (collection: any) => collection.query(Q.where('title', 1))
new Map([['posts', 1]]).get('posts')`),
      [
        "query refers posts.author_id @ 'author_id'",
        "query refers comments.author_id @ 'author_id'",
        "query refers posts @ 'posts'",
        "query refers comments @ 'comments'",
      ],
    )
  })

  it('are told of clauses in other files', () => {
    const files = app(
      `import { liked } from './clauses'
database.get('posts').query(liked)`,
      { 'src/clauses.ts': "import { Q } from '@nozbe/watermelondb'\nexport const liked = Q.where('likes', 1)" },
    )
    assert.deepEqual(mentionsIn(files, 'src/clauses.ts'), ["query refers posts.likes @ 'likes'"])
  })

  it('are not told of tests', () => {
    const files = app('', {
      'src/code.test.ts':
        "import { database } from './db'\nimport '@nozbe/watermelondb'\ndatabase.get('posts').query()",
    })
    assert.deepEqual(mentionsIn(files, 'src/code.test.ts'), [])
  })
})

describe('mentions of writes', () => {
  it('name the columns that properties are bound to', () => {
    assert.deepEqual(
      mentions(`database.write(async () => {
  const post = await database.get<Post>('posts').create(record => { record.name = 'x'; record.author.set(null); record.other = 1 })
  await post.update(record => { record._raw.likes = 1; record._raw['likes'] = 2; record._setRaw('title', 'x') })
})
export const raw = (post: Post, other: any) => [post._raw.likes, post._getRaw('title'), other._raw.title]
export const set = (other: any) => { other.name = 1 }`),
      [
        "query refers posts @ 'posts'",
        "write refers posts.title @ 'name' no source",
        "write refers posts.author_id @ 'author' no source",
        "write refers posts.likes @ 'likes'",
        "write refers posts.likes @ 'likes'",
        "write refers posts.title @ 'title'",
        "write refers posts.likes @ 'likes'",
        "write refers posts.title @ 'title'",
      ],
    )
  })
})

describe('mentions of SQL', () => {
  it('stand where the letters do', () => {
    assert.deepEqual(
      mentions(`const table = 'posts'
export const all = (least: number) => [
  database.get('posts').query(Q.unsafeSqlQuery(\`select p.title from \${table} p join comments c on c.post_id = p.id where p.likes > \${least}\`)),
  database.get('posts').query(Q.unsafeSqlQuery('select * from posts where title = \\'it\\' and likes > 2')),
  database.get('posts').query(Q.unsafeSqlExpr('likes > 3 and posts.title = ' + "posts.likes")),
  database.adapter.unsafeExecute({ sqls: [['delete from comments where body is null', []]] }),
]`),
      [
        "config refers posts @ 'posts'",
        "query refers posts @ 'posts'",
        "sql refers posts.title @ 'title'",
        "sql refers posts @ 'table' from src/code.ts",
        "sql refers comments @ 'comments'",
        "sql refers comments.post_id @ 'post_id'",
        "sql refers posts.id @ 'id'",
        "sql refers posts.likes @ 'likes'",
        "query refers posts @ 'posts'",
        "sql refers posts @ 'posts'",
        "sql refers posts.title @ 'title'",
        "sql refers posts.likes @ 'likes'",
        "query refers posts @ 'posts'",
        "sql refers posts.likes @ 'likes'",
        "sql refers posts @ 'posts'",
        "sql refers posts.title @ 'title'",
        "sql refers posts @ 'posts'",
        "sql refers posts.likes @ 'likes'",
        "sql refers comments @ 'comments'",
        "sql refers comments.body @ 'body'",
      ],
    )
  })

  it('leave out what run time may change, and expect a table behind from', () => {
    assert.deepEqual(
      mentions(`export const all = (join: string) => [
  Q.unsafeSqlQuery(\`select title from posts \${join} where posts.likes > 1\`),
  Q.unsafeSqlQuery('select * from '),
  Q.unsafeSqlQuery("select \\x74itle from posts"),
  Q.unsafeSqlQuery('select * from "'),
]`),
      // What escapes stand in has no letters to rename; what stands behind them has.
      [
        "sql refers posts @ 'posts'",
        "sql refers posts @ 'posts'",
        "sql refers posts.likes @ 'likes'",
        "sql refers @ ''",
        "sql refers posts @ 'posts'",
      ],
    )
  })
})

describe('mentions of SQL with several tables', () => {
  it('find the table of a column that stands alone or in quotes, also in a query that joins', () => {
    assert.deepEqual(
      mentions(`export const all = (dir: string) => [
  Q.unsafeSqlQuery('select "title", c."body" from posts join "comments" c on post_id = posts.id order by "likes"'),
  Q.unsafeSqlQuery(\`update posts set likes = \${dir} where title = 1\`),
  database.get('posts').query(Q.on('comments', 'body', 'x'), Q.unsafeSqlExpr('title = post_id')),
]`).filter(one => one.startsWith('sql')),
      [
        "sql refers posts.title @ 'title'",
        "sql refers comments.body @ 'body'",
        "sql refers posts @ 'posts'",
        "sql refers comments @ 'comments'",
        "sql refers comments.post_id @ 'post_id'",
        "sql refers posts @ 'posts'",
        "sql refers posts.id @ 'id'",
        "sql refers posts.likes @ 'likes'",
        "sql refers posts @ 'posts'",
        "sql refers posts.likes @ 'likes'",
        "sql refers posts.title @ 'title'",
        "sql refers comments.post_id @ 'post_id'",
      ],
    )
  })

  it('expect columns and tables where they are being typed', () => {
    assert.deepEqual(
      mentions(`export const all = [
  Q.unsafeSqlQuery('select tit from posts'),
  Q.unsafeSqlQuery('select * from posts p where p.'),
  Q.unsafeSqlQuery('select * from pos'),
]`),
      [
        "sql refers posts.tit @ 'tit'",
        "sql refers posts @ 'posts'",
        "sql refers posts @ 'posts'",
        "sql refers posts.p @ 'p'",
        "sql refers posts. @ ''",
        "sql refers pos @ 'pos'",
      ],
    )
  })
})

describe('mentions of sync', () => {
  it('name tables and columns of changes, wherever the functions are', () => {
    const pull = `export const pull = async () => {
  const { changes, timestamp } = await load()
  changes.posts.created.forEach(log)
  return { changes: { posts: { created: [{ id: 'x', title: 'x' }], updated: [], deleted: [] }, 'comments': {} }, timestamp }
}
const changes = { posts: 1 }
log(changes.posts)`
    const files = app(
      `import { pull } from './pull'
synchronize({ database, pullChanges: pull, pushChanges: async ({ changes }) => { await send(changes.comments.created, changes.nothing) } })`,
      { 'src/pull.ts': pull },
    )
    assert.deepEqual(mentionsIn(files, 'src/code.ts'), ["sync refers comments @ 'comments'"])
    assert.deepEqual(mentionsIn(files, 'src/pull.ts'), [
      "sync refers posts @ 'posts'",
      "sync refers posts @ 'posts'",
      "sync refers posts.title @ 'title'",
      "sync refers comments @ 'comments'",
    ])
  })
})
