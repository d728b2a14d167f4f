// All safe fixes at once, as edits.
import type { Mended } from '../core/mend.ts'
import { diffLines, splitLines } from '../core/text/diff.ts'
import type { Edit, TextEdit } from '../core/text/edit.ts'

/** The changes of `mended` as edits that touch only the lines that differ, so that carets and marks stay elsewhere. */
export function mendEdits(mended: Mended): Edit[] {
  const edits: Edit[] = []
  for (const [file, { before, after }] of mended.changes) {
    if (before === undefined) edits.push({ file, create: after })
    else edits.push(...changedLines(file, before, after))
  }
  return edits
}

function changedLines(file: string, before: string, after: string): TextEdit[] {
  const a = splitLines(before)
  const b = splitLines(after)
  const starts = [0]
  for (const line of a) starts.push(starts.at(-1)! + line.length)
  return diffLines(a, b).map(hunk => ({
    file,
    start: starts[hunk.aStart]!,
    end: starts[hunk.aEnd]!,
    text: b.slice(hunk.bStart, hunk.bEnd).join(''),
  }))
}
