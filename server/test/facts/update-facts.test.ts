// An update says what a full reading says, whatever is edited.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { FileFacts } from '../../src/core/facts/file-facts.ts'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { updateFacts } from '../../src/core/facts/update-facts.ts'
import { sources } from './sources.ts'
import { spelledOut } from './spelled-out.ts'

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
      { numRuns: 200 },
    )
  })

  it('says the same after small edits in data', () => {
    const put = fc.constantFrom('x', '1', 'x: 1, ', "'a', ", 'q: { r: [1] }, ', ' ', '...v, ', '/* c */', '-', '')
    const places = sources.map(({ text }) =>
      [...text.matchAll(/[\w']+|[{,[] /g)].map(match => match.index + match[0].length),
    )
    const small = fc.tuple(fc.nat(1_000), fc.nat(1), fc.nat(2), put)
    fc.assert(
      fc.property(fc.nat(sources.length - 1), fc.array(small, { minLength: 1, maxLength: 6 }), (which, edits) => {
        const { file, text: first } = sources[which]!
        let text = first
        let facts = readFacts(file, text)
        for (const [place, back, drop, piece] of edits) {
          const at = places[which]![place % places[which]!.length]! - back
          const next = text.slice(0, at) + piece + text.slice(at + drop)
          facts = updateFacts(file, { text, facts }, next)
          text = next
          const full = readFacts(file, text)
          if (!full.error) assert.deepEqual(facts, full)
        }
      }),
      { numRuns: 400 },
    )
  })

  const schema = (tables: number) =>
    `import { appSchema, tableSchema } from 'x'\nexport const schema = appSchema({\n  version: 1,\n  tables: [\n${Array.from(
      { length: tables },
      (_, i) =>
        `    tableSchema({\n      name: 't${i}',\n      columns: [\n${Array.from({ length: 11 }, (_, k) => `        { name: 'c${k}', type: 'string' },\n`).join('')}      ],\n    }),\n`,
    ).join('')}  ],\n})\n`

  const tablesOf = (facts: FileFacts) => {
    const { value } = facts.module.bindings['schema']!
    assert.ok(value?.kind === 'call' && value.args[0]?.kind === 'object')
    const tables = value.args[0].props[1]!.value
    assert.ok(tables.kind === 'array')
    return tables.items
  }

  it('says what a full reading says of a long text, wherever it is edited', () => {
    const first = `${schema(45)}// offline-storage-disable-next-line x/y\nexport default { a: [1, { b: schema }] }\n`
    const places = [...first.matchAll(/[\w']+|[{,[(] ?/g)].map(match => match.index + match[0].length)
    const put = fc.constantFrom(
      'x',
      "'a', ",
      'x: 1, ',
      "{ name: 'n', type: 'string' },\n",
      '\n',
      '',
      '...v, ',
      '{',
      'f()',
    )
    const drop = fc.oneof({ weight: 6, arbitrary: fc.nat(2) }, fc.constant(40), fc.constant(9_000))
    // Edits come near one another, as they are typed, and so the quick way is taken again and again.
    const near = fc.tuple(
      fc.nat(places.length - 1),
      fc.array(fc.tuple(fc.nat(8), drop, put), { minLength: 1, maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(near, { minLength: 1, maxLength: 4 }), runs => {
        let text = first
        let facts = readFacts('/s.ts', text)
        for (const [place, edits] of runs)
          for (const [step, dropped, piece] of edits) {
            const at = Math.min(places[Math.min(place + step, places.length - 1)]!, text.length)
            const next = text.slice(0, at) + piece + text.slice(at + dropped)
            facts = updateFacts('/s.ts', { text, facts }, next)
            text = next
            const full = readFacts('/s.ts', text)
            if (!full.error) assert.deepEqual(spelledOut(facts), spelledOut(full))
          }
      }),
      { numRuns: 40 },
    )
  })

  describe('a long text', () => {
    const item = '{ q: 1 }, '
    const head = 'const a = { b: ['
    // Most marks lie elsewhere, so those that have moved are kept and not found again.
    const tail = `] }\nconst c = [${"'x', ".repeat(8_000)}]\n`

    /** Makes the first edit after another one, and then edits item after item around the place where marks part. */
    const follow = (at: number, put: string) => {
      let text = `${head}${item.repeat(1_000)}${tail}`
      let facts = readFacts('/s.ts', text)
      const update = (place: number, piece: string) => {
        const next = text.slice(0, place) + piece + text.slice(place)
        facts = updateFacts('/s.ts', { text, facts }, next)
        text = next
      }
      update(text.indexOf('1', 9_900), '2')
      update(at, put)
      for (let place = 8_000; place < 8_500; place += 20) {
        update(text.indexOf('1', place), '3')
        assert.deepEqual(spelledOut(facts), spelledOut(readFacts('/s.ts', text)))
      }
    }

    it('is followed when equal things are told apart by their rank alone', () =>
      follow(head.length, ' {q: 1},'.repeat(25)))

    it('is followed when nothing has changed but places', () => follow(0, `/*${' '.repeat(150)}*/`))
  })

  it('follows what CommonJS exports one by one', () => {
    const first = "module.exports = { a: 1, b: 'x', c: [1], d: { e: 1 } }\n"
    for (const piece of ['1,', "'x'", '[1', 'e: 1']) {
      const facts = readFacts('/a.js', first)
      const at = first.indexOf(piece) + piece.length - 1
      const next = `${first.slice(0, at)}2${first.slice(at)}`
      assert.deepEqual(updateFacts('/a.js', { text: first, facts }, next), readFacts('/a.js', next))
    }
  })

  it('keeps every object that an edit in a column does not hold', () => {
    const text = schema(5)
    const before = readFacts('/s.ts', text)
    const [first, second, third] = tablesOf(before)
    const { usage } = before
    const offset = text.indexOf("'c4'", text.indexOf("'t1'"))
    const after = updateFacts(
      '/s.ts',
      { text, facts: before },
      `${text.slice(0, offset)}'renamed'${text.slice(offset + 4)}`,
    )
    assert.equal(tablesOf(after)[0], first)
    assert.notEqual(tablesOf(after)[1], second)
    assert.equal(tablesOf(after)[2], third)
    assert.equal(after.usage.calls[0]!.value, after.module.bindings['schema']!.value)
    assert.equal(after.usage.functions, usage.functions)
    assert.equal(third!.at.start, text.indexOf('tableSchema', text.indexOf("'t1'")) + 5)
  })

  it('keeps the last good facts while an edit is half made', () => {
    const text = 'const a = { b: 1 }\nconst c = 2'
    const before = readFacts('/a.ts', text)
    const value = before.module.bindings['c']!.value!
    const half = 'const a = { b: 1 \nconst c = 2'
    const during = updateFacts('/a.ts', { text, facts: before }, half)
    assert.ok(during.error && !during.broken)
    assert.equal(during.module.bindings['c']!.value, value)
    assert.equal(half.slice(value.at.start, value.at.end), '2')
    const after = updateFacts('/a.ts', { text: half, facts: during }, text)
    assert.deepEqual(after, readFacts('/a.ts', text))
    assert.equal(after.module.bindings['c']!.value, value)
  })

  it('gives the same facts for the same text', () => {
    const facts = readFacts('/a.ts', 'const a = 1')
    assert.equal(updateFacts('/a.ts', { text: 'const a = 1', facts }, 'const a = 1'), facts)
  })

  it('updates facts that were kept as JSON', () => {
    const { file, text } = sources[0]!
    const facts: FileFacts = JSON.parse(JSON.stringify(readFacts(file, text)))
    const next = text.replace("'title'", "'titles'")
    assert.deepEqual(updateFacts(file, { text, facts }, next), readFacts(file, next))
  })

  it('reads an edit in a column far faster than the whole file', () => {
    let text = schema(300)
    let facts = readFacts('/s.ts', text)
    let quickest = Number.POSITIVE_INFINITY
    let full = Number.POSITIVE_INFINITY
    for (let round = 0; round < 8; round++) {
      const offset = text.indexOf("'c4", text.indexOf("'t150'")) + 3
      const next = `${text.slice(0, offset)}x${text.slice(offset)}`
      const started = performance.now()
      facts = updateFacts('/s.ts', { text, facts }, next)
      const updated = performance.now()
      readFacts('/s.ts', next)
      quickest = Math.min(quickest, updated - started)
      full = Math.min(full, performance.now() - updated)
      text = next
    }
    assert.deepEqual(spelledOut(facts), spelledOut(readFacts('/s.ts', text)))
    assert.ok(quickest * 4 < full, `update ${quickest.toFixed(2)} ms, full reading ${full.toFixed(2)} ms`)
  })
})
