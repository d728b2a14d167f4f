// What SQLite's refusals mean.

/** True for what no schema can mend. */
export const isSyntax = (message: string): boolean =>
  /^near ".*": syntax error$|^incomplete input$|^unrecognized token: /s.test(message)

/**
 * True for a refusal that the phone's SQLite gives as well: names, and counts of values and columns. Modules, functions
 * and collations may be loaded by the app.
 */
export const isCertain = (message: string): boolean =>
  /^no such table: |^no such column: |^ambiguous column name: |^table .+ has no column named |^\d+ values for \d+ columns$|^table .+ has \d+ columns but \d+ values were supplied$|^SELECTs to the left and right of |^all VALUES must have the same number of terms$|^wrong number of arguments to function |^misuse of aggregate|^a GROUP BY clause is required before HAVING$|^sub-select returns \d+ columns - expected \d+$|^row value misused$|^ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint$|^cannot modify .+ because it is a view$/s.test(
    message,
  )

/** The table or the column that a refusal is about, without what stands before its dot. */
export function refusedName(message: string): { readonly kind: 'table' | 'column'; readonly name: string } | undefined {
  const table = /^no such table: (.+)$/s.exec(message)?.[1]
  if (table !== undefined) return { kind: 'table', name: table.slice(table.lastIndexOf('.') + 1) }
  const column = /^(?:no such column: |table .+ has no column named )(.+?)(?: - should this be .*)?$/s.exec(
    message,
  )?.[1]
  return column === undefined
    ? undefined
    : { kind: 'column', name: column.slice(column.lastIndexOf('.') + 1).replace(/^"|"$/g, '') }
}
