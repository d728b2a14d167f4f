// What schemas, migrations and models mention, in every form they are written in.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { runApp } from '../../testkit/run-example.ts'
import { listed, mentionsIn, textAt } from './mentions-listing.ts'

const columnType = 'of string|number|boolean'
const sideType = 'of belongs_to|has_many'

describe('mentions of schemas', () => {
  it('defines tables and columns, and tells where a type is written', () => {
    const app = exampleApp({
      schema: `tableSchema({ name: 'posts', columns: [{ name: "title", type: \`string\` }, { name: 'at', type: 'number', isOptional: true }] }),`,
    })
    assert.deepEqual(mentionsIn(app, 'src/db/schema.ts'), [
      "schema defines posts @ 'posts'",
      "schema defines posts.title @ 'title'",
      `word @ 'string' ${columnType}`,
      "schema defines posts.at @ 'at'",
      `word @ 'number' ${columnType}`,
    ])
  })

  it('takes a name that is empty or unknown, and leaves out what cannot be known', () => {
    const app = exampleApp({
      schema: `tableSchema({ name: '', columns: [{ name: '', type: '' }, { name: prefix + x, type: kind }] }),
tableSchema({ name: nobody, columns: [{ name: 'lost', type: 'string' }] }),`,
    })
    assert.deepEqual(mentionsIn(app, 'src/db/schema.ts'), [
      "schema defines @ ''",
      "schema defines . @ ''",
      `word @ '' ${columnType}`,
      `word @ 'string' ${columnType}`,
    ])
  })

  it('names constants, and the text they stand for in its own file', () => {
    const app = exampleApp({
      files: {
        'src/db/schema.ts': `import { appSchema, columnName, tableName, tableSchema } from '@nozbe/watermelondb'
import { Columns, Tables, title } from './names'
const { posts } = Tables
const stamps = [{ name: 'created_at', type: 'number' }] as const
export const schema = appSchema({ version: 1, tables: [
  tableSchema({ name: posts, columns: [{ name: title, type: 'string' }, { name: Columns['likes'], type: 'number' }, ...stamps] }),
  tableSchema({ name: tableName('tags'), columns: [{ name: \`\${title}_1\`, type: 'string' }, ...stamps] }),
] })
`,
        'src/db/names.ts': `export const Tables = { posts: 'posts' } as const
export const title = 'title'
export enum Columns { likes = 'likes' }
`,
      },
    })
    assert.deepEqual(mentionsIn(app, 'src/db/schema.ts'), [
      "schema defines posts.created_at @ 'created_at'",
      "schema defines tags.created_at @ 'created_at'",
      `word @ 'number' ${columnType}`,
      "schema defines posts @ 'posts' from src/db/names.ts",
      "schema defines posts.title @ 'title' from src/db/names.ts",
      `word @ 'string' ${columnType}`,
      "schema defines posts.likes @ 'likes' from src/db/names.ts",
      `word @ 'number' ${columnType}`,
      "schema defines tags @ 'tags'",
      "schema defines tags.title_1 @ '`$" + "{title}_1`' no source",
      `word @ 'string' ${columnType}`,
    ])
    assert.deepEqual(mentionsIn(app, 'src/db/names.ts'), [
      "config refers posts @ 'posts'",
      "config refers posts.title @ 'title'",
      "config refers posts.likes @ 'likes'",
    ])
  })

  it('gives one mention for each database', () => {
    const app = {
      'src/a.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { columns } from './columns'
const schema = appSchema({ version: 1, tables: [tableSchema({ name: 'posts', columns })] })
export const a = new SQLiteAdapter({ dbName: 'a', schema })
`,
      'src/b.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { columns } from './columns'
const schema = appSchema({ version: 1, tables: [tableSchema({ name: 'posts', columns })] })
export const b = new SQLiteAdapter({ dbName: 'b', schema })
`,
      'src/columns.ts': "export const columns = [{ name: 'title', type: 'string' }]",
    }
    const running = runApp(app, { rules: [] })
    const mentions = running.analyzer.catalog(() => undefined).mentions('/app/src/columns.ts')
    const stores = mentions.flatMap(one => (one.kind === 'field' ? [`${one.store}:${one.field}`] : []))
    assert.deepEqual(stores.sort(), ['a:title', 'b:title'])
  })
})

