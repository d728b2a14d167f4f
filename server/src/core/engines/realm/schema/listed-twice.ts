// Finds what a schema list names twice, by what its elements refer to.
import { inBlocks } from '../../../catalog/long-lists.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { ListedTwice } from '../types.ts'

/** What is asked of a list, again and again as it changes. Only elements that changed are followed again. */
export type TwiceReader = (list: Located, elements: readonly Located[]) => readonly ListedTwice[]

/** A reader of one list. */
export function createTwiceReader(scope: Scope): TwiceReader {
  const identities = inBlocks((some: readonly Located[]) => some.map(one => identityOf(scope, one)), isSame)
  /** What the elements refer to while no two refer to the same. */
  let distinct: readonly (string | undefined)[] = []
  return (list, elements) => {
    const ids = identities(elements)
    if (ids.length === distinct.length && ids.every((id, index) => id === distinct[index])) return []
    const first = new Map<string, Located>()
    const found: ListedTwice[] = []
    for (const [index, id] of ids.entries()) {
      const element = elements[index]!
      const before = id === undefined ? undefined : first.get(id)
      if (before) found.push({ list, element, before })
      else if (id !== undefined) first.set(id, element)
    }
    distinct = found.length > 0 ? [] : ids
    return found
  }
}

/** True where two elements are the same expression. */
export const isSame = (a: Located, b: Located): boolean => a.value === b.value && a.file === b.file

/** What an element of a list refers to, as far as names tell: two of one identity are one class. */
function identityOf(scope: Scope, { value, file }: Located): string | undefined {
  if (value.kind === 'member') {
    const of = identityOf(scope, { value: value.of, file })
    return of === undefined || value.name === undefined ? undefined : `${of}.${value.name}`
  }
  if (value.kind !== 'name' || value.key === undefined) return undefined
  const from = scope.binding(file, value.key)?.import
  if (!from) return `${file}#${value.key}`
  return `${scope.workspace().resolve(file, from.from)[0] ?? from.from}#${from.name}`
}
