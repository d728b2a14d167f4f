// Which columns the properties of a model ask for.

import type { ColumnSpec } from '../migrations/new-step.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { Model } from '../types.ts'
import { type BoundField, boundFields, boundRelations } from './bound-members.ts'

/** The column that a property asks for: its decorator and its type say what kind of column that is. */
export function columnForField({ member, decorator, column }: BoundField): ColumnSpec {
  const parts = member.fact.type?.parts ?? []
  const own = parts.includes('boolean')
    ? 'boolean'
    : parts.includes('number') || parts.includes('Date')
      ? 'number'
      : 'string'
  const type = decorator === 'date' ? 'number' : decorator === 'field' ? own : 'string'
  const optional = member.fact.isOptional || parts.includes('null') || parts.includes('undefined')
  return { name: column.text, type, optional, indexed: false }
}

/** The columns of a table that a model would be content with. */
export function columnsForModel(model: Model): readonly ColumnSpec[] {
  const fields = boundFields(model).map(columnForField)
  const keys = boundRelations(model).flatMap(({ key }) =>
    key ? [{ name: key.text, type: 'string', optional: false, indexed: true }] : [],
  )
  const columns = new Map<string, ColumnSpec>()
  for (const column of [...keys, ...fields])
    if (!implicitColumns.has(column.name) && !columns.has(column.name)) columns.set(column.name, column)
  return [...columns.values()]
}
