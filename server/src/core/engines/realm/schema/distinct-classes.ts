// The classes of a long schema list, each once, made anew only where the list changed.
import { difference } from '../../../catalog/long-lists.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { RealmClass, SchemaList } from '../types.ts'

/** What the elements of schema lists stand for. */
export interface DistinctClasses {
  readonly classes: readonly RealmClass[]
  /** Elements that could not be read. */
  readonly unread: readonly Located[]
  /** The file that holds more than half of the classes. */
  readonly mainFile: string | undefined
}

/** A reader to be given one list after another; equal lists are answered at once, similar ones nearly so. */
export function createDistinctClasses(): (elements: SchemaList['elements']) => DistinctClasses {
  let last: SchemaList['elements'] = []
  let answer: DistinctClasses = { classes: [], unread: [], mainFile: undefined }
  let known = new Set<RealmClass>()
  let counts = new Map<string, number>()
  const count = ({ at }: RealmClass, by: number) => counts.set(at.file, (counts.get(at.file) ?? 0) + by)
  const done = (classes: readonly RealmClass[], unread: readonly Located[]): DistinctClasses => ({
    classes,
    unread,
    mainFile: [...counts].find(([, held]) => held * 2 > classes.length)?.[0],
  })

  const all = (elements: SchemaList['elements']): DistinctClasses => {
    known = new Set()
    counts = new Map()
    const unread: Located[] = []
    for (const { element, class: one } of elements) {
      if (!one) unread.push(element)
      else if (!known.has(one)) {
        known.add(one)
        count(one, 1)
      }
    }
    return done([...known], unread)
  }

  /** The same list with other classes in some places; undefined where an element is one too many or could not be read. */
  const replaced = (elements: SchemaList['elements'], start: number, end: number): DistinctClasses | undefined => {
    if (answer.unread.length > 0 || answer.classes.length !== elements.length) return undefined
    const classes = [...answer.classes]
    for (let index = start; index < end; index++) {
      const before = classes[index]!
      const one = elements[index]!.class
      if (one === before) continue
      if (!one || known.has(one)) return undefined
      known.delete(before)
      known.add(one)
      count(before, -1)
      count(one, 1)
      classes[index] = one
    }
    return done(classes, answer.unread)
  }

  return elements => {
    const changed = difference(last, elements)
    if (!changed) return answer
    const { start, oldEnd, newEnd } = changed
    answer = (oldEnd === newEnd ? replaced(elements, start, newEnd) : undefined) ?? all(elements)
    last = elements
    return answer
  }
}
