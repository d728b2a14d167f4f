import assert from 'node:assert/strict'
import { completionsAt } from '../../src/core/answers/completion.ts'
import { documentationOf } from '../../src/core/answers/completion-docs.ts'
import { toPlainText } from '../../src/core/answers/prose.ts'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { runApp } from '../../testkit/run-example.ts'
import { complete, completeFiles, itemOf } from './complete.ts'

const schema = `
tableSchema({ name: 'posts', columns: [
  { name: 'title', type: 'string' },
  { name: 'body', type: 'string', isOptional: true },
  { name: 'views', type: 'number' },
  { name: 'author_id', type: 'string', isIndexed: true },
  { name: 'created_at', type: 'number' },
] }),
tableSchema({ name: 'users', columns: [{ name: 'name', type: 'string' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }, { name: 'text', type: 'string' }] }),`

const inPost = (body: string): ExampleApp => ({
  schema,
  models: { Post: `static table = 'posts'\n${body}`, User: "static table = 'users'\n@text('name') name!: string" },
})

const inCode = (line: string): ExampleApp => ({
  schema,
  files: {
    'src/code.ts': `import { Q } from '@nozbe/watermelondb'
import { database } from './db'
const posts = database.get('posts')
${line}
const other = 1
`,
  },
})

const columns = ['title', 'body', 'views', 'author_id', 'created_at']

