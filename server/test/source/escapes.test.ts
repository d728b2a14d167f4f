// Where the letters of a literal stand behind its escapes.
import assert from 'node:assert/strict'
import { escapesIn, writtenAt } from '../../src/core/source/escapes.ts'

/** For each letter of `said`, where it begins in the source between the quotes. */
function places(source: string, said: string): readonly number[] {
  const escapes = escapesIn(source, said)
  assert.ok(escapes || source === said, `${source} is not understood`)
  return [...Array(said.length).keys()].map(index => writtenAt(escapes, index))
}

describe('escapes of literals', () => {
  it('leaves plain texts alone', () => {
    assert.equal(escapesIn('abc', 'abc'), undefined)
    assert.deepEqual(places('abc', 'abc'), [0, 1, 2])
  })

  it('counts quotes, line ends, codes and continued lines', () => {
    assert.deepEqual(places(String.raw`a\'b`, `a'b`), [0, 1, 3])
    assert.deepEqual(places(String.raw`\\\'x`, `\\'x`), [0, 2, 4])
    assert.deepEqual(places(String.raw`\x41b\u0043d\u{44}e`, 'AbCdDe'), [0, 4, 5, 11, 12, 18])
    assert.deepEqual(places(String.raw`\u{1F600}x`, '\u{1F600}x'), [0, 8, 9])
    // A line that goes on belongs to the letter behind it.
    assert.deepEqual(places('a\\\nb', 'ab'), [0, 1])
    assert.deepEqual(places(String.raw`\n\0\q1`, '\n\0q1'), [0, 2, 4, 6])
  })

  it('knows the line ends of templates in files with two units for each', () => {
    assert.deepEqual(places('a\r\nb\\`', 'a\nb`'), [0, 1, 3, 4])
  })

  it('says nothing of what does not add up', () => {
    assert.equal(escapesIn('a\\nb', 'other'), undefined)
  })
})
