import assert from 'node:assert/strict'
import type { ExampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { choose, complete, findingsAfter, itemOf } from '../answers/complete.ts'

const posts = `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'body', type: 'string', isOptional: true },
    { name: 'is_open', type: 'boolean' },
    { name: 'user_id', type: 'string', isIndexed: true },
    { name: 'created_at', type: 'number' },
  ],
}),`
const users = `tableSchema({ name: 'users', columns: [{ name: 'name', type: 'string' }] }),`
const comments = `tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string', isIndexed: true }] }),`
const schema = `${posts}\n${users}\n${comments}`

const User = "static table = 'users'\n@text('name') name!: string"
const Comment = "static table = 'comments'\n@field('post_id') postId!: string"
const inPost = (body: string): ExampleApp => ({
  schema,
  models: { Post: `static table = 'posts'\n${body}`, User, Comment },
})

const migrating = (steps: string, now = schema, version = 2): ExampleApp => ({
  schema: now,
  version,
  migrations: `{\n  toVersion: 2,\n  steps: [${steps}],\n},`,
})
const released = {
  'src/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const schema = appSchema({ version: 1, tables: [
  tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'is_open', type: 'boolean' }, { name: 'user_id', type: 'string', isIndexed: true }] }),
  ${users}
] })
`,
}

describe('blanks of a model', () => {
  const lacking = ['body', 'isOpen', 'user', 'createdAt', 'userId', 'comments', 'static associations']

  it('offer a property for each column that has none, then what else is lacking', () => {
    const completed = complete(inPost(`@text('title') title!: string\n$0`))
    assert.deepEqual(completed.labels, lacking)
    assert.deepEqual(
      completed.found?.items.map(item => item.text),
      [
        "@text('body') body!: string | null",
        "@field('is_open') isOpen!: boolean",
        "@relation('users', 'user_id') user!: Relation<User>",
        "@readonly @date('created_at') createdAt!: Date",
        "@field('user_id') userId!: string",
        "@children('comments') comments!: Query<Comment>",
        "static associations = {\n\tusers: { type: 'belongs_to', key: 'user_id' },\n\tcomments: { type: 'has_many', foreignKey: 'post_id' },\n} as const",
      ],
    )
  })

  for (const label of lacking)
    it(`${label}, chosen, is read and found good`, () => {
      const associations = `static associations = { users: { type: 'belongs_to', key: 'user_id' }, comments: { type: 'has_many', foreignKey: 'post_id' } } as const`
      const own = label === 'static associations' ? '' : associations
      const completed = complete(inPost(`${own}\n@text('title') title!: string\n$0`))
      const files = choose(completed, label)
      assert.deepEqual(findingsAfter(files), findingsAfter(choose(completed, label === 'userId' ? 'userId' : label)))
      assert.deepEqual(
        findingsAfter(files).filter(rule => rule !== 'relation-without-association'),
        [],
      )
      const again = complete({
        ...inPost(''),
        files: { ...files, 'src/models/Post.ts': files['src/models/Post.ts']!.replace(/\}\s*$/, '$0\n}\n') },
      })
      assert.equal(again.labels.includes(label), false)
    })

  it('follow the letters of a decorator, wherever it is begun', () => {
    const behind = complete(inPost(`@text('title') title!: string\n@te$0`))
    const before = complete(inPost(`@te$0\n@text('title') title!: string`))
    assert.deepEqual([behind.labels, before.labels], [lacking, lacking])
    for (const completed of [behind, before]) {
      const item = itemOf(completed, 'body')
      assert.equal(item.filter, "@text('body') body!: string | null")
      assert.match(choose(completed, 'body')['src/models/Post.ts']!, /\n {2}@text\('body'\) body!: string \| null\n/)
      assert.deepEqual(findingsAfter(choose(completed, 'body')), [])
    }
  })

  it('follow the letters of a name', () => {
    const completed = complete(inPost(`@text('title') title!: string\nbo$0`))
    assert.deepEqual(completed.labels, lacking)
    assert.equal(itemOf(completed, 'body').filter, 'body')
  })

  it('are written in the manner of the class', () => {
    const file = (body: string) => `import { Model } from "@nozbe/watermelondb";
