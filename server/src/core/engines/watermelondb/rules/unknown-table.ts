// A model names a table that the schema of its database does not have.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { exampleApp } from '../example-app.ts'
import { addTable } from '../generate.ts'
import { boundChildren, boundRelations } from '../models/bound-members.ts'
import { columnsForModel } from '../models/wanted-columns.ts'
import type { ModelInStore } from '../types.ts'

interface Data {
  readonly literal: Located | undefined
  readonly meant: string | undefined
  /** The table to be added, where it is the model's own. */
  readonly missing: ModelInStore | undefined
}

export const unknownTable: Rule<ModelInStore, Data> = {
  id: 'watermelondb/unknown-table',
  severity: 'error',
  early: true,
  on: 'model',
  docs: {
    what: 'A `static table`, `@relation` or `@children` names a table that the schema does not have.',
    why: 'A model of an unknown table stops the app when the database is made; a relation to one fails with `Cannot read properties of null` as soon as it is used.',
    fix: 'Names the table that was most likely meant. A table that is really missing belongs into the schema, with a migration.',
  },
  *check(subject) {
    const { model, store } = subject
    if (!store.complete) return
    const evidence = (
      name: string,
      at: Evidence['at'],
      literal: Located | undefined,
      hurts: string,
      missing?: ModelInStore,
    ): Evidence<Data> => {
      const meant = closest(name, store.tableNames())
      const advice =
        meant === undefined ? 'Correct the name, or add the table with a migration.' : `Did you mean "${meant}"?`
      return {
        at,
        message: `The schema has no table "${name}": ${hurts}. ${advice}`,
        related: store.schema
          ? [{ at: { file: store.schema.call.file, span: store.schema.call.value.callee.at }, message: 'The schema' }]
          : [],
        data: { literal, meant, missing },
      }
    }
    const own = model.table
    // A model that nothing registers may belong to a database that cannot be seen.
    if (own && store.isRegistered(model) && !store.table(own.text)) {
      const member = model.fact.members.find(one => one.isStatic && one.name === 'table')
      const literal = member?.initializer && { value: member.initializer, file: model.file }
      const at = literal ? placeOf(literal) : own.at
      yield evidence(own.text, at, literal, 'the app fails when the database is made', subject)
    }
    if (own && !store.table(own.text)) return
    for (const { member, target, targetLiteral } of boundRelations(model))
      if (target && !store.table(target.text))
        yield evidence(target.text, placeOf(targetLiteral), targetLiteral, `fetching "${member.name}" fails`)
    for (const { member, target, literal } of boundChildren(model))
      if (!store.table(target.text))
        yield evidence(target.text, placeOf(literal), literal, `reading "${member.name}" fails`)
  },
  fix({ data: { literal, meant, missing } }, context) {
    const change = changeTo(literal, meant, context)
    const table = missing?.model.table?.text
    const written =
      missing && table !== undefined
        ? addTable(missing.store, table, columnsForModel(missing.model), context)
        : undefined
    const add =
      written && 'edits' in written
        ? [{ title: `Add table "${table}" with a migration`, safe: false, edits: written.edits }]
        : []
    return change ? [change, ...add] : add
  },
  examples: [
    {
      name: 'a mistyped table',
      files: exampleApp({
        models: {
          Post: `static table = 'post'
//             ^^^^^^ Did you mean "posts"?
@text('title') title!: string`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string" } })[
          'src/models/Post.ts'
        ]!,
      },
    },
    {
      name: 'a table that is really missing',
      files: exampleApp({
        version: 2,
        migrations: '{ toVersion: 2, steps: [] },',
        models: {
          User: `static table = 'people'
//             ^^^^^^^^ no table "people"
@text('name') name!: string
@field('age') age!: number | null
@relation('posts', 'post_id') post!: any`,
        },
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 3,
          schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
  ],
}),
tableSchema({
  name: 'people',
  columns: [
    { name: 'post_id', type: 'string', isIndexed: true },
    { name: 'name', type: 'string' },
    { name: 'age', type: 'number', isOptional: true },
  ],
}),`,
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'relations to unknown tables',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'author_id', type: 'string' }] }),
tableSchema({ name: 'users', columns: [] }),`,
        models: {
          Post: `static table = 'posts'
@relation('people', 'author_id') author!: any
//        ^^^^^^^^ no table "people"
@children('remarks') remarks!: any
//        ^^^^^^^^^ reading "remarks" fails
@relation('users', 'author_id') owner!: any`,
        },
      }),
    },
    {
      name: 'a schema that cannot be read completely',
      files: exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [] }),\n...moreTables(),",
        models: { Comment: "static table = 'comments'\n@relation('authors', 'author_id') author!: any" },
      }),
    },
  ],
}
