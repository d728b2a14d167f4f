// The entity of a picture that a caret in the code speaks of.
import { storeId } from './diagram.ts'
import type { DiagramSource } from './source.ts'
import { subjectFinder } from './subject-at.ts'

/** The id that the entity has in `diagramOf`; undefined where the code speaks of none. `offset` is in UTF-16 code units. */
export function entityAt(source: DiagramSource, file: string, offset: number): string | undefined {
  const subject = subjectFinder(source.catalog, new Set([file]))(file, { start: offset, end: offset })
  return subject && `${storeId(source, subject.store)}/${subject.entity}`
}
