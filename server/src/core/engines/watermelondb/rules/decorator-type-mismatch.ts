// A decorator does not fit the type of its column.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { boundFields, boundRelations } from '../models/bound-members.ts'
import { changeDecorator } from '../models/change-decorator.ts'
import { kindsOf } from '../models/plain-type.ts'
import { clearColumn } from '../schema/find-column.ts'
import type { Column, ModelInStore, ModelMember, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly member: ModelMember
  readonly column: Column
}

const needed = { date: 'number', text: 'string', json: 'string' } as const
const kept = { string: `''`, number: '0', boolean: 'false' } as const
const isType = (type: string | undefined): type is keyof typeof kept => type !== undefined && Object.hasOwn(kept, type)

export const decoratorTypeMismatch: Rule<ModelInStore, Data> = {
  id: 'watermelondb/decorator-type-mismatch',
  severity: 'error',
  early: true,
  on: 'model',
  docs: {
    what: 'A `@date` on a column that is no number, a `@text` or `@json` on one that is no string, or a relation whose key column is no string.',
    why: "The engine replaces a value of the wrong type by `''`, `0`, `false` or `null` without a word: what the user enters is never stored, and a relation finds nothing.",
    fix: 'Uses `@field`, where the property wants what the column holds. The type of a released column must never be changed in place: add a new column instead.',
  },
  *check({ model, store }) {
    const table = model.table && store.table(model.table.text)
    if (!table) return
    const related = (column: Column) => [{ at: column.at, message: `The column "${column.name.text}"` }]
    for (const { member, decorator, column: named } of boundFields(model)) {
      const column = clearColumn(table, named.text)
      const type = column?.type?.text
      if (!column || !isType(type) || decorator === 'field' || type === needed[decorator]) continue
      const lost = column.optional ? 'null' : kept[type]
      yield {
        at: member.binding!.at,
        message: `@${decorator} needs a ${needed[decorator]} column, but "${column.name.text}" is a ${type}: what the user enters is silently stored as ${lost}. Use the decorator that fits, or a new ${needed[decorator]} column.`,
        related: related(column),
        data: { store, member, column },
      }
    }
    for (const { member, key, keyLiteral } of boundRelations(model)) {
      const column = clearColumn(table, key?.text)
      const type = column?.type?.text
      if (!column || !isType(type) || type === 'string') continue
      yield {
        at: placeOf(keyLiteral),
        message: `The key of a relation is a record's id, a string, but "${column.name.text}" is a ${type}: it is stored as ${column.optional ? 'null' : kept[type]} and "${member.name}" never finds its record. Use a new string column.`,
        related: related(column),
        data: { store, member, column },
      }
    }
  },
  fix({ data: { store, member, column } }, context) {
    const { binding } = member
    const type = column.type?.text
    if (!binding || !isType(type) || binding.name === 'relation' || binding.name === 'immutableRelation')
      return undefined
    const kinds = kindsOf(member.fact.type)
    if (member.fact.type ? !kinds?.has(type) : binding.name !== 'text') return undefined
    const edits = (binding.args?.length ?? 0) > 1 ? undefined : changeDecorator(store.scope, binding, 'field', context)
    if (!edits) return undefined
    return { title: 'Use @field', safe: binding.name === 'text', edits }
  },
  examples: [
    {
      name: '@text on a number',
      files: exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'likes', type: 'number' }] }),",
        models: {
          Post: `static table = 'posts'
@text('likes') likes!: number
^^^^^^^^^^^^^^ silently stored as 0`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: { Post: "static table = 'posts'\n@field('likes') likes!: number" },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'a date in a string, a relation by a number',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [
  { name: 'day', type: 'string', isOptional: true },
  { name: 'author_id', type: 'number' },
] }),
tableSchema({ name: 'users', columns: [] }),`,
        models: {
          Post: `static table = 'posts'
@readonly @date('day') day!: Date | null
//        ^^^^^^^^^^^^ silently stored as null
@relation('users', 'author_id') author!: any
//                 ^^^^^^^^^^^ never finds its record`,
        },
      }),
    },
    {
      name: 'what fits',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [
  { name: 'day', type: 'string' },
  { name: 'at', type: 'number' },
  { name: 'odd', type: typeOf('odd') },
] }),`,
        models: {
          Post: `static table = 'posts'
@field('day') day!: string
@text('day') text!: string
@json('day', x => x) json!: unknown
@date('at') at!: Date
@date('odd') odd!: Date`,
        },
      }),
    },
  ],
}