describe('completion of names', () => {
  const cases: readonly (readonly [string, ExampleApp, readonly string[]])[] = [
    ['a field, in any type', inPost(`@field('$0') some!: string`), columns],
    ['in double quotes', inPost(`@field("$0") some!: string`), columns],
    ['in a template', inPost('@field(`$0`) some!: string'), columns],
    ['a field of a decorator that is not finished', inPost(`@field('$0`), columns],
    ['before another property', inPost(`@field('$0\n@json('body', x => x) body!: object`), columns],
    ['without a name behind it', inPost(`@field('$0')`), columns],
    [
      'fields of the decorator’s own type first',
      inPost(`@date('$0') some!: Date`),
      ['views', 'created_at', 'title', 'body', 'author_id'],
    ],
    [
      'what begins as typed first',
      inPost(`@field('cre$0') some!: Date`),
      ['created_at', 'title', 'body', 'views', 'author_id'],
    ],
    [
      'what other properties show last',
      inPost(`@text('title') title!: string\n@text('$0') some!: string`),
      ['body', 'author_id', 'views', 'created_at', 'title'],
    ],
    [
      'the key of a relation',
      inPost(`@relation('users', '$0') author!: unknown`),
      ['author_id', 'title', 'body', 'views', 'created_at'],
    ],
    [
      'the table of a relation',
      inPost(`@relation('$0', 'author_id') author!: unknown`),
      ['posts', 'users', 'comments'],
    ],
    ['the table of children that are not finished', inPost(`@children("$0`), ['posts', 'users', 'comments']],
    [
      'the table of an association',
      inPost(`static associations = { co$0: { type: 'has_many', foreignKey: 'x' } }`),
      ['comments', 'posts', 'users'],
    ],
    [
      'the type of an association',
      inPost(`static associations = { comments: { type: '$0' } }`),
      ['belongs_to', 'has_many'],
    ],
    [
      'the type of an association, at the end of the line',
      inPost(`static associations = {\n  comments: { type: '$0\n}`),
      ['belongs_to', 'has_many'],
    ],
    [
      'the key of the other table',
      inPost(`static associations = { comments: { type: 'has_many', foreignKey: '$0' } }`),
      ['post_id', 'text'],
    ],
    [
      'the key of the own table',
      inPost(`static associations = { users: { type: 'belongs_to', key: '$0' } }`),
      ['author_id', 'title', 'body', 'views', 'created_at'],
    ],
    [
      'static table',
      {
        ...inPost(''),
        files: {
          'src/models/More.ts': `import { Model } from '@nozbe/watermelondb'\nexport class More extends Model {\n  static table = '$0'\n}\n`,
        },
      },
      ['comments', 'posts', 'users'],
    ],
    ['a table in code', inCode(`const found = database.get('$0')`), ['posts', 'users', 'comments']],
    [
      'a table in code that is not finished',
      inCode(`const found = database.get("us$0`),
      ['users', 'posts', 'comments'],
    ],
    ['a column of a query', inCode(`posts.query(Q.where('$0'))`), columns],
    ['a column of a query that is compared', inCode(`posts.query(Q.where('$0', Q.gt(1)))`), columns],
    [
      'a column of a query that is not finished',
      inCode(`const found = posts.query(Q.where('vi$0`),
      ['views', 'title', 'body', 'author_id', 'created_at'],
    ],
    ['a column inside Q.and', inCode(`posts.query(Q.and(Q.where('$0', 1)))`), columns],
    ['a column to sort by', inCode(`posts.query(Q.sortBy('$0', Q.desc))`), columns],
    ['the joined table', inCode(`posts.query(Q.on('$0', 'post_id', 'x'))`), ['posts', 'users', 'comments']],
    ['a column of the joined table', inCode(`posts.query(Q.on('comments', '$0', 'x'))`), ['post_id', 'text']],
    ['a column of the joined table, first of all', inCode(`posts.query(Q.on('comments', '$0'))`), ['post_id', 'text']],
    [
      'a column of the joined table in a clause',
      inCode(`posts.query(Q.on('comments', Q.where('$0', 1)))`),
      ['post_id', 'text'],
    ],
    [
      'the type of a column',
      { schema: `tableSchema({ name: 'a', columns: [{ name: 'x', type: '$0' }] })` },
      ['string', 'number', 'boolean'],
    ],
    [
      'the type of a column, at the end of the line',
      {
        schema: `tableSchema({ name: 'a', columns: [\n{ name: 'x', type: '$0\n] }),\ntableSchema({ name: 'b', columns: [] })`,
      },
      ['string', 'number', 'boolean'],
    ],
    [
      'the table of addColumns',
      { schema, version: 2, migrations: `{ toVersion: 2, steps: [addColumns({ table: '$0', columns: [] })] }` },
      ['posts', 'users', 'comments'],
    ],
    [
      'an added column',
      {
        schema,
        version: 2,
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'comments', columns: [{ name: '$0', type: 'string' }] })] }`,
      },
      ['post_id', 'text'],
    ],
    [
      'tables where the chain goes on in the next line',
      inCode("database\n  .get('$0\n  .query(Q.where('title', 1))\n  .fetch()"),
      ['posts', 'users', 'comments'],
    ],
    [
      'tables before another statement',
      inCode("const one = async () => {\n  const a = await database.get('$0\n  await a.destroy()\n}"),
      ['posts', 'users', 'comments'],
    ],
    [
      'columns of a clause whose query goes on in the next line',
      inCode("posts.query(Q.where('$0\n  .fetch()"),
      columns,
    ],
    [
      'columns of a clause before the brackets of its query',
      inCode("posts.query(\n  Q.and(\n    Q.where('$0\n    Q.where('views', 1),\n  ),\n).observe()"),
      columns,
    ],
    [
      'columns of a joined table before the brackets of its query',
      inCode("posts.query(\n  Q.on(\n    'comments',\n    Q.where('$0\n  ),\n).fetch()"),
      ['post_id', 'text'],
    ],
    [
      'the key of a relation before another one in brackets',
      inPost("static associations = {\n  comments: { type: 'has_many', foreignKey: 'post_id$0\n  [users]: {},\n}"),
      ['post_id', 'text'],
    ],
    [
      'tables for a key in quotes',
      inPost(`static associations = {\n  "com$0\n    type: "has_many",\n  },\n}`),
      ['comments', 'posts', 'users'],
    ],
  ]
  for (const [name, app, labels] of cases)
    it(`offers ${name}`, () => {
      const completed = complete(app)
      assert.deepEqual(completed.labels, labels)
      assert.equal(completed.found?.comma, undefined)
    })

  const nowhere: readonly (readonly [string, ExampleApp])[] = [
    ['the name of a table in the schema', { schema: `tableSchema({ name: '$0', columns: [] })` }],
    [
      'the name of a column in the schema',
      { schema: `tableSchema({ name: 'a', columns: [{ name: '$0', type: 'string' }] })` },
    ],
    ['the name of a property', inPost(`@text('title') ti$0!: string`)],
    ['a string that names nothing', inCode(`console.log('$0')`)],
    ['an unfinished string that names nothing', inCode(`const a = '$0`)],
    ['code', inCode('pos$0')],
    ['an import', inCode(`import { x } from '$0'`)],
    ['a column behind a constant', inCode(`const c = 'title'\nposts.query(Q.where(c$0, 1))`)],
    ['the columns of a table that is not there', inCode(`database.get('nothing').query(Q.where('$0', 1))`)],
    ['a comment', inPost(`// @field('$0')`)],
    [
      'the inside of an entry that is not finished',
      { schema: `tableSchema({ name: 'a', columns: [\n{ name: 'b', $0\n{ name: 'c', type: 'string' },\n] })` },
    ],
  ]
  for (const [name, app] of nowhere)
    it(`has nothing to offer for ${name}`, () => assert.deepEqual(complete(app).labels, []))

  it('takes the place of the text between the quotes, and of no more where nothing closes them', () => {
    const replaced = (app: ExampleApp): readonly [string, string] => {
      const { found, text } = complete(app)
      assert.ok(found)
      return [text.slice(found.typed.start, found.typed.end), text.slice(found.replaced.start, found.replaced.end)]
    }
    assert.deepEqual(replaced(inPost(`@text('ti$0tle') title!: string`)), ['ti', 'title'])
    assert.deepEqual(replaced(inPost(`@text("$0title") title!: string`)), ['', 'title'])
    assert.deepEqual(replaced(inPost(`@text('ti$0) title!: string`)), ['ti', 'ti'])
    assert.deepEqual(replaced(inPost(`@text('ti$0tle) title!: string`)), ['ti', 'title'])
    assert.deepEqual(replaced(inCode(`posts.query(Q.where('author-$0id', 1))`)), ['author-', 'author-id'])
    assert.deepEqual(replaced(inPost(`static associations = { com$0ments: { type: 'has_many' } }`)), [
      'com',
      'comments',
    ])
  })

  it('says what a column is, and which tables have a model', () => {
    const fields = complete(inPost(`@field('$0') some!: string`))
    assert.deepEqual(
      fields.found?.items.map(item => [item.kind, item.detail]),
      [
        ['field', 'string'],
        ['field', 'string, optional'],
        ['field', 'number'],
        ['field', 'string, indexed'],
        ['field', 'number'],
      ],
    )
    const tables = complete(inPost(`@children('$0') some!: unknown`))
    assert.deepEqual(
      tables.found?.items.map(item => [item.kind, item.detail]),
      [
        ['class', '5 columns'],
        ['class', '1 column'],
        ['entity', '2 columns'],
      ],
    )
    assert.deepEqual(itemOf(tables, 'users').thing, { store: 'watermelon', entity: 'users' })
    const words = complete({ schema: `tableSchema({ name: 'a', columns: [{ name: 'x', type: '$0' }] })` })
    assert.ok(words.found?.items.every(item => item.kind === 'word' && item.detail !== undefined))
  })

  it('knows tables and columns by constants and enums', () => {
    const app = inPost('')
    const files = {
      'src/db/names.ts': `export enum Table { posts = 'posts', users = 'users' }\nexport const Columns = { title: 'title' } as const\n`,
      'src/db/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import { Columns, Table } from './names'
export default appSchema({ version: 1, tables: [
  tableSchema({ name: Table.posts, columns: [{ name: Columns.title, type: 'string' }, { name: 'body', type: 'string' }] }),
] })
`,
      'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import schema from './schema'
export const database = new Database({ adapter: new SQLiteAdapter({ schema }), modelClasses: [] })
`,
    }
    const query = (where: string) => ({
      ...app,
      models: {},
      files: {
        ...files,
        'src/code.ts': `import { Q } from '@nozbe/watermelondb'\nimport { database } from './db'\nimport { Table } from './db/names'\n${where}\n`,
      },
    })
    assert.deepEqual(complete(query(`database.get(Table.posts).query(Q.where('$0', 1))`)).labels, ['title', 'body'])
    assert.deepEqual(complete(query(`database.get(Table.po$0sts)`)).labels, [])
  })

  it('works in JavaScript', () => {
    const js = `import { Model } from '@nozbe/watermelondb'
import { field } from '@nozbe/watermelondb/decorators'
export default class Post extends Model {
  static table = 'posts'
  @field('$0
}
`
    assert.deepEqual(complete({ schema, files: { 'src/models/Post.js': js } }).labels, columns)
  })

  it('keeps several databases apart, and gives all where both may be meant', () => {
    const half = (name: string, table: string) => ({
      [`src/${name}/schema.ts`]: `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const schema = appSchema({ version: 1, tables: [tableSchema({ name: 'notes', columns: [{ name: '${table}', type: 'string' }] })] })
`,
      [`src/${name}/index.ts`]: `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
import { Note } from './Note'
export const database = new Database({ adapter: new SQLiteAdapter({ schema, dbName: '${name}' }), modelClasses: [Note] })
`,
      [`src/${name}/Note.ts`]: `import { Model } from '@nozbe/watermelondb'
import { field } from '@nozbe/watermelondb/decorators'
export class Note extends Model {
  static table = 'notes'
  @field('${name === 'one' ? '$0' : ''}') some!: string
}
`,
    })
    const files = { ...half('one', 'first'), ...half('two', 'second') }
    assert.deepEqual(completeFiles(files).labels, ['first'])
    const plain = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace('$0', 'first')]))
    const hook = `import { Q } from '@nozbe/watermelondb'
import { useDatabase } from '@nozbe/watermelondb/hooks'
export const useNotes = () => useDatabase().get('notes').query(Q.where('$0', 1))
`
    assert.deepEqual(completeFiles({ ...plain, 'src/hook.ts': hook }).labels, ['first', 'second'])
  })

  it('documents a name by its definition, its relations, and what becomes of wrong values', () => {
    const completed = complete(inPost(`@relation('users', '$0') author!: unknown`))
    const catalog = completed.app.analyzer.catalog(() => undefined)
    const told = (label: string): string => toPlainText(documentationOf(catalog, itemOf(completed, label).thing!))
    assert.match(told('title'), /^\{ name: 'title', type: 'string' \}\n\nposts\.title: string, in schema\.ts\n.+/)
    assert.deepEqual(documentationOf(catalog, { store: 'watermelon', entity: 'posts', field: 'nothing' }), [])
    assert.match(
      toPlainText(documentationOf(catalog, { store: 'watermelon', entity: 'users' })),
      /\nusers, in schema\.ts\nHas many posts$/,
    )
  })

  it('has an answer wherever the text ends, and none that reaches out of it', () => {
    const files = exampleApp({
      ...inPost(
        `static associations = { users: { type: 'belongs_to', key: 'author_id' } }\n@date('created_at') at!: Date\nrun() {}`,
      ),
      version: 2,
      migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'body', type: 'string' }] })] }`,
    })
    const app = runApp(files, { rules: [] })
    const catalog = app.analyzer.catalog(() => undefined)
    let answers = 0
    for (const [file, text] of app.texts) {
      for (let end = 0; end <= text.length; end += 3) {
        app.analyzer.set(file, text.slice(0, end))
        const found = app.analyzer.asWritten(file, () => completionsAt(catalog, file, end))
        if (!found) continue
        answers++
        const { typed, replaced } = found
        assert.ok(
          0 <= typed.start && typed.start === replaced.start && typed.end === end && replaced.end === end,
          `${file} ${end}`,
        )
      }
      app.analyzer.set(file, text)
    }
    assert.ok(answers > 20, `only ${answers}`)
  })
})
