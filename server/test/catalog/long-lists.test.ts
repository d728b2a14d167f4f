// Long lists say what a plain computation over the whole list says, and wake only those whose part has changed.
import assert from 'node:assert/strict'
import { batch, computed, effect, signal } from '@preact/signals-core'
import fc from 'fast-check'
import { byName, difference, inBlocks, mapper } from '../../src/core/catalog/long-lists.ts'

interface Item {
  readonly name: string | undefined
}

/** Few items that stand in lists again and again, some of one name and some of none. */
const pool: readonly Item[] = ['a', 'a', 'b', 'b', 'c', 'd', undefined, undefined].map(name => ({ name }))
const lists = fc.array(fc.array(fc.constantFrom(...pool), { maxLength: 7 }), { minLength: 1, maxLength: 8 })

describe('long lists', () => {
  it('differ where they differ', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 8 }), fc.array(fc.nat(2), { maxLength: 8 }), (old, next) => {
        const found = difference(old, next)
        if (!found) return assert.deepEqual(old, next)
        const { start, oldEnd, newEnd } = found
        assert.notDeepEqual(old, next)
        assert.deepEqual([...old.slice(0, start), ...next.slice(start, newEnd), ...old.slice(oldEnd)], next)
        assert.notEqual(old[start], start < newEnd ? next[start] : Symbol())
        if (start < oldEnd && start < newEnd) assert.notEqual(old[oldEnd - 1], next[newEnd - 1])
      }),
      { numRuns: 1_000 },
    )
  })

  it('are mapped once for each item', () => {
    fc.assert(
      fc.property(lists, given => {
        const map = mapper((item: Item) => ({ item }))
        const madeOf = new Map<Item, object>()
        let last: readonly object[] | undefined
        let before: readonly Item[] = []
        for (const items of given) {
          const made = map(items)
          assert.deepEqual(
            made.map(one => one.item),
            items,
          )
          for (const one of made) assert.equal(madeOf.get(one.item) ?? one, one)
          for (const one of made) madeOf.set(one.item, one)
          if (last) assert.equal(made === last, difference(before, items) === undefined)
          last = made
          before = items
        }
      }),
    )
  })

  it('are known by name, the first of each name', () => {
    fc.assert(
      fc.property(lists, fc.boolean(), (given, isAskedFirst) => {
        const list = signal<readonly Item[]>([])
        const named = byName(
          () => list.value,
          item => item.name,
        )
        const ask = () => ({
          names: named.names(),
          items: ['a', 'b', 'c', 'd', 'e'].map(name => named.item(name)),
        })
        const seen = computed(ask)
        if (isAskedFirst) seen.value
        for (const items of given) {
          list.value = items
          const firstOf = (name: string) => items.find(item => item.name === name)
          const { names, items: found } = seen.value
          assert.deepEqual(names, [...new Set(items.flatMap(item => item.name ?? []))])
          for (const [index, name] of ['a', 'b', 'c', 'd', 'e'].entries()) assert.equal(found[index], firstOf(name))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('wake who asked for a name only when it stands for something else', () => {
    const items = pool.filter((item, index) => item.name && item.name !== pool[index - 1]?.name)
    const list = signal<readonly Item[]>(items)
    const named = byName(
      () => list.value,
      item => item.name,
    )
    const woken: string[] = []
    for (const name of ['a', 'b']) effect(() => void woken.push(`${name} ${named.item(name) !== undefined}`))
    effect(() => void woken.push(named.names().join('')))
    const exchanged = (which: number, item: Item) => items.map((one, index) => (index === which ? item : one))
    list.value = exchanged(1, { name: 'b' })
    assert.deepEqual(woken.splice(0), ['a true', 'b true', 'abcd', 'b true'])
    list.value = exchanged(1, { name: 'x' })
    assert.deepEqual(woken.splice(0).sort(), ['axcd', 'b false'])
  })

  it('tell who asks in the midst of a change how things stand now', () => {
    const list = signal<readonly Item[]>([{ name: 'a' }])
    const named = byName(
      () => list.value,
      item => item.name,
    )
    assert.equal(named.item('b'), undefined)
    batch(() => {
      list.value = [{ name: 'b' }]
      assert.equal(named.item('b'), list.peek()[0])
      assert.deepEqual(named.names(), ['b'])
    })
  })

  it('are read again only in the block where something changed', () => {
    const cells = Array.from({ length: 200 }, (_, index) => signal(index))
    const list = signal(cells)
    const read: number[] = []
    const readBlocks = inBlocks((items: readonly (typeof cells)[number][]) => {
      read.push(items.length)
      return items.filter(item => item.value % 2 === 0).map(item => item.value)
    })
    const even = computed(() => readBlocks(list.value))
    const expected = () => list.peek().flatMap(item => (item.peek() % 2 === 0 ? item.peek() : []))
    let rounds = 0
    effect(() => {
      assert.deepEqual(even.value, expected())
      rounds++
    })
    const taken = () => [rounds, ...read.splice(0)]
    assert.deepEqual(taken(), [1, 64, 64, 64, 8])
    cells[70]!.value = 1000
    assert.deepEqual(taken(), [2, 64])
    cells[71]!.value = 1001
    assert.deepEqual(taken(), [2, 64])
    list.value = [...cells, signal(4)]
    assert.deepEqual(taken(), [3, 9])
    list.value = cells.slice(0, 100)
    assert.deepEqual(taken(), [4, 36])
    list.value = cells.slice(1)
    assert.deepEqual(taken(), [5, 64, 64, 64, 7])
  })
})
