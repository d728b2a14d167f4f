// What differs between two texts, line by line: for previews, and for edits that leave the rest of a file alone.

/** Lines `[aStart, aEnd)` of the first text stand against lines `[bStart, bEnd)` of the second. Lines count from 0. */
export interface Hunk {
  readonly aStart: number
  readonly aEnd: number
  readonly bStart: number
  readonly bEnd: number
}

/** Above this many differing lines a middle is replaced as a whole: searching it for the shortest script would be slow. */
const patience = 2000

/** The lines of `text`, each with its line end; joined they are the text again. */
export const splitLines = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []

/** The shortest list of hunks that turns lines `a` into lines `b` (Myers), in order, never touching one another. */
export function diffLines(a: readonly string[], b: readonly string[]): Hunk[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const aMiddle = a.slice(head, a.length - tail)
  const bMiddle = b.slice(head, b.length - tail)
  if (aMiddle.length === 0 && bMiddle.length === 0) return []
  const whole = { aStart: head, aEnd: a.length - tail, bStart: head, bEnd: b.length - tail }
  if (aMiddle.length === 0 || bMiddle.length === 0) return [whole]
  const hunks = shortest(aMiddle, bMiddle)
  if (!hunks) return [whole]
  return hunks.map(hunk => ({
    aStart: hunk.aStart + head,
    aEnd: hunk.aEnd + head,
    bStart: hunk.bStart + head,
    bEnd: hunk.bEnd + head,
  }))
}

function shortest(a: readonly string[], b: readonly string[]): Hunk[] | undefined {
  const traces: Map<number, number>[] = []
  let reach = new Map<number, number>([[1, 0]])
  for (let depth = 0; depth <= Math.min(a.length + b.length, patience); depth++) {
    traces.push(new Map(reach))
    for (let k = -depth; k <= depth; k += 2) {
      const down = k === -depth || (k !== depth && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1))
      let x = down ? reach.get(k + 1)! : reach.get(k - 1)! + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      reach.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(traces, a.length, b.length)
    }
    reach = new Map(reach)
  }
  return undefined
}

function walkBack(traces: readonly Map<number, number>[], aLength: number, bLength: number): Hunk[] {
  const hunks: Hunk[] = []
  let x = aLength
  let y = bLength
  for (let depth = traces.length - 1; depth > 0; depth--) {
    const reach = traces[depth]!
    const k = x - y
    const down = k === -depth || (k !== depth && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1))
    const fromX = reach.get(down ? k + 1 : k - 1)!
    const fromY = fromX - (down ? k + 1 : k - 1)
    const step = down
      ? { aStart: fromX, aEnd: fromX, bStart: fromY, bEnd: fromY + 1 }
      : { aStart: fromX, aEnd: fromX + 1, bStart: fromY, bEnd: fromY }
    const next = hunks[0]
    if (next && next.aStart === step.aEnd && next.bStart === step.bEnd)
      hunks[0] = { aStart: step.aStart, aEnd: next.aEnd, bStart: step.bStart, bEnd: next.bEnd }
    else hunks.unshift(step)
    x = fromX
    y = fromY
  }
  return hunks
}
