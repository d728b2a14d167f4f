// Comments that silence rules: which findings they hide, and which of them hide nothing.
import type { FileFacts, Silence } from '../facts/file-facts.ts'
import type { Place, Span } from '../text/span.ts'
import type { Found } from './finding-store.ts'
import type { AnyRule } from './rule.ts'

/** What the rules about silencing comments are asked about: one comment, and what became of it. */
export interface SilenceSubject {
  readonly silence: Silence
  readonly file: string
  /**
   * Named rules that hid nothing, without those that need a baseline: these find nothing where no release is known,
   * which says nothing about the comment. `all` when the comment names none and hid nothing.
   */
  readonly unused: readonly { readonly id: string; readonly at: Place }[] | 'all'
  readonly unknown: readonly { readonly id: string; readonly at: Place }[]
  readonly knownIds: readonly string[]
}

/** The findings of a file that no comment hides, and those about the comments themselves. */
export function applySilences(
  file: string,
  facts: FileFacts | undefined,
  found: readonly Found[],
  rules: readonly AnyRule[],
): readonly Found[] {
  const silences = facts?.silences ?? []
  if (silences.length === 0) return found
  const used = new Map<Silence, Set<string>>()
  const kept = found.filter(one => {
    const hiding = silences.filter(silence => hides(silence, one))
    for (const silence of hiding) used.set(silence, (used.get(silence) ?? new Set()).add(one.rule.id))
    return hiding.length === 0
  })
  const knownIds = rules.map(rule => rule.id)
  // What a broken text does not show may still be there.
  const judged = new Set(facts?.broken ? [] : rules.filter(rule => !rule.needsBaseline).map(rule => rule.id))
  const own = rules.filter(rule => rule.on === 'silence')
  const about = silences.flatMap(silence => {
    const subject = subjectOf(silence, file, used.get(silence) ?? new Set(), knownIds, judged)
    return own.flatMap(rule => [...rule.check(subject as never)].map(evidence => ({ rule, evidence })))
  })
  return [...kept, ...about]
}

const hides = (silence: Silence, one: Found): boolean =>
  inReach(silence, one.evidence.at.span) &&
  (silence.rules.length === 0 || silence.rules.some(rule => rule.id === one.rule.id))

const inReach = (silence: Silence, span: Span): boolean =>
  silence.scope === 'file' ||
  (silence.target !== undefined && silence.target.start <= span.start && span.start <= silence.target.end)

const subjectOf = (
  silence: Silence,
  file: string,
  used: ReadonlySet<string>,
  knownIds: readonly string[],
  judged: ReadonlySet<string>,
): SilenceSubject => {
  const placed = silence.rules.map(rule => ({ id: rule.id, at: { file, span: rule.at } }))
  const unknown = placed.filter(rule => !knownIds.includes(rule.id))
  const unused =
    placed.length === 0 && used.size === 0 && judged.size > 0
      ? ('all' as const)
      : placed.filter(rule => judged.has(rule.id) && !used.has(rule.id))
  return { silence, file, unused, unknown, knownIds }
}
