// Shows what a fix would change, in the form that `patch` and `git apply` take.
import { diffLines, type Hunk, splitLines } from '../core/text/diff.ts'

const around = 3

/** The unified diff of one file; `before` undefined for a file to be created. Empty when nothing differs. */
export function unifiedDiff(file: string, before: string | undefined, after: string): string {
  const a = splitLines(before ?? '')
  const b = splitLines(after)
  const groups = group(diffLines(a, b))
  if (groups.length === 0) return ''
  const header = `--- ${before === undefined ? '/dev/null' : `a/${file}`}\n+++ b/${file}\n`
  return header + groups.map(hunks => show(hunks, a, b)).join('')
}

/** Hunks whose surroundings meet are shown as one. */
function group(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = []
  for (const hunk of hunks) {
    const last = groups.at(-1)
    if (last && hunk.aStart - last.at(-1)!.aEnd <= 2 * around) last.push(hunk)
    else groups.push([hunk])
  }
  return groups
}

function show(hunks: readonly Hunk[], a: readonly string[], b: readonly string[]): string {
  const first = hunks[0]!
  const last = hunks.at(-1)!
  const aStart = Math.max(0, first.aStart - around)
  const aEnd = Math.min(a.length, last.aEnd + around)
  const bStart = first.bStart - (first.aStart - aStart)
  const bEnd = last.bEnd + (aEnd - last.aEnd)
  let text = `@@ -${range(aStart, aEnd)} +${range(bStart, bEnd)} @@\n`
  let at = aStart
  for (const hunk of hunks) {
    for (; at < hunk.aStart; at++) text += line(' ', a[at]!)
    for (; at < hunk.aEnd; at++) text += line('-', a[at]!)
    for (let i = hunk.bStart; i < hunk.bEnd; i++) text += line('+', b[i]!)
  }
  for (; at < aEnd; at++) text += line(' ', a[at]!)
  return text
}

/** Lines count from 1 here; an empty range names the line before it. */
const range = (start: number, end: number): string => `${end > start ? start + 1 : start},${end - start}`

const line = (mark: string, text: string): string =>
  `${mark}${text}${text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`
