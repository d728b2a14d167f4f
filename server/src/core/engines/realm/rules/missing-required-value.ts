// A new object is not given a value that it needs.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { styleOf } from '../../../write/style.ts'
import { type WrittenObject, writtenObjects } from '../code/created-objects.ts'
import { addKey, replaceAt } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { realmName } from '../models/spell-type.ts'
import type { CodeOfFile, Property } from '../types.ts'

interface Data {
  readonly object: WrittenObject
  readonly missing: readonly Property[]
  readonly scope: Scope
}

const app = (body: string) => ({
  ...realmApp({
    classes: {
      Task: `primaryKey: '_id',
properties: {
  _id: 'int',
  title: 'string',
  done: { type: 'bool', default: false },
  note: 'string?',
  tags: 'string[]',
  owner: 'User?',
  steps: 'Step[]',
},`,
      User: "properties: { name: 'string', born: 'date', extra: 'mixed', map: 'int{}' },",
      Step: "embedded: true,\nproperties: { text: 'string' },",
    },
  }),
  'src/add.ts': `import type Realm from 'realm'

export const add = (realm: Realm, others: object, mode: Realm.UpdateMode) =>
  realm.write(() => {
${body}
  })
`,
})

export const missingRequiredValue: Rule<CodeOfFile, Data> = {
  id: 'realm/missing-required-value',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'The values for a new object lack a required property that has no default; also in objects inside of them.',
    why: "Creating the object throws `Missing value for property 'title'`, and the transaction is undone.",
    fix: 'Adds the property with an empty value, to be replaced by the right one.',
  },
  *check(code) {
    for (const object of writtenObjects(code)) {
      if (object.mayUpdate) continue
      const [first, ...others] = object.classes.map(one => lacking(code.scope, object, one.fields))
      const missing = (first ?? []).filter(field =>
        others.every(list => list.some(one => one.name.text === field.name.text)),
      )
      if (missing.length === 0) continue
      const names = missing.map(field => `"${field.name.text}"`).join(', ')
      yield {
        at: object.at,
        message: `This new "${object.classes[0]!.name.text}" lacks ${names}, which ${missing.length > 1 ? 'are' : 'is'} required and without a default: creating it throws and nothing of the transaction is stored. Give the value${missing.length > 1 ? 's' : ''}.`,
        related: missing.map(field => ({ at: field.at, message: `The required property "${field.name.text}"` })),
        data: { object, missing, scope: code.scope },
      }
    }
  },
  fix({ data: { object, missing, scope } }, context) {
    const { literal, entries } = object
    const text = context.text(literal.file)
    if (text === undefined) return undefined
    const values = missing.map(field => emptyValue(field, realmName(scope, literal.file, true), styleOf(text).quote))
    if (values.some(value => value === undefined)) return undefined
    const added = missing.flatMap((field, i) =>
      entries.has(field.name.text) ? [] : [`${field.name.text}: ${values[i]}`],
    )
    const replaced = missing.flatMap((field, i) => {
      const entry = entries.get(field.name.text)
      return entry ? [replaceAt(placeOf(entry.value), values[i]!)] : []
    })
    const edit = added.length === 0 ? undefined : addKey(literal, added.join(', '), context)
    if (added.length > 0 && !edit) return undefined
    const names = missing.map(field => `"${field.name.text}"`).join(', ')
    return { title: `Add ${names}`, safe: false, edits: [...replaced, ...(edit ? [edit] : [])] }
  },
  examples: [
    {
      name: 'a value is missing',
      project: realm12,
      files: app(`    realm.create('Task', { _id: 1, note: 'a' })
//               ^^^^^^ lacks "title"`),
      fixed: { 'src/add.ts': app("    realm.create('Task', { _id: 1, note: 'a', title: '' })")['src/add.ts']! },
    },
    {
      name: 'the primary key, and undefined as a value',
      project: realm12,
      files: app(`    realm.create('Task', { title: undefined }, false)
//               ^^^^^^ lacks "_id", "title"`),
      fixed: { 'src/add.ts': app("    realm.create('Task', { title: '', _id: 0 }, false)")['src/add.ts']! },
    },
    {
      name: 'objects inside',
      project: realm12,
      files: app(`    realm.create('Task', { _id: 1, title: 'a', owner: { name: 'A' } }, 'never')
//                                             ^^^^^ This new "User" lacks "born"`),
      fixed: {
        'src/add.ts': app(
          "    realm.create('Task', { _id: 1, title: 'a', owner: { name: 'A', born: new Date() } }, 'never')",
        )['src/add.ts']!,
      },
    },
    {
      name: 'an embedded object in a list',
      project: realmProject('20.2.0'),
      files: app(`    realm.create('Task', { _id: 1, title: 'a', steps: [{}] })
//                                             ^^^^^ lacks "text"`),
      fixed: {
        'src/add.ts': app("    realm.create('Task', { _id: 1, title: 'a', steps: [{ text: '' }] })")['src/add.ts']!,
      },
    },
    {
      name: 'a class',
      project: realm12,
      files: {
        ...realmApp({
          models: { Task: "static schema = { name: 'Task', properties: { title: 'string', count: 'counter' } }" },
        }),
        'src/add.ts': `import type Realm from 'realm'
import { Task } from './models/Task'

export const add = (realm: Realm) => new Task(realm, { count: 1 })
//                                       ^^^^ lacks "title"
`,
      },
      fixed: {
        'src/add.ts': `import type Realm from 'realm'
import { Task } from './models/Task'

export const add = (realm: Realm) => new Task(realm, { count: 1, title: '' })
`,
      },
    },
    {
      name: 'what may be left out, updates, spreads, values from elsewhere',
      project: realm12,
      files: app(`    realm.create('Task', { _id: 1, title: 'a' })
    realm.create('Task', { _id: 1 }, 'modified')
    realm.create('Task', { _id: 1 }, 'all')
    realm.create('Task', { _id: 1 }, true)
    realm.create('Task', { _id: 1 }, mode)
    realm.create('Task', { _id: 1, ...others })
    realm.create('Task', { _id: 1, [String(mode)]: 'a' })
    realm.create('Task', others)
    realm.create('Task', { _id: 1, owner: { name: 'A' } }, true)
    realm.create('User', { name: others['name'], born: new Date() })
    realm.create('Unknown', {})`),
    },
    {
      name: 'a constructor of its own, a property that cannot be read',
      project: realm12,
      files: {
        ...realmApp({
          models: {
            Task: `static schema = { name: 'Task', properties: { title: 'string' } }
constructor(realm: Realm, values: object) { super(realm, { title: '', ...values }) }`,
            Note: "static schema = { name: 'Note', properties: { title: { type: 'string', ...more } } }",
          },
        }),
        'src/add.ts': `import type Realm from 'realm'
import { Task } from './models/Task'
import { Note } from './models/Note'

export const add = (realm: Realm) => [new Task(realm, {}), new Note(realm, {})]
`,
      },
    },
  ],
}

