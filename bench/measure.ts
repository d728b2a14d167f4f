// Measures our server and TypeScript's native one on one generated workspace, edit by edit in turn, so that the ratios hold.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ts } from 'ts-morph'
import { statusNotification } from '../shared/requests.ts'
import type { BenchWorkspace, Mistake } from './bench-workspace.ts'
import { type LspDriver, type Position, type ServerCommand, startServer } from './lsp-driver.ts'
import { makeRealmWorkspace } from './make-realm-workspace.ts'
import { makeWorkspace } from './make-workspace.ts'

/** Times of one kind of edit, ms. */
export interface KeyTimes {
  readonly median: number
  readonly p95: number
}

/** What one server did on one workspace. */
export interface ServerTimes {
  /** Process start to first diagnostics of an open document, ms, best run; `warm` with what an earlier run kept. */
  readonly cold: number
  readonly warm: number | undefined
  /** Process start until the whole workspace has been read, ms. */
  readonly ready: number | undefined
  /** Processor time until then (or until first diagnostics, where the server does not say when it has read all), ms. */
  readonly startWork: number | undefined
  readonly modelKey: KeyTimes
  readonly schemaKey: KeyTimes
  /** Last of 21 keys to its diagnostics, ms. */
  readonly modelStorm: number
  readonly schemaStorm: number
  readonly peakMemory: number | undefined
}

const makers = { watermelondb: makeWorkspace, realm: makeRealmWorkspace }

/** Which library the generated app uses. */
export type BenchEngine = keyof typeof makers
export const benchEngines = Object.keys(makers) as readonly BenchEngine[]

/** One row of the results. */
export interface Measurement {
  readonly models: number
  readonly engine: BenchEngine
  readonly ours: ServerTimes
  readonly tsc: ServerTimes
  /** `ts.createSourceFile` of the same file, ms. */
  readonly floor: { readonly model: number; readonly schema: number }
  /** Keys before the other server runs, ms: beside it, at 3000 models, both wait for the same two cores and the same caches. */
  readonly modelKeyAlone: number
  readonly schemaKeyAlone: number
  /** Our answers while typing, each asked right after an edit of the file: by LSP method, the slower of model and schema file, ms. */
  readonly answers: Readonly<Record<string, KeyTimes>>
}

/** How long measuring goes on. */
export interface Effort {
  readonly edits: number
  readonly starts: number
}

const stormKeys = 21
const stormPause = 30