import { field, text } from "@nozbe/watermelondb/decorators";
export class Post extends Model {
    static table = "posts";
${body}
    $0
}
`
    const written = (body: string, label: string, path = 'src/models/Post.ts'): string =>
      itemOf(complete({ schema, files: { [path]: file(body) } }), label).text
    assert.equal(written('    @text("title") title!: string;', 'body'), '@text("body") body!: string | null;')
    assert.equal(written('    @text("title")\n    title: string;', 'body'), '@text("body")\nbody: string | null;')
    assert.equal(
      written('    @field("is_open") is_open!: boolean;', 'created_at'),
      '@readonly @date("created_at") created_at!: Date;',
    )
    assert.equal(written('    @text("title") title;', 'isOpen', 'src/models/Post.js'), '@field("is_open") isOpen;')
  })

  it('offer nothing in methods, constructors, comments, and where a member stands', () => {
    for (const body of [
      'async go() { $0 }',
      'constructor(a: never, b: never) { super(a, b); $0 }',
      '// some $0',
      '/* some $0 */',
      '/** some\n * $0\n */\nget x() { return 1 }',
      `@text('title') title$0!: string`,
      'get some$0() { return 1 }',
    ])
      assert.deepEqual(complete(inPost(body)).labels, [], body)
    assert.deepEqual(complete({ schema, files: { 'src/a.ts': 'export class A {\n  $0\n}\n' } }).labels, [])
  })

  it('offer the table of a class that has none, the one called like it first', () => {
    const completed = complete({ schema, models: { User, Comment: '$0' } })
    assert.deepEqual(completed.labels, ['static table'])
    assert.equal(itemOf(completed, 'static table').text, "static table = '${1|comments,posts|}'")
    assert.deepEqual(findingsAfter(choose(completed, 'static table')), ['table-without-model'])
  })

  it('import what they need: decorators, types of the library, and the other model as a type', () => {
    const file = (body: string) => `import { Model } from '@nozbe/watermelondb'
import { text } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  static table = 'posts'
${body}
}
`
    const app = { schema, models: { User, Comment }, files: { 'src/models/Post.ts': file('  $0') } }
    assert.equal(
      choose(complete(app), 'user')['src/models/Post.ts'],
      `import { Model, Relation } from '@nozbe/watermelondb'
import { text, relation } from '@nozbe/watermelondb/decorators'
import type { User } from './User'

