// Where names lead, and back.
import assert from 'node:assert/strict'
import { definitionAt, typeDefinitionAt } from '../../src/core/answers/definition.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { type Asked, askExample, askFiles, blog, blogWith, shown, textOf } from './ask.ts'

const leads = (asked: Asked, answer = definitionAt): readonly string[] => {
  const { app, catalog, file, offset } = asked
  return answer(catalog, file, offset)?.targets.map(({ at }) => shown(app, at)) ?? []
}

describe('definition', () => {
  const title = ['src/db/schema.ts:9 title']

  it('leads from every use of a column to the schema', () => {
    assert.deepEqual(leads(blogWith("@text('title')", "@text('tit$0le')")), title)
    assert.deepEqual(leads(blogWith("Q.where('title'", "Q.where('$0title'")), title)
    assert.deepEqual(leads(blogWith('title!:', 'title$0!:')), title)
    assert.deepEqual(leads(blogWith("key: 'author_id'", "key: 'author_id$0'")), ['src/db/schema.ts:10 author_id'])
    assert.deepEqual(leads(blogWith("[{ name: 'read_at'", "[{ name: '$0read_at'")), ['src/db/schema.ts:11 read_at'])
  })

  it('leads from every use of a table to the schema', () => {
    const posts = ['src/db/schema.ts:7 posts']
    assert.deepEqual(leads(blogWith("static table = 'posts'", "static table = '$0posts'")), posts)
    assert.deepEqual(leads(blogWith("database.get('posts')", "database.get('$0posts')")), posts)
    assert.deepEqual(leads(blogWith("@children('posts')", "@children('posts$0')")), posts)
    assert.deepEqual(leads(blogWith("posts: { type: 'has_many'", "p$0osts: { type: 'has_many'")), posts)
    assert.deepEqual(leads(blogWith('class Post', 'class $0Post')), posts)
  })

  it('leads from the schema to the code that stands for it', () => {
    assert.deepEqual(leads(blogWith("{ name: 'title'", "{ name: 'ti$0tle'")), ['src/models/Post.ts:9 title'])
    assert.deepEqual(leads(blogWith("  name: 'posts'", "  name: '$0posts'")), ['src/models/Post.ts:4 Post'])
  })

  it('has the type definition at the class and the property', () => {
    assert.deepEqual(leads(blogWith("Q.where('title'", "Q.where('$0title'"), typeDefinitionAt), [
      'src/models/Post.ts:9 title',
    ])
    assert.deepEqual(leads(blogWith("database.get('posts')", "database.get('$0posts')"), typeDefinitionAt), [
      'src/models/Post.ts:4 Post',
    ])
  })

  it('tells the name that it starts from and the construct that it leads to', () => {
    const { app, catalog, file, offset } = blogWith("@text('title')", "@text('tit$0le')")
    const found = definitionAt(catalog, file, offset)
    assert.ok(found)
    assert.equal(textOf(app, file, found.origin), 'title')
    assert.equal(shown(app, found.targets[0]!.whole), "src/db/schema.ts:9 { name: 'title', type: 'string' }")
  })

  it('stays at the definition where nothing stands for it', () => {
    const files = exampleApp({ ...blog, models: {} })
    const schema = files['src/db/schema.ts']!.replace("'title'", "'$0title'")
    assert.deepEqual(leads(askFiles({ ...files, 'src/db/schema.ts': schema })), title)
  })

  it('leads to the step where only migrations know a table', () => {
    const files = exampleApp(blog)
    const migrations = files['src/db/migrations.ts']!.replaceAll("'users'", "'accounts'").replace(
      "'accounts'",
      "'$0accounts'",
    )
    assert.deepEqual(leads(askFiles({ ...files, 'src/db/migrations.ts': migrations })), [
      'src/db/migrations.ts:8 accounts',
    ])
  })

  it('leads nowhere from what is unknown, half typed or no name', () => {
    assert.deepEqual(leads(blogWith("@text('title')", "@text('tit$0')")), [])
    assert.deepEqual(leads(blogWith("@text('title')", "@text('$0')")), [])
    assert.deepEqual(leads(blogWith('export const recent', '$0export const recent')), [])
    assert.deepEqual(leads(blogWith("type: 'belongs_to'", "type: 'belongs$0_to'")), [])
  })

  it('works in JavaScript', () => {
    const files = exampleApp(blog)
    const { 'src/recent.ts': query, ...others } = files
    assert.deepEqual(leads(askFiles({ ...others, 'src/recent.js': query!.replace("'title'", "'$0title'") })), title)
  })

  it('follows constants to where the table is defined, and from the constant too', () => {
    const files: Record<string, string> = {
      ...exampleApp({ ...blog, models: {}, schema: "tableSchema({ name: 'notes', columns: [] })," }),
      'src/names.ts': "export const Names = { posts: 'posts' } as const\n",
      'src/db/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
import { Names } from '../names'
export const schema = appSchema({
  version: 3,
  tables: [tableSchema({ name: Names.posts, columns: [{ name: 'title', type: 'string' }] })],
})
`,
    }
    const names = "import { Names } from './names'\n"
    const use = names + files['src/recent.ts']!.replace("get('posts')", 'get(Names.po$0sts)')
    assert.deepEqual(leads(askFiles({ ...files, 'src/recent.ts': use })), ['src/db/schema.ts:5 posts'])
    const constant = files['src/names.ts']!.replace("'posts'", "'$0posts'")
    assert.deepEqual(leads(askFiles({ ...files, 'src/names.ts': constant })), ['src/db/schema.ts:5 posts'])
  })

  it('keeps databases with a table of the same name apart, both ways', () => {
    const users = (file: string, word: string) => leads(askExample('two-databases', file, word))
    assert.deepEqual(users('src/account/User.ts', "users'"), ['src/account/schema.ts:7 users'])
    assert.deepEqual(users('src/catalogue/User.ts', "users'"), ['src/catalogue/schema.ts:7 users'])
    assert.deepEqual(users('src/account/schema.ts', "users'"), ['src/account/User.ts:5 User'])
    assert.deepEqual(users('src/catalogue/schema.ts', "users'"), ['src/catalogue/User.ts:6 User'])
    assert.deepEqual(users('src/catalogue/Review.ts', 'users:'), ['src/catalogue/schema.ts:7 users'])
    assert.deepEqual(users('src/sign-in.ts', "nickname', nickname"), ['src/catalogue/schema.ts:9 nickname'])
  })
})
