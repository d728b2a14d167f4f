// The report that programs read.
import type { Report } from './report.ts'

/** The report as one JSON document. */
export const jsonReport = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`
