// A `created_at` or `updated_at` column whose property is not named so that the engine sets it.
import type { Rule } from '../../../rules/rule.ts'
import { insertMember } from '../../../write/insert-member.ts'
import { exampleApp } from '../example-app.ts'
import { boundFields, visibleMembers } from '../models/bound-members.ts'
import { mayBeWritten } from '../models/code-writes.ts'
import { clearColumn } from '../schema/find-column.ts'
import type { Model, ModelInStore, ModelMember } from '../types.ts'

interface Data {
  readonly model: Model
  readonly member: ModelMember
  /** The name that the engine looks for; undefined where the member has it already. */
  readonly property: string | undefined
}

const magic = [
  ['created_at', 'createdAt'],
  ['updated_at', 'updatedAt'],
] as const

const schema = `tableSchema({ name: 'posts', columns: [
  { name: 'created_at', type: 'number' },
  { name: 'published_at', type: 'number' },
] }),`

export const timestampPropertyName: Rule<ModelInStore, Data> = {
  id: 'watermelondb/timestamp-property-name',
  severity: 'warning',
  on: 'model',
  docs: {
    what: 'The property of `created_at` or `updated_at` is not named `createdAt` or `updatedAt`, or a property of that name stands for another column, and no code sets it.',
    why: 'The engine writes these columns only for models that have a property of exactly that name. Otherwise the column stays 0, which is 1970-01-01.',
    fix: 'Adds the property that the engine looks for, or renames the present one.',
  },
  *check({ model, store, scope }) {
    const table = model.table && store.table(model.table.text)
    if (!table || !model.chainComplete) return
    const members = visibleMembers(model)
    const fields = boundFields(model)
    for (const [name, property] of magic) {
      const present = members.find(one => one.name === property)
      const column = clearColumn(table, name)
      const field = fields.find(one => one.column.text === name)
      if (!present && field && column?.type?.text === 'number') {
        const { member } = field
        if (!model.fact.members.includes(member.fact) || mayBeWritten(scope, model, [member.name, name])) continue
        yield {
          at: member.nameAt,
          message: `The engine sets "${name}" only for models with a property named "${property}": "${member.name}" stays 0, which is 1970-01-01. Name it "${property}".`,
          related: [{ at: column.at, message: `The column "${name}"` }],
          data: { model, member, property },
        }
      }
      const other = present && fields.find(one => one.member === present && one.column.text !== name)
      const bound = other && clearColumn(table, other.column.text)
      if (!other || !present || bound?.type?.text !== 'number' || !model.fact.members.includes(present.fact)) continue
      // Without the column updatedAt does worse, and that is another rule's finding.
      if (property === 'updatedAt' && !table.columns.has(name)) continue
      if (mayBeWritten(scope, model, [property, other.column.text])) continue
      yield {
        at: present.nameAt,
        message: `For "${property}" the engine writes column "${name}", but the property reads "${other.column.text}", which stays 0: 1970-01-01. Bind it to "${name}", or give it another name.`,
        related: [{ at: bound.at, message: `The column "${other.column.text}"` }],
        data: { model, member: present, property: undefined },
      }
    }
  },
  fix({ data: { model, member, property } }, context) {
    const text = context.text(member.file)
    if (property === undefined || text === undefined) return undefined
    const { at, nameAt } = member.fact
    const copy = text.slice(at.start, nameAt.start) + property + text.slice(nameAt.end, at.end)
    const add = insertMember({ file: member.file, text, fact: model.fact }, copy.replace(/\s*\n\s*/g, ' '), at)
    return [
      { title: `Add property "${property}" for the same column`, safe: false, edits: [add] },
      {
        title: `Rename this declaration to "${property}"`,
        safe: false,
        edits: [{ file: member.file, start: nameAt.start, end: nameAt.end, text: property }],
      },
    ]
  },
  examples: [
    {
      name: 'a name the engine does not know',
      files: exampleApp({
        schema,
        models: {
          Post: "static table = 'posts'\n@readonly @date('created_at') created!: Date\n//                            ^^^^^^^ stays 0",
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: "static table = 'posts'\n@readonly @date('created_at') created!: Date\n@readonly @date('created_at') createdAt!: Date",
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'createdAt for another column',
      files: exampleApp({
        schema,
        models: {
          Post: "static table = 'posts'\n@date('published_at') createdAt!: Date\n//                    ^^^^^^^^^ reads \"published_at\"",
        },
      }),
    },
    {
      name: 'set by code',
      files: exampleApp({
        schema,
        models: { Post: "static table = 'posts'\n@date('created_at') created!: Date" },
        files: {
          'src/add-post.ts': `import { database } from './db'

export const addPost = () =>
  database.write(() => database.get('posts').create(post => { post.created = new Date() }))
`,
        },
      }),
    },
    {
      name: 'a getter that makes the engine set it',
      files: exampleApp({
        schema,
        models: {
          Post: "static table = 'posts'\n@date('created_at') created!: Date\nget createdAt() { return this.created }",
        },
      }),
    },
  ],
}
