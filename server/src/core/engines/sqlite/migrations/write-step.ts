// Writes a new step at the end of an app's own ladder, in the shape and the style of its last one.
import type { Numbered } from '../../../catalog/catalog.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { sameSpan } from '../../../text/span.ts'
import { versionWritten } from '../ladder/version-calls.ts'
import type { Ladder, LadderStep, SqliteStore } from '../types.ts'
import { patternOf } from './call-pattern.ts'
import type { NewStep } from './new-step.ts'
import { releasedSnapshot, wholeFresh } from './runs.ts'
import { stepInBranch } from './step-in-branch.ts'
import { stepInList } from './step-in-list.ts'

/** The edits of a new step, or why it cannot be written. */
export type WrittenStep =
  | { readonly edits: readonly TextEdit[]; readonly version: number; readonly show: string }
  | { readonly problem: string }

/** The step that runs `statements`, with all that must be raised for it. */
export function writeStep(
  store: SqliteStore,
  statements: readonly string[],
  words: string,
  context: FixContext,
): WrittenStep {
  const { ladder } = store
  if (!ladder || ladder.steps.length === 0)
    return {
      problem: 'There is no step of a migration by "PRAGMA user_version" that a new one could be written after.',
    }
  const version = nextVersion(store, ladder)
  const before = Math.max(...ladder.steps.map(step => step.version.value), ladder.fresh?.stamp?.value ?? 0)
  const step: NewStep = { statements, version, before: before < version ? before : version - 1, words }
  const edits =
    ladder.shape === 'list' ? stepInList(store, ladder, step, context) : inBranch(store, ladder, step, context)
  if (!edits)
    return { problem: `The steps of "${store.name}" are written in a way that no further one can be modelled on.` }
  const raised = raises(store, ladder, version, context)
  if (!raised) return { problem: `The version of "${store.name}" cannot be raised: it is not written as a number.` }
  const all = [...edits, ...raised.filter(edit => !edits.some(one => one.file === edit.file && sameSpan(one, edit)))]
  return { edits: all, version, show: edits[0]!.file }
}

/** The version of a new step: the one that the code wants already and no step leads to, else the next. */
function nextVersion(store: SqliteStore, { steps, target, fresh, shape }: Ladder): number {
  const top = Math.max(...steps.map(step => step.version.value))
  const released = releasedSnapshot(store)?.version
  const stamp = fresh?.stamp?.value ?? 0
  const wanted = Math.max(target?.value ?? 0, stamp, released ?? 0)
  if (wanted <= top || (released !== undefined && released >= wanted)) return Math.max(top, wanted) + 1
  // Where new installs may have been released with that version, only a chain without a gap still needs a step to it.
  const isOpen = target?.value === wanted || released !== undefined || shape === 'if-equal' || shape === 'switch'
  return isOpen ? wanted : wanted + 1
}

function inBranch(
  store: SqliteStore,
  ladder: Ladder,
  step: NewStep,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const last = ladder.steps.at(-1)
  const isLast = last && ladder.steps.every(one => one.version.value <= last.version.value)
  if (!last || !isLast) return undefined
  const pattern = patternLike(store, ladder, context)
  return pattern && stepInBranch(store, { last, pattern, step }, context)
}

/** The pattern of the last step that can be one. */
export function patternLike(store: SqliteStore, ladder: Ladder, context: FixContext) {
  for (const step of [...ladder.steps].reverse()) {
    const found = patternOf(store, step, context)
    if (found) return found
  }
  return undefined
}

/** The edits that raise the version wherever it is written for the whole ladder; undefined where that cannot be done. */
function raises(
  store: SqliteStore,
  { target, fresh, writes, steps }: Ladder,
  version: number,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = []
  const raise = (number: Numbered | undefined): boolean => {
    if (!number || number.value >= version) return true
    const { file, span } = number.at
    const text = context.text(file)?.slice(span.start, span.end)
    if (text !== String(number.value)) return false
    if (!edits.some(edit => edit.file === file && edit.start === span.start))
      edits.push({ file, start: span.start, end: span.end, text: String(version) })
    return true
  }
  if (!raise(target) || !raise(wholeFresh(store)?.stamp)) return undefined
  const top = Math.max(...steps.map((step: LadderStep) => step.version.value))
  for (const { call, step } of writes) {
    if (step) continue
    const at = versionWritten(call)
    if (!at || !call.sql) continue
    const hole = call.sql.parts.find(part => part.value && part.start >= at.start && part.end <= at.end)
    const number = hole?.value
      ? store.scope.number(hole.value)
      : numberIn(call.sql.text.slice(at.start, at.end), call.sql.place(at.start, at.end))
    if (number && number.value >= Math.min(top, fresh?.stamp?.value ?? top) && !raise(number)) return undefined
  }
  return edits
}

const numberIn = (text: string, at: Numbered['at'] | undefined): Numbered | undefined =>
  at && /^\d+$/.test(text) ? { value: Number(text), at } : undefined
