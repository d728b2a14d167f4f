// A comment names a rule that does not exist.
import { closest } from '../../text/similar.ts'
import type { Rule } from '../rule.ts'
import type { SilenceSubject } from '../silence.ts'

export const unknownRule: Rule<SilenceSubject> = {
  id: 'offline-storage/unknown-rule',
  severity: 'warning',
  on: 'silence',
  docs: {
    what: 'An `offline-storage-disable` comment names a rule that does not exist.',
    why: 'The finding it was meant to hide is still reported.',
    fix: 'Correct the name.',
  },
  *check({ unknown, knownIds }) {
    for (const { id, at } of unknown) {
      const meant = closest(id, knownIds)
      yield { at, message: `There is no rule "${id}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}` }
    }
  },
  examples: [],
}