describe('mentions of migrations', () => {
  it('adds and changes, with the version that a step leads to', () => {
    const app = exampleApp({
      version: 3,
      migrations: `{ toVersion: 2, steps: [createTable({ name: 'tags', columns: [{ name: 'name', type: 'string' }] })] },
{ toVersion: 3, steps: [addColumns({ table: 'posts', columns: [{ name: 'likes', type: 'number' }] }), { type: 'add_columns', table: 'tags', columns: [{ name: 'x', type: 'string' }] }] },`,
    })
    assert.deepEqual(mentionsIn(app, 'src/db/migrations.ts'), [
      "migration adds tags @ 'tags' v2",
      "migration adds tags.name @ 'name' v2",
      `word @ 'string' ${columnType}`,
      "migration changes posts @ 'posts' v3",
      "migration adds posts.likes @ 'likes' v3",
      `word @ 'number' ${columnType}`,
      "migration changes tags @ 'tags' v3",
      "migration adds tags.x @ 'x' v3",
      `word @ 'string' ${columnType}`,
    ])
  })

  it('reads SQL, escapes and all', () => {
    const app = exampleApp({
      version: 2,
      migrations: `{ toVersion: 2, steps: [
  unsafeExecuteSql('update "posts" set "title" = \\'\\' where x is null;'),
  unsafeExecuteSql("create index if not exists \\"posts_title\\" on \\"posts\\" (\\"title\\", author);"),
  unsafeExecuteSql(\`alter table posts add column likes; alter table posts rename column likes to fans; drop table if exists old;\`),
  unsafeExecuteSql(\`create table logs ("id" primary key, note, primary key (id)); delete from \${table} where posts.title = 1;\`),
] },`,
    })
    assert.deepEqual(mentionsIn(app, 'src/db/migrations.ts'), [
      "migration changes posts @ 'posts' v2",
      "migration changes posts.title @ 'title' v2",
      "migration changes posts.x @ 'x' v2",
      "migration changes posts @ 'posts' v2",
      "migration changes posts.title @ 'title' v2",
      "migration changes posts.author @ 'author' v2",
      "migration changes posts @ 'posts' v2",
      "migration changes posts.likes @ 'likes' v2",
      "migration changes posts @ 'posts' v2",
      "migration changes posts.likes @ 'likes' v2",
      "migration changes posts.fans @ 'fans' v2",
      "migration changes old @ 'old' v2",
      "migration changes logs @ 'logs' v2",
      "migration changes logs.id @ 'id' v2",
      "migration changes logs.note @ 'note' v2",
      "migration changes logs.id @ 'id' v2",
    ])
  })
})