/** Measures one size; `bundle` is the built language server. */
export async function measure(
  bundle: string,
  engine: BenchEngine,
  models: number,
  effort: Effort,
): Promise<Measurement> {
  const scratch = mkdtempSync(join(tmpdir(), 'offline-storage-bench-'))
  try {
    const workspace = makers[engine](join(scratch, 'app'), models)
    commitAll(workspace.root)
    const ours = bench(ourServer(bundle, join(scratch, 'cache')), workspace, 'ours')
    const tsc = bench(tscServer(), workspace, 'tsc')
    const cold: number[] = []
    const coldTsc: number[] = []
    for (let run = 1; run < effort.starts; run++) {
      rmSync(join(scratch, 'cache'), { recursive: true, force: true })
      cold.push(await timeStart(ours))
      coldTsc.push(await timeStart(tsc))
    }
    rmSync(join(scratch, 'cache'), { recursive: true, force: true })
    const first = await open(ours)
    const [modelAlone] = await keysInTurn([first], 'model', effort.edits)
    openSchema(first)
    const [schemaAlone] = await keysInTurn([first], 'schema', effort.edits)
    const firstTsc = await open(tsc)
    cold.push(first.first)
    coldTsc.push(firstTsc.first)
    const [modelKey, tscModelKey] = await keysInTurn([first, firstTsc], 'model', effort.edits)
    openSchema(firstTsc)
    const [schemaKey, tscSchemaKey] = await keysInTurn([first, firstTsc], 'schema', effort.edits)
    const storms = {
      model: await storm(first, 'model'),
      tscModel: await storm(firstTsc, 'model'),
      schema: await storm(first, 'schema'),
      tscSchema: await storm(firstTsc, 'schema'),
    }
    const peakMemory = first.driver.peakMemory()
    const tscPeakMemory = firstTsc.driver.peakMemory()
    const answers = await timeAnswers(first, Math.ceil(effort.edits / 4))
    await first.driver.stop()
    await firstTsc.driver.stop()
    const warm: number[] = []
    for (let run = 0; run < effort.starts; run++) warm.push(await timeStart(ours))
    return {
      models,
      engine,
      ours: {
        cold: Math.min(...cold),
        warm: Math.min(...warm),
        ready: first.ready,
        startWork: first.startWork,
        modelKey: modelKey!,
        schemaKey: schemaKey!,
        modelStorm: storms.model,
        schemaStorm: storms.schema,
        peakMemory,
      },
      tsc: {
        cold: Math.min(...coldTsc),
        warm: undefined,
        ready: undefined,
        startWork: firstTsc.startWork,
        modelKey: tscModelKey!,
        schemaKey: tscSchemaKey!,
        modelStorm: storms.tscModel,
        schemaStorm: storms.tscSchema,
        peakMemory: tscPeakMemory,
      },
      modelKeyAlone: modelAlone!.median,
      schemaKeyAlone: schemaAlone!.median,
      answers,
      floor: {
        model: parseTime(workspace, workspace.modelFile, effort),
        schema: parseTime(workspace, workspace.schemaFile, effort),
      },
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** A place where one more character is a mistake that the server reports in the same file. */
interface EditPlace {
  readonly file: string
  readonly at: Position
  readonly key: string
}

type Place = 'model' | 'schema'

interface Bench {
  readonly server: ServerCommand
  readonly workspace: BenchWorkspace
  readonly places: Readonly<Record<Place, EditPlace>>
}

interface OpenBench extends Bench {
  readonly driver: LspDriver
  readonly first: number
  readonly ready: number | undefined
  readonly startWork: number | undefined
}

function bench(server: ServerCommand, workspace: BenchWorkspace, edits: 'ours' | 'tsc'): Bench {
  return { server, workspace, places: placesFor(workspace, edits) }
}

function ourServer(bundle: string, cacheDir: string): ServerCommand {
  return {
    name: 'offline-storage',
    command: process.execPath,
    // As the VS Code client starts it (client/src/start-client.ts).
    args: ['--max-semi-space-size=4', bundle, '--stdio'],
    initializationOptions: { trusted: true, cacheDir },
    ready: { method: statusNotification, state: 'ready' },
  }
}

/** The native program itself, without the script that starts it, as TypeScript's own editor extension does. */
function tscServer(): ServerCommand {
  const require = createRequire(import.meta.url)
  const platform = require.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`)
  const command = join(dirname(platform), 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc')
  return { name: 'tsc --lsp', command, args: ['--lsp', '--stdio'] }
}

/** Where the mistakes of a server are typed. */
function placesFor(workspace: BenchWorkspace, server: 'ours' | 'tsc'): Record<Place, EditPlace> {
  const { model, schema } = workspace.edits[server]
  return {
    model: { ...behind(workspace, workspace.modelFile, model), key: model.key },
    schema: { ...behind(workspace, workspace.schemaFile, schema), key: schema.key },
  }
}

function behind(workspace: BenchWorkspace, file: string, { text, near }: Mistake): { file: string; at: Position } {
  const whole = readFileSync(join(workspace.root, file), 'utf8')
  const end = whole.indexOf(text, near === undefined ? 0 : whole.indexOf(near)) + text.length
  const before = whole.slice(0, end)
  const line = before.split('\n').length - 1
  return { file, at: { line, character: end - (before.lastIndexOf('\n') + 1) } }
}

/** Starts the server with the model file open, a mistake in it; resolves when the mistake has been reported and all has been read. */
async function open(bench: Bench): Promise<OpenBench> {
  const { server, workspace, places } = bench
  const driver = await startServer(server, workspace.root)
  const text = readFileSync(join(workspace.root, workspace.modelFile), 'utf8')
  const { at, key } = places.model
  const lines = text.split('\n')
  const line = lines[at.line] ?? ''
  lines[at.line] = line.slice(0, at.character) + key + line.slice(at.character)
  const reported = driver.diagnostics(workspace.modelFile, items => items.length > 0)
  driver.open(workspace.modelFile, lines.join('\n'))
  const first = (await reported).at - driver.startedAt
  const ready = await driver.ready()
  const startWork = driver.processorTime()
  const mended = driver.diagnostics(workspace.modelFile, items => items.length === 0)
  driver.edit(workspace.modelFile, at, 1, '')
  await mended
  return { ...bench, driver, first, startWork, ready: ready === undefined ? undefined : ready - driver.startedAt }
}

async function timeStart(bench: Bench): Promise<number> {
  const { driver, first } = await open(bench)
  await driver.stop()
  return first
}

function openSchema({ driver, workspace }: OpenBench): void {
  driver.open(workspace.schemaFile, readFileSync(join(workspace.root, workspace.schemaFile), 'utf8'))
}

/** Types a mistake and takes it back, each server in turn. The first edits after opening are not counted. */
async function keysInTurn(benches: readonly OpenBench[], place: Place, edits: number): Promise<KeyTimes[]> {
  const times = benches.map((): number[] => [])
  const uncounted = 6
  for (let edit = 0; edit < edits + uncounted; edit++)
    for (const [index, bench] of benches.entries()) {
      const time = await key(bench, place, edit % 2 === 0)
      if (edit >= uncounted) times[index]?.push(time)
    }
  return times.map(summary)
}

async function key({ driver, places }: OpenBench, place: Place, mistake: boolean): Promise<number> {
  const { file, at, key } = places[place]
  const answer = driver.diagnostics(file, items => items.length > 0 === mistake)
  const sent = performance.now()
  driver.edit(file, at, mistake ? 0 : 1, mistake ? key : '')
  return (await answer).at - sent
}

/** Types 21 characters fast; how long after the last one its own diagnostics come. */
async function storm({ driver, places }: OpenBench, place: Place): Promise<number> {
  const { file, at, key } = places[place]
  const typed = key.repeat(stormKeys)
  const answer = driver.diagnostics(file, items => items.some(item => item.message.includes(typed)))
  let sent = 0
  for (let index = 0; index < stormKeys; index++) {
    if (index > 0) await delay(stormPause)
    sent = performance.now()
    driver.edit(file, { line: at.line, character: at.character + index }, 0, key)
  }
  const time = (await answer).at - sent
  const clean = driver.diagnostics(file, items => items.length === 0)
  driver.edit(file, at, stormKeys, '')
  await clean
  return time
}

/** What editors ask at a caret, or of a whole file, again and again while a person types. */
const questions: readonly { readonly method: string; readonly isWhole?: boolean; readonly more?: object }[] = [
  { method: 'textDocument/completion' },
  { method: 'textDocument/hover' },
  { method: 'textDocument/definition' },
  { method: 'textDocument/references', more: { context: { includeDeclaration: true } } },
  { method: 'textDocument/documentHighlight' },
  { method: 'textDocument/prepareRename' },
  { method: 'textDocument/codeLens', isWhole: true },
  { method: 'textDocument/documentSymbol', isWhole: true },
  { method: 'textDocument/foldingRange', isWhole: true },
]

/**
 * Edits a file, waits for its diagnostics and asks: the time of the answer alone. Each round types a mistake and takes it
 * back. The first rounds are not counted.
 */
async function timeAnswers(bench: OpenBench, rounds: number): Promise<Record<string, KeyTimes>> {
  const { driver, places } = bench
  const slowest: Record<string, KeyTimes> = {}
  for (const { method, isWhole, more } of questions)
    for (const place of ['model', 'schema'] as const) {
      const { file, at } = places[place]
      const times: number[] = []
      const uncounted = 2
      for (let round = 0; round < rounds + uncounted; round++)
        for (const mistake of [true, false]) {
          await key(bench, place, mistake)
          const sent = performance.now()
          const answer = await driver.ask(method, file, isWhole ? undefined : at, more)
          if (round >= uncounted) times.push(answer.at - sent)
        }
      const found = summary(times)
      if (found.median > (slowest[method]?.median ?? 0)) slowest[method] = found
    }
  return slowest
}

function parseTime(workspace: BenchWorkspace, file: string, effort: Effort): number {
  const text = readFileSync(join(workspace.root, file), 'utf8')
  const times = Array.from({ length: effort.edits + 6 }, (_, index) => {
    // A text that differs each time, as after an edit, so that nothing can be reused.
    const edited = `${text}${' '.repeat(index % 2)}`
    const start = performance.now()
    ts.createSourceFile(file, edited, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS)
    return performance.now() - start
  })
  return summary(times.slice(6)).median
}

function summary(times: readonly number[]): KeyTimes {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return { median: at(0.5), p95: at(0.95) }
}

/** An app is a git repository in real life, and looking at what was released is part of the work. */
function commitAll(root: string): void {
  const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { stdio: 'ignore' })
  git('init', '--quiet')
  git('add', '--all')
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--no-gpg-sign', '-m', 'app')
}
