// The snippets for WatermelonDB, and for each of them a small app around the place where it is meant to be typed.
import { readFileSync } from 'node:fs'
import { type ExampleApp, exampleApp } from '../src/core/engines/watermelondb/example-app.ts'
import { expandSnippet } from './expand-snippet.ts'

/** A snippet as VS Code has it. */
export interface Snippet {
  readonly prefix: string
  readonly description: string
  readonly body: readonly string[]
}

/** Where a snippet is meant to be typed: the app around it, the file it lands in, and a name that must be read from it. */
export interface Home {
  readonly app: (code: string) => ExampleApp
  readonly file: string
  readonly reads: string
}

/** All snippets of the file. */
export const snippets: readonly Snippet[] = Object.values(
  JSON.parse(readFileSync(new URL('../../snippets/watermelondb.json', import.meta.url), 'utf8')),
)

const columns = `{ name: 'title', type: 'string' },
{ name: 'is_pinned', type: 'boolean' },
{ name: 'published_at', type: 'number', isOptional: true },
{ name: 'metadata', type: 'string', isOptional: true },`
const times = `{ name: 'created_at', type: 'number' },
{ name: 'updated_at', type: 'number' },`
const posts = (more = times) => `tableSchema({ name: 'posts', columns: [\n${columns}\n${more}\n] }),`
const comments = `tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string', isIndexed: true }] }),`
const tags = `tableSchema({ name: 'tags', columns: [{ name: 'name', type: 'string' }] }),`
const schema = `${posts()}\n${comments}`
const subtitle = `${posts(`${times}\n{ name: 'subtitle', type: 'string' },`)}\n${comments}`

const createdAndUpdated = `@readonly @date('created_at') createdAt!: Date\n@readonly @date('updated_at') updatedAt!: Date`
const hasMany = `static associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const`
const belongsTo = `static associations = { posts: { type: 'belongs_to', key: 'post_id' } } as const`
const inPost = (members: string, timestamps = createdAndUpdated) => `static table = 'posts'\n${members}\n${timestamps}`
const inComment = (members: string) => `static table = 'comments'\n${members}`
const isPinned = `@field('is_pinned') isPinned!: boolean`
const models = {
  Post: inPost(`${hasMany}\n@text('title') title!: string\n${isPinned}\n@children('comments') comments!: any`),
  Comment: inComment(`${belongsTo}\n@relation('posts', 'post_id') post!: any`),
}

const tagModel = { ...models, Tag: `static table = 'tags'\n@text('name') name!: string` }
const withSchema = (reads: string, app: (code: string) => ExampleApp): Home => ({
  app,
  file: 'src/db/schema.ts',
  reads,
})
const column = (reads: string) =>
  withSchema(reads, code => ({ schema: `${posts(`${times}\n${code}`)}\n${comments}`, models }))
const postMember = (reads: string, around: (code: string) => string = inPost): Home => ({
  app: code => ({ schema, models: { ...models, Post: around(code) } }),
  file: 'src/models/Post.ts',
  reads,
})
const commentMember = (reads: string, around: (code: string) => string): Home => ({
  app: code => ({ schema, models: { ...models, Comment: around(code) } }),
  file: 'src/models/Comment.ts',
  reads,
})
const migration = (reads: string, around: (code: string) => string): Home => ({
  app: code => ({ version: 2, schema: subtitle, migrations: around(code), models }),
  file: 'src/db/migrations.ts',
  reads,
})
const step = (code: string) => `{ toVersion: 2, steps: [\n${code}\n] },`
const file = (path: string, reads: string, base: ExampleApp = { schema, models }): Home => ({
  app: code => ({ ...base, files: { [path]: code } }),
  file: path,
  reads,
})
const inFunction = (reads: string): Home => ({
  app: code => ({
    schema,
    models,
    files: {
      'src/work.ts': `import { Q } from '@nozbe/watermelondb'
import { database } from './db'
import type { Post } from './models/Post'

export async function work() {\n${code}\n}

export const pinned = () => database.get<Post>('posts').query(Q.where('is_pinned', true)).fetch()
`,
    },
  }),
  file: 'src/work.ts',
  reads,
})

/** By prefix. */
export const homes: Readonly<Record<string, Home>> = {
  'wm-schema': file('src/db/schema.ts', 'posts', { models: { Post: inPost(`@text('title') title!: string`) } }),
  'wm-table': withSchema('tags', code => ({ schema: `${schema}\n${code}`, models: tagModel })),
  'wm-column': column('subtitle'),
  'wm-column-optional': column('subtitle'),
  'wm-column-key': column('parent_id'),
  'wm-column-timestamps': withSchema('updated_at', code => ({ schema: `${posts(code)}\n${comments}`, models })),
  'wm-model': file('src/models/Post.ts', 'createdAt'),
  'wm-field': postMember('isPinned'),
  'wm-text': postMember('title'),
  'wm-date': postMember('publishedAt'),
  'wm-json': postMember('metadata'),
  'wm-timestamps': postMember('updatedAt', code => inPost('', code)),
  'wm-relation': commentMember('post', code => inComment(`${belongsTo}\n${code}`)),
  'wm-relation-immutable': commentMember('post', code => inComment(`${belongsTo}\n${code}`)),
  'wm-children': postMember('comments', code => inPost(`${hasMany}\n${code}`)),
  'wm-associations-has-many': postMember('associations'),
  'wm-associations-belongs-to': commentMember('associations', inComment),
  'wm-writer': postMember('pin', code => inPost(`${isPinned}\n${code}`)),
  'wm-migrations': migration('subtitle', code => code),
  'wm-migration': migration('subtitle', code => code),
  'wm-step-add-columns': migration('subtitle', step),
  'wm-step-create-table': {
    app: code => ({ version: 2, schema: `${schema}\n${tags}`, migrations: step(code), models: tagModel }),
    file: 'src/db/migrations.ts',
    reads: 'tags',
  },
  'wm-step-sql': {
    app: code => ({ version: 2, schema, migrations: step(code), models }),
    file: 'src/db/migrations.ts',
    reads: 'unsafeExecuteSql',
  },
  // One model is registered, so one table is all there is.
  'wm-database': file('src/db/index.ts', 'modelClasses', {
    version: 2,
    schema: posts(),
    migrations: step(''),
    models: { Post: models.Post.replace(/.*(associations|children).*\n/g, '') },
  }),
  'wm-write': inFunction('create'),
  'wm-batch': inFunction('batch'),
  'wm-query': inFunction('created_at'),
  'wm-observe': {
    app: code => ({
      schema,
      models,
      files: {
        'src/PostView.tsx': `import type { Post } from './models/Post'\n\nconst PlainPostView = () => null\n${code}`,
      },
    }),
    file: 'src/PostView.tsx',
    reads: 'comments',
  },
  'wm-sync': file('src/sync.ts', 'migrationsEnabledAtVersion', { version: 2, schema, models, migrations: step('') }),
}

/** The files of an app in which a snippet was typed and left at its defaults. */
export const appWith = (snippet: Snippet, home: Home): Record<string, string> =>
  exampleApp(home.app(expandSnippet(snippet.body)))
