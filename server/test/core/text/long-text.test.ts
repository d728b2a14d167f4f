// A text in pieces is the same text, and its lines are those that the protocol's own document finds.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { changeBetween } from '../../../src/core/facts/move-marks.ts'
import { type LongText, longText } from '../../../src/core/text/long-text.ts'

const written = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('a', 'b', '\n', '\r\n', '\r', '😀') },
      fc.string({ maxLength: 9 }),
    ),
  )
  .map(parts => parts.join(''))
const editOf = fc.record({ at: fc.nat(120), drop: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(90)), put: written })

/** Makes the same edits in a text in pieces and in a string, and calls `look` after each. */
const edit = (
  first: string,
  length: number,
  edits: readonly { at: number; drop: number; put: string }[],
  look: (long: LongText, text: string, before: LongText) => void,
) => {
  let long = longText(first, length)
  let text = first
  look(long, text, long)
  for (const { at, drop, put } of edits) {
    const start = Math.min(at, text.length)
    const end = Math.min(start + drop, text.length)
    const before = long
    long = long.edit(start, end, put)
    text = text.slice(0, start) + put + text.slice(end)
    look(long, text, before)
  }
}

const edited = (look: (long: LongText, text: string, before: LongText) => void) =>
  fc.assert(
    fc.property(written, fc.integer({ min: 1, max: 12 }), fc.array(editOf, { maxLength: 8 }), (first, length, edits) =>
      edit(first, length, edits, look),
    ),
    { numRuns: 500 },
  )

describe('a long text', () => {
  it('says what the string says after every edit', () => {
    edited((long, text) => {
      assert.equal(long.toString(), text)
      assert.equal(long.length, text.length)
      assert.equal(long.pieces.map(piece => piece.text).join(''), text)
      for (let start = 0; start <= text.length; start += 3)
        for (const end of [start, start + 1, start + 7, text.length + 2])
          assert.equal(long.slice(start, end), text.slice(start, end))
    })
  })

  it('has the lines that the protocol means', () => {
    edited((long, text) => {
      const document = TextDocument.create('file:///a', 'text', 1, text)
      const { lines } = long
      assert.equal(lines.count, document.lineCount)
      for (let offset = -1; offset <= text.length + 1; offset++) {
        const { line, character } = document.positionAt(offset)
        assert.deepEqual(lines.at(offset), { line, column: character })
      }
      for (let line = -1; line <= lines.count; line++)
        for (let column = -1; column < 8; column++)
          assert.equal(lines.offset(line, column), document.offsetAt({ line, character: column }))
    })
  })

  it('differs from the text before where the strings differ', () => {
    edited((long, text, before) => {
      assert.deepEqual(changeBetween(before, long), changeBetween(before.toString(), text))
    })
  })

  it('shares with the text before all but the piece of an edit', () => {
    const text = Array.from({ length: 3_000 }, (_, index) => `line ${index}\n`).join('')
    const before = longText(text, 1_000)
    const after = before.edit(15_300, 15_301, 'xy')
    const shared = after.pieces.filter(piece => before.pieces.includes(piece))
    assert.equal(shared.length, before.pieces.length - 1)
    const grown = before.edit(15_300, 15_300, text)
    assert.ok(grown.pieces.every(piece => piece.text.length <= 2_000))
  })
})
