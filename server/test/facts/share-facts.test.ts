import assert from 'node:assert/strict'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { share } from '../../src/core/facts/share-facts.ts'

const text = `import { Model } from '@nozbe/watermelondb'
const list = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
class Post extends Model { static table = 'posts' }
`
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('facts that are shared', () => {
  it('are the old ones where nothing differs', () => {
    const old = readFacts('/a.ts', text)
    assert.equal(share(old, readFacts('/a.ts', text)), old)
  })

  it('say what the new text says, and keep each part that both have at the same place', () => {
    for (const [from, to] of [
      ["'b'", "'x'"],
      ["'b'", "'"],
      ["{ name: 'b' }", '{            '],
      ["'posts'", "'posts"],
      ['Post extends', 'Note extends'],
    ] as const) {
      const old = readFacts('/a.ts', text)
      const before = plain(old)
      const next = readFacts('/a.ts', text.replace(from, to))
      const wanted = plain(next)
      const shared = share(old, next)
      assert.deepEqual(plain(shared), wanted, to)
      assert.deepEqual([plain(old), plain(next)], [before, wanted], to)
      assert.equal(shared.module.imports[0], old.module.imports[0], to)
      assert.notEqual(shared, old)
    }
  })

  it('keep the items around one that changed', () => {
    const old = readFacts('/a.ts', text)
    const shared = share(old, readFacts('/a.ts', text.replace("'b'", "'x'")))
    const items = (facts: typeof old) => {
      const value = facts.module.bindings['list']?.value
      assert.equal(value?.kind, 'array')
      return value.items
    }
    assert.deepEqual(
      items(shared).map((item, i) => item === items(old)[i]),
      [true, false, true],
    )
  })
})
