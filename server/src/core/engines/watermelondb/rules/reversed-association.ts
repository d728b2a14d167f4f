// An association points the wrong way: its key column is in the other table.

import { placeOf } from '../../../catalog/place-of.ts'
import { changeText } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { sidesOf } from '../models/association-sides.ts'
import { renameKey } from '../rename-key.ts'
import type { Association, ModelInStore } from '../types.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`

export const reversedAssociation: Rule<
  ModelInStore,
  { readonly association: Association; readonly type: 'belongs_to' | 'has_many' }
> = {
  id: 'watermelondb/reversed-association',
  severity: 'error',
  on: 'model',
  docs: {
    what: 'A `belongs_to` whose key column is in the other table, or a `has_many` whose key column is in the own table.',
    why: 'Reading the children or joining by `Q.on` fails with `no such column`.',
    fix: 'Swaps the type: the table with the key column belongs to the other one.',
  },
  *check({ model, store }) {
    for (const association of model.associations) {
      const sides = sidesOf(store, model, association)
      const literal = association.typeEntry?.value
      if (!sides?.isReversed || !literal) continue
      const type = sides.type === 'has_many' ? 'belongs_to' : 'has_many'
      yield {
        at: placeOf(literal),
        message: `Column "${sides.key}" is in table "${sides.other.name.text}", not in "${sides.holder.name.text}": reading or joining "${association.table}" fails with "no such column". Make it a ${type}.`,
        related: [{ at: sides.other.columns.get(sides.key)!.at, message: `The column "${sides.key}"` }],
        data: { association, type },
      }
    }
  },
  fix({ data: { association, type } }, context) {
    const { typeEntry, keyEntry } = association
    const change = changeText(typeEntry?.value, type, context)
    const rename = keyEntry && renameKey(keyEntry.nameAt, type === 'has_many' ? 'foreignKey' : 'key', context)
    return change && rename && { title: `Change to ${type}`, safe: false, edits: [change, rename] }
  },
  examples: [
    {
      name: 'a parent that belongs to its children',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
static associations = { comments: { type: 'belongs_to', key: 'post_id' } } as const
//                                        ^^^^^^^^^^^^ Make it a has_many`,
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
      name: 'the right way, also to the own table',
      files: exampleApp({
        schema: `${schema}\ntableSchema({ name: 'folders', columns: [{ name: 'folder_id', type: 'string' }] }),`,
        models: {
          Post: "static table = 'posts'\nstatic associations = { comments: { type: 'has_many', foreignKey: 'post_id' } } as const",
          Comment:
            "static table = 'comments'\nstatic associations = { posts: { type: 'belongs_to', key: 'post_id' } } as const",
          Folder:
            "static table = 'folders'\nstatic associations = { folders: { type: 'has_many', foreignKey: 'folder_id' } } as const",
        },
      }),
    },
  ],
}
