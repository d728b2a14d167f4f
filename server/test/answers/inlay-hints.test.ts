// Types and tables beside the code.
import assert from 'node:assert/strict'
import { inlayHints } from '../../src/core/answers/inlay-hints.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { blog, run } from './ask.ts'

/** The lines of a file that have hints, with the hints between `«` and `»`. */
function hinted(files: Readonly<Record<string, string>>, path: string, range?: { start: number; end: number }) {
  const { app, catalog } = run(files)
  const file = `${appRoot}/${path}`
  let text = app.texts.get(file) ?? ''
  for (const { offset, label } of [...inlayHints(catalog, file, range ?? { start: 0, end: text.length })].reverse())
    text = `${text.slice(0, offset)}«${label}»${text.slice(offset)}`
  return text.split('\n').flatMap(line => (line.includes('«') ? [line.trim()] : []))
}

describe('inlay hints', () => {
  it('show the type of the column behind a property', () => {
    assert.deepEqual(hinted(exampleApp(blog), 'src/models/Post.ts'), [
      "@text('title')«: string» title!: string",
      "@date('read_at')«: number?» readAt!: Date | null",
    ])
  })

  it('show the other table that a key is a column of', () => {
    assert.deepEqual(hinted(exampleApp(blog), 'src/models/User.ts'), [
      "posts: { type: 'has_many', foreignKey: 'author_id'« in posts» },",
      "@text('name')«: string» name!: string",
    ])
  })

  it('show the table behind a constant of another name', () => {
    const files = exampleApp({ ...blog, models: { Post: 'static table = 0' } })
    files['src/models/Post.ts'] = `import { Model } from '@nozbe/watermelondb'
import { text } from '@nozbe/watermelondb/decorators'
const articles = 'posts'
export class Post extends Model {
  static table = articles
  @text('title') title!: string
}
`
    assert.deepEqual(hinted(files, 'src/models/Post.ts'), [
      'static table = articles« posts»',
      "@text('title')«: string» title!: string",
    ])
  })

  it('are only those of the range, and none where nothing is known', () => {
    const files = exampleApp(blog)
    const start = files['src/models/Post.ts']!.indexOf('@date')
    assert.equal(hinted(files, 'src/models/Post.ts', { start, end: start + 20 }).length, 1)
    const wrong = { ...blog, models: { Post: "static table = 'posts'\n@text('titel') title!: string" } }
    assert.deepEqual(hinted(exampleApp(wrong), 'src/models/Post.ts'), [])
  })
})
