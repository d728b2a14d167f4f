// The command by which a person runs the tests of the gates. It is typed into a terminal and never run by this program.
import * as z from 'zod'
import { resultsFile } from './results-file.ts'

export type Runner = 'jest' | 'mocha'

/** How the package starts programs that it has installed. */
export type Starter = 'npx' | 'yarn' | 'pnpm exec' | 'bunx'

/** Longer lists would be no line that a person reads before pressing Enter. */
const mostFiles = 12

/**
 * The command, for a terminal in the folder of the package. It names the test files where their names are plain in every
 * shell; otherwise it runs all tests.
 */
export function testCommand(runner: Runner, starter: Starter, files: readonly string[]): string {
  const isPlain = files.length <= mostFiles && files.every(file => /^\w[\w@./-]*$/.test(file))
  const some = isPlain ? files : []
  const options =
    runner === 'jest'
      ? [...(some.length > 0 ? ['--runTestsByPath'] : []), '--json', `--outputFile=${resultsFile}`]
      : ['--reporter', 'json', '--reporter-option', `output=${resultsFile}`]
  return [starter, runner, ...options, ...some].join(' ')
}

const manifestShape = z.object({
  dependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
  devDependencies: z.record(z.string(), z.unknown()).optional().catch(undefined),
})

/** The runner that a package.json names; undefined where it names none or cannot be read. */
export function runnerOf(manifest: string): Runner | undefined {
  const read = manifestShape.safeParse(dataOf(manifest))
  if (!read.success) return undefined
  const names = Object.keys({ ...read.data.dependencies, ...read.data.devDependencies })
  if (names.some(name => name === 'jest' || name === 'jest-expo')) return 'jest'
  return names.includes('mocha') ? 'mocha' : undefined
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
