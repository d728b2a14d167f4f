// Suggestions for mistyped words.
import assert from 'node:assert/strict'
import { closest } from '../../../src/core/text/similar.ts'

describe('closest', () => {
  const columns = ['title', 'created_at', 'is_pinned', 'body']

  it('finds what was meant', () => {
    for (const [word, meant] of [
      ['titel', 'title'],
      ['creatd_at', 'created_at'],
      ['createdAt', 'created_at'],
      ['isPinned', 'is_pinned'],
      ['BODY', 'body'],
      ['bod', 'body'],
    ] as const)
      assert.equal(closest(word, columns), meant, word)
  })

  it('suggests nothing that is too far away, nor the word itself', () => {
    for (const word of ['author', 'id', 'x', '', 'boat']) assert.equal(closest(word, columns), undefined, word)
    assert.equal(closest('title', ['title']), undefined)
  })

  it('takes the first of equally near ones', () => assert.equal(closest('tagX', ['tagA', 'tagB']), 'tagA'))
})
