// What may be written into the list of tables of a schema.
import type { Needed, Offer } from '../../../catalog/mention.ts'
import { plain } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'
import type { ColumnSpec } from '../migrations/new-step.ts'
import { writeColumn } from '../migrations/write-steps.ts'
import { columnsForModel } from '../models/wanted-columns.ts'
import type { WatermelonStore } from '../types.ts'
import { columnSnippet } from './snippet.ts'

/** The tables of models that have none, then an empty one. `from` is the package that `tableSchema` comes from. */
export function offerTables(stores: readonly WatermelonStore[], from: string, style: Style): readonly Offer[] {
  const imports: readonly Needed[] = [{ from, names: ['tableSchema'] }]
  const known = new Map<string, Offer>()
  for (const store of stores)
    for (const model of store.models) {
      const table = model.table?.text
      const columns = table === undefined || store.table(table) ? [] : columnsForModel(model)
      if (table === undefined || columns.length === 0 || known.has(table)) continue
      known.set(table, {
        label: `tableSchema ${table}`,
        snippet: plain(tableText(table, columns, style)),
        detail: `the columns that ${model.name} uses`,
        imports,
      })
    }
  const columns = `${style.indent}${style.indent}${columnSnippet(style, 2)}`
  const snippet = tableBlock(quoted('$1', style), columns, style)
  return [...known.values(), { label: 'tableSchema', snippet, detail: 'a new table', imports }]
}

const tableText = (name: string, columns: readonly ColumnSpec[], style: Style): string =>
  tableBlock(
    quoted(name, style),
    columns.map(column => `${style.indent}${style.indent}${writeColumn(column, style)}`).join(',\n'),
    style,
  )

function tableBlock(name: string, columns: string, { indent, trailingComma }: Style): string {
  const comma = trailingComma ? ',' : ''
  const lines = [
    'tableSchema({',
    `${indent}name: ${name},`,
    `${indent}columns: [`,
    columns + comma,
    `${indent}]${comma}`,
    '})',
  ]
  return lines.join('\n')
}
