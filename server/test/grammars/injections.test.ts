// SQL and Realm queries in strings are coloured as what they are, and nothing else is coloured otherwise than before.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { readFixtures } from './read-fixture.ts'
import { contributed, hostScopes, type Token, tokenize } from './tokenize.ts'

describe('grammars in strings', () => {
  for (const scope of hostScopes)
    for (const fixture of readFixtures()) {
      it(`${fixture.name} in ${scope}: every mark has its scopes`, async () => {
        assert.ok(fixture.marks.length > 0)
        const at = scopesAt(fixture.text, await tokenize(fixture.text, scope))
        const wrong = fixture.marks.flatMap(({ start, end, has, lacks }) =>
          Array.from({ length: end - start }, (_, step) => at[start + step] ?? []).flatMap((scopes, step) => [
            ...has.filter(one => !holds(scopes, one)).map(one => `${place(fixture.text, start + step)} lacks ${one}`),
            ...lacks.filter(one => holds(scopes, one)).map(one => `${place(fixture.text, start + step)} has ${one}`),
          ]),
        )
        assert.deepEqual(wrong, [])
      })
    }

  for (const fixture of readFixtures())
    it(`${fixture.name}: outside of strings every scope is that of the host language`, async () => {
      const before = outsideStrings(fixture.text, await tokenize(fixture.text, 'source.ts', true))
      const after = outsideStrings(fixture.text, await tokenize(fixture.text, 'source.ts'))
      assert.ok(before.length > 100)
      assert.deepEqual(after, before)
    })

  it('no SQL and no query, however broken, reaches past its string', async () => {
    const call = fc.constantFrom('Q.unsafeSqlQuery(', 'items.filtered(', 'db.execute(', 'step({ a, sql:')
    const piece = fc.constantFrom(
      ...'\'"`\\[]()#{}$%/*-;?@:\n ~'.split(''),
      '--',
      '/*',
      'create table ',
      'SORT(',
      'B64"',
    )
    await fc.assert(
      fc.asyncProperty(call, fc.array(piece, { maxLength: 12 }), fc.constantFrom("'", '"', '`'), async (...made) => {
        const [start, pieces, quote] = made
        const text = `${start} ${quote}${escaped(`select ${pieces.join('')}`, quote)}${quote}, 'x', from, [1])\nconst any = from`
        const plain = await tokenize(text, 'source.ts', true)
        assert.deepEqual(outsideStrings(text, await tokenize(text, 'source.ts')), outsideStrings(text, plain), text)
      }),
      { numRuns: 300 },
    )
  })

  it('knows the words by which SQL begins in one form only', () => {
    const { path } = contributed.find(one => one.embeddedLanguages?.['meta.embedded.inline.sql'])!
    const grammar = readFileSync(new URL(path, new URL('../../../', import.meta.url)), 'utf8')
    const forms = grammar.split('(?i:select(').slice(1)
    const ends = forms.map(form => form.slice(0, form.indexOf('|values')))
    assert.equal(ends.length, 4)
    assert.equal(new Set(ends).size, 1)
  })

  it('are injected into every host language, and name the languages inside to the editor', () => {
    const injections = contributed.filter(one => one.injectTo)
    assert.equal(injections.length, 3)
    for (const { embeddedLanguages, injectTo } of injections) {
      assert.deepEqual(injectTo, hostScopes)
      assert.equal(embeddedLanguages?.['meta.embedded.line.ts'], 'typescript')
    }
    assert.equal(injections.filter(one => one.embeddedLanguages?.['meta.embedded.inline.sql'] === 'sql').length, 2)
  })
})

/** Scopes of every character, by its offset. */
function scopesAt(text: string, tokens: readonly Token[]): readonly (readonly string[])[] {
  const starts = lineStarts(text)
  const at: (readonly string[])[] = []
  for (const { line, start, end, scopes } of tokens)
    for (let column = start; column < end; column++) at[starts[line]! + column] = scopes
  return at
}

/** Every character that is in no string, with its scopes less those that only our grammars have. */
function outsideStrings(text: string, tokens: readonly Token[]): readonly string[] {
  return scopesAt(text, tokens).flatMap((scopes, offset) =>
    holds(scopes, 'string')
      ? []
      : [`${place(text, offset)} ${scopes.filter(scope => scope !== 'meta.offline-storage.argument').join(' ')}`],
  )
}

function holds(scopes: readonly string[], wanted: string): boolean {
  return scopes.some(scope => scope === wanted || scope.startsWith(`${wanted}.`))
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1} ${text[offset]}`
}

function lineStarts(text: string): readonly number[] {
  let next = 0
  return text.split('\n').map(line => {
    const start = next
    next += line.length + 1
    return start
  })
}

/** The text as it is written between such quotes. */
function escaped(text: string, quote: string): string {
  const safe = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('${', '\\${')
  return quote === '`' ? safe : safe.replaceAll('\n', '\\n')
}
