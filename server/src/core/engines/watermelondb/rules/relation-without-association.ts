// A `@relation` to a table for which the model has no association.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { boundRelations } from '../models/bound-members.ts'
import { isGivenElsewhere } from '../models/code-writes.ts'
import { addAssociation } from '../models/write-association.ts'
import type { ModelInStore } from '../types.ts'

interface Data {
  readonly subject: ModelInStore
  readonly table: string
  readonly key: string
}

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'author_id', type: 'string' }, { name: 'editor_id', type: 'string' }] }),
tableSchema({ name: 'users', columns: [] }),`

export const relationWithoutAssociation: Rule<ModelInStore, Data> = {
  id: 'watermelondb/relation-without-association',
  severity: 'info',
  on: 'model',
  docs: {
    what: '`@relation` names a table for which the model has no entry in `static associations`.',
    why: 'Reading the relation works, but a query that joins by `Q.on` throws.',
    fix: 'Adds the `belongs_to` association.',
  },
  *check(subject) {
    const { model, store } = subject
    const own = model.table && store.table(model.table.text)
    if (!own || !model.associationsComplete || model.fact.isAbstract) return
    const seen = new Set(model.associations.map(one => one.table))
    for (const { member, target, key } of boundRelations(model)) {
      // Only one association to a table can exist, so a second relation to it needs none.
      if (!target || !key || seen.has(target.text) || !store.table(target.text)) continue
      seen.add(target.text)
      if (!own.columns.has(key.text)) continue
      // The association is there under a wrong name, which is what is reported.
      if (model.associations.some(one => one.key?.text === key.text && !store.table(one.table))) continue
      if (isGivenElsewhere(subject.scope, model, 'associations')) continue
      yield {
        at: member.binding!.at,
        message: `The model has no association for "${target.text}": the relation can be read, but a query with Q.on('${target.text}', …) throws. Add a belongs_to.`,
        data: { subject, table: target.text, key: key.text },
      }
    }
  },
  fix({ data: { subject, table, key } }, context) {
    const edit = addAssociation(subject.model, { table, type: 'belongs_to', key }, context)
    return edit && { title: `Add belongs_to association for "${table}"`, safe: true, edits: [edit] }
  },
  examples: [
    {
      name: 'two relations, no association',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
@relation('users', 'author_id') author!: any
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Q.on('users', …) throws
@relation('users', 'editor_id') editor!: any`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: `static table = 'posts'
static associations = {
  users: { type: 'belongs_to', key: 'author_id' },
} as const
@relation('users', 'author_id') author!: any
@relation('users', 'editor_id') editor!: any`,
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'an association by another key, and a one-to-one by id',
      files: exampleApp({
        schema: `${schema}\ntableSchema({ name: 'drafts', columns: [] }),`,
        models: {
          Post: `static table = 'posts'
static associations = { users: { type: 'belongs_to', key: 'editor_id' } } as const
@relation('users', 'author_id') author!: any
@relation('drafts', 'id') draft!: any`,
        },
      }),
    },
  ],
}
