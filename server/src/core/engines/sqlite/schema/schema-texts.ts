// Which of the texts that a database is given make its schema.
import { type StatementSpan, splitStatements } from '../../../sql/split-statements.ts'
import type { SqlCall } from '../types.ts'

/** A quick look. */
const words = /\b(?:create|alter|drop)\b/i

const head =
  /^(?:create\s+(?:temp(?:orary)?\s+|unique\s+|virtual\s+)?(table|index|view|trigger)|alter\s+(table)|drop\s+(table|index|view|trigger))\b/i

/** What a statement does to the schema. */
export interface Definition {
  readonly kind: 'table' | 'virtual' | 'other' | 'alter' | 'drop'
  readonly isTemporary: boolean
  readonly statement: StatementSpan
}

/** The statements of a text that change the schema. */
export function definitionsIn(sql: string): readonly Definition[] {
  if (!words.test(sql)) return []
  return splitStatements(sql).flatMap(statement => {
    const text = sql.slice(statement.start, statement.end)
    const found = head.exec(text)
    if (!found) return []
    const [all, made, altered] = found
    const kind = altered
      ? 'alter'
      : made === undefined
        ? 'drop'
        : /virtual/i.test(all)
          ? 'virtual'
          : made.toLowerCase() === 'table'
            ? 'table'
            : 'other'
    return [{ kind, isTemporary: /\btemp/i.test(all), statement }]
  })
}

/**
 * True where the text of a call may change the schema, or where that is not known. What binds values is no definition, even
 * where its text is not known.
 */
export function mayDefine({ sql, method, parameters }: SqlCall): boolean {
  if (method.gives === 'row' || method.gives === 'statement') return false
  // Reading methods of expo-sqlite are given queries.
  if (method.package === 'expo-sqlite' && method.gives === 'rows') return false
  if (!sql) return parameters.kind === 'none' || method.binds !== 'any'
  const word = /^\s*(\w+)/.exec(sql.text)
  const end = word ? word[0].length : 0
  return sql.isOpen(0, Math.max(end, 1)) || definitionsIn(sql.text).length > 0
}

/** True where all letters of the text are known. */
export const isWhole = ({ sql }: SqlCall): boolean => sql !== undefined && !sql.parts.some(part => part.isHole)

/**
 * The place of a text among those that no version orders: tables before what needs them. What only drops something says
 * nothing of what there is.
 */
export function rankOf(sql: string): number | undefined {
  const kinds = definitionsIn(sql).filter(one => !one.isTemporary)
  if (kinds.some(one => one.kind === 'table')) return 0
  if (kinds.some(one => one.kind === 'virtual')) return 1
  if (kinds.some(one => one.kind === 'other')) return 2
  return kinds.some(one => one.kind === 'alter') ? 3 : undefined
}
