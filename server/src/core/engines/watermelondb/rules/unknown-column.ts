// A model names a column that its table does not have.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { exampleApp } from '../example-app.ts'
import { generators } from '../generate.ts'
import type { ColumnSpec } from '../migrations/new-step.ts'
import { boundFields, visibleMembers } from '../models/bound-members.ts'
import { columnForField } from '../models/wanted-columns.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { ModelInStore, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly table: string
  readonly column: ColumnSpec
  readonly literal: Located | undefined
  readonly meant: string | undefined
}

export const unknownColumn: Rule<ModelInStore, Data> = {
  id: 'watermelondb/unknown-column',
  severity: 'error',
  early: true,
  on: 'model',
  docs: {
    what: 'A `@field`, `@text`, `@date` or `@json` names a column that the table does not have, or a model has `updatedAt` while its table has no `updated_at`.',
    why: "Reading the property gives `undefined` and writing it throws `Cannot destructure property 'type' of 'columnSchema'`. With `updatedAt` the engine itself writes the column, so every `update()` of the record throws.",
    fix: 'Names the column that was most likely meant, or adds the column to the schema together with its migration.',
  },
  *check({ model, store }) {
    const table = model.table && store.table(model.table.text)
    if (!table?.complete) return
    const related = [{ at: table.name.at, message: `The table "${table.name.text}"` }]
    for (const field of boundFields(model)) {
      const { member, column, literal } = field
      if (implicitColumns.has(column.text) || table.columns.has(column.text)) continue
      const meant = closest(column.text, table.columns.keys())
      yield {
        at: placeOf(literal),
        message:
          `Table "${table.name.text}" has no column "${column.text}": reading ${member.name} gives undefined and writing it throws.` +
          (meant === undefined
            ? ' Correct the name, or add the column with a migration.'
            : ` Did you mean "${meant}"?`),
        related,
        data: { store, table: table.name.text, column: columnForField(field), literal, meant },
      }
    }
    const touched = visibleMembers(model).find(one => one.name === 'updatedAt')
    const isSeen =
      touched?.fact.kind === 'getter' || (touched?.binding && touched.column && touched.column.text !== 'updated_at')
    if (!touched || !isSeen || table.columns.has('updated_at')) return
    yield {
      at: touched.nameAt,
      message: `A model with "updatedAt" makes the engine write column "updated_at", which table "${table.name.text}" does not have: every update() throws. Add the column, or rename the property.`,
      related,
      data: {
        store,
        table: table.name.text,
        column: { name: 'updated_at', type: 'number', optional: false, indexed: false },
        literal: undefined,
        meant: undefined,
      },
    }
  },
  fix({ data: { store, table, column, literal, meant } }, context) {
    const change = changeTo(literal, meant, context)
    const written = generators.addField?.(store, table, column, context)
    const add =
      written && 'edits' in written
        ? [{ title: `Add column "${column.name}" with a migration`, safe: false, edits: written.edits }]
        : []
    return change ? [change, ...add] : add
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
      name: 'a column that is really missing',
      files: exampleApp({
        version: 2,
        migrations: '{ toVersion: 2, steps: [] },',
        models: {
          Post: `static table = 'posts'
@date('published_at') publishedAt!: Date | null
//    ^^^^^^^^^^^^^^ no column "published_at"`,
        },
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 3,
          schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'published_at', type: 'number', isOptional: true },
  ],
}),`,
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'updatedAt without updated_at',
      files: exampleApp({
        models: {
          Post: `static table = 'posts'
get updatedAt(): Date { return new Date(0) }
//  ^^^^^^^^^ every update() throws`,
        },
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 2,
          schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'updated_at', type: 'number' },
  ],
}),`,
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a table whose columns cannot all be read',
      files: exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, ...more()] }),",
        models: { Post: "static table = 'posts'\n@field('body') body!: string\n@date('updated_at') updatedAt!: Date" },
      }),
    },
    {
      name: 'an undecorated updatedAt',
      files: exampleApp({
        models: { Post: "static table = 'posts'\nupdatedAt!: Date\n@text('title') title!: string" },
      }),
    },
  ],
}
