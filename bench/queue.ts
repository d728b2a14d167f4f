// Measures the queue of generated sync layers beside TanStack's offline transactions, each phase in a process of its own.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { isOracleInstalled, oracleFolder } from '../server/testkit/oracle/installed.ts'
import { generateLayer } from '../server/testkit/sync/generated-layer.ts'
import { bundleGenerated } from '../server/testkit/sync/load-generated.ts'
import { notesApp } from './queue-app.ts'
import type { Drained, Filled, Phase, QueueName, Task } from './queue-child.ts'
import type { QueuePlace } from './queue-under-bench.ts'
import { atMost, type Verdict } from './verdict.ts'

/** `drained` is undefined where storing was cut off, or sending took longer than the limit. */
export interface QueueRow {
  readonly queue: QueueName
  readonly filled: Filled
  readonly drained: Drained | undefined
}

export interface QueueFigures {
  readonly operations: number
  readonly rows: readonly QueueRow[]
}

/** Those of one storage stand together, ours before the other. */
const queues: readonly QueueName[] = [
  'oursInMemory',
  'tanstackInMemory',
  'oursInSqlite',
  'oursInSqliteAlone',
  'tanstackInSqlite',
]

const run = promisify(execFile)

/** A phase that takes longer is cut off. */
export const limitMinutes = 2

/** Measures each size; undefined where the packages that are measured are not installed. Throws when a queue fails. */
export async function measureQueue(sizes: readonly number[]): Promise<readonly QueueFigures[] | undefined> {
  if (!isOracleInstalled()) return undefined
  const scratch = mkdtempSync(join(tmpdir(), 'offline-storage-queue-'))
  try {
    const child = await bundleChild(scratch)
    const layers = { 'expo-sqlite': await layer(scratch, 'expo-sqlite'), mmkv: await layer(scratch, 'mmkv') }
    const figures: QueueFigures[] = []
    for (const operations of sizes) {
      const rows: QueueRow[] = []
      for (const queue of queues) {
        console.error(`${queue}, ${operations} operations …`)
        const place: QueuePlace = { file: join(scratch, `${queue}-${operations}`), packages: oracleFolder, layers }
        rows.push(await measureRow(child, queue, place, operations))
      }
      figures.push({ operations, rows })
    }
    return figures
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function measureRow(child: string, queue: QueueName, place: QueuePlace, operations: number): Promise<QueueRow> {
  const limit = limitMinutes * 60_000
  const phase = (name: Phase, timeout: number) =>
    measured(child, { queue, phase: name, place, operations, limit }, timeout)
  // Storing ends by itself, and what follows it takes its time.
  const filled = (await phase('fill', 3 * limit)) as Filled | undefined
  if (filled === undefined) throw new Error(`${queue} has not ended after its time.`)
  const drained = filled.stored === operations ? ((await phase('drain', limit)) as Drained | undefined) : undefined
  return { queue, filled, drained }
}

/** Judges the generated queues. */
export function judgeQueue({ rows }: QueueFigures): readonly Verdict[] {
  const of = (queue: QueueName) => rows.find(row => row.queue === queue)
  const [memory, sqlite] = [of('oursInMemory'), of('oursInSqlite')]
  const growth = (phase: { readonly early: number; readonly late: number } | undefined) =>
    phase && phase.late / phase.early
  return [
    atMost('growth of storing an operation, memory', 2, growth(memory?.filled), 'times'),
    atMost('growth of storing an operation and its row, SQLite', 2, growth(sqlite?.filled), 'times'),
    atMost('growth of sending an operation, memory', 2, growth(memory?.drained), 'times'),
    atMost('growth of sending an operation, SQLite', 2, growth(sqlite?.drained), 'times'),
    atMost('start to first request, memory', 500, memory?.drained?.firstRequest, 'ms'),
    atMost('start to first request, SQLite', 500, sqlite?.drained?.firstRequest, 'ms'),
  ]
}

async function measured(child: string, task: Task, timeout: number): Promise<Filled | Drained | undefined> {
  try {
    const { stdout } = await run(process.execPath, [child, JSON.stringify(task)], { timeout })
    return JSON.parse(stdout) as Filled | Drained
  } catch (error) {
    if (error instanceof Error && 'killed' in error && error.killed === true) return undefined
    throw error
  }
}

async function bundleChild(scratch: string): Promise<string> {
  const outfile = join(scratch, 'queue-child.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'queue-child.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  })
  return outfile
}

async function layer(scratch: string, target: 'expo-sqlite' | 'mmkv'): Promise<string> {
  const file = join(scratch, `${target}.mjs`)
  const { files } = generateLayer(notesApp, { target })
  writeFileSync(file, await bundleGenerated(files, ['create-app-sync']))
  return file
}
