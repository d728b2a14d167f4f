import assert from 'node:assert/strict'
import { applyEdits } from '../../src/core/text/edit.ts'
import { specifierOf } from '../../src/core/text/specifier.ts'
import { disableFile, disableLine } from '../../src/lsp/disable-edits.ts'

describe('comments that silence', () => {
  const line = (text: string, rule = 'a/b') => applyEdits(text, [disableLine('f', text, text.lastIndexOf('x'), rule)])
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

  it('stand at the top of a file, below its interpreter', () => {
    assert.equal(file('x'), '// offline-storage-disable a/b\nx')
    assert.equal(file('#!/usr/bin/env node\nx'), '#!/usr/bin/env node\n// offline-storage-disable a/b\nx')
    assert.equal(
      file('// offline-storage-disable-next-line c/d\nx'),
      '// offline-storage-disable a/b\n// offline-storage-disable-next-line c/d\nx',
    )
  })
})

describe('specifierOf', () => {
  it('is relative, without extension, platform and index', () => {
    assert.equal(specifierOf('/app/src/db/index.ts', '/app/src/models/Post.ts'), '../models/Post')
    assert.equal(specifierOf('/app/src/a.ts', '/app/src/db/index.native.tsx'), './db')
    assert.equal(specifierOf('/app/src/a.ts', '/app/src/index.ts'), './index')
  })
})
