// The statement of SQL at a caret, with the tables and indexes that SQLite needs to plan it.
import type { Located } from '../../../catalog/scope.ts'
import { type WrittenText, writtenText } from '../../../catalog/written-text.ts'
import type { PlanQuestion } from '../../../sql/judge.ts'
import { splitStatements } from '../../../sql/split-statements.ts'
import { projectStores } from '../code/read-collection.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'
import { askedSql } from './asked-sql.ts'
import { hole, parsableText } from './holes.ts'
import { knownTable } from './known-tables.ts'
import { type SqlInQuery, sqlInQueries } from './sql-in-code.ts'
import { tablesInSql } from './tables-in-sql.ts'

/** The question by which way the statement at `offset` of the file is answered; undefined where there is none. */
export function queryAt(code: CodeOfFile, offset: number): PlanQuestion | undefined {
  for (const { query, argument, stores } of sqlOf(code)) {
    const sql = writtenText(code.scope, argument)
    if (!sql || !isIn(sql, argument, code.file, offset)) continue
    const text = parsableText(sql)
    const statement = statementAt(sql, text, code.file, offset)
    if (!statement) return undefined
    const store = stores.find(one => tablesInSql(statement).every(name => knownTable(one, name))) ?? stores[0]
    if (!store) return undefined
    const asked = askedSql(query, statement, name => knownTable(store, name) !== undefined).text
    const schema = tablesInSql(asked).flatMap(name => knownTable(store, name)?.sql ?? [])
    return { kind: 'plan', schema, sql: asked.replaceAll(hole, '?') }
  }
  return undefined
}

interface SqlOfFile {
  readonly query: Pick<SqlInQuery, 'kind' | 'tables'>
  readonly argument: Located
  readonly stores: readonly WatermelonStore[]
}

function* sqlOf(code: CodeOfFile): Generator<SqlOfFile> {
  for (const query of sqlInQueries(code)) yield { query, argument: query.argument, stores: query.stores }
  for (const store of projectStores(code))
    for (const { steps } of store.migrationsRead?.list ?? [])
      for (const step of steps)
        if (step.kind === 'sql' && step.argument?.file === code.file)
          yield { query: { kind: 'statements', tables: undefined }, argument: step.argument, stores: [store] }
}

function isIn(sql: WrittenText, { value, file: own }: Located, file: string, offset: number): boolean {
  const spans = sql.parts.flatMap(({ literal }) => (literal?.file === file ? [literal.span] : []))
  if (own === file) spans.push(value.at)
  return spans.some(span => span.start <= offset && offset <= span.end)
}

/** The last statement that begins before the caret. */
function statementAt(sql: WrittenText, text: string, file: string, offset: number): string | undefined {
  const statements = splitStatements(text)
  const begun = statements.filter(({ tokens }) =>
    tokens.some(token => {
      const place = sql.source(token.start, token.end)
      return place?.file === file && place.span.start <= offset
    }),
  )
  const found = begun.at(-1) ?? statements[0]
  return found && text.slice(found.start, found.end)
}
