// A field is typed as if it never were null although its property may be, or nullable although it is required.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { fieldType } from '../models/field-type.ts'
import { typePlace } from '../schema/type-place.ts'
import type { ClassInStore, Property } from '../types.ts'

interface Data {
  readonly property: Property
  /** What is wrong: null is missing, or there is too much of it. */
  readonly wrong: 'no-null' | 'null' | 'undefined'
}

const schema = `static schema = {
  name: 'Task',
  primaryKey: '_id',
  properties: {
    _id: 'int', title: 'string', note: 'string?', owner: 'Task', done: { type: 'bool', default: false }, tags: 'string?[]', any: 'mixed',
  },
}`
const file = (fields: string) => realmApp({ models: { Task: `${fields}\n${schema}` } })

export const nullabilityMismatch: Rule<ClassInStore, Data> = {
  id: 'realm/nullability-mismatch',
  severity: 'warning',
  on: 'class',
  docs: {
    what: 'A field is typed as if it never were null, although its property is optional or a link to another object; or as if it could be null, although its property is required.',
    why: 'Realm gives `null` at run time and code that trusts the type crashes; `null` written to a required property throws `Expected value to be a string, got null`.',
    fix: 'Adds `| null` to the type (`?` where the Babel plugin reads it), or takes it away.',
  },
  *check({ class: one, scope, library }) {
    for (const property of one.fields) {
      const { shape, member, name } = property
      if (!shape || member?.fact.kind !== 'property' || !member.fact.type || isCollection(property)) continue
      const project = scope.workspace().project(member.file)
      const type = fieldType(scope, library, member)
      const isBabel = one.form === 'babel'
      if (project.strictNullChecks !== true || !type || type.parts.length === 0 || shape.kind === 'mixed') continue
      const at = { file: member.file, span: member.fact.type.at }
      const isEmptyAllowed = type.hasNull || type.hasUndefined || member.fact.isOptional
      const related = isBabel ? [] : [{ at: typePlace(property), message: `"${name.text}" in the schema` }]
      if (shape.optional && !isEmptyAllowed)
        yield {
          at,
          message:
            shape.kind === 'object'
              ? `"${name.text}" links to an object that may be deleted or never set, so it can be null, where its type does not say so: code that trusts it crashes. ${isBabel ? 'Make the member optional.' : 'Add "| null".'}`
              : `"${name.text}" is optional in the schema, so it can be null, where its type does not say so: code that trusts it crashes. Add "| null".`,
          related,
          data: { property, wrong: 'no-null' },
        }
      // What has a default may be left out when an object is created, which types of values are made from.
      const isLoose = (type.hasUndefined || member.fact.isOptional) && !property.default
      if (isBabel || shape.optional || (!type.hasNull && !isLoose)) continue
      yield {
        at,
        message: type.hasNull
          ? `"${name.text}" is required in the schema, so it is never null, and writing null throws. Remove "| null" from the type, or make the property optional.`
          : `"${name.text}" is required in the schema, so it is never undefined, and creating an object without it throws. Remove ${member.fact.isOptional ? 'the "?"' : '"| undefined"'}, or make the property optional.`,
        related,
        data: { property, wrong: type.hasNull ? 'null' : 'undefined' },
      }
    }
  },
  fix({ data: { property, wrong } }, context) {
    const { fact, file } = property.member!
    const { type, nameAt } = fact
    const text = context.text(file)
    if (!type || text === undefined) return undefined
    const edit = (start: number, end: number, by: string) => ({ file, start, end, text: by })
    if (wrong === 'no-null' && property.form === 'member') {
      const mark = fact.isDefinite ? text.indexOf('!', nameAt.end) : -1
      const at = mark < 0 ? edit(nameAt.end, nameAt.end, '?') : edit(mark, mark + 1, '?')
      return { title: 'Make the member optional', safe: false, edits: [at] }
    }
    const { start, end } = type.at
    if (wrong === 'no-null') return { title: 'Add | null to the type', safe: false, edits: [edit(end, end, ' | null')] }
    const rest = type.parts.filter(part => part !== 'null' && part !== 'undefined').join(' | ')
    const question = fact.isOptional ? text.indexOf('?', nameAt.end) : -1
    const mark = question < 0 ? [] : [edit(question, question + 1, fact.initializer || fact.isDeclare ? '' : '!')]
    return {
      title: `Change the type to ${rest}`,
      safe: false,
      edits: [...mark, ...(rest === type.text ? [] : [edit(start, end, rest)])],
    }
  },
  examples: [
    ...(
      [
        ['note!: string', 'string', 'note!: string | null', 'Add "| null"'],
        ['owner!: Task', 'Task', 'owner!: Task | null', 'links to an object'],
        ['title!: string | null', 'string | null', 'title!: string', 'writing null throws'],
        ['title?: string', 'string', 'title!: string', 'Remove the "?"'],
        ['title!: string | undefined', 'string | undefined', 'title!: string', 'Remove "| undefined"'],
        ['done: boolean | null = false', 'boolean | null', 'done: boolean = false', 'never null'],
      ] as const
    ).map(([before, wrong, after, words]) => ({
      name: before,
      project: realm12,
      files: file(`${before}\n${' '.repeat(before.indexOf(wrong))}${'^'.repeat(wrong.length)} ${words}`),
      fixed: { 'src/models/Task.ts': file(after)['src/models/Task.ts']! },
    })),
    {
      name: 'a link that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({ models: { Task: 'title!: string\nowner!: Task\n        ^^^^ Make the member optional' } }),
      fixed: {
        'src/models/Task.ts': realmApp({ models: { Task: 'title!: string\nowner?: Task' } })['src/models/Task.ts']!,
      },
    },
    {
      name: 'what fits, defaults, collections, types that could be anything',
      project: realm12,
      files: file(`_id!: number
title!: string
note?: string
owner!: Task | null
done?: boolean
tags?: Realm.List<string>
any!: string`),
    },
    {
      name: 'aliases and enums',
      project: realm12,
      files: file('title!: Maybe\nnote!: State\nowner!: Partial<Task>'),
    },
    {
      name: 'without strictNullChecks',
      project: { ...realm12, strict: false },
      files: file('note!: string\ntitle!: string | null'),
    },
    {
      name: 'optional members that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({ models: { Task: 'title?: string\nowner?: Task\nother!: Task | undefined' } }),
    },
  ],
}

const isCollection = ({ shape }: Property): boolean =>
  shape?.kind === 'list' || shape?.kind === 'set' || shape?.kind === 'dictionary' || shape?.kind === 'linkingObjects'
