// A `@children` for whose table the model has no `has_many`.
import type { Rule } from '../../../rules/rule.ts'
import { sidesOf } from '../association-sides.ts'
import { boundChildren } from '../bound-members.ts'
import { exampleApp } from '../example-app.ts'
import { placeOf } from '../read-table.ts'
import type { ModelInStore } from '../types.ts'
import { addAssociation, keyPointingAt } from '../write-association.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`

export const childrenWithoutAssociation: Rule<ModelInStore, { readonly subject: ModelInStore; readonly table: string }> = {
  id: 'watermelondb/children-without-association',
  severity: 'error',
  on: 'model',
  docs: {
    what: '`@children` names a table for which the model has no `has_many` in `static associations`.',
    why: "Reading the property throws `@children decorator used for a table that's not has_many`.",
    fix: 'Adds the association, with the column of the other table that points here.',
  },
  *check(subject) {
    const { model, store } = subject
    if (!model.associationsComplete || model.fact.isAbstract) return
    for (const { target, literal } of boundChildren(model)) {
      const association = model.associations.find(one => one.table === target.text)
      if (association && (!association.type || association.type.text === 'has_many')) continue
      // A reversed association is reported where it is written, and so is a table that does not exist.
      if (association && sidesOf(store, model, association)?.isReversed) continue
      if (store.complete && !store.table(target.text)) continue
      yield {
        at: placeOf(literal),
        message: `The model has no has_many association for "${target.text}", so reading this property throws. Add it to static associations.`,
        related: association ? [{ at: association.at, message: 'The association for this table' }] : [],
        data: { subject, table: target.text },
      }
    }
  },
  fix({ data: { subject, table } }, context) {
    const { model, store } = subject
    if (!model.table || model.associations.some(one => one.table === table)) return undefined
    const key = keyPointingAt(store, model.table.text, table)
    const edit = key === undefined ? undefined : addAssociation(model, { table, type: 'has_many', key }, context)
    return edit && { title: `Add has_many association for "${table}"`, safe: true, edits: [edit] }
  },
  examples: [
    {
      name: 'no associations at all',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
@children('comments') comments!: any
//        ^^^^^^^^^^ has no has_many association`,
          Comment: "static table = 'comments'\n@relation('posts', 'post_id') post!: any",
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: `static table = 'posts'
static associations = {
  comments: { type: 'has_many', foreignKey: 'post_id' },
} as const
@children('comments') comments!: any`,
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'one more association',
      files: exampleApp({
        schema: `${schema}\ntableSchema({ name: 'likes', columns: [{ name: 'post_id', type: 'string' }] }),`,
        models: {
          Post: `static table = 'posts'
static associations = {
  comments: { type: 'has_many', foreignKey: 'post_id' },
} as const
@children('comments') comments!: any
@children('likes') likes!: any
//        ^^^^^^^ has no has_many association`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: `static table = 'posts'
static associations = {
  comments: { type: 'has_many', foreignKey: 'post_id' },
  likes: { type: 'has_many', foreignKey: 'post_id' },
} as const
@children('comments') comments!: any
@children('likes') likes!: any`,
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'inherited associations, and some that cannot be read',
      files: exampleApp({
        schema,
        models: {
          Base: `static table = 'posts'
static associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const`,
          Post: `import { children } from '@nozbe/watermelondb/decorators'
import { Base } from './Base'

export class Post extends Base {
  @children('comments') comments!: any
}
`,
          Other: "static table = 'posts'\nstatic associations = makeAssociations()\n@children('comments') comments!: any",
        },
      }),
    },
  ],
}
