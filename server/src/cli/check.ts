// `offline-storage check`: reports what is wrong.
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gitRoot } from '../host/git.ts'
import { version } from '../host/version.ts'
import type { Program } from '../program.ts'
import type { Arguments } from './arguments.ts'
import type { Io } from './io.ts'
import { load } from './load.ts'
import { githubReport } from './report/github.ts'
import { jsonReport } from './report/json.ts'
import { collect, countBySeverity, type Report } from './report/report.ts'
import { sarifReport } from './report/sarif.ts'
import { textReport } from './report/text.ts'

/** Checks a folder and writes the report. Gives the exit code: 1 for errors or too many warnings, else 0. */
export async function check(program: Program, args: Arguments, io: Io): Promise<number> {
  const start = performance.now()
  const loaded = await load(program, args, io)
  const report = collect({ ...loaded, durationMs: performance.now() - start })
  io.out(await write(report, loaded.root, program, args, io))
  const { error, warning } = countBySeverity(report.findings)
  if (args.maxWarnings !== undefined && warning > args.maxWarnings) {
    io.error(`There are ${warning} warnings; at most ${args.maxWarnings} are allowed.\n`)
    return 1
  }
  return error > 0 ? 1 : 0
}

async function write(report: Report, root: string, program: Program, args: Arguments, io: Io): Promise<string> {
  switch (args.format) {
    case 'json':
      return jsonReport(report)
    case 'github':
      return githubReport(report, relative((await gitRoot(root)) ?? root, root).replace(/\\/g, '/'))
    case 'sarif':
      return sarifReport(report, {
        toolVersion: version,
        rules: program.rules,
        rootUri: `${pathToFileURL(root).href}/`,
      })
    default:
      return textReport(report, io.color)
  }
}
