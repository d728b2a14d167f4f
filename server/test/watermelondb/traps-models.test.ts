// Right models that look wrong: with all rules on, nothing may be reported.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { type RunningApp, runApp } from '../../testkit/run-example.ts'
import type { ProjectOptions } from '../../testkit/workspace-of.ts'

const allFindings = (app: RunningApp): string[] =>
  [...app.texts.keys()].flatMap(file =>
    app.analyzer.findings(file).map(finding => `${file} ${finding.rule}: ${finding.message}`),
  )

const staysSilent = (files: Record<string, string>, project?: ProjectOptions) =>
  assert.deepEqual(allFindings(runApp(files, project && { project })), [])

const table = (name: string, ...columns: string[]) =>
  `tableSchema({ name: '${name}', columns: [${columns.map(column => `{ ${column} }`).join(', ')}] }),`
const text = (name: string) => `name: '${name}', type: 'string'`
const key = (name: string) => `name: '${name}', type: 'string', isIndexed: true`
const time = (name: string) => `name: '${name}', type: 'number'`

describe('models that look wrong', () => {
  it('one-to-one by id, and fields of implicit columns', () => {
    staysSilent(
      exampleApp({
        schema: table('posts', text('title')) + table('details', text('body')),
        models: {
          Post: `static table = 'posts'
static associations = { details: { type: 'has_many', foreignKey: 'id' } } as const
@text('title') title!: string
@field('id') key!: string
@field('_status') state!: string
@children('details') details!: any
@immutableRelation('details', 'id') detail!: any`,
          Detail: `static table = 'details'\nstatic associations = { posts: { type: 'belongs_to', key: 'id' } } as const\n@text('body') body!: string\n@relation('posts', 'id') post!: any`,
        },
      }),
    )
  })

  it('declared classes, abstract bases, mixins and inherited members', () => {
    staysSilent(
      exampleApp({
        schema: table('posts', text('title'), time('created_at'), time('updated_at')),
        models: {
          Post: `import { text } from '@nozbe/watermelondb/decorators'
import { Timed } from './Timed'

export class Post extends Timed {
  static table = 'posts'
  @text('title') title!: string
}
`,
        },
        files: {
          'src/models/Timed.ts': `import { Model } from '@nozbe/watermelondb'
import { date, readonly } from '@nozbe/watermelondb/decorators'

export abstract class Timed extends Model {
  @readonly @date('created_at') createdAt!: Date
  @readonly @date('updated_at') updatedAt!: Date
}

declare class Ghost extends Model {
  static table: string
}
export type Any = Ghost
`,
          'src/models/mixed.ts': `import { field } from '@nozbe/watermelondb/decorators'
import { withSync } from 'some-mixins'

export class Mixed extends withSync(Object) {
  static table = 'elsewhere'
  @field('nothing') nothing!: string
}
`,
        },
      }),
    )
  })

  it('an undecorated updatedAt', () => {
    staysSilent(
      exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string\nupdatedAt!: Date" } }),
    )
  })

  it('two databases with equal table names and two classes of one name', () => {
    const model = (decorator: string, column: string) => `import { Model } from '@nozbe/watermelondb'
import { ${decorator} } from '@nozbe/watermelondb/decorators'

export default class User extends Model {
  static table = 'users'
  @${decorator}('${column}') ${column}
}
`
    const schema = (column: string) => `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export default appSchema({ version: 1, tables: [tableSchema({ name: 'users', columns: [{ ${column} }] })] })
`
    staysSilent({
      'db/app/schema.js': schema(text('name')),
      'db/server/schema.js': schema("name: 'logins', type: 'number'"),
      'db/app/User.js': model('text', 'name'),
      'db/server/User.js': model('field', 'logins'),
      'db/index.js': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import appSchema from './app/schema'
import serverSchema from './server/schema'
import AppUser from './app/User'
import ServerUser from './server/User'

const open = dbName => new Database({ adapter: new SQLiteAdapter({ schema: appSchema, dbName }), modelClasses: [AppUser] })

class Databases {
  servers = new Database({
    adapter: new SQLiteAdapter({ schema: serverSchema, dbName: 'servers' }),
    modelClasses: [ServerUser],
  })
  active = open('active')
}

export default new Databases()
`,
    })
  })

  it('two relations to one table', () => {
    staysSilent(
      exampleApp({
        schema: table('posts', key('author_id'), key('editor_id')) + table('users', text('name')),
        models: {
          Post: `static table = 'posts'
static associations = { users: { type: 'belongs_to', key: 'author_id' } } as const
@relation('users', 'author_id') author!: any
@relation('users', 'editor_id') editor!: any`,
          User: "static table = 'users'\n@text('name') name!: string",
        },
      }),
    )
  })

  it('tables, columns and associations that cannot be evaluated', () => {
    staysSilent({
      ...exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [...shared(), { name: 'title', type: kindOf('title') }] }),
...moreTables.map(make),`,
        models: {
          Post: `static table = 'posts'
static associations = associationsOf('posts')
@text('body') body!: string
@date('title') title!: string
@relation('authors', 'author_id') author!: any
@children('comments') comments!: any
@date('seen_at') updatedAt!: Date`,
          Comment: "static table = tableOf('comments')\n@text('body') body!: string",
        },
      }),
    })
  })

  it('names by enums, constants and destructuring, keys computed from them', () => {
    staysSilent(
      exampleApp({
        models: {
          Post: `import { Model } from '@nozbe/watermelondb'
import { children, text } from '@nozbe/watermelondb/decorators'
import { columns, TableName } from '../db/names'

export class Post extends Model {
  static table = TableName.Posts
  static associations = { [TableName.Comments]: { type: 'has_many', foreignKey: columns.postId } } as const
  @text(columns.title) title!: string
  @children(TableName.Comments) comments!: any
}
`,
          Comment: `import { Model, associations } from '@nozbe/watermelondb'
import { immutableRelation } from '@nozbe/watermelondb/decorators'
import { columns, TableName } from '../db/names'

const { Posts } = TableName

export class Comment extends Model {
  static table = TableName.Comments as const
  static associations = associations([Posts, { type: 'belongs_to', key: columns.postId }])
  @immutableRelation(Posts, columns.postId) post!: any
}
`,
        },
        schema: `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import { columns, TableName } from './names'

export const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({ name: TableName.Posts, columns: [{ name: columns.title, type: 'string' as const }] }),
    tableSchema({ name: TableName.Comments, columns: [{ name: columns.postId, type: 'string', isIndexed: true }] }),
  ],
})
`,
        files: {
          'src/db/names.ts': `export enum TableName {
  Posts = 'posts',
  Comments = 'comments',
}
export const columns = { title: 'title', postId: 'post_id' } as const
`,
        },
      }),
    )
  })

  it('columns without a field, undecorated and lazy members, own decorators', () => {
    staysSilent(
      exampleApp({
        schema: table('posts', text('title'), text('spare')),
        models: {
          Post: `static table = 'posts'
@observable @text('title') title!: string
@lazy twins = this.collection.query()
cache = {}
get upper() { return this.title.toUpperCase() }
@writer async rename(title: string) { await this.update(post => { post.title = title }) }`,
        },
      }),
    )
  })

  it('optional columns typed with a question mark, undefined, or an alias', () => {
    staysSilent(
      exampleApp({
        schema: table(
          'posts',
          "name: 'subtitle', type: 'string', isOptional: true",
          "name: 'at', type: 'number', isOptional: true",
        ),
        models: {
          Post: `static table = 'posts'
@text('subtitle') a?: string
@text('subtitle') b!: string | undefined
@text('subtitle') c!: Nullable<string>
@date('at') d!: Date | null
@field('at') e?: number | null
@field('subtitle') f!: Kind | null
@field('subtitle') declare g?: string`,
        },
      }),
    )
  })

  it('models by a list of their own, through a barrel, with default exports', () => {
    const app = exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string" } })
    staysSilent({
      ...app,
      'src/models/Post.ts': app['src/models/Post.ts']!.replace('export class', 'export default class'),
      'src/models/index.ts': `import Post from './Post'

export { Post }
export const models = [Post]
`,
      'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { models } from '../models'
import { schema } from './schema'

export const database = new Database({ adapter: new SQLiteAdapter({ schema }), modelClasses: models })
`,
    })
  })

  it('a platform twin of a registered model', () => {
    const app = exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string" } })
    staysSilent({ ...app, 'src/models/Post.web.ts': app['src/models/Post.ts']! })
  })

  it('models of tests', () => {
    staysSilent({
      ...exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string" } }),
      'src/__tests__/model.test.ts': `import { Model } from '@nozbe/watermelondb'
import { children, text } from '@nozbe/watermelondb/decorators'

class Mock extends Model {
  static table = 'mocks'
  @text('nothing') nothing!: string
  @children('nobody') nobody!: any
}
`,
    })
  })

  it('@action in a version that has it', () => {
    staysSilent(
      exampleApp({
        models: {
          Post: `import { Model } from '@nozbe/watermelondb'
import { action, text } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  static table = 'posts'
  @text('title') title!: string
  @action async rename(title: string) { await this.update(post => { post.title = title }) }
}
`,
        },
      }),
      { versions: { '@nozbe/watermelondb': '0.14.0' } },
    )
  })

  it('protected properties written while a record is created, and drafts of the same type', () => {
    staysSilent(
      exampleApp({
        schema: table('posts', text('slug'), key('author_id')) + table('authors', text('name')),
        models: {
          Post: `static table = 'posts'
static associations = { authors: { type: 'belongs_to', key: 'author_id' } } as const
@nochange @text('slug') slug!: string
@immutableRelation('authors', 'author_id') author!: any
prepare(slug: string) { this.slug = slug }`,
          Author: "static table = 'authors'\n@text('name') name!: string",
        },
        files: {
          'src/add.ts': `import { database } from './db'
import type { Post } from './models/Post'

export async function add(author: any, slug: string) {
  const draft: Partial<Post> = {}
  draft.slug = slug
  return database.write(() =>
    database.get<Post>('posts').create(post => {
      post.slug = slug
      post.author.set(author)
    }),
  )
}
`,
        },
      }),
    )
  })

  it('associations and tables that another file gives', () => {
    staysSilent(
      exampleApp({
        schema: table('posts', text('title')) + table('comments', key('post_id')),
        models: {
          Post: "@text('title') title!: string\n@children('comments') comments!: any",
          Comment: "static table = 'comments'\n@relation('posts', 'post_id') post!: any",
        },
        files: {
          'src/models/wire.ts': `import { Comment } from './Comment'
import { Post } from './Post'

Post.table = 'posts'
Post.associations = { comments: { type: 'has_many', foreignKey: 'post_id' } }
Comment.associations = { posts: { type: 'belongs_to', key: 'post_id' } }
`,
        },
      }),
    )
  })

  it('a model that another database may register, which cannot be read', () => {
    const post = "static table = 'posts'\n@text('body') body!: string"
    const app = exampleApp({ schema: table('posts', text('title')), models: { Post: post } })
    staysSilent({
      ...app,
      'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { buildSchema, models } from './build'
import { schema } from './schema'

export const database = new Database({ adapter: new SQLiteAdapter({ schema }), modelClasses: makeModels() })
export const other = new Database({ adapter: new SQLiteAdapter({ schema: buildSchema() }), modelClasses: models })
`,
    })
  })
})
