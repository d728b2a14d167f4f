import assert from 'node:assert/strict'
import { specifierOf } from '../../../src/core/text/specifier.ts'

describe('specifierOf', () => {
  it('is relative, without extension, platform and index', () => {
    assert.equal(specifierOf('/app/src/db/index.ts', '/app/src/models/Post.ts'), '../models/Post')
    assert.equal(specifierOf('/app/src/a.ts', '/app/src/db/index.native.tsx'), './db')
    assert.equal(specifierOf('/app/src/a.ts', '/app/src/index.ts'), './index')
  })

  /** The specifier of `to` where `/app/a.ts` holds `text`, and `to` holds `other`. */
  const by = (text: string | undefined, to: string, other?: string) =>
    specifierOf('/app/a.ts', to, file => (file === '/app/a.ts' ? text : file === to ? other : undefined))

  it('ends as the other imports of the file do', () => {
    assert.equal(by("import { b } from './b.js'", '/app/db/index.ts'), './db/index.js')
    assert.equal(by("import { b } from './b.js'", '/app/C.tsx'), './C.js')
    assert.equal(by("const b = require('./b.js')", '/app/c.mts'), './c.mjs')
    assert.equal(by("import './b.jsx'", '/app/C.jsx'), './C.jsx')
    assert.equal(by("export * from '../b.ts'", '/app/c.native.ts'), './c.native.ts')
    assert.equal(by("const b = await import('./b.ts')", '/app/c.tsx'), './c.tsx')
  })

  it('goes by most of them, and by those of the other file where the file has none', () => {
    const mixed = "import a from './a'\nimport b from './user.model'\nimport c from './legacy.js'\n"
    assert.equal(by(mixed, '/app/c.ts'), './c')
    assert.equal(by("import a from './a.js'\nimport './a.css'\nimport b from './b.json'", '/app/c.ts'), './c.js')
    assert.equal(by("import a from 'package/a.js'", '/app/c.ts'), './c')
    assert.equal(by(undefined, '/app/c.ts', "import type { D } from './d.ts'"), './c.ts')
    assert.equal(by("import a from '.'", '/app/c.ts', "import type { D } from './d.ts'"), './c')
  })
})
