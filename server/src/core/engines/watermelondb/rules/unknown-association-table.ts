// A key of `static associations` is no table.
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { exampleApp } from '../example-app.ts'
import { renameKey } from '../rename-key.ts'
import type { Association, ModelInStore } from '../types.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'author_id', type: 'string' }] }),
tableSchema({ name: 'users', columns: [] }),`

export const unknownAssociationTable: Rule<
  ModelInStore,
  { readonly association: Association; readonly meant: string | undefined }
> = {
  id: 'watermelondb/unknown-association-table',
  severity: 'error',
  early: true,
  on: 'model',
  docs: {
    what: 'A key of `static associations` is not the name of a table, but an alias or the name of a property.',
    why: 'The library looks associations up by table: `@children` throws on read and `Q.on` fails with `no such table`.',
    fix: 'Uses the name of the table.',
  },
  *check({ model, store }) {
    if (!store.complete || !model.table || !store.table(model.table.text)) return
    const taken = new Set(model.associations.map(one => one.table))
    for (const association of model.associations) {
      const { table, key, keyAt } = association
      if (store.table(table)) continue
      const byKey = model.members.find(
        one => one.binding?.name !== 'children' && one.target && key && one.column?.text === key.text,
      )
      const known = byKey?.target && store.table(byKey.target.text) ? byKey.target.text : undefined
      const free = store.tableNames().filter(name => !taken.has(name))
      const meant = known !== undefined && !taken.has(known) ? known : closest(table, free)
      yield {
        at: keyAt,
        message:
          `Associations are keyed by table, and there is no table "${table}": @children and Q.on that rely on it fail.` +
          (meant === undefined ? ' Use the name of a table.' : ` Did you mean "${meant}"?`),
        data: { association, meant },
      }
    }
  },
  fix({ data: { association, meant } }, context) {
    const edit = meant === undefined ? undefined : renameKey(association.keyAt, meant, context)
    return edit && { title: `Change to "${meant}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'the name of a property',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
static associations = {
  author: { type: 'belongs_to', key: 'author_id' },
  ^^^^^^ Did you mean "users"?
} as const
@relation('users', 'author_id') author!: any`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: `static table = 'posts'
static associations = {
  users: { type: 'belongs_to', key: 'author_id' },
} as const
@relation('users', 'author_id') author!: any`,
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'the helper of the library',
      files: exampleApp({
        schema,
        models: {
          Post: `import { Model, associations } from '@nozbe/watermelondb'

export class Post extends Model {
  static table = 'posts'
  static associations = associations(['user', { type: 'belongs_to', key: 'author_id' }])
  //                                  ^^^^^^ Did you mean "users"?
}
`,
        },
      }),
      fixed: {
        'src/models/Post.ts': `import { Model, associations } from '@nozbe/watermelondb'

export class Post extends Model {
  static table = 'posts'
  static associations = associations(['users', { type: 'belongs_to', key: 'author_id' }])
}
`,
      },
    },
    {
      name: 'a known table, a schema that cannot be read',
      files: exampleApp({
        schema: `${schema}\n...rest,`,
        models: {
          Post: "static table = 'posts'\nstatic associations = { users: { type: 'belongs_to', key: 'author_id' }, others: { type: 'has_many', foreignKey: 'post_id' } } as const",
        },
      }),
    },
  ],
}
