// `offline-storage gates`: says which quality gates each store passes. No test is run.
import { resolve } from 'node:path'
import { isRequired } from '../../../shared/gates.ts'
import { checkGates } from '../host/check-gates.ts'
import { configFileName } from '../host/config-file.ts'
import { toSlashes } from '../host/slashes.ts'
import type { Program } from '../program.ts'
import type { Arguments } from './arguments.ts'
import { CannotRun, type Io } from './io.ts'
import { load } from './load.ts'
import { gatesText } from './report/gates-text.ts'
import type { FileProblem } from './report/report.ts'

/** Writes the report. Gives the exit code: 0 where all gates are passed, or with `--require exists` none is missing, else 1. */
export async function gates(program: Program, args: Arguments, io: Io): Promise<number> {
  const { root, analyzer, settings, sources, context, problems } = await load(program, args, io)
  refuseBadConfig(problems)
  if (analyzer.stores().length === 0) throw new CannotRun('No store was found here.')
  const results = args.results.map(file => toSlashes(resolve(io.cwd, file)))
  const found = await checkGates({
    root,
    analyzer,
    settings,
    sources,
    text: context.text,
    ...(results.length > 0 && { results }),
  })
  // A run that cannot be read says nothing of its tests, and a check that looks green without it would be a lie.
  if (results.length > 0 && found.unread.length > 0) throw new CannotRun(found.unread.join('\n'))
  for (const problem of [...found.problems, ...found.unread]) io.error(`${problem}\n`)
  const { report } = found
  io.out(args.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : gatesText(report, io.color))
  const required = report.stores.flatMap(store => store.gates.filter(isRequired))
  const isMet = args.require === 'exists' ? required.every(isThere) : required.every(({ state }) => state === 'passed')
  return isMet ? 0 : 1
}

const isThere = ({ state }: { readonly state: string }): boolean => state !== 'missing'

/** Where the plans of sync layers cannot be read, every store would look as if it did not sync. */
function refuseBadConfig(problems: readonly FileProblem[]): void {
  const wrong = problems.find(
    ({ rule, message }) =>
      rule === 'offline-storage/config' && /^(?:`(?:sync|gates)` |This is not valid JSON|Settings are)/.test(message),
  )
  if (wrong) throw new CannotRun(`${configFileName}: ${wrong.message}`)
}
