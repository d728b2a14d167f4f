// A `@children` for whose table the model has no `has_many`.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { storesOfModel } from '../code/read-collection.ts'
import { exampleApp } from '../example-app.ts'
import { sidesOf } from '../models/association-sides.ts'
import { boundChildren } from '../models/bound-members.ts'
import { isGivenElsewhere } from '../models/code-writes.ts'
import { addAssociation, keyPointingAt } from '../models/write-association.ts'
import type { CodeOfFile, Model, WatermelonStore } from '../types.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`

interface Data {
  readonly model: Model
  readonly stores: readonly WatermelonStore[]
  readonly table: string
}

export const childrenWithoutAssociation: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/children-without-association',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`@children` names a table for which the model has no `has_many` in `static associations`.',
    why: "Reading the property throws `@children decorator used for a table that's not has_many`.",
    fix: 'Adds the association, with the column of the other table that points here.',
  },
  *check(code) {
    // This needs no database: the model alone contradicts itself.
    for (const key of code.scope.classKeys(code.file)) {
      const model = code.models.model({ file: code.file, key })
      if (!model?.table || !model.associationsComplete || model.fact.isAbstract) continue
      const stores = storesOfModel(code, model)
      for (const { target, literal } of boundChildren(model)) {
        const association = model.associations.find(one => one.table === target.text)
        if (association && (!association.type || association.type.text === 'has_many')) continue
        // A reversed association is reported where it is written, and so is a table that does not exist.
        if (association && stores.some(store => sidesOf(store, model, association)?.isReversed)) continue
        if (stores.some(store => store.complete && !store.table(target.text))) continue
        if (isGivenElsewhere(code.scope, model, 'associations')) continue
        yield {
          at: placeOf(literal),
          message: `The model has no has_many association for "${target.text}", so reading this property throws. Add it to static associations.`,
          related: association ? [{ at: association.at, message: 'The association for this table' }] : [],
          data: { model, stores, table: target.text },
        }
      }
    }
  },
  fix({ data: { model, stores, table } }, context) {
    const [store] = stores
    if (!store || !model.table || model.associations.some(one => one.table === table)) return undefined
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
          Other:
            "static table = 'posts'\nstatic associations = makeAssociations()\n@children('comments') comments!: any",
        },
      }),
    },
  ],
}
