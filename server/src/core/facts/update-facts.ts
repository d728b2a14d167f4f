// From the facts before an edit to the facts after it, with as little reading and as few new objects as can be.
import type { FileFacts } from './file-facts.ts'
import { changeBetween, marksOf, moveMarks, passMarks } from './marks.ts'
import { readFacts } from './read-facts.ts'
import { reconcile } from './reconcile.ts'
import { updateChunk } from './update-chunk.ts'

/** A text and what it said. */
export interface Reading {
  readonly text: string
  readonly facts: FileFacts
}

/**
 * The facts of `text`, given those of the text before it. What says the same as before is the same object, its spans
 * moved, so `previous.facts` must not be used any more. While the new text has syntax errors the last good facts are
 * kept and only `error` is new. Never throws.
 */
export function updateFacts(file: string, previous: Reading | undefined, text: string): FileFacts {
  if (!previous) return readFacts(file, text)
  const change = changeBetween(previous.text, text)
  if (!change) return previous.facts
  const { facts: before } = previous
  const quick = updateChunk(file, before, change, previous.text, text)
  if (quick) return quick
  const next = readFacts(file, text)
  if (!next.error || before.broken) return reconcile(before, next)
  moveMarks(marksOf(before), change)
  const kept: FileFacts = { ...before, error: next.error }
  passMarks(before, kept)
  return kept
}
