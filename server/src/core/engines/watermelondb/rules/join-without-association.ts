// A query joins a table for which its model has no association.

import type { Named } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { addAssociation, keyPointingAt } from '../models/write-association.ts'
import { inEvery } from '../queries/candidate-tables.ts'
import { exampleQuery } from '../queries/example-query.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile, Model, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly model: Model
  readonly from: string
  readonly to: string
}

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`
const Post = "static table = 'posts'\n@text('title') title!: string"
const Comment = "static table = 'comments'\n@relation('posts', 'post_id') post!: any"

export const joinWithoutAssociation: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/join-without-association',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A query joins a table (`Q.on`, `Q.experimentalJoinTables`, `Q.experimentalNestedJoin`) for which the model has no entry in `static associations`.',
    why: 'The library finds the key of a join in the associations, so the query always throws.',
    fix: 'Adds the association by the key column that the schema has.',
  },
  *check(code) {
    const { scope } = code
    for (const { collection, own } of queriesOf(code).queries)
      for (const { name, call } of own.list) {
        const args = call.value.args.map((value): Located => ({ value, file: call.file }))
        const { stores, table } = collection
        if (name === 'on') yield* judge(stores, table, scope.text(args[0]), args[0])
        if (name === 'experimentalNestedJoin') yield* judge(stores, scope.text(args[0]), scope.text(args[1]), args[1])
        if (name === 'experimentalJoinTables')
          for (const item of scope.items(args[0])?.items ?? []) yield* judge(stores, table, scope.text(item), item)
      }
  },
  fix({ data: { store, model, from, to } }, context) {
    const own = keyPointingAt(store, to, from)
    const theirs = own === undefined ? keyPointingAt(store, from, to) : undefined
    const key = own ?? theirs
    if (key === undefined) return undefined
    const type = own === undefined ? 'has_many' : 'belongs_to'
    const edit = addAssociation(model, { table: to, type, key }, context)
    return edit && { title: `Add ${type} association for "${to}"`, safe: true, edits: [edit] }
  },
  examples: [
    {
      name: 'a join to a table that points here',
      files: exampleQuery(
        `export const commented = () => database.get('posts').query(Q.on('comments', 'post_id', 'x')).fetch()
//                                                              ^^^^^^^^^^ no association for "comments"`,
        { schema, models: { Post, Comment } },
      ),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: `static table = 'posts'
static associations = {
  comments: { type: 'has_many', foreignKey: 'post_id' },
} as const
@text('title') title!: string`,
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'declared joins',
      files: exampleQuery(
        `export const titled = () => database.get('comments').query(
  Q.experimentalJoinTables(['posts']),
//                          ^^^^^^^ always throws
  Q.experimentalNestedJoin('posts', 'comments'),
//                                  ^^^^^^^^^^ "Post" has no association
)`,
        { schema, models: { Post, Comment } },
      ),
    },
    {
      name: 'associations that are there, that cannot all be read, and unknown tables',
      files: exampleQuery(
        `database.get('posts').query(Q.on('comments', 'post_id', 'x'), Q.on('likes', 'post_id', 'x'))
database.get('comments').query(Q.on('posts', 'title', 'x'))
database.get('users').query(Q.on('posts', 'title', 'x'))`,
        {
          schema: `${schema}\ntableSchema({ name: 'users', columns: [] }),`,
          models: {
            Post: `static table = 'posts'\nstatic associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const`,
            Comment: "static table = 'comments'\nstatic associations = { ...common }",
          },
        },
      ),
    },
  ],
}

/** Judges a join between two tables of one schema. */
function* judge(
  stores: readonly WatermelonStore[],
  from: Named | undefined,
  to: Named | undefined,
  literal: Located | undefined,
): Generator<Evidence<Data>> {
  if (!from || !to || !literal) return
  const known = stores.filter(store => store.table(from.text))
  const found = inEvery(known, store => lacking(store, from.text, to.text))
  if (!found) return
  yield {
    at: placeOf(literal),
    message: `Model "${found.model.name}" has no association for "${to.text}", so this join always throws. Add "${to.text}" to its static associations.`,
    related: [{ at: found.model.nameAt, message: `The model of "${from.text}"` }],
    data: { ...found, from: from.text, to: to.text },
  }
}

/** The model of `from` where none of its models has an association for `to`. */
function lacking(store: WatermelonStore, from: string, to: string): Pick<Data, 'store' | 'model'> | undefined {
  if (!store.table(to)) return undefined
  const models = store.modelsOf(from)
  const [model] = models
  const isSure = models.every(one => one.associationsComplete && one.associations.every(other => other.table !== to))
  return model && isSure ? { store, model } : undefined
}
