// The report as SARIF 2.1.0, which code scanning services read.
import type { AnyRule } from '../../core/rules/rule.ts'
import { rulePage } from '../../core/rules/rule-page.ts'
import type { Report, ReportedFinding } from './report.ts'

const levels = { error: 'error', warning: 'warning', info: 'note', off: 'none' } as const

/** What the report says of the program and of where files are. */
export interface SarifContext {
  readonly toolVersion: string
  readonly rules: readonly AnyRule[]
  /** The checked folder as a `file:` URI that ends with a slash. */
  readonly rootUri: string
}

/** The report as one SARIF document with one run. Columns are UTF-16 code units, and end columns lie behind the last one. */
export function sarifReport(report: Report, context: SarifContext): string {
  const ids = [...new Set([...context.rules.map(rule => rule.id), ...report.findings.map(finding => finding.rule)])]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Offline Storage',
            semanticVersion: context.toolVersion,
            informationUri: 'https://github.com/offline-storage/offline-storage',
            rules: ids.map(id => descriptor(id, context.rules)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: context.rootUri } },
        results: report.findings.map(finding => result(finding, ids.indexOf(finding.rule))),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function descriptor(id: string, rules: readonly AnyRule[]) {
  const rule = rules.find(candidate => candidate.id === id)
  if (!rule) return { id }
  return {
    id,
    shortDescription: { text: rule.docs.what },
    fullDescription: { text: `${rule.docs.what} ${rule.docs.why}` },
    help: { text: rule.docs.fix },
    helpUri: rulePage(id),
    defaultConfiguration: { enabled: rule.severity !== 'off', level: levels[rule.severity] },
  }
}

function result(finding: ReportedFinding, ruleIndex: number) {
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: physical(finding) }],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((related, id) => ({
        id: id + 1,
        message: { text: related.message },
        physicalLocation: physical(related),
      })),
    }),
  }
}

function physical({ file, start, end }: Pick<ReportedFinding, 'file' | 'start' | 'end'>) {
  const relative = !file.startsWith('/') && !/^[a-z]:/i.test(file)
  return {
    artifactLocation: relative
      ? { uri: encode(file), uriBaseId: 'ROOT' }
      : { uri: `file://${file.startsWith('/') ? '' : '/'}${encode(file)}` },
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  }
}

const encode = (path: string): string => path.split('/').map(encodeURIComponent).join('/')
