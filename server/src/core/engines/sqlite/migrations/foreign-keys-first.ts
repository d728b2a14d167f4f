// Tells whether foreign keys are certainly enforced while the steps run.
import { contains } from '../../../text/span.ts'
import type { SqliteStore } from '../types.ts'

const on = /^\s*PRAGMA\s+foreign_keys\s*(?:=|\()\s*(?:1|ON|YES|TRUE)\b/i

/** True where the function that runs the steps switches them on before the first of them, whatever the version. */
export function foreignKeysFirst({ ladder, calls, transactions }: SqliteStore): boolean {
  if (ladder?.fn === undefined) return false
  const first = Math.min(...ladder.steps.map(step => step.at.span.start))
  return calls.some(
    ({ sql, at, fact, fn, transaction }) =>
      on.test(sql?.text ?? '') &&
      at.file === ladder.file &&
      fn === ladder.fn &&
      !fact.isConditional &&
      transaction === undefined &&
      at.span.start < first &&
      !transactions.some(one => one.at.file === at.file && contains(one.at.span, at.span)),
  )
}
