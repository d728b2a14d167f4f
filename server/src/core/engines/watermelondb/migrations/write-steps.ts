// Writes columns and migration steps as source text.
import { quoted, type Style } from '../../../write/style.ts'
import type { ColumnSpec, NewStep } from './new-step.ts'

/** `{ name: 'title', type: 'string', isOptional: true }` */
export function writeColumn(column: ColumnSpec, style: Style): string {
  const parts = [`name: ${quoted(column.name, style)}`, `type: ${quoted(column.type, style)}`]
  if (column.optional) parts.push('isOptional: true')
  if (column.indexed) parts.push('isIndexed: true')
  const space = style.spacedBraces ? ' ' : ''
  return `{${space}${parts.join(', ')}${space}}`
}

/** A table of a schema over several lines, the first at no indentation. */
export function writeTable(table: string, columns: readonly ColumnSpec[], style: Style): string {
  const comma = style.trailingComma ? ',' : ''
  return [
    'tableSchema({',
    `${style.indent}name: ${quoted(table, style)},`,
    `${style.indent}columns: [`,
    `${columns.map(column => style.indent + style.indent + writeColumn(column, style)).join(',\n')}${comma}`,
    `${style.indent}]${comma}`,
    '})',
  ].join('\n')
}

/** A step call over several lines, the first at no indentation. */
export function writeStep(step: NewStep, style: Style): string {
  const one = style.indent
  const comma = style.trailingComma ? ',' : ''
  if (step.kind === 'sql') return `unsafeExecuteSql(${quoted(step.sql, style)})`
  const columns = step.columns.map(column => `${one}${one}${writeColumn(column, style)}`).join(',\n')
  const name = step.kind === 'create' ? 'name' : 'table'
  const callee = step.kind === 'create' ? 'createTable' : 'addColumns'
  return [
    `${callee}({`,
    `${one}${name}: ${quoted(step.table, style)},`,
    `${one}columns: [`,
    `${columns}${comma}`,
    `${one}]${comma}`,
    '})',
  ].join('\n')
}

/** `{ toVersion: 2, steps: [...] }` over several lines, the first at no indentation. */
export function writeEntry(toVersion: number, steps: readonly NewStep[], style: Style): string {
  const one = style.indent
  const comma = style.trailingComma ? ',' : ''
  if (steps.length === 0) return ['{', `${one}toVersion: ${toVersion},`, `${one}steps: []${comma}`, '}'].join('\n')
  const written = steps.map(step => indentAll(writeStep(step, style), one + one)).join(',\n')
  return ['{', `${one}toVersion: ${toVersion},`, `${one}steps: [`, `${written}${comma}`, `${one}]${comma}`, '}'].join(
    '\n',
  )
}

/** The functions of `Schema/migrations` that steps call. */
export const functionsOf = (steps: readonly NewStep[]): string[] => [
  ...new Set(steps.map(step => ({ create: 'createTable', add: 'addColumns', sql: 'unsafeExecuteSql' })[step.kind])),
]

const indentAll = (block: string, indent: string): string =>
  block
    .split('\n')
    .map(line => (line === '' ? line : indent + line))
    .join('\n')
