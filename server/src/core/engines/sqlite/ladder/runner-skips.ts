// Where the code that runs a list of steps leaves out those that a database has.
import type { Scope } from '../../../catalog/scope.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import type { Ladder } from '../types.ts'

const versionKey = /^(?:version|toVersion|to|targetVersion|v|id|number)$/

/**
 * The comparison by which only steps above the version of the database are run: `step.version > current`, or
 * `step.version <= current` where that skips. Undefined where there is none, or where another one says otherwise.
 */
export function runnerSkips(scope: Scope, ladder: Ladder): Place | undefined {
  const files = new Set([ladder.file, ladder.at.file, ...ladder.writes.map(write => write.call.at.file)])
  const found: { readonly at: Place; readonly isAbove: boolean }[] = []
  for (const file of files) {
    const usage = scope.usage(file)
    const values: readonly Value[] = [
      ...(usage?.tests ?? []).map(test => test.test),
      ...(usage?.functions ?? []).flatMap(fn => fn.returns),
    ]
    for (const value of values)
      for (const part of walkValue(value)) {
        if (part.kind !== 'binary') continue
        const op = opOf(part.op, part.left, part.right)
        if (op) found.push({ at: { file, span: part.at }, isAbove: op === '>' || op === '<=' })
      }
  }
  return found.every(one => one.isAbove) ? found[0]?.at : undefined
}

/** The comparison with the step on its left. */
function opOf(op: string, left: Value, right: Value): string | undefined {
  if (!/^[<>]=?$/.test(op)) return undefined
  if (isOfStep(left) && !isOfStep(right)) return op
  if (isOfStep(right) && !isOfStep(left)) return op.replace(/[<>]/, sign => (sign === '<' ? '>' : '<'))
  return undefined
}

const isOfStep = (value: Value): boolean =>
  value.kind === 'member' && value.name !== undefined && versionKey.test(value.name) && value.of.kind !== 'this'
