// A property is typed non-null although its column is optional, or nullable although it is not.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { boundFields } from '../models/bound-members.ts'
import { givenKind, kindsOf } from '../models/plain-type.ts'
import { clearColumn } from '../schema/find-column.ts'
import type { ModelInStore, ModelMember } from '../types.ts'

const schema = `tableSchema({ name: 'posts', columns: [
  { name: 'subtitle', type: 'string', isOptional: true },
  { name: 'title', type: 'string' },
] }),`

export const nullabilityMismatch: Rule<ModelInStore, { readonly member: ModelMember; readonly optional: boolean }> = {
  id: 'watermelondb/nullability-mismatch',
  severity: 'warning',
  early: true,
  on: 'model',
  docs: {
    what: 'An optional column is typed as if it never were null, or a required column as if it could be.',
    why: "An optional column gives `null` at run time and code that trusts the type crashes; `null` written to a required column is stored as `''`, `0` or `false`.",
    fix: 'Adds `| null` to the type, or removes it.',
  },
  *check({ model, store }) {
    if (model.project.strictNullChecks !== true) return
    const table = model.table && store.table(model.table.text)
    if (!table) return
    for (const { member, decorator, column: named } of boundFields(model)) {
      const { type } = member.fact
      if (!type || isJavaScript(member.file)) continue
      const column = clearColumn(table, named.text)
      const kinds = kindsOf(type)
      // What @json gives is up to its sanitizer; where the type is wrong altogether, that is what is reported.
      const given = givenKind(decorator, column?.type?.text)
      if (!column?.type || !kinds || !given || !kinds.has(given)) continue
      const at = { file: member.file, span: type.at }
      const related = [{ at: column.at, message: `The column "${column.name.text}"` }]
      const isEmptyAllowed = kinds.has('null') || kinds.has('undefined') || member.fact.isOptional
      if (column.optional && !isEmptyAllowed)
        yield {
          at,
          message: `Column "${column.name.text}" is optional, so "${member.name}" can be null at run time, where its type does not say so: code that trusts it crashes. Add "| null".`,
          related,
          data: { member, optional: true },
        }
      if (!column.optional && kinds.has('null') && kinds.size > 1)
        yield {
          at,
          message: `Column "${column.name.text}" is not optional: null written to "${member.name}" is stored as ${emptyOf(decorator, column.type.text)}. Remove "| null" from the type, or make the column optional.`,
          related,
          data: { member, optional: false },
        }
    }
  },
  fix({ data: { member, optional } }) {
    const { type } = member.fact
    if (!type) return undefined
    const parts = type.parts.filter(part => part !== 'null')
    const text = optional ? `${type.text} | null` : parts.join(' | ')
    const { start, end } = type.at
    return {
      title: optional ? 'Add | null to the type' : 'Remove | null from the type',
      safe: false,
      edits: [{ file: member.file, start, end, text }],
    }
  },
  examples: [
    {
      name: 'optional column, type without null',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
@text('subtitle') subtitle!: string
//                           ^^^^^^ can be null at run time`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: { Post: "static table = 'posts'\n@text('subtitle') subtitle!: string | null" },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'required column, type with null',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
@text('title') title!: string | null
//                     ^^^^^^^^^^^^^ is stored as ''`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string" } })[
          'src/models/Post.ts'
        ]!,
      },
    },
    {
      name: 'question marks, aliases and @json',
      files: exampleApp({
        schema,
        models: {
          Post: `static table = 'posts'
@text('subtitle') subtitle?: string
@text('subtitle') short!: string | undefined
@text('subtitle') alias!: Maybe<string>
@text('title') name?: string
@json('subtitle', x => x) meta!: string[]`,
        },
      }),
    },
    {
      name: 'without strictNullChecks',
      project: { strict: false },
      files: exampleApp({ schema, models: { Post: "static table = 'posts'\n@text('subtitle') subtitle!: string" } }),
    },
  ],
}

/** What null becomes in a required column. */
const emptyOf = (decorator: string, type: string): string =>
  decorator === 'date' ? '0, which is 1970-01-01' : type === 'string' ? `''` : type === 'boolean' ? 'false' : '0'
