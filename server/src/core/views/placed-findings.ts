// Which entity or field a finding concerns: the one that it stands in, or the one that the code there names.
import type { DiagramFinding } from '../../../../shared/diagram.ts'
import type { DiagramSource } from './source.ts'
import { subjectFinder } from './subject-at.ts'

/** Findings by what they concern; see `findingKey`. */
export type PlacedFindings = ReadonlyMap<string, readonly DiagramFinding[]>

/** The key of an entity (no field) or of a field among `PlacedFindings`. */
export const findingKey = (store: string, entity: string, field = ''): string => JSON.stringify([store, entity, field])

/** Places the findings of a source. */
export function placeFindings(source: DiagramSource): PlacedFindings {
  const placed = new Map<string, DiagramFinding[]>()
  const find = subjectFinder(source.catalog, new Set(source.findings.map(finding => finding.file)))
  for (const { file, span, rule, severity, message } of source.findings) {
    const subject = find(file, span)
    if (!subject) continue
    const key = findingKey(subject.store.name, subject.entity, subject.field)
    const finding = { rule, severity, message, at: source.locate({ file, span }) }
    placed.set(key, [...(placed.get(key) ?? []), finding])
  }
  return placed
}
