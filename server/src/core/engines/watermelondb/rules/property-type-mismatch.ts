// The TypeScript type of a property cannot hold what its column gives.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { boundFields } from '../models/bound-members.ts'
import { changeDecorator } from '../models/change-decorator.ts'
import { givenKind, type Kind, kindsOf } from '../models/plain-type.ts'
import { clearColumn } from '../schema/find-column.ts'
import type { Decorator, ModelInStore, ModelMember, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly member: ModelMember
  readonly binding: Decorator
  readonly given: Kind
  readonly asDate: boolean
  /** True when the column gives null too, and the type must say so. */
  readonly withNull: boolean
}

export const propertyTypeMismatch: Rule<ModelInStore, Data> = {
  id: 'watermelondb/property-type-mismatch',
  severity: 'warning',
  early: true,
  on: 'model',
  docs: {
    what: 'The TypeScript type of a property cannot hold what its decorator and column give.',
    why: 'The compiler believes the annotation: code calls methods the value does not have, and what it writes is replaced by the default of the column.',
    fix: 'Changes the type, or uses `@date` where a number column is typed `Date`.',
  },
  *check({ model, store, scope }) {
    const table = model.table && store.table(model.table.text)
    if (!table) return
    for (const { member, decorator, column: named } of boundFields(model)) {
      const { type } = member.fact
      const column = clearColumn(table, named.text)
      // Where the decorator itself does not fit, that is what is reported.
      const given = givenKind(decorator, column?.type?.text)
      if (!type || !column || !member.binding || !given) continue
      const kinds = kindsOf(type)
      if (!kinds || kinds.has(given) || ![...kinds].some(kind => kind !== 'null' && kind !== 'undefined')) continue
      if (kinds.has('Date') && Object.hasOwn(scope.module(member.file)?.bindings ?? {}, 'Date')) continue
      const asDate = decorator === 'field' && given === 'number' && kinds.has('Date')
      yield {
        at: { file: member.file, span: type.at },
        message: `"${member.name}" is typed ${type.text}, but ${decorator === 'field' ? `column "${column.name.text}"` : `@${decorator}`} gives a ${given}: code fails at run time, and what it writes becomes the column's default. Correct the type${asDate ? ', or use @date' : ''}.`,
        related: [{ at: column.at, message: `The column "${column.name.text}"` }],
        data: {
          store,
          member,
          binding: member.binding,
          given,
          asDate,
          withNull: column.optional && model.project.strictNullChecks === true,
        },
      }
    }
  },
  fix({ data: { store, member, binding, given, asDate, withNull } }, context) {
    const { type } = member.fact
    if (!type) return undefined
    const empty = type.parts.filter(part => part === 'null' || part === 'undefined')
    if (withNull && empty.length === 0 && !member.fact.isOptional) empty.push('null')
    const text = [given, ...empty].join(' | ')
    const { start, end } = type.at
    const retype = {
      title: `Change the type to ${text}`,
      safe: false,
      edits: [{ file: member.file, start, end, text }],
    }
    const edits = asDate ? changeDecorator(store.scope, binding, 'date', context) : undefined
    return edits ? [{ title: 'Use @date', safe: false, edits }, retype] : retype
  },
  examples: [
    {
      name: 'types that cannot hold the value',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'at', type: 'number' }, { name: 'title', type: 'string' }] }),`,
        models: {
          Post: `static table = 'posts'
@date('at') at!: string | null
//               ^^^^^^^^^^^^^ @date gives a Date
@field('title') title!: number
//                      ^^^^^^ column "title" gives a string`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: { Post: "static table = 'posts'\n@date('at') at!: Date | null\n@field('title') title!: number" },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'a Date without @date',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'at', type: 'number' }] }),`,
        models: { Post: "static table = 'posts'\n@field('at') at!: Date\n//                ^^^^ or use @date" },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({ models: { Post: "static table = 'posts'\n@date('at') at!: Date" } })[
          'src/models/Post.ts'
        ]!,
      },
    },
    {
      name: 'aliases, unions, any and what fits',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'at', type: 'number' }, { name: 'state', type: 'string' }] }),`,
        models: {
          Post: `static table = 'posts'
@field('state') state!: 'open' | 'closed'
@field('state') alias!: State
@field('state') free!: any
@field('at') count!: 1 | 2
@field('at') stamp!: Timestamp | null
@field('at') untyped
@date('at') date?: Date`,
        },
      }),
    },
  ],
}
