// The report as GitHub workflow commands, which show as annotations beside the changed lines.
import type { Report } from './report.ts'

const names = { error: 'error', warning: 'warning', info: 'notice' } as const

/**
 * One workflow command for each finding. `prefix` is the checked folder as seen from the repository's root, since
 * annotations find their file from there; '' when it is the root.
 */
export function githubReport(report: Report, prefix: string): string {
  const lines = report.findings.map(finding => {
    const { start, end } = finding
    const file = prefix ? `${prefix}/${finding.file}` : finding.file
    const place = `file=${property(file)},line=${start.line},endLine=${end.line}`
    // Columns are only allowed where a finding stays on its line.
    const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : ''
    return `::${names[finding.severity]} ${place}${columns},title=${property(finding.rule)}::${data(finding.message)}\n`
  })
  return lines.join('')
}

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
