// The report that people read in a terminal.
import { countBySeverity, type Report } from './report.ts'

const codes = { error: 31, warning: 33, info: 36 } as const

/** Findings by file, then a line that sums up. `color`: with ANSI colours. */
export function textReport(report: Report, color: boolean): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  let out = ''
  let file: string | undefined
  for (const finding of report.findings) {
    if (finding.file !== file) {
      file = finding.file
      out += `${out ? '\n' : ''}${paint(4, file)}\n`
    }
    const place = `${finding.start.line}:${finding.start.column}`.padEnd(8)
    const severity = paint(codes[finding.severity], finding.severity.padEnd(7))
    out += `  ${place} ${severity}  ${finding.message}  ${paint(2, finding.rule)}\n`
    for (const { file: other, start, message } of finding.related)
      out += paint(2, `           ${other}:${start.line}:${start.column} ${message}\n`)
  }
  return `${out}${out ? '\n' : ''}${sum(report)}\n`
}

function sum(report: Report): string {
  const { error, warning, info } = countBySeverity(report.findings)
  const fixable = report.findings.filter(finding => finding.fixes.some(fix => fix.safe)).length
  const seen = `${count(report.files, 'file')}, ${count(report.stores.length, 'store')}`
  if (report.findings.length === 0) return `No problems in ${seen}.`
  const parts = [count(error, 'error'), count(warning, 'warning'), ...(info ? [`${info} info`] : [])]
  const mend = fixable ? ` ${fixable} can be mended by "offline-storage fix".` : ''
  return `${parts.join(', ')} in ${seen}.${mend}`
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
