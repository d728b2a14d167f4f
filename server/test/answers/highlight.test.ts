// What lights up in a file with the name under the caret.
import assert from 'node:assert/strict'
import { highlightsAt } from '../../src/core/answers/highlight.ts'
import { type Asked, blogWith, shown } from './ask.ts'

const highlights = ({ app, catalog, file, offset }: Asked): readonly string[] =>
  highlightsAt(catalog, file, offset).map(
    ({ span, makes }) => `${shown(app, { file, span })}${makes ? ' (makes it)' : ''}`,
  )

describe('document highlight', () => {
  it('lights up every mention in the file', () => {
    assert.deepEqual(highlights(blogWith("key: 'author_id'", "key: '$0author_id'")), [
      'src/models/Post.ts:7 author_id',
      'src/models/Post.ts:11 author_id',
      'src/models/Post.ts:11 author',
    ])
  })

  it('tells where the thing comes into being', () => {
    assert.deepEqual(highlights(blogWith("    { name: 'title'", "    { name: '$0title'")), [
      'src/db/schema.ts:9 title (makes it)',
    ])
    assert.deepEqual(highlights(blogWith("createTable({ name: 'users'", "createTable({ name: '$0users'")), [
      'src/db/migrations.ts:8 users (makes it)',
    ])
  })

  it('leaves identifiers to the language', () => {
    assert.deepEqual(highlights(blogWith('title!:', 'tit$0le!:')), [])
    assert.deepEqual(highlights(blogWith('class Post', 'class Po$0st')), [])
  })
})
