// The lines above tables, model classes and migrations.
import assert from 'node:assert/strict'
import { lensOf, lensPlaces } from '../../src/core/answers/code-lens.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { blog, run, sharedTable, shown } from './ask.ts'

/** What the lenses of a file say, with the line that they stand above and the places that they lead to. */
function lenses(files: Readonly<Record<string, string>>, path: string) {
  const { app, catalog } = run(files)
  const file = `${appRoot}/${path}`
  return lensPlaces(catalog, file).map(({ span, about }) => {
    // As it comes back from an editor.
    const lens = lensOf(catalog, JSON.parse(JSON.stringify(about)))
    return {
      above: shown(app, { file, span }).replace(/^.*?:/, ''),
      title: lens?.title,
      places: lens?.places.map(place => shown(app, place)) ?? [],
    }
  })
}

const titles = (files: Readonly<Record<string, string>>, path: string) => lenses(files, path).map(({ title }) => title)

describe('code lens', () => {
  it('tells above a table who uses it and since when it is there', () => {
    const [posts, users] = lenses(exampleApp(blog), 'src/db/schema.ts')
    assert.equal(posts?.above, '6 tableSchema({')
    assert.equal(posts?.title, '1 model · 2 relations · 1 query')
    assert.equal(users?.title, '1 model · 2 relations · added in v3')
    assert.ok(posts?.places.includes('src/recent.ts:4 posts'))
    assert.ok(!posts?.places.some(place => place.startsWith('src/db/schema.ts')))
  })

  it('says that nothing uses a table', () => {
    assert.deepEqual(titles(exampleApp({}), 'src/db/schema.ts'), ['not used'])
  })

  it('leads from a model class to its table', () => {
    assert.deepEqual(lenses(exampleApp(blog), 'src/models/Post.ts'), [
      { above: '4 Post', title: 'table posts · 3 columns', places: ["src/db/schema.ts:7 'posts'"] },
    ])
  })

  it('tells above a migration what it adds', () => {
    const [third, second] = lenses(exampleApp(blog), 'src/db/migrations.ts')
    assert.equal(third?.title, 'adds 1 table, 1 column')
    assert.deepEqual(third?.places, [
      "src/db/schema.ts:10 'author_id'",
      "src/db/schema.ts:15 'users'",
      "src/db/schema.ts:17 'name'",
    ])
    assert.equal(second?.title, 'adds 1 column')
  })

  it('counts each database for itself', () => {
    const files = exampleFiles('two-databases')
    assert.deepEqual(titles(files, 'src/account/User.ts'), ['table users · 3 columns'])
    assert.deepEqual(titles(files, 'src/catalogue/User.ts'), ['table users · 2 columns'])
  })

  it('stands once above a table that two databases share', () => {
    const files = sharedTable()
    const query = `${files['src/db/other.ts']}export const all = () => database.get('posts').query()\n`
    const [lens, ...others] = lenses({ ...files, 'src/db/other.ts': query }, 'src/db/schema.ts')
    assert.deepEqual(others, [])
    assert.equal(lens?.title, '1 query')
  })

  it('says nothing about what is gone', () => {
    const { app, catalog } = run(exampleApp(blog))
    const schema = `${appRoot}/src/db/schema.ts`
    const [posts] = lensPlaces(catalog, schema)
    app.analyzer.set(schema, app.texts.get(schema)!.replace("'posts'", "'articles'"))
    assert.equal(lensOf(catalog, posts!.about), undefined)
  })
})
