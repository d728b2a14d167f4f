import assert from 'node:assert/strict'
import fc from 'fast-check'
import { unifiedDiff } from '../../src/cli/unified-diff.ts'
import { diffLines, splitLines } from '../../src/core/text/diff.ts'

describe('unifiedDiff', () => {
  it('shows three lines around a change', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n'
    assert.equal(
      unifiedDiff('x.ts', before, before.replace('e', 'E')),
      '--- a/x.ts\n+++ b/x.ts\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    )
  })

  it('shows a new file, and a missing line end', () => {
    assert.equal(
      unifiedDiff('x.ts', undefined, 'a\nb'),
      '--- /dev/null\n+++ b/x.ts\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n',
    )
    assert.equal(unifiedDiff('x.ts', 'a', 'a'), '')
  })
})

describe('diffLines', () => {
  const text = fc
    .array(fc.constantFrom('a\n', 'b\n', 'c\r\n', 'd\r', '\n'), { maxLength: 30 })
    .map(lines => lines.join(''))

  it('gives hunks that turn one text into the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const a = splitLines(before)
        const b = splitLines(after)
        let made = ''
        let at = 0
        for (const hunk of diffLines(a, b)) {
          assert.ok(hunk.aStart >= at && hunk.aEnd - hunk.aStart + hunk.bEnd - hunk.bStart > 0)
          made += a.slice(at, hunk.aStart).join('') + b.slice(hunk.bStart, hunk.bEnd).join('')
          at = hunk.aEnd
        }
        assert.equal(made + a.slice(at).join(''), after)
      }),
    )
  })

  it('finds the shortest way', () => {
    const hunks = diffLines(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'y', 'd'])
    assert.deepEqual(hunks, [
      { aStart: 1, aEnd: 2, bStart: 1, bEnd: 2 },
      { aStart: 3, aEnd: 3, bStart: 3, bEnd: 4 },
    ])
  })
})
