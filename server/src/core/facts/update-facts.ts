// From the facts before an edit to the facts after it, with as little reading and as few new objects as can be.
import type { Text } from '../text/long-text.ts'
import type { FileFacts } from './file-facts.ts'
import { moveMarksOf, passMarks, settleMarks } from './marks.ts'
import { changeBetween } from './move-marks.ts'
import { readFacts } from './read-facts.ts'
import { reconcile } from './reconcile.ts'
import { updateChunk } from './update-chunk.ts'

/** A text and what it said. */
export interface Reading {
  readonly text: Text
  readonly facts: FileFacts
}

/**
 * The facts of `text`, given those of the text before it. What says the same as before is the same object, its spans
 * moved, so `previous.facts` must not be used any more. While the new text has syntax errors the last good facts are
 * kept and only `error` is new. Never throws.
 */
export function updateFacts(file: string, previous: Reading | undefined, text: Text): FileFacts {
  if (!previous) return readFacts(file, text.toString())
  const change = changeBetween(previous.text, text)
  if (!change) return previous.facts
  const { facts: before } = previous
  const quick = updateChunk(file, before, change, previous.text, text)
  if (quick) return quick
  const next = readFacts(file, text.toString())
  if (!next.error || before.broken) {
    const result = reconcile(before, next)
    settleMarks(result)
    return result
  }
  moveMarksOf(before, change)
  const kept: FileFacts = { ...before, error: next.error }
  passMarks(before, kept)
  return kept
}
