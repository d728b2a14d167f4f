// The key of an association is no column.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { exampleApp } from '../example-app.ts'
import { sidesOf } from '../models/association-sides.ts'
import type { ModelInStore } from '../types.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`

export const unknownAssociationKey: Rule<
  ModelInStore,
  { readonly literal: Located; readonly meant: string | undefined }
> = {
  id: 'watermelondb/unknown-association-key',
  severity: 'error',
  on: 'model',
  docs: {
    what: 'The `key` of a `belongs_to` is no column of the own table, or the `foreignKey` of a `has_many` is none of the other table.',
    why: 'Reading the children or joining by `Q.on` fails with `no such column`.',
    fix: 'Names the column that was most likely meant.',
  },
  *check({ model, store }) {
    for (const association of model.associations) {
      const literal = association.keyEntry?.value
      const sides = sidesOf(store, model, association)
      if (!literal || !sides || sides.isHeld || sides.isReversed) continue
      const meant = closest(sides.key, sides.holder.columns.keys())
      const table = sides.holder.name.text
      yield {
        at: placeOf(literal),
        message:
          `Table "${table}" has no column "${sides.key}": reading or joining "${association.table}" fails with "no such column".` +
          (meant === undefined ? ' Correct the key.' : ` Did you mean "${meant}"?`),
        related: [{ at: sides.holder.name.at, message: `The table "${table}"` }],
        data: { literal, meant },
      }
    }
  },
  fix: ({ data }, context) => changeTo(data.literal, data.meant, context),
  examples: [
    {
      name: 'a property name instead of the column',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
static associations = { comments: { type: 'has_many', foreignKey: 'postId' } } as const
//                                                                ^^^^^^^^ Did you mean "post_id"?`,
          Comment: `static table = 'comments'
static associations = { posts: { type: 'belongs_to', key: 'parent' } } as const
//                                                        ^^^^^^^^ "comments" has no column "parent"`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: "static table = 'posts'\nstatic associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const",
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'a one-to-one by id, and a table that cannot be read',
      files: exampleApp({
        schema: `${schema}\ntableSchema({ name: 'likes', columns: more }),`,
        models: {
          Post: `static table = 'posts'
static associations = {
  comments: { type: 'has_many', foreignKey: 'id' },
  likes: { type: 'has_many', foreignKey: 'post' },
} as const`,
        },
      }),
    },
  ],
}
