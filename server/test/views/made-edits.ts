// The edits of a schema that a person makes one at a time.
import type { Box } from '../../src/core/views/layout/layout.ts'
import type { MadeSchema } from './made-schema.ts'

/** A schema after an edit, and the boxes that the edit concerned. */
export interface Edited extends MadeSchema {
  readonly edited: readonly string[]
}

/** Makes the edit somewhere: `pick` gives a number below another, and `nth` tells edits of one kind apart. */
export type Edit = (schema: MadeSchema, pick: (below: number) => number, nth: number) => Edited

const one = <T>(items: readonly T[], pick: (below: number) => number): T => items[pick(items.length)]!

const resized =
  (by: { readonly width?: number; readonly height?: number }): Edit =>
  ({ boxes, links }, pick) => {
    const box = one(boxes, pick)
    const { width = 0, height = 0 } = by
    const next = { ...box, width: box.width + width, height: Math.max(60, box.height + height) }
    return { boxes: boxes.map(other => (other === box ? next : other)), links, edited: [box.id] }
  }

/** All kinds, by what a person would say. */
export const edits: Readonly<Record<string, Edit>> = {
  'a linked entity comes': ({ boxes, links }, pick, nth) => {
    const [like, to] = [one(boxes, pick), one(boxes, pick)]
    const box: Box = { id: `${like.id}_more${nth}`, name: `${like.name}_more`, width: 200, height: 150 }
    return { boxes: [...boxes, box], links: [...links, { from: box.id, to: to.id }], edited: [box.id, to.id] }
  },
  'an entity without relations comes': ({ boxes, links }, _pick, nth) => {
    const box: Box = { id: `zuko${nth}`, name: `zuko${nth}`, width: 200, height: 150 }
    return { boxes: [...boxes, box], links, edited: [box.id] }
  },
  'an entity goes': ({ boxes, links }, pick) => {
    const { id } = one(boxes, pick)
    const rest = links.filter(({ from, to }) => from !== id && to !== id)
    return { boxes: boxes.filter(box => box.id !== id), links: rest, edited: [id] }
  },
  'an entity is renamed': ({ boxes, links }, pick, nth) => {
    const box = one(boxes, pick)
    const id = `renamed${nth}_${box.id}`
    const now = (end: string) => (end === box.id ? id : end)
    return {
      boxes: boxes.map(other => (other === box ? { ...box, id, name: id } : other)),
      links: links.map(({ from, to }) => ({ from: now(from), to: now(to) })),
      edited: [box.id, id],
    }
  },
  'a relation comes': ({ boxes, links }, pick) => {
    const [from, to] = [one(boxes, pick).id, one(boxes, pick).id]
    return { boxes, links: [...links, { from, to }], edited: [from, to] }
  },
  'a relation goes': ({ boxes, links }, pick) => {
    const gone = one(links, pick)
    return { boxes, links: links.filter(link => link !== gone), edited: [gone.from, gone.to] }
  },
  'a field comes': resized({ height: 22 }),
  'a field goes': resized({ height: -22 }),
  'a longer field comes': resized({ width: 40, height: 22 }),
}
