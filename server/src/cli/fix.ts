// `offline-storage fix`: makes the safe fixes.
import { mend } from '../core/mend.ts'
import type { Program } from '../program.ts'
import type { Arguments } from './arguments.ts'
import type { Io } from './io.ts'
import { load } from './load.ts'
import { inside } from './report/report.ts'
import { unifiedDiff } from './unified-diff.ts'
import { writeChange } from './write-change.ts'

/** Mends a folder, or with `--dry-run` shows what would change. Exit code 1 when a file could not be written, else 0. */
export async function fix(program: Program, args: Arguments, io: Io): Promise<number> {
  const { root, analyzer, context } = await load(program, args, io)
  const rules = args.only.length > 0 ? new Set(args.only) : undefined
  const { changes, fixes } = mend(analyzer, { context, ...(rules && { rules }) })
  const files = [...changes].sort(([a], [b]) => (a < b ? -1 : 1))
  let refused = 0
  for (const [file, { before, after }] of files) {
    if (args.dryRun) {
      io.out(unifiedDiff(inside(root, file), before, after))
      continue
    }
    const refusal = await writeChange(file, before, after)
    if (refusal !== undefined) refused++
    if (refusal !== undefined) io.error(`${inside(root, file)}: ${refusal}\n`)
    else io.out(`mended ${inside(root, file)}\n`)
  }
  if (!args.dryRun) io.out(`${sum(fixes, files.length, refused)}\n`)
  return refused > 0 ? 1 : 0
}

function sum(fixes: number, files: number, refused: number): string {
  if (fixes === 0) return 'Nothing to mend.'
  // Which fixes a file held is not known here, so only files can be counted when some were left alone.
  if (refused > 0) return `Mended ${count(files - refused, 'file')}, left ${count(refused, 'file')} alone.`
  return `Mended ${count(fixes, 'problem')} in ${count(files, 'file')}.`
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
