// Reads a folder for a command: its settings, its files, and what its stores are compared with.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Analyzer } from '../core/analyze.ts'
import type { FixContext } from '../core/rules/rule.ts'
import { defaultSettings, type Settings } from '../core/settings.ts'
import { specifierOf } from '../core/text/specifier.ts'
import { configFileName, readConfigFile } from '../host/config-file.ts'
import { loadBaselines } from '../host/load-baselines.ts'
import { librariesOf, loadWorkspace, presentIn } from '../host/load-workspace.ts'
import type { Problem } from '../host/problem.ts'
import { readText } from '../host/read-text.ts'
import { readTextNow } from '../host/read-text-now.ts'
import { toSlashes } from '../host/slashes.ts'
import { createJudge } from '../host/sqlite/create-judge.ts'
import { newAnalyzer, newStoreReader, type Program } from '../program.ts'
import type { Arguments } from './arguments.ts'
import { CannotRun, type Io } from './io.ts'
import type { FileProblem } from './report/report.ts'

/** A folder that has been read. */
export interface Loaded {
  readonly root: string
  readonly analyzer: Analyzer
  readonly settings: Settings
  readonly context: FixContext
  /** How many source files there are. */
  readonly files: number
  readonly sources: readonly string[]
  readonly problems: readonly FileProblem[]
}

/** Reads the folder that `args` name. Throws CannotRun when there is none, or when a rule is named that does not exist. */
export async function load(program: Program, args: Arguments, io: Io): Promise<Loaded> {
  const root = await folderOf(args.folder, io)
  const { settings, problems } = await settingsOf(root, program, args)
  const log = (message: string) => io.error(`${message}\n`)
  const { answerNow } = createJudge(log)
  const options = { forks: settings.watermelondbPackages, answerNow }
  const analyzer = newAnalyzer(program, options, log)
  const createReader = () => newStoreReader(program, options)
  analyzer.setSeverity(rule => settings.rules[rule.id] ?? rule.severity)
  const texts = new Map<string, string | undefined>()
  const { holdsStore } = createReader()
  const onText = (file: string, text: string) => void texts.set(file, text)
  const loaded = await loadWorkspace({ root, analyzer, settings, holdsStore, onText })
  analyzer.settle()
  problems.push(...loaded.problems.map(problem => toFileProblem('offline-storage/unreadable', problem)))
  problems.push(...syntaxErrors(analyzer, loaded.files.sources))
  const baselines = await loadBaselines({
    root,
    setting: settings.baseline,
    stores: analyzer.stores(),
    trusted: true,
    snapshotFiles: loaded.files.snapshots,
    past: new Map(),
    createReader,
    present: presentIn(loaded.texts, analyzer),
    exclude: settings.exclude,
    libraries: librariesOf(settings),
  })
  for (const problem of baselines.problems) {
    if (problem.file === root) io.error(`${problem.message}\n`)
    else problems.push(toFileProblem('offline-storage/snapshot', problem))
  }
  analyzer.batch(() => analyzer.setBaselines(baselines.baselines))
  analyzer.settle()
  return {
    root,
    analyzer,
    settings,
    context: contextOf(texts),
    files: loaded.files.sources.length,
    sources: loaded.files.sources,
    problems,
  }
}

/** An editor underlines syntax errors by itself; here they tell why there is nothing else to be said about a file. */
function syntaxErrors(analyzer: Analyzer, files: readonly string[]): FileProblem[] {
  return files.flatMap(file => {
    const error = analyzer.facts(file)?.error
    if (!error) return []
    const message = `${error.message} What stands here is not judged.`
    return [{ rule: 'offline-storage/unreadable', severity: 'info', file, message, span: error.at }]
  })
}

/** The texts as they were analysed; others are read from disk once. */
function contextOf(texts: Map<string, string | undefined>): FixContext {
  const text = (file: string) => {
    if (!texts.has(file)) texts.set(file, readTextNow(file))
    return texts.get(file)
  }
  return { text, specifier: (from, to) => specifierOf(from, to, text) }
}

async function folderOf(folder: string | undefined, io: Io): Promise<string> {
  const path = resolve(io.cwd, folder ?? '.')
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) throw new CannotRun(`${folder ?? path} is not a folder.`)
  return toSlashes(path)
}

async function settingsOf(root: string, program: Program, args: Arguments) {
  const file = `${root}/${configFileName}`
  const ids = program.rules.map(rule => rule.id)
  const unknown = [...Object.keys(args.severities), ...args.only].find(id => !ids.includes(id))
  if (unknown !== undefined) throw new CannotRun(`There is no rule "${unknown}". "offline-storage rules" lists them.`)
  const result = await readText(file)
  if (result.problem !== undefined && result.problem !== 'missing') throw new CannotRun(result.message)
  const config = result.problem === undefined ? readConfigFile(file, result.text, ids) : { settings: {}, problems: [] }
  const settings: Settings = {
    ...defaultSettings,
    ...config.settings,
    rules: { ...config.settings.rules, ...args.severities },
    ...(args.baseline !== undefined && { baseline: args.baseline as Settings['baseline'] }),
  }
  return { settings, problems: config.problems.map(problem => toFileProblem('offline-storage/config', problem)) }
}

const toFileProblem = (rule: string, { file, message, offset = 0, length = 0 }: Problem): FileProblem => ({
  rule,
  severity: 'warning',
  message: message.replaceAll(file, 'This file'),
  file,
  span: { start: offset, end: offset + length },
})
