// The classes of a list that is given again and again with something changed are those of a first look.
import assert from 'node:assert/strict'
import { createDistinctClasses } from '../../src/core/engines/realm/schema/distinct-classes.ts'
import type { RealmClass, SchemaList } from '../../src/core/engines/realm/types.ts'

type Listed = SchemaList['elements'][number]

/** As much of a class as is looked at. */
const classIn = (file: string) => ({ at: { file, span: { start: 0, end: 0 } } }) as RealmClass

/** Numbers below 1 that are the same in each run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state / 2 ** 31
  }
}

describe('distinct classes', () => {
  it('are the same, however the list came to be', () => {
    const random = seeded(7)
    const some = Array.from({ length: 12 }, (_, i) => classIn(`/app/${i % 3}.ts`))
    const listed = (): Listed => ({
      element: { value: { kind: 'null', at: { start: 0, end: 0 } }, file: '/app/list.ts' },
      class: random() < 0.1 ? undefined : some[Math.floor(random() * some.length)],
    })
    let list: readonly Listed[] = []
    const follow = createDistinctClasses()
    for (let round = 0; round < 2000; round++) {
      const at = Math.floor(random() * (list.length + 1))
      const gone = random() < 0.6 ? 1 : 0
      const added = list.length > 9 || random() < 0.2 ? [] : [listed()]
      list = [...list.slice(0, at), ...added, ...list.slice(at + gone)]
      assert.deepEqual(follow(list), createDistinctClasses()(list))
    }
  })
})
