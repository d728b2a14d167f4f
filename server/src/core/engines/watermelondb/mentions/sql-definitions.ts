// Which tables and columns SQL names that makes or changes tables and indexes.
import type { SqlNames } from '../sql/sql-names.ts'
import { isSign, isWord, type SqlToken } from '../sql/sql-tokens.ts'

/** The names of a `create`, `alter` or `drop` of a table or an index; undefined for other statements. */
export function namesInDefinition(tokens: readonly SqlToken[]): SqlNames | undefined {
  const rest = tokens.filter(token => !['if', 'not', 'exists', 'unique'].some(word => isWord(token, word)))
  const [first, second, third] = rest
  if (isWord(first, 'create') && isWord(second, 'index')) {
    const on = rest.findIndex(token => isWord(token, 'on'))
    return on < 0 ? undefined : namesOf(rest[on + 1], listed(rest.slice(on + 2)))
  }
  if (!isWord(second, 'table')) return undefined
  if (isWord(first, 'drop')) return namesOf(third, [])
  if (isWord(first, 'create')) return namesOf(third, listed(rest.slice(3)))
  if (!isWord(first, 'alter')) return undefined
  const [, , , action, ...behind] = rest
  const named = isWord(behind[0], 'column') ? behind.slice(1) : behind
  if (isWord(action, 'add') || isWord(action, 'drop')) return namesOf(third, named.slice(0, 1))
  // The new name of a table or column stands for nothing that the schema of that time had.
  if (isWord(action, 'rename')) return namesOf(third, isWord(named[0], 'to') ? [] : named.slice(0, 1))
  return namesOf(third, [])
}

const isName = (token: SqlToken | undefined): token is SqlToken => token?.kind === 'word' || token?.kind === 'name'

const namesOf = (table: SqlToken | undefined, columns: readonly SqlToken[]): SqlNames | undefined =>
  isName(table)
    ? { tables: [table], columns: columns.filter(isName).map(column => ({ table: table.text, column })) }
    : undefined

/** Words that begin a rule about the table instead of a column. */
const constraints = ['constraint', 'primary', 'check', 'foreign']

/** The first token of each part of the list in brackets that `tokens` begin with. */
function listed(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (!isSign(tokens[0], '(')) return []
  const found: SqlToken[] = []
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    if (isSign(token, '(')) depth++
    if (isSign(token, ')') && --depth === 0) break
    const next = tokens[i + 1]
    const begins = depth === 1 && (isSign(token, ',') || (i === 0 && isSign(token, '(')))
    const isPlain = isName(next) && !isSign(tokens[i + 2], '(') && !constraints.some(word => isWord(next, word))
    if (begins && isPlain) found.push(next)
  }
  return found
}