/** The properties that creating the object throws for (`RealmObject.create` in `Object.ts` of realm-js). */
function lacking(scope: Scope, { entries }: WrittenObject, fields: readonly Property[]): readonly Property[] {
  return fields.filter(field => {
    const { shape, optional, unclear, default: standard, fault } = field
    if (!shape || optional || unclear || standard || fault || isCollection(field)) return false
    const entry = entries.get(field.name.text)
    return !entry || isUndefined(scope, entry.value)
  })
}

const isCollection = ({ shape }: Property): boolean =>
  shape?.kind === 'list' || shape?.kind === 'set' || shape?.kind === 'dictionary' || shape?.kind === 'linkingObjects'

const isUndefined = (scope: Scope, located: Located): boolean => scope.follow(located).value.kind === 'undefined'

function emptyValue({ shape }: Property, realm: string | undefined, quote: string): string | undefined {
  switch (shape?.kind) {
    case 'string':
      return quote + quote
    case 'bool':
      return 'false'
    case 'int':
    case 'float':
    case 'double':
      return '0'
    case 'date':
      return 'new Date()'
    case 'data':
      return 'new ArrayBuffer(0)'
    case 'objectId':
      return realm && `new ${realm}.BSON.ObjectId()`
    case 'uuid':
      return realm && `new ${realm}.BSON.UUID()`
    default:
      return undefined
  }
}
