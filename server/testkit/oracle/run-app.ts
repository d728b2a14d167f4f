// Runs apps under the real WatermelonDB in a child process and tells what the library did.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { compile, compileBody } from './compile.ts'
import { oracleFolder } from './installed.ts'
import type { Action, Job, NodeEnv, OracleResult, Scenario, Work } from './types.ts'

export interface RunOptions extends Omit<Scenario, 'files'> {
  readonly nodeEnv: NodeEnv
}

/**
 * Runs one app in one child process.
 * @throws when the app does not compile, or the process dies before it has answered.
 */
export async function runApp(files: Readonly<Record<string, string>>, options: RunOptions): Promise<OracleResult> {
  const { nodeEnv, ...scenario } = options
  const [result] = await runApps([{ files, ...scenario }], nodeEnv)
  return result!
}

/**
 * Runs many scenarios one after the other in one child process; each has its own instances of the app's modules, and
 * its own database file unless it names one. Scenarios that name the same file see what the earlier ones left in it.
 * @throws as `runApp` does.
 */
export async function runApps(scenarios: readonly Scenario[], nodeEnv: NodeEnv): Promise<readonly OracleResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'))
  try {
    const jobs = await Promise.all(scenarios.map((scenario, i) => jobOf(scenario, join(folder, `app-${i}.db`))))
    const work: Work = { oracleFolder, resultFile: join(folder, 'results'), jobs }
    const workFile = join(folder, 'work.json')
    await Promise.all([writeFile(workFile, JSON.stringify(work)), buildChild(join(folder, 'child.cjs'))])
    const limit = 20_000 + jobs.reduce((sum, job) => sum + (job.timeout ?? 2000) * (job.script.length + 2), 0)
    const trouble = await runChild(join(folder, 'child.cjs'), workFile, nodeEnv, limit)
    const lines = await readFile(work.resultFile, 'utf8').catch(() => '')
    const results = lines
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as OracleResult)
    if (results.length !== jobs.length)
      throw new Error(`The oracle died in scenario ${results.length + 1} of ${jobs.length}: ${trouble}`)
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function jobOf(scenario: Scenario, newFile: string): Promise<Job> {
  const files = await Promise.all(
    Object.entries(scenario.files).map(async ([path, source]) => [path, await compile(path, source)] as const),
  )
  const script = await Promise.all(scenario.script.map(compileAction))
  return {
    ...scenario,
    script,
    files: Object.fromEntries(files),
    entry: scenario.entry ?? 'src/db/index',
    dbFile: scenario.dbFile ?? newFile,
  }
}

const compileAction = async (action: Action): Promise<Action> =>
  action.do === 'snippet' ? { ...action, code: await compileBody(action.code) } : action

let childCode: Promise<string> | undefined

/** Compiles the program of the child process, once per process. */
async function buildChild(to: string): Promise<void> {
  childCode ??= build({
    entryPoints: [join(oracleFolder, 'child', 'main.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  }).then(result => result.outputFiles[0]!.text)
  await writeFile(to, await childCode)
}

/** Resolves when the process has ended, with what may explain a missing answer. */
function runChild(program: string, workFile: string, nodeEnv: NodeEnv, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, workFile], {
      env: { ...process.env, NODE_ENV: nodeEnv, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, limit)
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', code => {
      clearTimeout(timer)
      resolve(late ? `no answer within ${limit} ms` : `exit code ${code}. ${stderr.slice(-2000)}`)
    })
  })
}
