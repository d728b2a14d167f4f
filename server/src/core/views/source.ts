// What a view is drawn from.
import type { DiagramFinding, DiagramPlace } from '../../../../shared/diagram.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Place, Span } from '../text/span.ts'

/** A finding as the analyzer tells it. */
export interface SourceFinding extends Pick<DiagramFinding, 'rule' | 'severity' | 'message'> {
  readonly file: string
  readonly span: Span
}

/** One workspace folder, and how what is in it is said to whoever shows the picture. */
export interface DiagramSource {
  readonly catalog: Catalog
  /** All findings; those that concern no entity are not shown. */
  readonly findings: readonly SourceFinding[]
  locate(place: Place): DiagramPlace
  /** Put in front of ids where a picture has several sources. */
  readonly folder?: string
  /** Names, for people, of files that do not parse. */
  readonly broken?: readonly string[]
}
