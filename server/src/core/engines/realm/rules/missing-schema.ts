// A class in a schema has no schema of its own, and nothing writes one.
import type { FixContext, Rule } from '../../../rules/rule.ts'
import { insertMember } from '../../../write/insert-member.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { hasPlugin } from '../models/babel-plugin.ts'
import { fieldType } from '../models/field-type.ts'
import { declarationOfType, realmName } from '../models/spell-type.ts'
import { isPluginOff, mayGetSchema } from '../models/static-schema.ts'
import type { ClassInStore, ModelClass } from '../types.ts'
import { isRefused } from './class-without-extends.ts'

interface Data {
  readonly model: ModelClass
  readonly from: ClassInStore
}

export const missingSchema: Rule<ClassInStore, Data> = {
  id: 'realm/missing-schema',
  severity: 'error',
  on: 'class',
  docs: {
    what: 'A class in the `schema` list has no `static schema`, and no `@realm/babel-plugin` writes one: it is not in the Babel config, or does not see the class (JavaScript, a class expression, a base of its own, an import of types only).',
    why: "Opening the realm throws `Expected 'schema static' to be an object, got undefined`, so the app does not start.",
    fix: 'Writes the schema, where the types of all fields say it.',
  },
  *check(subject) {
    const { class: one, store, scope } = subject
    const { model } = one
    if (!model || one.form !== 'missing' || isRefused(model, store) || mayGetSchema(scope, model, store)) return
    const isOn = hasPlugin(scope.workspace().project(model.file)) === true
    if (!isOn && !isPluginOff(scope, model.file, [store])) return
    yield {
      at: model.nameAt,
      message: isOn
        ? `"${model.name}" has no "static schema", and @realm/babel-plugin does not see this class: opening the realm throws and the app does not start. ${wish(model)}`
        : `"${model.name}" has no "static schema", and no @realm/babel-plugin writes one: opening the realm throws and the app does not start. Write the schema.`,
      data: { model, from: subject },
    }
  },
  fix({ data }, context) {
    const { model } = data
    const text = context.text(model.file)
    const schema = schemaText(data, context)
    if (text === undefined || schema === undefined) return undefined
    const edit = insertMember({ file: model.file, text, fact: model.fact }, schema, model.fact.members.at(-1)?.at)
    return { title: 'Write the schema', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'no plugin: the schema is written from the types',
      project: realm12,
      files: realmApp({
        models: {
          Task: `import Realm from 'realm'

export class Task extends Realm.Object<Task> {
  //         ^^^^ no @realm/babel-plugin writes one
  _id!: Realm.BSON.ObjectId
  title!: string
  count: Realm.Types.Int = 0
  due?: Date
  tags!: Realm.List<string>
  parent!: Task | null
  children!: Realm.Types.LinkingObjects<Task, 'parent'>
  static primaryKey = '_id'
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import Realm from 'realm'

export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  title!: string
  count: Realm.Types.Int = 0
  due?: Date
  tags!: Realm.List<string>
  parent!: Task | null
  children!: Realm.Types.LinkingObjects<Task, 'parent'>
  static primaryKey = '_id'
  static schema: Realm.ObjectSchema = {
    name: 'Task',
    primaryKey: '_id',
    properties: {
      _id: 'objectId',
      title: 'string',
      count: 'int',
      due: 'date?',
      tags: 'string[]',
      parent: 'Task?',
      children: { type: 'linkingObjects', objectType: 'Task', property: 'parent' },
    },
  }
}
`,
      },
    },
    {
      name: 'a type that Realm does not have: no fix',
      project: realm12,
      files: realmApp({
        models: {
          Task: `import Realm from 'realm'

export class Task extends Realm.Object<Task> {
  //         ^^^^ Write the schema
  shape!: { a: string }
}
`,
        },
      }),
    },
    {
      name: 'the plugin does not see bases, class expressions, JavaScript',
      project: withBabelPlugin(),
      files: {
        'src/models.ts': `import Realm from 'realm'

class Base extends Realm.Object {}
export class Task extends Base {
//           ^^^^ Let it extend Realm.Object itself
  title!: string
}
export const User = class extends Realm.Object {
  //                ^^^^^ does not see this class
  name!: string
}
`,
        'src/Note.js': `import Realm from 'realm'
export class Note extends Realm.Object {}
//           ^^^^ Write the schema
`,
        'src/realm.ts': `import Realm from 'realm'
import { Task, User } from './models'
import { Note } from './Note'

export const realm = new Realm({ schema: [Task, User, Note], schemaVersion: 1 })
`,
      },
    },
    {
      name: 'the plugin writes it, a base has it, it is assigned or declared, a base is not known',
      project: withBabelPlugin(),
      files: {
        'src/realm.ts': `import Realm from 'realm'
import { Far } from 'somewhere'

class A extends Realm.Object<A> { title!: string }
class Base extends Realm.Object { static schema = { name: 'B', properties: { a: 'int' } } }
class B extends Base {}
const C = class extends Realm.Object {}
C.schema = { name: 'C', properties: { a: 'int' } }
class D extends Far {}
const E = class extends Realm.Object { static schema }
Object.assign(E, { schema: { name: 'E', properties: { a: 'int' } } })

export const realm = new Realm({ schema: [A, B, C, D, E], schemaVersion: 1 })
`,
      },
    },
    {
      name: 'a Babel config that only running would tell',
      project: { versions: { realm: '12.15.0' }, babel: 'unknown' },
      files: realmApp({ models: { Task: 'title!: string' } }),
    },
  ],
}

function wish({ file, fact }: ModelClass): string {
  const isTyped = /\.[cm]?tsx?$/.test(file)
  return isTyped && fact.superclass && fact.name !== 'default'
    ? 'Let it extend Realm.Object itself, as a class declaration with Realm imported, or write the schema.'
    : 'Write the schema.'
}

/** The member as text; undefined where a field has no type that Realm has. */
function schemaText({ model, from }: Data, context: FixContext): string | undefined {
  const { scope, library, store } = from
  const { fact, file } = model
  const style = styleOf(context.text(file) ?? '')
  const static1 = (name: string) => fact.members.find(one => one.isStatic && one.name === name)?.initializer
  const classes = store.classes.filter(one => one.model)
  const schemaName = (target: string) =>
    target === fact.name ? ownName : classes.find(one => one.model?.name === target && one.isNamed)?.name.text
  const named = static1('name')
  const ownName = named?.kind === 'string' ? named.text : fact.name
  const fields: string[] = []
  for (const member of model.members) {
    if (member.fact.kind !== 'property' || member.fact.initializer?.kind === 'function') continue
    const type = fieldType(scope, library, member)
    const declared = type && declarationOfType(type, member.fact.isOptional, schemaName, style)
    if (!declared || !/^[\w$]+$/.test(member.fact.name)) return undefined
    fields.push(`    ${member.fact.name}: ${declared},`)
  }
  const key = static1('primaryKey')
  const embedded = static1('embedded')
  if (fields.length === 0 || fact.name === 'default') return undefined
  const realm = /\.[cm]?tsx?$/.test(file) ? realmName(scope, file) : undefined
  const head = `static schema${realm ? `: ${realm}.ObjectSchema` : ''} = {`
  const lines = [
    head,
    `  name: ${quoted(ownName, style)},`,
    ...(key?.kind === 'string' ? [`  primaryKey: ${quoted(key.text, style)},`] : []),
    ...(embedded?.kind === 'boolean' && embedded.value ? ['  embedded: true,'] : []),
    '  properties: {',
    ...fields,
    '  },',
    `}${style.semicolon}`,
  ]
  // Lines are moved in by the writer; one step within the literal is that of the file.
  return lines.map(line => line.replace(/^(?: {2})+/, lead => style.indent.repeat(lead.length / 2))).join(style.newline)
}
