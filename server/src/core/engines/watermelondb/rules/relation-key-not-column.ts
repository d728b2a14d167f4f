// The key of a relation is no column of the own table.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { exampleApp } from '../example-app.ts'
import { generators } from '../generate.ts'
import { boundRelations } from '../models/bound-members.ts'
import { lacksColumn } from '../schema/find-column.ts'
import type { ModelInStore, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly table: string
  readonly key: string
  readonly literal: Located
  readonly meant: string | undefined
}

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'author_id', type: 'string' }] }),
tableSchema({ name: 'users', columns: [] }),`

export const relationKeyNotColumn: Rule<ModelInStore, Data> = {
  id: 'watermelondb/relation-key-not-column',
  severity: 'error',
  on: 'model',
  docs: {
    what: 'The second argument of `@relation` or `@immutableRelation` is no column of the own table.',
    why: 'The `id` of the relation is `undefined`, `fetch()` gives null, and `set()` throws.',
    fix: 'Names the column that was most likely meant, or adds it to the schema together with its migration.',
  },
  *check({ model, store }) {
    const table = model.table && store.table(model.table.text)
    if (!table) return
    for (const { member, key, keyLiteral } of boundRelations(model)) {
      if (!key || !lacksColumn(table, key.text)) continue
      const meant = closest(key.text, table.columns.keys())
      yield {
        at: placeOf(keyLiteral),
        message:
          `Table "${table.name.text}" has no column "${key.text}": "${member.name}" never finds its record and setting it throws.` +
          (meant === undefined ? ' Name the key column of this table.' : ` Did you mean "${meant}"?`),
        related: [{ at: table.name.at, message: `The table "${table.name.text}"` }],
        data: { store, table: table.name.text, key: key.text, literal: keyLiteral, meant },
      }
    }
  },
  fix({ data: { store, table, key, literal, meant } }, context) {
    const change = changeTo(literal, meant, context)
    const written = generators.addField?.(
      store,
      table,
      { name: key, type: 'string', optional: false, indexed: true },
      context,
    )
    const add =
      written && 'edits' in written
        ? [{ title: `Add column "${key}" with a migration`, safe: false, edits: written.edits }]
        : []
    return change ? [change, ...add] : add
  },
  examples: [
    {
      name: 'a property name instead of the column',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
@relation('users', 'authorId') author!: any
//                 ^^^^^^^^^^ Did you mean "author_id"?
@immutableRelation('users', 'id') twin!: any`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: "static table = 'posts'\n@relation('users', 'author_id') author!: any\n@immutableRelation('users', 'id') twin!: any",
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'a key column that is really missing',
      files: exampleApp({
        version: 2,
        migrations: '{ toVersion: 2, steps: [] },',
        models: {
          Post: "static table = 'posts'\n@relation('users', 'owner_id') owner!: any\n//                 ^^^^^^^^^^ has no column",
        },
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 3,
          schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'owner_id', type: 'string', isIndexed: true },
  ],
}),`,
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a table that cannot be read completely',
      files: exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [...common] }),",
        models: { Post: "static table = 'posts'\n@relation('users', 'owner_id') owner!: any" },
      }),
    },
  ],
}
