// Runs the tests of a generated layer as an app does: with jest, and babel as React Native sets it up.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { oracleFolder } from '../oracle/installed.ts'

export interface JestOutcome {
  readonly passes: number
  /** The full names of the tests that failed, and files that could not be run. */
  readonly failures: readonly string[]
  /** What jest tells of them. */
  readonly messages: readonly string[]
}

interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

const modules = path.join(oracleFolder, 'node_modules')
const ownModules = fileURLToPath(new URL('../../../node_modules/', import.meta.url))

/** Writes the files, given by relative path, into a folder of their own and runs all tests among them. The oracle must be installed. */
export async function runJest(files: Readonly<Record<string, string>>): Promise<JestOutcome> {
  // Jest compares real paths.
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'jest-app-')))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    const babel = { presets: [path.join(modules, '@react-native/babel-preset')], configFile: false, babelrc: false }
    const config = {
      rootDir: folder,
      testEnvironment: 'node',
      transform: { '\\.[jt]sx?$': [path.join(modules, 'babel-jest'), babel] },
      modulePaths: [ownModules, modules],
      cacheDirectory: path.join(folder, '.cache'),
      watchman: false,
    }
    const configFile = path.join(folder, 'jest.config.json')
    writeFileSync(configFile, JSON.stringify(config))
    const args = ['--config', configFile, '--runInBand', '--json']
    return await new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        [path.join(modules, 'jest/bin/jest.js'), ...args],
        { cwd: folder, maxBuffer: 2 ** 26 },
        (error, stdout, stderr) => {
          // A run with failing tests ends with an error as well, but not without its report.
          if (stdout === '') reject(error ?? new Error(stderr))
          else resolve(outcomeOf(JSON.parse(stdout) as Report))
        },
      )
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function outcomeOf({ numPassedTests, testResults }: Report): JestOutcome {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter(one => one.status === 'failed').map(one => one.fullName)
    return status === 'failed' && failed.length === 0 ? [`${path.basename(name)}: ${message}`] : failed
  })
  return { passes: numPassedTests, failures, messages: testResults.map(one => one.message).filter(Boolean) }
}
