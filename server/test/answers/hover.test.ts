// What is shown about a name under the pointer.
import assert from 'node:assert/strict'
import { hoverAt } from '../../src/core/answers/hover.ts'
import { toMarkdown } from '../../src/core/answers/prose.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { type Asked, ask, askExample, askFiles, blog, blogWith, textOf } from './ask.ts'

/** The span's text and the Markdown of a hover; undefined where there is none. */
function hover({ app, catalog, file, offset }: Asked): { on: string; says: string } | undefined {
  const found = hoverAt(catalog, file, offset)
  return found && { on: textOf(app, file, found.span), says: toMarkdown(found.blocks, () => undefined) }
}

const says = (asked: Asked): string => {
  const found = hover(asked)
  assert.ok(found, 'nothing is shown')
  return found.says
}

describe('hover', () => {
  it('tells of a column its definition, type, age and uses', () => {
    const found = hover(blogWith("@date('read_at')", "@date('read$0_at')", { released: exampleApp(blog) }))
    assert.equal(found?.on, 'read_at')
    const [source, facts] = found.says.split('\n\n')
    assert.equal(source, "```typescript\n{ name: 'read_at', type: 'number', isOptional: true }\n```")
    assert.equal(
      facts?.replaceAll('  \n', '\n'),
      `WatermelonDB \`watermelon\` · column \`posts.read_at\`: number, optional
Defined in \`schema.ts\`, since version 2, released
Used by 1 model, 1 query, 1 migration`,
    )
  })

  it('says what becomes of a wrong value', () => {
    assert.match(says(blogWith("@text('title')", "@text('$0title')")), /becomes/)
  })

  it('says that a column is not released yet', () => {
    const before = exampleApp({ ...blog, schema: "tableSchema({ name: 'posts', columns: [] })," })
    assert.match(says(blogWith("@text('title')", "@text('$0title')", { released: before })), /not released yet/)
  })

  it('tells of a table its size and relations', () => {
    const text = says(blogWith("name: 'posts'", "name: 'po$0sts'"))
    assert.match(text, /table `posts` with 3 columns/)
    assert.match(text, /Belongs to `users` by `author_id`/)
    assert.match(says(blogWith("static table = 'users'", "static table = '$0users'")), /Has many `posts` by/)
  })

  it('tells of a model class its table', () => {
    const found = hover(blogWith('class Post', 'class P$0ost'))
    assert.equal(found?.on, 'Post')
    assert.match(found.says, /name: 'posts'/)
  })

  it('tells of a property its column', () => {
    assert.match(says(blogWith('readAt!', 'read$0At!')), /column `posts.read_at`: number, optional/)
  })

  it('shows both ends of a relation', () => {
    const both = /`posts` belongs to `users` by `author_id`; `users` has many `posts` by `posts.author_id`/
    assert.match(says(blogWith('author!:', 'auth$0or!:')), both)
    assert.match(says(blogWith("users: { type: 'belongs_to'", "use$0rs: { type: 'belongs_to'")), both)
    assert.match(says(blogWith("foreignKey: 'author_id'", "foreignKey: '$0author_id'")), both)
  })

  it('tells of a migration step its version', () => {
    assert.match(says(blogWith("[{ name: 'read_at'", "[{ name: 'read$0_at'")), /Version 2 adds column `posts.read_at`/)
    assert.match(
      says(blogWith("createTable({ name: 'users'", "createTable({ name: 'us$0ers'")),
      /Version 3 adds table `users`/,
    )
  })

  it('tells at a version what the migration does', () => {
    const found = hover(blogWith('toVersion: 3', 'toVersion: 3$0'))
    assert.equal(found?.on, '3')
    assert.equal(
      found.says.replaceAll('  \n', '\n'),
      `WatermelonDB \`watermelon\` · migration to version 3: adds 1 table, 1 column
Adds table \`users\`
Adds column \`users.name\`
Changes table \`posts\`
Adds column \`posts.author_id\``,
    )
    assert.equal(hover(blogWith('toVersion: 3', 'toVer$0sion: 3')), undefined)
  })

  it('tells what a word means', () => {
    const found = hover(blogWith("{ name: 'title', type: 'string' }", "{ name: 'title', type: 'str$0ing' }"))
    assert.equal(found?.on, 'string')
    assert.match(found.says, /^`string`: a text/)
  })

  it('is silent about what does not exist, and outside of names', () => {
    assert.equal(hover(blogWith("@text('title')", "@text('tit$0')")), undefined)
    assert.equal(hover(blogWith("@text('title')", "@text('$0')")), undefined)
    assert.equal(hover(blogWith('export const recent', 'export co$0nst recent')), undefined)
  })

  it('answers while the text does not parse', () => {
    assert.match(
      says(blogWith("@text('title') title!: string", "@text('ti$0tle') title!: string\n@field(")),
      /posts\.title/,
    )
  })

  it('is where the name is after an edit above it', () => {
    const { app, catalog, file, offset } = blogWith("@text('title')", "@text('ti$0tle')")
    hoverAt(catalog, file, offset)
    app.analyzer.set(file, `// A line more.\n${app.texts.get(file)}`)
    const moved = offset + '// A line more.\n'.length
    const span = hoverAt(catalog, file, moved)?.span
    assert.equal(catalog.text(file)?.slice(span?.start, span?.end), 'title')
  })

  it('follows names through constants and enums', () => {
    const files = (names: string, use: string) => ({
      ...exampleApp({ ...blog, models: { Post: `static table = ${use}\n@text('title') title!: string` } }),
      'src/names.ts': names,
      'src/models/Post.ts': `import { Model } from '@nozbe/watermelondb'
import { text } from '@nozbe/watermelondb/decorators'
import { Names } from '../names'
export class Post extends Model {
  static table = ${use}
  @text('tit$0le') title!: string
}
`,
    })
    for (const names of ["export const Names = { posts: 'posts' } as const", "export enum Names { posts = 'posts' }"])
      assert.match(says(askFiles(files(names, 'Names.posts'))), /column `posts.title`/)
  })

  it('keeps databases with a table of the same name apart', () => {
    const account = says(askExample('two-databases', 'src/account/User.ts', "users'"))
    assert.match(account, /WatermelonDB `account` · table `users` with 3 columns/)
    assert.doesNotMatch(account, /catalogue/)
    const query = says(askExample('two-databases', 'src/sign-in.ts', "nickname', nickname"))
    assert.match(query, /WatermelonDB `catalogue` · column `users.nickname`/)
    assert.doesNotMatch(query, /`account`/)
  })

  it('shows each table of a column that several take from one constant', () => {
    const text = says(
      ask({
        schema: `import { appSchema, tableSchema } from '@nozbe/watermelondb'
const common = [{ name: 'created$0_at', type: 'number' }] as const
export const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({ name: 'posts', columns: [...common] }),
    tableSchema({ name: 'users', columns: [...common] }),
  ],
})
`,
      }),
    )
    assert.match(text, /`posts.created_at`[\s\S]*---[\s\S]*`users.created_at`/)
  })

  it('cuts a long table', () => {
    const columns = Array.from({ length: 30 }, (_, i) => `    { name: 'c${i}', type: 'string' },\n`).join('')
    const text = says(ask({ schema: `tableSchema({\n  name: 'po$0sts',\n  columns: [\n${columns}  ],\n}),` }))
    const source = text.slice(0, text.indexOf('\n```\n')).split('\n').slice(1)
    assert.equal(source.length, 13)
    assert.equal(source.at(0), 'tableSchema({')
    assert.equal(source.at(2), '  columns: [')
    assert.equal(source.at(-1), '…')
  })
})
