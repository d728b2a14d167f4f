// Says of a failed schedule what went wrong for the people who use the app.
import type { Violation, ViolationKind } from './verdict.ts'

/** What each broken promise means, the worst first. */
const meanings: Readonly<Record<ViolationKind, string>> = {
  unclear: 'Not understood: the adapter cannot tell what the queue does.',
  lost: 'Lost: the app was told that the change is stored, and it is neither on the server nor in the storage.',
  duplicate: 'Doubled: the server has carried out one change more than once.',
  order: 'Out of order: a later change of a record reached the server before an earlier one.',
  stuck: 'Stuck: an hour after the network and the server were fine again, the change is still in the queue.',
  'wrongly dead': 'Given up: a change that the server would have taken was set aside for good.',
  overlap: 'Sent twice at once: two runs of the queue sent the same change at the same time.',
  'too early': 'Too early: the server had asked to wait (Retry-After), and the change was sent before that.',
  refused: 'Refused: the queue did not take a change, though its storage worked.',
}

/** The promises that a schedule broke, with an example or two of each, and what happened in it where that is given. */
export function explain(seed: number, violations: readonly Violation[], story: readonly string[] = []): string {
  const kinds = (Object.keys(meanings) as ViolationKind[]).filter(kind => violations.some(one => one.kind === kind))
  const lines = kinds.flatMap(kind => {
    const own = violations.filter(one => one.kind === kind)
    const more = own.length > 2 ? [`    … and ${own.length - 2} more`] : []
    return [`  ${meanings[kind]}`, ...own.slice(0, 2).map(({ text }) => `    ${text}`), ...more]
  })
  return [`Schedule ${seed}:`, ...lines, ...(story.length > 0 ? ['', ...story] : [])].join('\n')
}
