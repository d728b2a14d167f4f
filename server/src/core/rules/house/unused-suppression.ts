// A comment silences a rule that finds nothing there.
import type { Rule } from '../rule.ts'
import type { SilenceSubject } from '../silence.ts'

export const unusedSuppression: Rule<SilenceSubject> = {
  id: 'offline-storage/unused-suppression',
  severity: 'warning',
  on: 'silence',
  docs: {
    what: 'An `offline-storage-disable` comment hides nothing.',
    why: 'It outlived the finding it was written for, and would hide the next one without anybody having looked at it.',
    fix: 'Remove the comment, or the rule from its list.',
  },
  *check({ silence, file, unused }) {
    if (unused === 'all') yield { at: { file, span: silence.at }, message: 'This comment hides no finding. Remove it.' }
    else
      for (const { id, at } of unused)
        yield { at, message: `${id} finds nothing here, so there is nothing to hide. Remove it from the comment.` }
  },
  examples: [],
}
