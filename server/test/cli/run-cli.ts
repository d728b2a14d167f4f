// Runs a command line inside the test.
import { run } from '../../src/cli/run.ts'
import type { Program } from '../../src/program.ts'
import { testProgram } from '../../testkit/test-rules.ts'

/** What a command gave. */
export interface CliRun {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Runs `argv` in the folder `cwd`, with the rules of tests. */
export async function runCli(
  argv: readonly string[],
  cwd = process.cwd(),
  color = false,
  program: Program = testProgram,
): Promise<CliRun> {
  let out = ''
  let error = ''
  const io = {
    cwd,
    color,
    out: (text: string) => {
      out += text
    },
    error: (text: string) => {
      error += text
    },
  }
  const code = await run(argv, io, program)
  return { code, out, error }
}
