// The forms in which a picture leaves the house.
import type { DiagramFormat, DiagramView } from '../../../../shared/diagram.ts'
import { toDbml } from './to-dbml.ts'
import { toJson } from './to-json.ts'
import { toMermaid } from './to-mermaid.ts'
import { toSvg } from './to-svg.ts'

/** All forms, by their names. */
export const diagramFormats: readonly DiagramFormat[] = ['svg', 'mermaid', 'dbml', 'json']

/** Writes `view` in one of the forms; `theme` concerns SVG alone. */
export function exportDiagram(view: DiagramView, format: DiagramFormat, theme?: 'light' | 'dark'): string {
  switch (format) {
    case 'svg':
      return toSvg(view, theme)
    case 'mermaid':
      return toMermaid(view)
    case 'dbml':
      return toDbml(view)
    case 'json':
      return toJson(view)
  }
}
