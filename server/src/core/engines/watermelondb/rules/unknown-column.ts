// A field decorator names a column that the table does not have.
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import type { Place } from '../../../text/span.ts'
import { quotedLike } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import type { ModelInStore } from '../types.ts'

const implicit = new Set(['id', '_status', '_changed'])
const fieldDecorators = new Set(['field', 'text', 'date', 'json'])

export const unknownColumn: Rule<ModelInStore, { readonly at: Place; readonly meant: string | undefined }> = {
  id: 'watermelondb/unknown-column',
  severity: 'error',
  on: 'model',
  docs: {
    what: 'A `@field`, `@text`, `@date` or `@json` decorator names a column that the table does not have.',
    why: 'Reading the property gives `undefined` and writing it throws `Cannot destructure property \'type\' of \'columnSchema\'`, on every phone.',
    fix: 'Names the column that was most likely meant. A column that is really missing needs a migration as well.',
  },
  *check({ model, store }) {
    const table = model.table && store.table(model.table.text)
    if (!table?.complete) return
    for (const member of model.members) {
      const { column, binding } = member
      if (!column || !binding?.name || !fieldDecorators.has(binding.name)) continue
      if (implicit.has(column.text) || table.columns.has(column.text)) continue
      const meant = closest(column.text, table.columns.keys())
      yield {
        at: column.at,
        message:
          `Table "${table.name.text}" has no column "${column.text}": reading ${member.name} gives undefined and writing it throws.` +
          (meant === undefined ? ' Correct the name, or add the column with a migration.' : ` Did you mean "${meant}"?`),
        related: [{ at: table.name.at, message: `The table "${table.name.text}"` }],
        data: { at: column.at, meant },
      }
    }
  },
  fix({ data }, context) {
    const text = context.text(data.at.file)
    if (data.meant === undefined || text === undefined) return undefined
    const { start, end } = data.at.span
    return {
      title: `Change to "${data.meant}"`,
      safe: false,
      edits: [{ file: data.at.file, start, end, text: quotedLike(text.slice(start, end), data.meant) }],
    }
  },
  examples: [
    {
      name: 'a mistyped column',
      files: exampleApp({
        models: {
          Post: `static table = 'posts'
@field('titel') title!: string
//     ^^^^^^^ Did you mean "title"?
@field('_status') status!: string`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: { Post: "static table = 'posts'\n@field('title') title!: string\n@field('_status') status!: string" },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'a table whose columns cannot all be read',
      files: exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, ...more()] }),",
        models: { Post: "static table = 'posts'\n@field('body') body!: string" },
      }),
    },
  ],
}
