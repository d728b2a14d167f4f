// A comment silences a rule that finds nothing there.
import type { Silence } from '../../facts/file-facts.ts'
import type { Place } from '../../text/span.ts'
import type { Rule } from '../rule.ts'
import type { SilenceSubject } from '../silence.ts'
import { removeComment, removeRule } from '../silence-edits.ts'

interface Data {
  readonly silence: Silence
  readonly at: Place
  /** True when nothing in the comment hides anything. */
  readonly isWhole: boolean
}

export const unusedSuppression: Rule<SilenceSubject, Data> = {
  id: 'offline-storage/unused-suppression',
  severity: 'warning',
  on: 'silence',
  docs: {
    what: 'An `offline-storage-disable` comment hides nothing.',
    why: 'It outlived the finding it was written for, and would hide the next one without anybody having looked at it. Rules that need a released schema are not judged here: where no release is known, they find nothing.',
    fix: 'Remove the comment, or the rule from its list. Fix all leaves this to you, as somebody wrote the comment on purpose.',
  },
  *check({ silence, file, unused }) {
    if (unused === 'all') {
      const at = { file, span: silence.at }
      yield { at, message: 'This comment hides no finding. Remove it.', data: { silence, at, isWhole: true } }
      return
    }
    const isWhole = unused.length === silence.rules.length
    for (const { id, at } of unused)
      yield {
        at,
        message: `${id} finds nothing here, so there is nothing to hide. Remove it from the comment.`,
        data: { silence, at, isWhole },
      }
  },
  fix({ data: { silence, at, isWhole } }, context) {
    const text = context.text(at.file)
    if (text === undefined) return undefined
    if (isWhole) return { title: 'Remove this comment', safe: false, edits: [removeComment(at.file, text, silence)] }
    const index = silence.rules.findIndex(rule => rule.at.start === at.span.start)
    return { title: 'Remove it from this comment', safe: false, edits: [removeRule(at.file, text, silence, index)] }
  },
  examples: [],
}
