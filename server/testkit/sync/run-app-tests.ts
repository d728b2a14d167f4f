// Runs the tests that a generated layer brings along, with mocha in a process of their own.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { virtualFiles } from './load-generated.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js')

/** What a run ended with. */
export interface Outcome {
  readonly passes: number
  readonly failures: readonly string[]
}

/** Bundles the tests among the files of an app, by relative path, and runs them. */
export async function runAppTests(files: Readonly<Record<string, string>>): Promise<Outcome> {
  const names = Object.keys(files).filter(name => name.endsWith('.test.ts'))
  const folder = mkdtempSync(path.join(tmpdir(), 'layer-tests-'))
  try {
    for (const name of names) {
      const built = await build({
        stdin: { contents: `import './${name}'`, resolveDir: root },
        ...{ bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20' },
        plugins: [virtualFiles(files)],
      })
      const file = path.join(folder, `${path.basename(name, '.ts')}.cjs`)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, built.outputFiles[0]?.text ?? '')
    }
    const output = await new Promise<string>(resolve => {
      const args = [mocha, '--no-config', '--reporter', 'json', `${folder}/*.cjs`]
      execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, stdout) => resolve(stdout))
    })
    const report = JSON.parse(output.slice(output.indexOf('{\n  "stats"'))) as {
      stats: { passes: number }
      failures: { fullTitle: string }[]
    }
    return { passes: report.stats.passes, failures: report.failures.map(one => one.fullTitle) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
