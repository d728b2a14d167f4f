// Pieces of Markdown that the sections of the results share.
import type { Verdict } from './verdict.ts'

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The verdicts as a table; `of` says on what. */
export const verdictTable = (of: string, verdicts: readonly Verdict[]): string =>
  markdownTable(
    [`bound, ${of}`, 'at most', 'measured', ''],
    verdicts.map(({ what, bound, value, holds }) => [
      what,
      bound,
      value ?? '',
      holds === undefined ? 'not measured' : holds ? 'holds' : '**missed**',
    ]),
  )

export function ms(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
}

export function ratio(a: number | undefined, b: number | undefined): string {
  return a === undefined || b === undefined ? '' : `${(a / b).toFixed(1)}×`
}