export class Post extends Model {
  static table = 'posts'
  @relation('users', 'user_id') user!: Relation<User>
}
`,
    )
    const typed = {
      ...app,
      files: { 'src/models/Post.ts': file('  $0').replace('\n\n', "\nimport type { Comment } from './Comment'\n\n") },
    }
    assert.deepEqual(
      choose(complete(typed), 'comments')
        ['src/models/Post.ts']!.split('\n')
        .filter(line => line.startsWith('import')),
      [
        "import { Model, Query } from '@nozbe/watermelondb'",
        "import { text, children } from '@nozbe/watermelondb/decorators'",
        "import type { Comment } from './Comment'",
      ],
    )
  })
})

describe('blanks of associations', () => {
  it('offer the relations that are not told, from both sides, then empty ones', () => {
    const completed = complete(inPost(`static associations = {\n  $0\n}`))
    assert.deepEqual(completed.labels, ['users', 'comments', 'belongs_to', 'has_many'])
    for (const label of ['users', 'comments']) assert.deepEqual(findingsAfter(choose(completed, label)), [])
    const one = complete(inPost(`static associations = { users: { type: 'belongs_to', key: 'user_id' }, $0 }`))
    assert.deepEqual(one.labels, ['comments', 'belongs_to', 'has_many'])
    assert.deepEqual(findingsAfter(choose(one, 'comments')), [])
  })

  it('believe what other models say of a key', () => {
    const now = schema.replace('user_id', 'author_id')
    const teller = `${User}\nstatic associations = { posts: { type: 'has_many', foreignKey: 'author_id' } }`
    const app = { schema: now, models: { Post: `static table = 'posts'\nstatic associations = { $0 }`, User: teller } }
    assert.equal(itemOf(complete(app), 'users').text, "users: { type: 'belongs_to', key: 'author_id' }")
  })

  it('put commas where they are missing', () => {
    const behind = complete(inPost(`static associations = {\n  users: { type: 'belongs_to', key: 'user_id' }\n  $0\n}`))
    assert.ok(behind.found?.comma)
    assert.deepEqual(findingsAfter(choose(behind, 'comments')), [])
    const before = complete(
      inPost(`static associations = {\n  com$0\n  users: { type: 'belongs_to', key: 'user_id' },\n}`),
    )
    assert.deepEqual(findingsAfter(choose(before, 'comments')), [])
  })
})

describe('blanks of a schema', () => {
  it('offer a column, and those that models use', () => {
    const app = (columns: string): ExampleApp => ({
      schema: `tableSchema({ name: 'posts', columns: [${columns}] }),`,
      models: { Post: `static table = 'posts'\n@date('due_at') dueAt!: Date | null\n@text('title') title!: string` },
    })
    const completed = complete(app('\n$0\n'))
    assert.deepEqual(completed.labels, ['due_at', 'title', 'column'])
    assert.deepEqual(findingsAfter(choose(completed, 'due_at')), ['unknown-column'])
    assert.deepEqual(complete(app(`{ name: 'title', type: 'string' }, $0`)).labels, ['due_at', 'column'])
    assert.equal(itemOf(completed, 'column').text, "{ name: '$1', type: '${2|string,number,boolean|}' },")
    for (const columns of [
      `\n  { name: 'title', type: 'string' }\n  $0\n`,
      `\n  $0\n  { name: 'title', type: 'string' },\n`,
      `{ name: 'title', type: 'string' } $0`,
      `$0 { name: 'title', type: 'string' }`,
      `\n  { name: 'title', type: 'string' }, // the title\n  du$0\n`,
    ])
      assert.deepEqual(findingsAfter(choose(complete(app(columns)), 'due_at')), [], columns)
  })

  it('follow the quotes and commas of the file', () => {
    const file = `import { appSchema, tableSchema } from "@nozbe/watermelondb";
export const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({
      name: "posts",
      columns: [
        {name: "title", type: "string"},
        {name: "body", type: "string"},
        $0
      ]
    })
  ]
});
`
    const completed = complete({ schema: file })
    assert.equal(itemOf(completed, 'column').text, '{name: "$1", type: "${2|string,number,boolean|}"}')
  })

  it('offer a table, and those of models', () => {
    const completed = complete({
      schema: '$0',
      models: { Post: `static table = 'posts'\n@text('title') title!: string` },
    })
    assert.deepEqual(completed.labels, ['tableSchema posts', 'tableSchema'])
    assert.deepEqual(findingsAfter(choose(completed, 'tableSchema posts')), [])
    const written = choose(completed, 'tableSchema')['src/db/schema.ts']!
    assert.ok(
      written.includes(
        "    tableSchema({\n      name: '',\n      columns: [\n        { name: '', type: 'string' },\n      ],\n    }),\n",
      ),
      written,
    )
  })

  it('offer nothing in an entry that is there', () => {
    assert.deepEqual(complete({ schema: `tableSchema({ $0 name: 'a', columns: [] }),` }).labels, [])
    assert.deepEqual(complete({ schema: `tableSchema({ name: 'a', columns: [{ $0 }] }),` }).labels, [])
    assert.deepEqual(complete({ schema: `tableSchema({ name: 'a', columns: [// $0\n] }),` }).labels, [])
  })
})

