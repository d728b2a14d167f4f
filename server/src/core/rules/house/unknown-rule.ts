// A comment names a rule that does not exist.
import type { Silence } from '../../facts/file-facts.ts'
import { closest } from '../../text/similar.ts'
import type { Place } from '../../text/span.ts'
import type { Fix, Rule } from '../rule.ts'
import type { SilenceSubject } from '../silence.ts'
import { removeRule } from '../silence-edits.ts'

interface Data {
  readonly silence: Silence
  readonly at: Place
  readonly meant: string | undefined
}

export const unknownRule: Rule<SilenceSubject, Data> = {
  id: 'offline-storage/unknown-rule',
  severity: 'warning',
  on: 'silence',
  docs: {
    what: 'An `offline-storage-disable` comment names a rule that does not exist.',
    why: 'The finding it was meant to hide is still reported.',
    fix: 'Correct the name. The quick fix takes the rule whose name is nearest, or takes the name away.',
  },
  *check({ silence, unknown, knownIds }) {
    for (const { id, at } of unknown) {
      const meant = closest(id, knownIds)
      const question = meant === undefined ? '' : ` Did you mean "${meant}"?`
      yield { at, message: `There is no rule "${id}".${question}`, data: { silence, at, meant } }
    }
  },
  fix({ data: { silence, at, meant } }, context) {
    const text = context.text(at.file)
    if (text === undefined) return undefined
    const fixes: Fix[] = []
    // Not safe: it hides a finding that is shown now, and which one is a guess.
    if (meant !== undefined && !silence.rules.some(rule => rule.id === meant))
      fixes.push({
        title: `Change to "${meant}"`,
        safe: false,
        edits: [{ file: at.file, start: at.span.start, end: at.span.end, text: meant }],
      })
    const index = silence.rules.findIndex(rule => rule.at.start === at.span.start)
    const title = silence.rules.length > 1 ? 'Remove it from this comment' : 'Remove this comment'
    fixes.push({ title, safe: false, edits: [removeRule(at.file, text, silence, index)] })
    return fixes
  },
  examples: [],
}
