// The class of a schema that an element of a list, or another expression, stands for.
import type { Located } from '../../../catalog/scope.ts'
import type { ClassReader, RealmClass } from '../types.ts'

/** The class; undefined where it cannot be read. */
export function classAt(classes: ClassReader, located: Located): RealmClass | undefined {
  const source = classes.sourceOf(located)
  return source && classes.ofSource(source)
}
