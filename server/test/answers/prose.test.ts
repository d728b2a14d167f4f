// Names out of the code show as they are, whatever they hold.
import assert from 'node:assert/strict'
import { type Block, sentence, toMarkdown, toPlainText } from '../../src/core/answers/prose.ts'

const place = { file: '/app/src/schema.ts', span: { start: 0, end: 1 } }
const markdown = (...blocks: Block[]) => toMarkdown(blocks, () => 'file:///app/src/schema (1).ts#L1')

describe('prose', () => {
  it('keeps names from becoming Markdown or HTML', () => {
    assert.equal(markdown({ lines: [['a *b* <img> [c](d)']] }), 'a \\*b\\* \\<img\\> \\[c\\](d)')
    assert.equal(markdown({ lines: [[{ code: 'a`b' }]] }), '``a`b``')
    assert.equal(markdown({ lines: [[{ code: '`' }]] }), '`` ` ``')
    assert.equal(markdown({ lines: [[{ code: 'a\n\n# b' }]] }), '`a # b`')
  })

  it('fences source that has fences itself', () => {
    assert.equal(markdown({ source: '```\nx\n```', language: 'typescript' }), '````typescript\n```\nx\n```\n````')
  })

  it('leads to files where there is an address', () => {
    assert.equal(markdown({ lines: [[{ place }]] }), '[`schema.ts`](file:///app/src/schema%20%281%29.ts#L1)')
    assert.equal(
      toMarkdown([{ lines: [[{ place }]] }], () => undefined),
      '`schema.ts`',
    )
  })

  it('reads names between backticks out of a sentence', () => {
    assert.deepEqual(sentence('becomes `null`.'), ['becomes ', { code: 'null' }, '.'])
  })

  it('is plain where Markdown is not shown', () => {
    const blocks: Block[] = [{ source: 'x', language: 'typescript' }, { lines: [['a ', { code: 'b*' }], [{ place }]] }]
    assert.equal(toPlainText(blocks), 'x\n\na b*\nschema.ts')
  })
})
