// `offline-storage rules`: lists what can be found.
import { rulePage } from '../core/rules/rule-page.ts'
import type { Program } from '../program.ts'
import type { Arguments } from './arguments.ts'
import type { Io } from './io.ts'

/** Writes all rules, by id. */
export function rules(program: Program, args: Arguments, io: Io): number {
  const sorted = [...program.rules].sort((a, b) => (a.id < b.id ? -1 : 1))
  if (args.format === 'json') {
    const list = sorted.map(({ id, severity, docs, fix }) => ({
      id,
      severity,
      what: docs.what,
      why: docs.why,
      fix: docs.fix,
      fixable: fix !== undefined,
      url: rulePage(id),
    }))
    io.out(`${JSON.stringify(list, null, 2)}\n`)
    return 0
  }
  const width = Math.max(0, ...sorted.map(rule => rule.id.length))
  for (const { id, severity, docs } of sorted) io.out(`${id.padEnd(width)}  ${severity.padEnd(7)}  ${docs.what}\n`)
  return 0
}
