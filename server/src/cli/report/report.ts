// What every report is written from: the findings of a check, with places as people count them.
import type { Analyzer } from '../../core/analyze.ts'
import type { FixContext } from '../../core/rules/rule.ts'
import { type Lines, linesOf } from '../../core/text/lines.ts'
import type { Place, Span } from '../../core/text/span.ts'

/** The JSON report itself; the other formats are views of it. */
export interface Report {
  readonly version: 1
  /** How many files were analysed. */
  readonly files: number
  readonly durationMs: number
  readonly findings: readonly ReportedFinding[]
  readonly stores: readonly ReportedStore[]
}

/** Line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** `file` is relative to the folder checked, with forward slashes. */
export interface ReportedFinding {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly file: string
  readonly start: Position
  readonly end: Position
  readonly related: readonly {
    readonly file: string
    readonly start: Position
    readonly end: Position
    readonly message: string
  }[]
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[]
}

/** `entities` and `migrations` are counts. */
export interface ReportedStore {
  readonly engine: string
  readonly name: string
  readonly version: number | null
  readonly entities: number
  readonly migrations: number
}

/** Something wrong with a file that is no rule's business: a bad config file, a bad snapshot. */
export interface FileProblem {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly file: string
  readonly message: string
  readonly span: Span
}

/** Where the report's numbers come from. */
export interface ReportSource {
  readonly root: string
  readonly files: number
  readonly durationMs: number
  readonly analyzer: Analyzer
  readonly context: FixContext
  readonly problems: readonly FileProblem[]
}

/** Collects the report, sorted by file and place. */
export function collect(source: ReportSource): Report {
  const known = new Map<string, Lines>()
  const linesIn = (file: string): Lines => {
    const lines = known.get(file) ?? linesOf(source.context.text(file) ?? '')
    known.set(file, lines)
    return lines
  }
  const place = ({ file, span }: Place) => {
    const lines = linesIn(file)
    const position = (offset: number): Position => {
      const at = lines.at(offset)
      return { line: at.line + 1, column: at.column + 1 }
    }
    return { file: inside(source.root, file), start: position(span.start), end: position(span.end) }
  }
  const { analyzer } = source
  const findings: ReportedFinding[] = source.problems.map(({ rule, severity, message, file, span }) => ({
    rule,
    severity,
    message,
    ...place({ file, span }),
    related: [],
    fixes: [],
  }))
  for (const file of analyzer.filesWithFindings())
    for (const finding of analyzer.findings(file))
      findings.push({
        rule: finding.rule,
        severity: finding.severity,
        message: finding.message,
        ...place(finding),
        related: finding.related.map(related => ({ ...place(related.at), message: related.message })),
        fixes: finding.fixable
          ? analyzer
              .fixes(finding, source.context)
              .flatMap(one => (one.scaffold ? [] : { title: one.title, safe: one.safe }))
          : [],
      })
  findings.sort(byPlace)
  const stores = analyzer.stores().map(store => ({
    engine: store.engine,
    name: store.name,
    version: store.version?.value ?? null,
    entities: store.entities.length,
    migrations: store.migrations.length,
  }))
  return { version: 1, files: source.files, durationMs: Math.round(source.durationMs), findings, stores }
}

/** `file` as seen from `root`; a file outside stays absolute. */
export const inside = (root: string, file: string): string =>
  file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Pick<ReportedFinding, 'severity'>[]) {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const finding of findings) counts[finding.severity]++
  return counts
}

function byPlace(a: ReportedFinding, b: ReportedFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  if (a.start.line !== b.start.line) return a.start.line - b.start.line
  if (a.start.column !== b.start.column) return a.start.column - b.start.column
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1
  return a.message < b.message ? -1 : a.message > b.message ? 1 : 0
}
