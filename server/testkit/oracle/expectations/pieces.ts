// Pieces of the small apps that prove what the library says.
import type { ExampleApp } from '../../../src/core/engines/watermelondb/example-app.ts'

export const table = (name: string, ...columns: string[]) =>
  `tableSchema({ name: '${name}', columns: [${columns.map(column => `{ ${column} }`).join(', ')}] } as any),`
export const title = `name: 'title', type: 'string'`
export const postId = `name: 'post_id', type: 'string', isIndexed: true`
export const schema = table('posts', title)
export const Post = `static table = 'posts'\n@text('title') title!: string`
export const add = (name: string, toVersion = 2) =>
  `{ toVersion: ${toVersion}, steps: [addColumns({ table: 'posts', columns: [{ name: '${name}', type: 'string' }] })] },`
export const empty = (toVersion: number) => `{ toVersion: ${toVersion}, steps: [] },`
export const subtitled = table('posts', title, `name: 'subtitle', type: 'string'`)

/** Schemas that differ in the columns of `posts`. */
export const columns = (wrong: string, right: string) => ({
  wrong: { schema: table('posts', wrong) },
  right: { schema: table('posts', right) },
})
export const onLoad = { on: 'load', env: 'development' } as const
export const exercise = { on: 'exercise', env: 'development' } as const

export const twoTables = `${schema}\n${table('comments', postId)}`
export const Comment = `static table = 'comments'\nstatic associations = { posts: { type: 'belongs_to', key: 'post_id' } } as const
@relation('posts', 'post_id') post!: any`
export const parent = (association: string) =>
  `${Post}\nstatic associations = { ${association} } as any\n@children('comments') comments!: any`
export const hasMany = `comments: { type: 'has_many', foreignKey: 'post_id' }`
/** Two models, of which the parent's associations differ. */
export const associations = (wrong: string, right = hasMany) => ({
  wrong: { schema: twoTables, models: { Post: parent(wrong), Comment } },
  right: { schema: twoTables, models: { Post: parent(right), Comment } },
})
/** One model of `posts`, with these members. */
export const members = (wrong: string, right: string) => ({
  wrong: { schema, models: { Post: `static table = 'posts'\n${wrong}` } },
  right: { schema, models: { Post: `static table = 'posts'\n${right}` } },
})

export const screen = (code: string, base: ExampleApp = { schema, models: { Post } }): ExampleApp => ({
  ...base,
  files: {
    ...base.files,
    'src/screen.ts': `import { Q } from '@nozbe/watermelondb'\nimport { synchronize } from '@nozbe/watermelondb/sync'\n
export async function run(database: any, post: any) {\n  ${code}\n}\n`,
  },
})
/** Bodies of a function that is given the database and a record of `posts`. */
export const code = (wrong: string, right: string, base?: ExampleApp) => ({
  wrong: screen(wrong, base),
  right: screen(right, base),
})
export const query = (wrong: string, right: string, method = 'fetch', base?: ExampleApp) =>
  code(
    `return database.get('posts').query(${wrong}).${method}()`,
    `return database.get('posts').query(${right}).${method}()`,
    base,
  )
export const related: ExampleApp = { schema: twoTables, models: { Post: parent(hasMany), Comment } }
export const pull = (result: string) => `return synchronize({ database, pullChanges: async () => (${result}) as any })`
export const noChanges = '{ changes: {}, timestamp: 1 }'
export const index = (
  adapter: string,
  options: string,
  models = 'Post',
  imported = models,
) => `import { Database } from '@nozbe/watermelondb'
import Adapter from '@nozbe/watermelondb/adapters/${adapter}'
import { schema } from './schema'
import { ${imported} } from '../models/Post'
export const database = new Database({ adapter: new Adapter({ ${options} } as any), modelClasses: [${models}] })
`
export const onLoki: ExampleApp = {
  schema,
  models: { Post },
  files: { 'src/db/index.ts': index('lokijs', 'schema, useWebWorker: false, useIncrementalIndexedDB: true') },
}