describe('mentions of models', () => {
  const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'author_id', type: 'string' }, { name: 'likes', type: 'number' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`

  it('stands for a table, its properties for columns', () => {
    const app = exampleApp({
      schema,
      models: {
        Post: `static table = 'posts'
static associations = { comments: { type: 'has_many', foreignKey: 'post_id' }, 'authors': { type: 'belongs_to', key: 'author_id' } } as const
@text('title') title!: string
@readonly @date('') createdAt!: Date
@relation('authors', 'author_id') author!: any
@children('comments') comments!: any
plain = 1`,
      },
    })
    assert.deepEqual(mentionsIn(app, 'src/models/Post.ts'), [
      "model stands posts @ 'Post' no source",
      "model refers posts @ 'posts'",
      "relation refers comments @ 'comments'",
      `word @ 'has_many' ${sideType}`,
      "relation refers comments.post_id @ 'post_id'",
      "relation refers authors @ 'authors'",
      `word @ 'belongs_to' ${sideType}`,
      "relation refers posts.author_id @ 'author_id'",
      "model refers posts.title @ 'title'",
      "model stands posts.title @ 'title' no source",
      "model refers posts. @ ''",
      "relation refers authors @ 'authors'",
      "relation refers posts.author_id @ 'author_id'",
      "relation stands posts.author_id @ 'author' no source",
      "relation refers comments @ 'comments'",
    ])
  })

  it('reads JavaScript, computed keys and the helper for associations', () => {
    const app = exampleApp({
      schema,
      files: {
        'src/models/Post.js': `import { Model, associations } from '@nozbe/watermelondb'
import { field } from '@nozbe/watermelondb/decorators'
const Tables = { posts: 'posts', comments: 'comments' }
export class Post extends Model {
  static associations = { [Tables.comments]: { type: 'has_many', foreignKey: 'post_id' } }
  @field('likes') fans
}
Post.table = Tables.posts
export class Comment extends Model {
  static table = Tables.comments
  static associations = associations(['posts', { type: 'belongs_to', key: 'post_id' }])
}`,
      },
    })
    assert.deepEqual(mentionsIn(app, 'src/models/Post.js'), [
      "config refers posts @ 'posts'",
      "config refers comments @ 'comments'",
      "model stands posts @ 'Post' no source",
      "relation refers comments @ 'comments' from src/models/Post.js",
      `word @ 'has_many' ${sideType}`,
      "relation refers comments.post_id @ 'post_id'",
      "model refers posts.likes @ 'likes'",
      "model stands posts.likes @ 'fans' no source",
      "model refers posts @ 'posts' from src/models/Post.js",
      "model stands comments @ 'Comment' no source",
      "model refers comments @ 'comments' from src/models/Post.js",
      "relation refers posts @ 'posts'",
      `word @ 'belongs_to' ${sideType}`,
      "relation refers comments.post_id @ 'post_id'",
    ])
  })

  it('mentions what a base class has for each table', () => {
    const app = exampleApp({
      schema,
      models: {
        Post: `import { Base } from '../base'\nexport class Post extends Base { static table = 'posts' }`,
        Comment: `import { Base } from '../base'\nexport class Comment extends Base { static table = 'comments' }`,
      },
      files: {
        'src/base.ts': `import { Model } from '@nozbe/watermelondb'
import { date } from '@nozbe/watermelondb/decorators'
export abstract class Base extends Model { @date('created_at') createdAt!: Date }`,
      },
    })
    assert.deepEqual(mentionsIn(app, 'src/base.ts'), [
      "model refers posts.created_at @ 'created_at'",
      "model refers comments.created_at @ 'created_at'",
      "model stands posts.created_at @ 'createdAt' no source",
      "model stands comments.created_at @ 'createdAt' no source",
    ])
  })

  it('offers columns that suit a decorator first', () => {
    const app = runApp(
      exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'\n@date('') a!: Date\n@json('', x => x) b!: any\n@relation('authors', '') c!: any\n@field('') d!: any`,
        },
      }),
      { rules: [] },
    )
    const catalog = app.analyzer.catalog(() => undefined)
    const fields = catalog.stores()[0]!.entities[0]!.fields
    const suiting = catalog
      .mentions('/app/src/models/Post.ts')
      .flatMap(one => (one.kind === 'field' && one.role === 'refers' ? [one] : []))
      .map(one => one.suits && fields.filter(one.suits).map(field => field.name.text))
    assert.deepEqual(suiting, [['likes'], ['title', 'author_id'], ['author_id'], undefined])
  })
})

describe('mentions that stay', () => {
  it('move with the text around them, and follow what was edited', () => {
    const app = runApp(exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string" } }), {
      rules: [],
    })
    const texts = new Map(app.texts)
    const edit = (path: string, from: string, to: string) => {
      const file = `/app/${path}`
      texts.set(file, texts.get(file)!.replace(from, to))
      app.analyzer.set(file, texts.get(file)!)
    }
    const schema = () => listed({ ...app, texts }, 'src/db/schema.ts')
    const before = schema()
    const catalog = app.analyzer.catalog(() => undefined)
    const title = catalog.mentions('/app/src/db/schema.ts').find(one => one.kind === 'field')!
    edit('src/db/schema.ts', 'export const', '// a comment that moves everything behind it\nexport const')
    assert.deepEqual(schema(), before)
    assert.equal(textAt({ ...app, texts }, title.at), 'title')
    const model = catalog.mentions('/app/src/models/Post.ts')
    edit('src/db/schema.ts', "'title'", "'head'")
    assert.ok(schema().includes("schema defines posts.head @ 'head'"))
    assert.equal(catalog.mentions('/app/src/models/Post.ts'), model)
  })
})
