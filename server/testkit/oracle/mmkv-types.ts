// Asks the TypeScript compiler about code that uses react-native-mmkv, against the real types of one major version.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { oracleFolder } from './installed.ts'

export type MmkvMajor = 2 | 3 | 4

/** An error of the compiler; `file` is as it was given, `code` like `TS2693`. */
export interface TypeProblem {
  readonly file: string
  readonly code: string
  /** From 0. */
  readonly line: number
  readonly message: string
}

const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))

/** What the samples import besides MMKV, in as few words as they need. */
const otherLibraries = readFileSync(new URL('mmkv-neighbours.d.ts', import.meta.url), 'utf8')

/**
 * Every error that strict TypeScript finds in `files` (texts by relative path; JavaScript is checked as well) where
 * `react-native-mmkv` is of version `major`. The oracle must be installed.
 */
export function typeProblems(files: Readonly<Record<string, string>>, major: MmkvMajor): readonly TypeProblem[] {
  const folder = mkdtempSync(join(tmpdir(), 'mmkv-types-'))
  const modules = join(oracleFolder, 'node_modules')
  const config = {
    compilerOptions: {
      ...{ target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', lib: ['ES2022', 'DOM'], types: [] },
      ...{ strict: true, allowJs: true, checkJs: true, jsx: 'preserve', noEmit: true, noUnusedLocals: true },
      paths: { 'react-native-mmkv': [join(modules, `mmkv-${major}`)] },
    },
    include: ['**/*'],
  }
  try {
    const all = { ...files, 'neighbours.d.ts': otherLibraries, 'tsconfig.json': JSON.stringify(config) }
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return problemsIn(run(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The output of the compiler, which ends with an error where it finds one. */
function run(folder: string): string {
  try {
    return execFileSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && String(error.stdout) !== '') return String(error.stdout)
    throw error
  }
}

function problemsIn(output: string): TypeProblem[] {
  const problems: TypeProblem[] = []
  for (const line of output.split(/\r?\n/)) {
    const found = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line)
    if (found) problems.push({ file: found[1]!, line: Number(found[2]) - 1, code: found[3]!, message: found[4]! })
    else if (/^error /.test(line)) throw new Error(`the compiler cannot be asked: ${line}`)
  }
  return problems
}
