// The statement at a place, as SQLite is asked for its plan.
import type { WrittenText } from '../../../catalog/written-text.ts'
import type { PlanQuestion } from '../../../sql/judge.ts'
import { type StatementSpan, splitStatements } from '../../../sql/split-statements.ts'
import { type Place, touches } from '../../../text/span.ts'
import type { SqlCall } from '../types.ts'

/** A statement, and how far it is from the place. */
interface Near {
  readonly sql: string
  readonly schema: readonly string[]
  readonly distance: number
}

/**
 * The statement among those of `calls` that stands at `offset` of `file`, or nearest to it in the same call. What is made
 * at run time is a parameter in it. Statements that only make tables or set something up have no plan.
 */
export function queryAt(calls: readonly SqlCall[], file: string, offset: number): PlanQuestion | undefined {
  let best: Near | undefined
  for (const call of calls)
    for (const near of statementsNear(call, file, offset)) if (!best || near.distance < best.distance) best = near
  return best && { kind: 'plan', schema: best.schema, sql: best.sql }
}

function* statementsNear({ sql, store, at }: SqlCall, file: string, offset: number): Generator<Near> {
  if (!sql || !store) return
  const isInCall = isAt(at, file, offset)
  for (const statement of splitStatements(sql.text)) {
    const places = placesOf(sql, statement).filter(place => place.file === file)
    const distance = Math.min(...places.map(({ span }) => distanceTo(span, offset)))
    const isInText = sql.parts.some(({ literal }) => literal && isAt(literal, file, offset))
    if (!isInCall && !isInText && distance > 0) continue
    if (hasPlan.test(sql.text.slice(statement.start, statement.end)))
      yield { sql: withParameters(sql, statement), schema: store.knownSchema, distance }
  }
}

const hasPlan = /^(?:select|insert|replace|update|delete|with|values)\b/i

const isAt = (place: Place, file: string, offset: number): boolean => place.file === file && touches(place.span, offset)

const distanceTo = ({ start, end }: Place['span'], offset: number): number =>
  offset < start ? start - offset : offset > end ? offset - end : 0

/** Where the letters of a statement stand, and the expressions in it. */
const placesOf = (sql: WrittenText, { start, end }: StatementSpan): readonly Place[] =>
  sql.parts.flatMap(part => {
    if (part.end <= start || end <= part.start) return []
    if (part.value) return [{ file: part.value.file, span: part.value.value.at }]
    const letters = sql.source(Math.max(start, part.start), Math.min(end, part.end))
    return letters ?? part.literal ?? []
  })

const withParameters = (sql: WrittenText, { start, end }: StatementSpan): string =>
  sql.parts
    .filter(part => part.start < end && start < part.end)
    .map(part => (part.isHole ? '?' : sql.text.slice(Math.max(start, part.start), Math.min(end, part.end))))
    .join('')
