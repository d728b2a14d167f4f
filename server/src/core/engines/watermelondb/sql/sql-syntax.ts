// Mistakes in SQL that no database could read; silent about everything less clear.
import { sqlClauseWords, sqlVerbs } from './sql-keywords.ts'
import { hasOpenQuote, isSign, isWord, type SqlToken, statementsOfSql, tokensOfSql } from './sql-tokens.ts'

/** What is wrong, as the end of a sentence that begins with "This SQL …"; undefined where nothing clearly is. */
export function syntaxProblem(sql: string, kind: 'statements' | 'expression'): string | undefined {
  const tokens = tokensOfSql(sql)
  if (!tokens) return hasOpenQuote(sql) ? 'has a quote that is never closed' : undefined
  const statements = statementsOfSql(tokens)
  if (kind === 'expression') {
    const [first] = tokens
    const word = first?.kind === 'word' ? first.text.toLowerCase() : ''
    if (tokens.some(token => isSign(token, ';'))) return 'has a semicolon, which ends the query it is a part of'
    if (sqlClauseWords.has(word) || word === 'select' || word === 'and' || word === 'or')
      return `begins with "${first!.text}", but is put behind "where" as a condition`
  } else
    for (const [first] of statements)
      if (first?.kind === 'word' && !sqlVerbs.has(first.text.toLowerCase()))
        return `begins with "${first.text}", which is no statement of SQL`
  for (const statement of statements) {
    const problem = problemIn(statement)
    if (problem !== undefined) return problem
  }
  return undefined
}

function problemIn(tokens: readonly SqlToken[]): string | undefined {
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    if (isSign(token, '(')) depth++
    if (isSign(token, ')') && --depth < 0) return 'closes a parenthesis that was never opened'
    if (!isSign(token, ',')) continue
    const next = tokens[i + 1]
    if (!next) return 'ends with a comma'
    if (isSign(next, ',') || isSign(next, ')')) return `has a comma before "${next.text}"`
    if (next.kind === 'word' && sqlClauseWords.has(next.text.toLowerCase())) return `has a comma before "${next.text}"`
  }
  if (depth > 0) return 'opens a parenthesis that is never closed'
  const last = tokens.at(-1)
  const isOpen = ['where', 'and', 'or', 'from', 'set', 'by', 'select'].some(word => isWord(last, word))
  return isOpen || ['=', '<', '>', '<=', '>=', '!='].some(sign => isSign(last, sign))
    ? `ends with "${last!.text}"`
    : undefined
}
