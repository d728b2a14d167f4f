// Facts as bytes: what is read back is what was packed, and damage is noticed rather than believed.
import assert from 'node:assert/strict'
import { createPacker, createUnpacker } from '../../src/core/facts/pack-facts.ts'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { updateFacts } from '../../src/core/facts/update-facts.ts'
import { sources } from './sources.ts'
import { spelledOut } from './spelled-out.ts'

describe('packed facts', () => {
  const texts = [
    ...sources.map(source => source.text),
    'const a = [-1, 0.5, -0, 1e300, 2 ** 60, "ä\\u0000", null, undefined]',
    '',
  ]

  it('are the same facts when read back, and far smaller than JSON', () => {
    const packer = createPacker()
    const facts = texts.map(text => readFacts('/a.tsx', text))
    const packed = facts.map(one => packer.pack(one))
    const unpack = createUnpacker(JSON.parse(JSON.stringify(packer.tables)))
    assert.deepStrictEqual(packed.map(unpack), facts)
    const bytes = packed.reduce((sum, one) => sum + one.length, 0)
    assert.ok(bytes * 5 < JSON.stringify(facts).length)
  })

  it('share what was shared, so that an edit is read as quickly as before', () => {
    const packer = createPacker()
    const text = 'export const one = { a: 1 }\nexport default one\nuse({ b: one })'
    const facts = createUnpacker(packer.tables)(packer.pack(readFacts('/a.ts', text)))
    const edited = text.replace('a: 1', 'a: 23')
    assert.deepStrictEqual(updateFacts('/a.ts', { text, facts }, edited), readFacts('/a.ts', edited))
    assert.equal(Object.getPrototypeOf(facts.module.bindings), null)
  })

  it('of a long text are the same too, and follow an edit', () => {
    const packer = createPacker()
    const text = Array.from({ length: 1500 }, (_, i) => `export const x${i} = { a: 1, b: ['c'] }\n`).join('')
    const before = readFacts('/a.ts', text)
    const facts = createUnpacker(packer.tables)(packer.pack(before))
    assert.deepEqual(spelledOut(facts), spelledOut(before))
    const edited = text.replace('x700 = { a: 1', 'x700 = { aa: 12')
    const after = updateFacts('/a.ts', { text, facts }, edited)
    assert.deepEqual(spelledOut(after), spelledOut(readFacts('/a.ts', edited)))
  })

  it('can be read by a packer that goes on where another ended', () => {
    const first = createPacker()
    const before = readFacts('/a.ts', 'const before = "x"')
    const packed = first.pack(before)
    const second = createPacker(first.tables)
    const after = readFacts('/a.ts', 'class After { before = 1 }')
    const unpack = createUnpacker({ ...second.tables })
    const more = second.pack(after)
    assert.deepStrictEqual(createUnpacker(second.tables)(more), after)
    assert.deepStrictEqual(unpack(packed), before)
  })

  it('that are cut off or belong to other tables throw', () => {
    const packer = createPacker()
    const packed = packer.pack(readFacts('/a.ts', 'export const name = f("text", [1, 2])'))
    const unpack = createUnpacker(packer.tables)
    for (let length = 0; length < packed.length; length++) assert.throws(() => unpack(packed.subarray(0, length)))
    assert.throws(() => createUnpacker({ strings: [], shapes: [] })(packed))
  })
})
