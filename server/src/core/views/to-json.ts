// A picture as JSON, for programs that draw or count for themselves.
import type { DiagramView } from '../../../../shared/diagram.ts'

/** The view as it is, with places and findings, under a name by which it can be known. */
export const toJson = (view: DiagramView): string =>
  `${JSON.stringify({ format: 'offline-storage/diagram', formatVersion: 1, ...view }, null, 2)}\n`
