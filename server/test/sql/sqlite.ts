// SQLite for the tests of this folder, in the same thread.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AnswerTo, PreparedStatement, SqlQuestion } from '../../src/core/sql/judge.ts'
import { createSqliteAnswers } from '../../src/host/sqlite/answer-question.ts'
import { schema } from './corpus.ts'

const wasm = createRequire(import.meta.url).resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm')
const loading = createSqliteAnswers(readFileSync(wasm), error => {
  throw error
})

export type Ask = <Q extends SqlQuestion>(question: Q) => AnswerTo<Q>

/** Loads SQLite once. What it gives throws where SQLite breaks. */
export async function sqlite(): Promise<Ask> {
  const answer = await loading
  return <Q extends SqlQuestion>(question: Q) => answer(question) as AnswerTo<Q>
}

/** The statements of `sql` as SQLite compiles them over the schema of the corpus. */
export const prepared = (ask: Ask, sql: string, quotedTexts = true): readonly PreparedStatement[] =>
  ask({ kind: 'prepare', schema, sql, quotedTexts }).statements
