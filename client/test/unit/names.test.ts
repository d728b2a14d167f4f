// Which names the input boxes accept.
import assert from 'node:assert/strict'
import { nameProblem } from '../../src/names.ts'

describe('nameProblem', () => {
  for (const name of ['comments', 'is_pinned', '_private', 'v2', 'isPinned'])
    it(`allows ${name}`, () => assert.equal(nameProblem(name, ['posts']), undefined))

  const refused: readonly (readonly [name: string, word: RegExp])[] = [
    ['', /Give a name/],
    ['2nd', /letters/],
    ['is pinned', /letters/],
    ['a-b', /letters/],
    ["x'; drop table posts; --", /letters/],
    ['id', /reserved/],
    ['_Status', /reserved/],
    ['_changed', /reserved/],
    ['local_storage', /reserved/],
    ['sqlite_master', /reserved/],
    ['__proto__', /reserved/],
    ['constructor', /reserved/],
    ['RowId', /reserved/],
    ['Posts', /exists/],
  ]
  for (const [name, word] of refused)
    it(`refuses "${name}"`, () => assert.match(nameProblem(name, ['posts']) ?? '', word))
})