describe('blanks of migrations', () => {
  it('offer the steps that devices lack, then empty ones', () => {
    const completed = complete(migrating('\n    $0\n  '), { released })
    assert.deepEqual(completed.labels, [
      'addColumns posts: body, created_at',
      'createTable comments',
      'addColumns',
      'createTable',
      'unsafeExecuteSql',
    ])
    const added = choose(completed, 'addColumns posts: body, created_at')
    assert.ok(
      added['src/db/migrations.ts']!.includes(`        addColumns({
          table: 'posts',
          columns: [
            { name: 'body', type: 'string', isOptional: true },
            { name: 'created_at', type: 'number' },
          ],
        }),`),
      added['src/db/migrations.ts'],
    )
    const next = complete(
      {
        ...migrating(''),
        files: {
          ...added,
          'src/db/migrations.ts': added['src/db/migrations.ts']!.replace(/\}\),(?=\s+\],\s+\},)/, '}),\n$0'),
        },
      },
      { released },
    )
    assert.equal(next.labels[0], 'createTable comments')
    assert.deepEqual(
      findingsAfter(choose(next, 'createTable comments')).filter(rule => rule !== 'table-without-model'),
      [],
    )
  })

  it('offer the next migration with all that is missing', () => {
    const completed = complete({ schema, version: 2, migrations: '$0' }, { released })
    assert.deepEqual(completed.labels, ['migration to version 2'])
    const text = choose(completed, 'migration to version 2')['src/db/migrations.ts']!
    assert.ok(/toVersion: 2,\s+steps: \[\s+addColumns\(\{[\s\S]*createTable\(\{/.test(text), text)
    const behind = complete({ schema, version: 2, migrations: `{ toVersion: 2, steps: [] },\n$0` })
    assert.equal(itemOf(behind, 'migration to version 3').detail, 'raise the version of the schema to 3 as well')
    assert.ok(itemOf(behind, 'migration to version 3').text.includes('steps: [\n\t\t$0\n\t],'))
  })

  it('import the functions of steps', () => {
    const file = `import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [{ toVersion: 2, steps: [$0] }],
})
`
    const text = choose(complete({ schema, version: 2, migrations: file }), 'createTable')['src/db/migrations.ts']!
    assert.ok(
      text.startsWith("import { schemaMigrations, createTable } from '@nozbe/watermelondb/Schema/migrations'\n"),
      text,
    )
  })

  it('offer columns of the schema: what devices lack first, what is added already not at all', () => {
    const add = (table: string, columns: string) =>
      migrating(`addColumns({ table: '${table}', columns: [${columns}] })`)
    assert.deepEqual(complete(add('posts', '$0'), { released }).labels, [
      'body',
      'created_at',
      'title',
      'is_open',
      'user_id',
      'column',
    ])
    const second = complete(add('posts', `{ name: 'body', type: 'string', isOptional: true }, $0`), { released })
    assert.deepEqual(second.labels.slice(0, 2), ['created_at', 'title'])
    assert.deepEqual(complete(add('nothing', '$0')).labels, ['column'])
    assert.deepEqual(complete(migrating(`createTable({ name: 'comments', columns: [$0] })`)).labels, [
      'post_id',
      'column',
    ])
  })
})

describe('blanks of modelClasses', () => {
  const index = (list: string) => `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
import { User } from '../models/User'

export const database = new Database({ adapter: new SQLiteAdapter({ schema }), modelClasses: [${list}] })
`
  it('offer the models that are not registered, and import them', () => {
    const app = { ...inPost(''), files: { 'src/db/index.ts': index('User, $0') } }
    const completed = complete(app)
    assert.deepEqual(completed.labels, ['Post', 'Comment'])
    assert.equal(
      choose(completed, 'Post')['src/db/index.ts'],
      index('User, Post').replace("'../models/User'\n", "'../models/User'\nimport { Post } from '../models/Post'\n"),
    )
    assert.deepEqual(complete({ ...app, files: { 'src/db/index.ts': index('User, Po$0') } }).labels, [
      'Post',
      'Comment',
    ])
    assert.deepEqual(complete({ ...app, files: { 'src/db/index.ts': index('Us$0er') } }).labels, ['Post', 'Comment'])
  })

  it('leave other options to the language', () => {
    const text = index('User').replace('modelClasses:', '$0 modelClasses:')
    assert.deepEqual(complete({ ...inPost(''), files: { 'src/db/index.ts': text } }).labels, [])
  })
})
