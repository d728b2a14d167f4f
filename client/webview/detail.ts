// How much is drawn at a zoom: fields, only names, or only blocks; and how large a name may grow.

/** `fields` is everything, `names` what can be read from afar, `blocks` the shape of the whole. */
export type Detail = 'fields' | 'names' | 'blocks'

/** What can be read at a zoom. */
export const detailAt = (k: number): Detail => (k >= 0.5 ? 'fields' : k >= 0.16 ? 'names' : 'blocks')

/** The size of letters, in pixels of the picture, with which a name fills its entity; words may stand in lines of their own. */
export function largestName(name: string, width: number, height: number): number {
  const words = name.split(/(?<=_)|(?<=[a-z0-9])(?=[A-Z])/)
  let best = 0
  for (let room = Math.max(...words.map(word => word.length)); room <= name.length; room++) {
    const lines = linesOf(words, room)
    best = Math.max(best, Math.min((width - 12) / (room * 0.76), (height - 6) / (lines * 1.25)))
  }
  return Math.min(72, Math.max(13, best))
}

function linesOf(words: readonly string[], room: number): number {
  let [lines, used] = [1, 0]
  for (const { length } of words) {
    if (used + length > room && used > 0) {
      lines++
      used = 0
    }
    used += length
  }
  return lines
}
