// The marks of a long text by the stretch they stand in, so that an edit moves a stretch behind it and not each mark.
import { MovingSpan, type SpanHome } from '../text/moving-span.ts'
import type { Span } from '../text/span.ts'
import { type Change, moveMarks } from './move-marks.ts'

/** Marks that move with their text, each once. No mark may live in two of these. */
export interface MarkHomes {
  move(change: Change): void
  /** Takes in marks that it does not have yet. */
  add(marks: readonly Span[]): void
  /** Told that marks it has were put elsewhere by somebody else. */
  settle(marks: readonly Span[]): void
  /** True when so many marks live in one stretch that it is better to begin again. */
  isCrowded(): boolean
}

/** A stretch of the text, from `start` to where the next one starts. All marks that live here lie in it, ends included. */
interface Stretch extends SpanHome {
  start: number
  marks: MovingSpan[]
}

/** So long that few marks reach over an end of a stretch, and so short that there are few marks in one. */
const usualLength = 8192

/** More than this many marks in one stretch are no longer moved in no time. */
const crowd = 20_000

/** Gives `marks` homes in stretches of `length` characters. */
export function createMarkHomes(marks: readonly Span[], length = usualLength): MarkHomes {
  const last = marks.reduce((end, mark) => Math.max(end, mark.end), 0)
  const stretches = Array.from(
    { length: Math.floor(last / length) + 1 },
    (_, index): Stretch => ({ shift: 0, start: index * length, marks: [] }),
  )
  /** Where marks live that lie in no one stretch. It stands still: they are moved one by one. */
  const outside: SpanHome = { shift: 0 }
  let others: Span[] = []

  const homeOf = (mark: Span): Stretch | undefined => {
    const index = lastUpTo(stretches, mark.start)
    const next = stretches[index + 1]
    return next && next.start < mark.end ? undefined : stretches[index]
  }
  const add = (added: readonly Span[]) => {
    for (const mark of added) {
      const home = mark instanceof MovingSpan ? homeOf(mark) : undefined
      if (mark instanceof MovingSpan) mark.moveIn(home ?? outside)
      if (home) home.marks.push(mark as MovingSpan)
      else others.push(mark)
    }
  }
  add(marks)

  return {
    add,
    move(change) {
      const first = lastUpTo(stretches, change.start)
      let next = first + 1
      while (next < stretches.length && stretches[next]!.start < change.end) next++
      const touched = stretches[first]!
      // What one change touches is one stretch from now on.
      for (const { marks: joining } of stretches.splice(first + 1, next - first - 1))
        for (const mark of joining) {
          mark.moveIn(touched)
          touched.marks.push(mark)
        }
      moveMarks(others, change)
      moveMarks(touched.marks, change)
      const delta = change.newEnd - change.end
      for (const stretch of stretches.slice(first + 1)) {
        stretch.start += delta
        stretch.shift += delta
      }
    },
    settle(moved) {
      const leaving = new Set<Span>()
      const left = new Set<SpanHome>()
      for (const mark of moved) {
        if (!(mark instanceof MovingSpan) || mark.home === (homeOf(mark) ?? outside)) continue
        leaving.add(mark)
        left.add(mark.home)
      }
      if (leaving.size === 0) return
      if (left.has(outside)) others = others.filter(mark => !leaving.has(mark))
      for (const stretch of stretches)
        if (left.has(stretch)) stretch.marks = stretch.marks.filter(mark => !leaving.has(mark))
      add([...leaving])
    },
    isCrowded: () => stretches.some(stretch => stretch.marks.length > crowd),
  }
}

/** The index of the last stretch that starts at or before `offset`; the first one starts with the text. */
function lastUpTo(stretches: readonly Stretch[], offset: number): number {
  let low = 0
  let high = stretches.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (stretches[middle]!.start <= offset) low = middle
    else high = middle - 1
  }
  return low
}
