// Runs the analyzer on a folder inside this process, as the command line does, and gives its findings with line numbers.
import { readFileSync } from 'node:fs'
import { createAnalyzer } from '../server/src/core/analyze.ts'
import type { Snapshot } from '../server/src/core/baseline/snapshot.ts'
import type { Store } from '../server/src/core/catalog/catalog.ts'
import { createStoreReader } from '../server/src/core/read-stores.ts'
import { engines, rules } from '../server/src/core/rules/all.ts'
import { defaultSettings, type Settings } from '../server/src/core/settings.ts'
import { linesOf } from '../server/src/core/text/lines.ts'
import { loadBaselines } from '../server/src/host/load-baselines.ts'
import { librariesOf, loadWorkspace, presentIn } from '../server/src/host/load-workspace.ts'
import { toSlashes } from '../server/src/host/slashes.ts'
import { createJudge } from '../server/src/host/sqlite/create-judge.ts'
import type { AppFinding, StoreSize } from './real-apps-book.ts'

/** What a run over a folder gave. */
export interface AppAnalysis {
  /** Source files in the folder, and those of them that some engine read. */
  readonly files: number
  readonly read: number
  readonly findings: readonly AppFinding[]
  /** Stores that have a baseline. */
  readonly compared: number
  readonly stores: readonly StoreSize[]
  /** Rules that threw. */
  readonly thrown: readonly string[]
  /** Files that could not be read. */
  readonly problems: readonly string[]
}

/** Analyses a folder; `baseline` as in the settings. */
export async function analyse(folder: string, baseline: Settings['baseline']): Promise<AppAnalysis> {
  const settings: Settings = { ...defaultSettings, baseline }
  const thrown: string[] = []
  const judge = createJudge(message => thrown.push(message))
  const { answerNow } = judge
  const analyzer = createAnalyzer({
    engines,
    rules,
    answerNow,
    onRuleError: (rule, error) => thrown.push(`${rule}: ${error instanceof Error ? error.stack : error}`),
  })
  const createReader = () => createStoreReader(engines, answerNow)
  const { holdsStore } = createReader()
  const loaded = await loadWorkspace({ root: folder, analyzer, settings, holdsStore })
  analyzer.settle()
  const baselines = await loadBaselines({
    root: loaded.files.root,
    setting: baseline,
    stores: analyzer.stores(),
    trusted: true,
    snapshotFiles: loaded.files.snapshots,
    past: new Map(),
    createReader,
    present: presentIn(loaded.texts, analyzer),
    exclude: settings.exclude,
    libraries: librariesOf(settings),
  })
  analyzer.batch(() => analyzer.setBaselines(baselines.baselines))
  analyzer.settle()
  const place = placer(loaded.files.root)
  const findings = analyzer.filesWithFindings().flatMap(file =>
    analyzer.findings(file).map(finding => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      ...place(finding.file, finding.span.start),
      related: finding.related.map(related => place(related.at.file, related.at.span.start)),
    })),
  )
  judge.dispose()
  const problems = [...loaded.problems, ...baselines.problems].map(problem => `${problem.file}: ${problem.message}`)
  return {
    files: loaded.files.sources.length,
    read: loaded.files.sources.filter(file => analyzer.has(file)).length,
    findings: findings.sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.rule, b.rule)),
    compared: baselines.baselines.size,
    stores: analyzer.stores().map(store => sizeOf(store, analyzer.snapshot(store))),
    thrown,
    problems: problems.map(problem => problem.replaceAll(`${loaded.files.root}/`, '')),
  }
}

/** A realm that syncs has no snapshot: nothing migrates it. */
function sizeOf(store: Store, snapshot: Snapshot | undefined): StoreSize {
  const { entities } = snapshot ?? store
  return {
    engine: store.engine,
    version: snapshot?.version ?? store.version?.value ?? 0,
    tables: entities.length,
    columns: entities.reduce((count, entity) => count + entity.fields.length, 0),
    steps: snapshot?.migrations.reduce((count, migration) => count + migration.steps.length, 0) ?? 0,
  }
}

function placer(root: string): (file: string, offset: number) => { file: string; line: number } {
  const lines = new Map<string, ReturnType<typeof linesOf>>()
  const top = `${toSlashes(root)}/`
  return (file, offset) => {
    const known = lines.get(file) ?? linesOf(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    lines.set(file, known)
    return { file: file.startsWith(top) ? file.slice(top.length) : file, line: known.at(offset).line + 1 }
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
