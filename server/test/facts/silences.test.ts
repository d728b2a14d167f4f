// Comments that silence rules.
import assert from 'node:assert/strict'
import { readFacts } from '../../src/core/facts/read-facts.ts'

const silences = (text: string) =>
  readFacts('/a.tsx', text).silences.map(({ scope, rules, reason, target, at }) => ({
    scope,
    rules: rules.map(rule => text.slice(rule.at.start, rule.at.end)),
    reason,
    target: target && text.slice(target.start, target.end),
    at: text.slice(at.start, at.end),
  }))

describe('silences', () => {
  it('name rules and a reason', () => {
    const comment = '// offline-storage-disable-next-line watermelondb/a-b, x/y -- few rows -- really'
    assert.deepEqual(silences(`f()\n  ${comment}\r\n  const a = 1\r\nb`), [
      {
        scope: 'next-line',
        rules: ['watermelondb/a-b', 'x/y'],
        reason: 'few rows -- really',
        target: '  const a = 1',
        at: comment,
      },
    ])
  })

  it('hold for the file', () => {
    const comment = '/* offline-storage-disable */'
    assert.deepEqual(silences(`${comment}\na`), [
      { scope: 'file', rules: [], reason: undefined, target: undefined, at: comment },
    ])
  })

  it('are found wherever a comment may stand', () => {
    const line = '// offline-storage-disable-next-line a/b\n'
    const block = '/* offline-storage-disable-next-line a/b */\n'
    for (const text of [
      `f({ ${line} })`,
      `f([1, ${block} 2])`,
      `const a = <A>{${block}}</A>`,
      `class A { ${line} }`,
      `class A { @b ${line} c }`,
      `f(${line})`,
      `f(a) ${line}`,
      `switch (a) { ${line} }`,
      `\`\${a ${block}}\``,
      `type A = { ${line} }`,
    ])
      assert.equal(silences(text).length, 1, text)
  })

  it('are not found in strings, templates, regular expressions, texts and other words', () => {
    const word = '// offline-storage-disable-next-line a/b'
    for (const text of [
      `'${word}'`,
      `\`${word}\``,
      `\`\${a}${word}\``,
      `/[/]${word.slice(2)}/`,
      `const a = <A>${word}</A>`,
      `const a = <A b="${word}" />`,
      '// offline-storage-disabled',
      '// see offline-storage-disable-next-line',
      'offline - storage\nconst offline = "offline-storage-disable"',
    ])
      assert.equal(silences(text).length, 0, text)
  })

  it('mean the line below when they stand in a row', () => {
    const text = '// offline-storage-disable-next-line a\n// offline-storage-disable-next-line b\nconst x = 1\n'
    assert.deepEqual(
      silences(text).map(silence => silence.target),
      ['const x = 1', 'const x = 1'],
    )
  })
})
