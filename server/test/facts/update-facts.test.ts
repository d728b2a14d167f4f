// An update says what a full reading says, whatever is edited.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { FileFacts } from '../../src/core/facts/file-facts.ts'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { updateFacts } from '../../src/core/facts/update-facts.ts'
import { sources } from './sources.ts'

const pieces = [
  "'x'",
  'name',
  ', ',
  '{ a: 1 }',
  "{ name: 'n', type: 'string' },",
  '}',
  '{',
  '[',
  ']',
  '(',
  ')',
  '\n',
  '  ',
  '//',
  '/* c */',
  '`',
  '${',
  'x: 1, ',
  'f()',
  '() => 1',
  'class A {}',
  'await p',
  "'",
  '...rest, ',
  'schema',
  '<B />',
  '= 1',
  ';',
  'const n = { q: 1 }\n',
  '// offline-storage-disable-next-line x/y\n',
  '\\u0000',
  '7',
  ' as any',
  'count = 2\n',
  '"',
  'Tables.Posts',
  '@field("x") ',
]

const editOf = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }) },
    fc.integer({ min: 7, max: 200 }),
  ),
  put: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
    fc.constant(''),
  ),
})

const edited = (text: string, edit: { at: number; drop: number; put: string }): string => {
  const at = Math.floor(edit.at * text.length)
  return text.slice(0, at) + edit.put + text.slice(at + edit.drop)
}

describe('updateFacts', function () {
  this.timeout(60_000)

  it('says what a full reading says after every edit that parses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(editOf, { minLength: 1, maxLength: 12 }),
        ({ file, text }, edits) => {
          let facts: FileFacts = readFacts(file, text)
          for (const edit of edits) {
            const next = edited(text, edit)
            facts = updateFacts(file, { text, facts }, next)
            text = next
            const full = readFacts(file, text)
            if (full.error) assert.deepEqual(facts.error, full.error)
            else assert.deepEqual(facts, full)
          }
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 400) },
    )
  })
})
