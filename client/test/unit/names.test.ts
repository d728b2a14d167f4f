// Which names the input boxes accept.
import assert from 'node:assert/strict'
import { names as realm } from '../../../server/src/core/engines/realm/vocabulary.ts'
import { names as watermelon } from '../../../server/src/core/engines/watermelondb/vocabulary.ts'
import { nameProblem } from '../../src/names.ts'

const ofTables = { ...watermelon.entity, ignoresCase: watermelon.ignoresCase }
const ofProperties = { ...realm.field, ignoresCase: realm.ignoresCase }

describe('nameProblem', () => {
  for (const name of ['comments', 'is_pinned', '_private', 'v2', 'isPinned'])
    it(`allows ${name}`, () => assert.equal(nameProblem(name, ['posts'], ofTables), undefined))

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
    it(`refuses "${name}"`, () => assert.match(nameProblem(name, ['posts'], ofTables) ?? '', word))

  it('goes by the rules of the database', () => {
    for (const name of ['id', '_id', 'Title', 'limit', 'All'])
      assert.equal(nameProblem(name, ['title'], ofProperties), undefined)
    assert.match(nameProblem('all', [], ofProperties) ?? '', /reserved/)
    assert.match(nameProblem('title', ['title'], ofProperties) ?? '', /exists/)
  })
})
