// A column has a type that the library does not know.

import type { Located } from '../../../catalog/scope.ts'
import { changeText } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { ColumnsInStore } from '../schema/column-lists.ts'

const types = new Set(['string', 'number', 'boolean'])

/** What other databases call the three types. */
const meant: Readonly<Record<string, string>> = {
  text: 'string',
  varchar: 'string',
  char: 'string',
  json: 'string',
  uuid: 'string',
  object: 'string',
  array: 'string',
  int: 'number',
  integer: 'number',
  float: 'number',
  double: 'number',
  real: 'number',
  decimal: 'number',
  date: 'number',
  datetime: 'number',
  timestamp: 'number',
  time: 'number',
  bool: 'boolean',
}

interface Data {
  readonly type: string | undefined
  readonly literal: Located | undefined
}

export const invalidColumnType: Rule<ColumnsInStore, Data> = {
  id: 'watermelondb/invalid-column-type',
  severity: 'error',
  early: true,
  on: 'columns',
  docs: {
    what: 'A column in a JavaScript file has a type other than `string`, `number` or `boolean`, or none. (In TypeScript the compiler says so.)',
    why: 'Development builds throw `Invalid type …`. A release build takes the column for a number: texts are stored as 0.',
    fix: 'Changes the type to the one that was meant: `text` and `json` are strings, dates and all sorts of numbers are numbers.',
  },
  *check({ list }) {
    for (const column of list.columns) {
      if (!isJavaScript(column.at.file)) continue
      const { type, name } = column
      if (type && !types.has(type.text)) {
        const key = type.text.toLowerCase()
        const known = types.has(key) ? key : Object.hasOwn(meant, key) ? meant[key] : undefined
        yield {
          at: type.at,
          message:
            `"${type.text}" is no type of WatermelonDB: a release build stores texts in "${name.text}" as 0. ` +
            (known === undefined ? 'Use "string", "number" or "boolean".' : `Use "${known}".`),
          data: { type: known, literal: column.entries.get('type')?.value },
        }
      }
      if (!type && !column.entries.has('type') && !column.unclear)
        yield {
          at: name.at,
          message: `Column "${name.text}" has no type: a release build stores texts in it as 0. Add "string", "number" or "boolean".`,
          data: { type: undefined, literal: undefined },
        }
    }
  },
  fix({ data: { type, literal } }, context) {
    const edit = type === undefined ? undefined : changeText(literal, type, context)
    return edit && { title: `Change to "${type}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a date and a text',
      files: {
        'schema.js': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({
      name: 'posts',
      columns: [
        { name: 'due', type: 'date' },
        //                   ^^^^^^ Use "number"
        { name: 'title' },
        //      ^^^^^^^ has no type
        { name: 'body', type: 'string' },
      ],
    }),
  ],
})
`,
      },
      fixed: {
        'schema.js': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({
      name: 'posts',
      columns: [
        { name: 'due', type: 'number' },
        { name: 'title' },
        { name: 'body', type: 'string' },
      ],
    }),
  ],
})
`,
      },
    },
    {
      name: 'TypeScript says so itself',
      files: exampleApp({ schema: "tableSchema({ name: 'posts', columns: [{ name: 'due', type: 'date' as any }] })," }),
    },
    {
      name: 'types that are not known',
      files: {
        'schema.js': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const schema = appSchema({
  version: 1,
  tables: [tableSchema({ name: 'posts', columns: [{ name: 'a', type: typeOf('a') }, { name: 'b', ...common }] })],
})
`,
      },
    },
  ],
}
