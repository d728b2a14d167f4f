// What SQLite's plan of a query means, in words.
import type { PlanAnswer } from '../sql/judge.ts'

/** The statement, its plan as a tree, and what to think of each step that costs, as Markdown. */
export function explainPlan(sql: string, { rows }: PlanAnswer): string {
  const known = new Set(rows.map(row => row.id))
  const lines = (parent: number, depth: number): string[] =>
    rows
      .filter(row => row.parent === parent || (depth === 0 && !known.has(row.parent)))
      .flatMap(row => [`${'  '.repeat(depth)}- \`${row.detail}\`${remark(row.detail)}`, ...lines(row.id, depth + 1)])
  const steps = rows.length > 0 ? lines(0, 0) : ['Nothing has to be looked up.']
  return ['# Query plan', '', '```sql', sql.trim(), '```', '', ...steps, ''].join('\n')
}

/** The words of SQLite (https://sqlite.org/eqp.html), with what they cost. */
function remark(detail: string): string {
  if (/^SCAN .* USING COVERING INDEX/.test(detail)) return ': reads the whole index'
  if (/^SCAN .* USING INDEX/.test(detail)) return ': reads every row, in the order of the index'
  if (/^SCAN (?:CONSTANT ROW|\d+ CONSTANT ROW)/.test(detail)) return ''
  if (/^SCAN /.test(detail)) return ': **reads every row**, as no index fits the condition'
  if (/^SEARCH .*AUTOMATIC/.test(detail)) return ': **builds an index for this query alone, each time**'
  if (/^SEARCH .*(?:PRIMARY KEY|rowid=)/.test(detail)) return ': finds rows by their key'
  if (/^SEARCH /.test(detail)) return ': finds rows by an index'
  if (/^USE TEMP B-TREE/.test(detail)) return ': **sorts the rows itself**, as no index gives this order'
  if (/^CORRELATED/.test(detail)) return ': **runs once for every row outside**'
  return ''
}
