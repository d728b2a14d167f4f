// What boxes have in common beyond their links: where they are defined, and how their names begin.
import type { Box } from './layout.ts'

/** Places that hold fewer boxes than this on the average say nothing about what belongs together. */
const tellingSize = 3
/** More than this is not a family but a habit, such as a prefix that every table has. */
const largestFamily = 0.34

/** Indexes of boxes by the file that defines them, or by its folder where files hold few; empty where neither tells anything. */
export function homesOf(boxes: readonly Box[]): readonly (readonly number[])[] {
  const files = groupedBy(boxes, box => box.file)
  const folders = groupedBy(boxes, box => box.file?.slice(0, Math.max(0, box.file.lastIndexOf('/'))))
  for (const homes of [files, folders])
    if (homes.length > 1 && boxes.length / homes.length >= tellingSize)
      return homes.filter(members => members.length > 1)
  return []
}

/** Indexes of boxes whose names begin with the same word: `notes`, `note_tags`, `NoteDraft`. */
export function familiesOf(boxes: readonly Box[]): readonly (readonly number[])[] {
  const most = Math.max(tellingSize, boxes.length * largestFamily)
  return groupedBy(boxes, box => familyOf(box.name)).filter(({ length }) => length > 1 && length <= most)
}

/** The first word of a name in the singular, lower case. */
export function familyOf(name: string): string {
  const [word = ''] = name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean)
  const lower = word.toLowerCase()
  if (/(?:ch|sh|ss|x)es$/.test(lower)) return lower.slice(0, -2)
  if (/[^aeiou]ies$/.test(lower)) return `${lower.slice(0, -3)}y`
  return lower.length > 3 && /[^s]s$/.test(lower) ? lower.slice(0, -1) : lower
}

function groupedBy(boxes: readonly Box[], keyOf: (box: Box) => string | undefined): number[][] {
  const groups = new Map<string, number[]>()
  boxes.forEach((box, index) => {
    const key = keyOf(box)
    if (key === undefined || key === '') return
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  })
  return [...groups.values()]
}
