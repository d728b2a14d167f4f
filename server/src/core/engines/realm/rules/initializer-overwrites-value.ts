// `new Task(realm, values)` where fields of the class have initial values.
import type { Rule } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { type Creation, creations } from '../code/created-objects.ts'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../example-app.ts'
import { hasLiteral } from '../models/literal-value.ts'
import type { CodeOfFile, Property } from '../types.ts'
import { majorFor } from '../versions.ts'

const add = (text: string, imports = '') => ({
  'src/add.ts': `import type Realm from 'realm'
import { Task } from './models/Task'
${imports}
export const add = (realm: Realm, title: string) =>
${text}
`,
})

export const initializerOverwritesValue: Rule<CodeOfFile, Creation> = {
  id: 'realm/initializer-overwrites-value',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'An object is made by `new Task(realm, { done: true })`, where the class gives its field `done` an initial value.',
    why: 'The initial values of fields are set after the object has been created: they replace the given ones, in the database too where fields are assigned, as React Native does.',
    fix: 'Uses `realm.create(Task, …)`, which runs no initial values. Defaults belong into the schema.',
  },
  *check(code) {
    for (const creation of creations(code)) {
      const { how, classes, values, classAt, model } = creation
      const [one] = classes
      const major = majorFor(code.scope, code.file)
      if (how !== 'new' || !one || !values || !model || major === undefined || major < 11) continue
      const given = values.value.kind === 'object' ? code.scope.shape(values)?.entries : undefined
      const lost = one.fields.filter(field => {
        const value = given?.get(field.name.text)?.value
        return value && keepsValue(field) && !isSame(value.value, field.member?.fact.initializer)
      })
      if (lost.length === 0) continue
      const names = lost.map(field => `"${field.name.text}"`).join(', ')
      yield {
        at: classAt,
        message: `The initial value${lost.length > 1 ? 's' : ''} of ${names} in the class "${model.name}" replace${lost.length > 1 ? '' : 's'} what is given here as soon as the object is created: what the user enters is lost. Use realm.create(${model.name}, …).`,
        related: lost.map(({ member, name }) => ({
          at: { file: member!.file, span: member!.fact.initializer!.at },
          message: `The initial value of "${name.text}"`,
        })),
        data: creation,
      }
    }
  },
  fix({ data: { call, classAt, model } }, context) {
    const { file, value } = call
    const text = context.text(file)
    const [realm, values] = value.args
    if (text === undefined || !realm || !values) return undefined
    const named = text.slice(classAt.span.start, classAt.span.end)
    const of = text.slice(realm.at.start, realm.at.end)
    if (!/^[\w$.]+$/.test(of) || !/^[\w$.]+$/.test(named)) return undefined
    const head: TextEdit = { file, start: value.at.start, end: values.at.start, text: `${of}.create(${named}, ` }
    return { title: `Use ${of}.create(${model?.name}, …)`, safe: false, edits: [head] }
  },
  examples: [
    {
      name: 'the Babel plugin leaves literals in the class',
      project: withBabelPlugin(),
      files: {
        ...realmApp({ models: { Task: 'title!: string\ndone = false\nrank: Realm.Types.Int = 0' } }),
        ...add(`  new Task(realm, { title, done: true })
  //  ^^^^ The initial value of "done"`),
      },
      fixed: add('  realm.create(Task, { title, done: true })'),
    },
    {
      name: 'any initial value beside a static schema',
      project: realmProject('20.2.0'),
      files: {
        ...realmApp({
          models: {
            Task: "title = ''\nat = new Date()\nstatic schema = { name: 'Task', properties: { title: 'string', at: 'date' } }",
          },
        }),
        ...add(`  new Task(realm, { title, at: new Date(0) })
  //  ^^^^ The initial values of "title", "at"`),
      },
      fixed: add('  realm.create(Task, { title, at: new Date(0) })'),
    },
    {
      name: 'values that the class does not set, realm.create, a field that is no property',
      project: realm12,
      files: {
        ...realmApp({
          models: {
            Task: `title!: string
done = false
isOpen = true
declare note: string
static schema = { name: 'Task', properties: { title: 'string', done: { type: 'bool', default: false }, note: 'string' } }`,
          },
        }),
        ...add(
          `  [
    new Task(realm, { title, note: '' }),
    new Task(realm, { title, note: '', done: false }),
    realm.create(Task, { title, note: '', done: true }),
    realm.create('Task', { title, note: '', done: true }),
    new Task(realm, others),
  ]`,
          "import { others } from './others'",
        ),
      },
    },
    {
      name: 'the Babel plugin takes other initial values out of the class',
      project: withBabelPlugin(),
      files: {
        ...realmApp({
          models: {
            Task: "title!: string\nat: Date = new Date()\nrank: Realm.Types.Int = -1\nkind: string = 'a' as const",
          },
        }),
        ...add('  new Task(realm, { title, at: new Date(0), rank: 1, kind: title })'),
      },
    },
    {
      name: 'a constructor of its own, realm 10',
      project: realmProject('10.24.0'),
      files: {
        ...realmApp({
          models: { Task: "done = false\nstatic schema = { name: 'Task', properties: { done: 'bool' } }" },
        }),
        ...add('  new Task(realm, { done: true })'),
      },
    },
  ],
}

/** True for two literals that say the same: then nothing is lost. */
const isSame = (a: Value, b: Value | undefined): boolean =>
  (a.kind === 'null' && b?.kind === 'null') ||
  (a.kind === 'string' && b?.kind === 'string' && a.text === b.text) ||
  ((a.kind === 'number' || a.kind === 'boolean') && b?.kind === a.kind && a.value === b.value)

/** True for a property whose field has an initial value that is in the class at run time. */
function keepsValue({ member, form }: Property): boolean {
  if (member?.fact.kind !== 'property' || member.fact.isDeclare || !member.fact.initializer) return false
  return form !== 'member' || hasLiteral(member.fact)
}
