// Reading never throws, and says what a syntax error leaves uncertain.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { parse } from '../../src/core/source/parse.ts'
import { sources } from './sources.ts'

describe('readFacts', function () {
  this.timeout(60_000)

  it('never throws, and gives plain data', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{', '}', '<', '`${', '/*', '@', '(', '=>', '\u2028'),
    )
    const cut = fc.tuple(fc.nat(2000), fc.nat(400), noise)
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(cut, { maxLength: 6 }), ({ file, text }, cuts) => {
        const cutText = cuts.reduce((all, [at, drop, put]) => all.slice(0, at) + put + all.slice(at + drop), text)
        const facts = readFacts(file, cutText)
        assert.equal(facts.broken, facts.error !== undefined)
        assert.equal(JSON.stringify(JSON.parse(JSON.stringify(facts))), JSON.stringify(facts))
      }),
      { numRuns: 300 },
    )
  })

  it('gives empty facts for a text that nests beyond the stack', () => {
    for (const text of ['['.repeat(50_000), '{'.repeat(50_000), '<a>'.repeat(20_000), 'a=>'.repeat(20_000)])
      assert.equal(readFacts('/a.tsx', text).broken, true)
  })

  it('keeps what surrounds an error, open to what it may have swallowed', () => {
    const facts = readFacts(
      '/a.ts',
      "const good = { a: 1 }\nconst bad = { a: 1, b: [1, @], c: 3 }\nexport const last = 'x'",
    )
    assert.ok(facts.broken && facts.error)
    const { good, bad, last } = facts.module.bindings
    assert.ok(good?.value?.kind === 'object' && bad?.value?.kind === 'object')
    assert.deepEqual(
      good.value.props.map(prop => prop.kind),
      ['named'],
    )
    assert.ok(bad.value.props.some(prop => prop.kind === 'spread' && prop.value.kind === 'unknown'))
    assert.equal(last?.value?.kind, 'string')
  })

  it('adds little to the time of parsing', () => {
    const member = (_: unknown, k: number) => `  @field('column_${k}') column${k}!: string | null\n`
    const text = `import { Model } from 'x'\nexport class Post extends Model {\n  static table = 'posts'\n${Array.from({ length: 11 }, member).join('')}}\n`
    const fastest = (work: () => void) => {
      let best = Number.POSITIVE_INFINITY
      for (let round = 0; round < 25; round++) {
        const start = performance.now()
        for (let i = 0; i < 60; i++) work()
        best = Math.min(best, performance.now() - start)
      }
      return best
    }
    const parsing = fastest(() => parse('/a.ts', text))
    const reading = fastest(() => readFacts('/a.ts', text))
    assert.ok(reading < 6 * parsing, `reading took ${(reading / parsing).toFixed(1)} times the parsing`)
  })
})
