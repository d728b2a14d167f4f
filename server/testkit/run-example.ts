// Runs the analyzer over a small app given as texts.
import { type Analyzer, createAnalyzer, type Finding } from '../src/core/analyze.ts'
import type { Baseline } from '../src/core/baseline/snapshot.ts'
import { engines, rules } from '../src/core/rules/all.ts'
import type { AnyRule, Example, Fix, FixContext } from '../src/core/rules/rule.ts'
import { applyEdits, isNewFile, type TextEdit } from '../src/core/text/edit.ts'
import { dirname, relative } from '../src/core/text/path.ts'
import { answerSql } from './answer-sql.ts'
import { type Marker, readMarkers } from './markers.ts'
import { type ProjectOptions, workspaceOf } from './workspace-of.ts'

/** Files of a test live under this folder. */
export const appRoot = '/app'

/** An app under analysis. Paths are absolute (`/app/src/…`). */
export interface RunningApp {
  readonly analyzer: Analyzer
  readonly texts: ReadonlyMap<string, string>
  readonly context: FixContext
}

/** Analyses files given by relative path. A rule that throws fails the test. */
export function runApp(
  files: Readonly<Record<string, string>>,
  options: {
    rules?: readonly AnyRule[]
    project?: ProjectOptions
    released?: Readonly<Record<string, string>>
    /** A rule that is on although it is off where nobody asks for it. */
    enable?: string
  } = {},
): RunningApp {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`${appRoot}/${path}`, text]))
  const analyzer = createAnalyzer({
    engines,
    rules: options.rules ?? rules,
    answerNow: answerSql,
    onRuleError: (rule, error) => {
      throw new Error(`${rule} threw`, { cause: error })
    },
  })
  const { enable } = options
  if (enable) analyzer.setSeverity(rule => (rule.id === enable && rule.severity === 'off' ? 'warning' : rule.severity))
  analyzer.setWorkspace(workspaceOf(texts.keys(), options.project))
  analyzer.batch(() => {
    for (const [file, text] of texts) analyzer.set(file, text)
  })
  if (options.released) analyzer.setBaselines(baselinesOf(options.released, options.project))
  analyzer.settle()
  const context: FixContext = {
    text: file => texts.get(file),
    specifier: (from, to) =>
      relative(dirname(from), to)
        .replace(/\.[jt]sx?$/, '')
        .replace(/\/index$/, ''),
  }
  return { analyzer, texts, context }
}

/** The released baselines of an app given as texts. */
export function baselinesOf(files: Readonly<Record<string, string>>, project?: ProjectOptions): Map<string, Baseline> {
  const released = runApp(files, { rules: [], ...(project && { project }) })
  const baselines = new Map<string, Baseline>()
  for (const store of released.analyzer.stores()) {
    const snapshot = released.analyzer.settled(() => released.analyzer.snapshot(store))
    if (snapshot)
      baselines.set(store.name, { kind: 'release', label: `v${snapshot.version}.json`, snapshots: [snapshot] })
  }
  return baselines
}

/** A rule's example: its files without marks, and the marks by path. */
export function readExample(example: Example): {
  files: Record<string, string>
  markers: Map<string, readonly Marker[]>
} {
  const files: Record<string, string> = {}
  const markers = new Map<string, readonly Marker[]>()
  for (const [path, marked] of Object.entries(example.files)) {
    const read = readMarkers(marked)
    files[path] = read.text
    markers.set(path, read.markers)
  }
  return { files, markers }
}

/** The findings of one rule over the whole app. */
export const findingsOf = (app: RunningApp, rule: string): readonly Finding[] =>
  [...app.texts.keys()].flatMap(file => app.analyzer.findings(file).filter(finding => finding.rule === rule))

/** The files after a fix, by relative path. Throws where edits overlap or a new file exists already. */
export function applyFix(app: RunningApp, fix: Fix): Record<string, string> {
  const files = new Map(app.texts)
  const edits = new Map<string, TextEdit[]>()
  for (const edit of fix.edits) {
    if (isNewFile(edit)) {
      if (files.has(edit.file)) throw new Error(`${edit.file} exists already`)
      files.set(edit.file, edit.create)
    } else edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit])
  }
  for (const [file, list] of edits) files.set(file, applyEdits(files.get(file) ?? '', list))
  return Object.fromEntries([...files].map(([file, text]) => [file.slice(appRoot.length + 1), text]))
}
