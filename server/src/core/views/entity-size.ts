// How large an entity is drawn: wide enough for its texts and marks, high enough for its fields.
import { diagramMetrics } from '../../../../shared/diagram.ts'
import type { DrawnEntity, DrawnField } from './drawn.ts'
import type { Size } from './layout/layout.ts'
import { upTo } from './layout/snap.ts'
import { textWidth } from './text-width.ts'

/** Sizes of letters, in pixels. */
export const fontSizes = { head: 13, field: 12, type: 11 } as const

/** Where the texts of a row begin and end. */
export const rowInsets = { left: 26, right: 10 } as const

const smallest = 160
const largest = 340
/** Widths in steps, so that most entities of a column are level and a longer name seldom moves anything. */
const widthStep = 20
/** Between name and type: room for marks, and for those of findings, which come and go. */
const marksRoom = 44

/** The size of an entity; findings do not change it. */
export function entitySize(entity: DrawnEntity): Size {
  const { head, row, foot } = diagramMetrics
  const width = Math.max(smallest, textWidth(entity.name, fontSizes.head, true) + 70, ...entity.fields.map(fieldWidth))
  return { width: upTo(Math.min(width, largest), widthStep), height: head + entity.fields.length * row + foot }
}

const fieldWidth = ({ name, type, optional, was }: DrawnField): number =>
  rowInsets.left +
  textWidth(name, fontSizes.field) +
  marksRoom +
  textWidth(`${type ?? '?'}${optional ? '?' : ''}`, fontSizes.type) +
  (was === undefined ? 0 : textWidth(was.split(',')[0]!, fontSizes.type) + 6) +
  rowInsets.right
