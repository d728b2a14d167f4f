// The small app around an example of a rule about queries.
import { type ExampleApp, exampleApp } from '../example-app.ts'

const schema = `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'likes', type: 'number' },
    { name: 'is_pinned', type: 'boolean' },
    { name: 'created_on', type: 'number' },
  ],
}),
tableSchema({
  name: 'comments',
  columns: [
    { name: 'body', type: 'string' },
    { name: 'post_id', type: 'string' },
  ],
}),`

const models = {
  Post: `static table = 'posts'
static associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const
@text('title') title!: string
@date('created_on') createdAt!: Date
@children('comments') comments!: any`,
  Comment: `static table = 'comments'
static associations = { posts: { type: 'belongs_to', key: 'post_id' } } as const
@relation('posts', 'post_id') post!: any`,
}

/**
 * An app with posts and comments, whose `src/screen.ts` (or `.js`) has `lines` behind the imports of `Q` and
 * `database`. `app` replaces parts of it.
 */
export const exampleQuery = (lines: string, app: ExampleApp = {}, extension = 'ts'): Record<string, string> =>
  exampleApp({
    schema,
    models,
    ...app,
    files: {
      [`src/screen.${extension}`]: `import { Q } from '@nozbe/watermelondb'\nimport { database } from './db'\n\n${lines}\n`,
      ...app.files,
    },
  })

/** The file that `exampleQuery` puts `lines` in, as a fix must leave it. */
export const fixedQuery = (lines: string, extension = 'ts'): Record<string, string> => {
  const path = `src/screen.${extension}`
  return { [path]: exampleQuery(lines, {}, extension)[path]! }
}

/** Files that open the same schema by the Loki adapter instead. */
export const lokiFiles = {
  'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { schema } from './schema'
import { Post } from '../models/Post'
import { Comment } from '../models/Comment'

export const adapter = new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true })
export const database = new Database({ adapter, modelClasses: [Post, Comment] })
`,
}
