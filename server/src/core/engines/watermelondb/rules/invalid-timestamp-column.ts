// A column that the engine fills itself does not have the type it needs.

import { changeText } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { exampleApp } from '../example-app.ts'
import { setFlag } from '../schema/column-edits.ts'
import type { ColumnsInStore } from '../schema/column-lists.ts'
import type { Column } from '../types.ts'

export const invalidTimestampColumn: Rule<ColumnsInStore, { readonly column: Column }> = {
  id: 'watermelondb/invalid-timestamp-column',
  severity: 'error',
  on: 'columns',
  docs: {
    what: '`created_at` or `updated_at` is not a number or is optional, or `last_modified` is not a number.',
    why: 'Development builds throw `created_at must be of type number and not optional`. In a release build a string column stores an empty text and dates read as null.',
    fix: 'Makes the column a number that is not optional.',
  },
  *check({ list }) {
    for (const column of list.columns) {
      const name = column.name.text
      const isTimestamp = name === 'created_at' || name === 'updated_at'
      if (!isTimestamp && name !== 'last_modified') continue
      if (column.type && column.type.text !== 'number')
        yield {
          at: column.type.at,
          message: `"${name}" must be a number: WatermelonDB refuses to start, and a release build stores an empty text in place of the time. Set type: 'number'.`,
          data: { column },
        }
      else if (isTimestamp && column.optional)
        yield {
          at: column.entries.get('isOptional')?.at ?? column.name.at,
          message: `"${name}" must not be optional: WatermelonDB refuses to start. Remove isOptional.`,
          data: { column },
        }
    }
  },
  fix({ data: { column } }, context) {
    const edits: (TextEdit | undefined)[] = []
    if (column.type?.text !== 'number') edits.push(changeText(column.entries.get('type')?.value, 'number', context))
    if (column.optional && column.name.text !== 'last_modified')
      edits.push(setFlag(column, 'isOptional', false, context))
    const known = edits.flatMap(edit => edit ?? [])
    if (known.length === 0 || known.length < edits.length) return undefined
    return { title: `Make "${column.name.text}" a number`, safe: false, edits: known }
  },
  examples: [
    {
      name: 'a string',
      files: exampleApp({
        schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'created_at', type: 'string', isOptional: true },
    //                          ^^^^^^^^ must be a number
    { name: 'updated_at', type: 'number' },
  ],
}),`,
      }),
      fixed: exampleApp({
        schema:
          "tableSchema({\n  name: 'posts',\n  columns: [\n    { name: 'created_at', type: 'number' },\n    { name: 'updated_at', type: 'number' },\n  ],\n}),",
      }),
    },
    {
      name: 'an optional number in a migration',
      files: exampleApp({
        version: 2,
        migrations: `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'updated_at', type: 'number', isOptional: true }] })] },
//                                                                                                   ^^^^^^^^^^^^^^^^ must not be optional`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'updated_at', type: 'number' }] })] },",
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'other names, and an optional last_modified',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [
  { name: 'createdAt', type: 'string' },
  { name: 'last_modified', type: 'number', isOptional: true },
  { name: 'created_at', type: 'number', isOptional: false },
] }),`,
      }),
    },
  ],
}
