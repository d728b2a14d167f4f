// SQLite for tests, in the process of the test, so that its answers are there at once.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AnswerNow } from '../src/core/sql/judge.ts'
import { createSqliteAnswers } from '../src/host/sqlite/answer-question.ts'

const wasm = fileURLToPath(import.meta.resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm'))
const answer = await createSqliteAnswers(readFileSync(wasm))

/** Answers in the order of the questions. */
export const answerSql: AnswerNow = questions => questions.map(answer)
