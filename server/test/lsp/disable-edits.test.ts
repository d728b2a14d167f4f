import assert from 'node:assert/strict'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { applyEdits } from '../../src/core/text/edit.ts'
import { disableFile, disableLine } from '../../src/lsp/disable-edits.ts'

describe('comments that silence', () => {
  const line = (text: string, rule = 'a/b') => {
    const edit = disableLine('f.tsx', text, text.lastIndexOf('x'), rule)
    return edit && applyEdits(text, [edit])
  }
  const file = (text: string, rule = 'a/b') => applyEdits(text, [disableFile('f', text, rule)])

  it('stand above the line, with its indentation and line end', () => {
    assert.equal(line('a\r\n\t x\r\n'), 'a\r\n\t // offline-storage-disable-next-line a/b\r\n\t x\r\n')
    assert.equal(line('x'), '// offline-storage-disable-next-line a/b\nx')
  })

  it('join a comment that is there, before its reason', () => {
    assert.equal(
      line('  // offline-storage-disable-next-line c/d, e/f-g -- because\n  x'),
      '  // offline-storage-disable-next-line c/d, e/f-g, a/b -- because\n  x',
    )
    assert.equal(file('// offline-storage-disable c/d\nx'), '// offline-storage-disable c/d, a/b\nx')
  })

  it('are in braces between tags, and plain among attributes and in expressions', () => {
    const words = 'offline-storage-disable-next-line a/b'
    assert.equal(line('a = <A>\n  <x />\n</A>'), `a = <A>\n  {/* ${words} */}\n  <x />\n</A>`)
    assert.equal(line('a = <A>\n<x />\n</A>'), `a = <A>\n{/* ${words} */}\n<x />\n</A>`)
    assert.equal(line('a = <A>\n  {x}\n</A>'), `a = <A>\n  {/* ${words} */}\n  {x}\n</A>`)
    assert.equal(
      line('a = <A>\n  text\n</A>; x'),
      `a = <A>\n  text\n  {/* ${words} */}\n</A>; x`.replace('\n  {/*', '\n{/*'),
    )
    assert.equal(line('a = <A>\n  {\n    x\n  }\n</A>'), `a = <A>\n  {\n    // ${words}\n    x\n  }\n</A>`)
    assert.equal(line('a = <A\n  b={x}\n/>'), `a = <A\n  // ${words}\n  b={x}\n/>`)
    assert.equal(
      line('a = <A>\n  {/* offline-storage-disable-next-line c/d -- why */}\n  {x}\n</A>'),
      'a = <A>\n  {/* offline-storage-disable-next-line c/d, a/b -- why */}\n  {x}\n</A>',
    )
  })

  it('are none where the line begins within a template, a string or a comment', () => {
    assert.equal(line(`a = \`\n  \${x}\``), undefined)
    assert.equal(line(`a = \`\n \${b} c\n \${x}\``), undefined)
    assert.equal(line('a = `\n`; x'), undefined)
    assert.equal(line("a = 'b\\\n' + x"), undefined)
    assert.equal(line('/* a\n b */ x'), undefined)
    assert.equal(line(`a = \`\${\n  x}\``), `a = \`\${\n  // offline-storage-disable-next-line a/b\n  x}\``)
    assert.equal(line('a =\n  `x`'), 'a =\n  // offline-storage-disable-next-line a/b\n  `x`')
  })

  it('silence what they were made for', () => {
    const texts = [
      'a = <A>\n  {x}\n</A>',
      'a = <A>\n<x />\n</A>',
      'a = <A\n  b={x}\n/>',
      `a = \`\${\n  x}\``,
      'a\r\n x\r\n',
    ]
    for (const text of texts) {
      const after = line(text)!
      const [silence] = readFacts('f.tsx', after).silences
      const at = after.lastIndexOf('x')
      assert.ok(silence?.target && silence.target.start <= at && at < silence.target.end, after)
    }
  })

  it('stand at the top of a file, below its interpreter', () => {
    assert.equal(file('x'), '// offline-storage-disable a/b\nx')
    assert.equal(file('#!/usr/bin/env node\nx'), '#!/usr/bin/env node\n// offline-storage-disable a/b\nx')
    assert.equal(
      file('// offline-storage-disable-next-line c/d\nx'),
      '// offline-storage-disable a/b\n// offline-storage-disable-next-line c/d\nx',
    )
  })
})
