// A schema is not built as Realm wants it: keys are missing, unknown or of the wrong kind.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { addKey, renameKey } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { classKeys, meantClassKey, meantPropertyKey } from '../schema/keys.ts'
import { kindOf } from '../schema/read-property.ts'
import type { ClassInStore, RealmStore } from '../types.ts'
import { majorFor } from '../versions.ts'

interface Data {
  readonly rename?: { readonly entry: Entry; readonly to: string }
  readonly addName?: { readonly spec: Located; readonly name: string }
}

export const invalidSchema: Rule<RealmStore | ClassInStore, Data> = {
  id: 'realm/invalid-schema',
  severity: 'error',
  on: ['store', 'class'],
  docs: {
    what: 'A schema is no list, a class has no `name` or no `properties`, or a class or a property has a key that Realm does not know or a value of the wrong kind.',
    why: 'Opening the realm throws, so the app does not start.',
    fix: 'Renames a key to the one that was most likely meant (`nullable` to `optional`), and gives a class without a name the name of its JavaScript class.',
  },
  *check(subject) {
    if ('openings' in subject) yield* wrongLists(subject)
    else yield* wrongClass(subject)
  },
  fix({ data: { rename, addName } }, context) {
    if (rename) {
      const edit = renameKey(rename.entry, rename.to, context)
      return edit && { title: `Rename to "${rename.to}"`, safe: false, edits: [edit] }
    }
    const text = addName && context.text(addName.spec.file)
    if (!addName || text === undefined) return undefined
    const edit = addKey(addName.spec, `name: ${quoted(addName.name, styleOf(text))}`, context)
    return edit && { title: `Add the name "${addName.name}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'unknown keys and values of the wrong kind',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `primarykey: 'id',
^^^^^^^^^^ Did you mean "primaryKey"?
properties: {
  id: 'int',
  note: { type: 'string', nullable: true },
//                        ^^^^^^^^ Did you mean "optional"?
  rank: { type: 'int', indexed: 'yes' },
//                              ^^^^^ a boolean or 'full-text'
  done: { type: 'bool', optional: 'true' },
//                                ^^^^^^ to be a boolean, got a string
  broken: null,
//        ^^^^ to be an object, got null
  kind: { objectType: 'int' },
//^^^^ 'kind.type' on 'Task' to be a string, got undefined
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': `import Realm from 'realm'

export const TaskSchema: Realm.ObjectSchema = {
  name: 'Task',
  primaryKey: 'id',
  properties: {
    id: 'int',
    note: { type: 'string', nullable: true },
    rank: { type: 'int', indexed: 'yes' },
    done: { type: 'bool', optional: 'true' },
    broken: null,
    kind: { objectType: 'int' },
  },
}
`,
      },
    },
    {
      name: 'a key of a property is renamed',
      project: realmProject('20.2.0'),
      files: realmApp({
        classes: {
          Task: `properties: {
  note: { type: 'string', 'isOptional': true },
//                        ^^^^^^^^^^^^ "isOptional"
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: { Task: `properties: {\n  note: { type: 'string', 'optional': true },\n},` },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a class without a name or properties, an empty name, embedded as a text',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `{
  properties: { title: 'string' },
//^^^^^^^^^^ has no "name"
}`,
          Empty: `{
  name: '',
//      ^^ empty
  properties: { title: 'string' },
}`,
          Bare: `{
  name: 'Bare',
//      ^^^^^^ has no "properties"
}`,
          Part: `embedded: 'true',
//        ^^^^^^ must be a boolean, got a string
properties: {},`,
        },
      }),
    },
    {
      name: 'a JavaScript class gets its name',
      project: realm12,
      files: realmApp({
        models: {
          Task: `static schema = {
  properties: { title: 'string' },
//^^^^^^^^^^ has no "name"
}`,
        },
      }),
      fixed: {
        'src/models/Task.ts': realmApp({
          models: { Task: `static schema = {\n  properties: { title: 'string' },\n  name: 'Task',\n}` },
        })['src/models/Task.ts']!,
      },
    },
    {
      name: 'a schema that is no list, and elements that are no class',
      project: realm12,
      files: {
        'src/schema.js': "export const Task = { name: 'Task', properties: { title: 'string' } }\n",
        'src/one.js': `import Realm from 'realm'
import { Task } from './schema'

export const one = () => Realm.open({ schema: Task, schemaVersion: 1 })
//                                            ^^^^ must be a list of classes, got an object
`,
        'src/two.js': `import Realm from 'realm'
import { Task } from './schema'

export const two = () => Realm.open({ path: 'two', schema: [Task, undefined, 'Task'], schemaVersion: 1 })
//                                                                ^^^^^^^^^ got undefined
//                                                                           ^^^^^^ got a string
`,
      },
    },
    {
      name: 'all keys, values that are not known, and what realm 11 does not look at',
      project: realmProject('11.10.2'),
      files: realmApp({
        classes: {
          Task: `primaryKey: 'id', embedded: false, asymmetric: undefined, note: 'x',
properties: {
  id: 'int',
  note: { type: 'string', nullable: true, optional: true, mapTo: 'n', default: '', indexed: false },
},`,
          Empty: 'properties: {},',
          Any: `{ ...anything, ...more }`,
        },
      }),
    },
    {
      name: 'spreads may bring what is missing',
      project: realm12,
      files: {
        'src/realm.js': `import Realm from 'realm'
import { base, id } from 'shared'

const Task = { ...base, properties: { id: { ...id, optional: true }, n: { name: 'n', type: 'int' } } }
export const open = schema => Realm.open({ schema, schemaVersion: 1 })
export const all = () => Realm.open({ schema: [Task, base], schemaVersion: 1 })
`,
      },
    },
  ],
}

function* wrongLists(store: RealmStore): Generator<Evidence<Data>> {
  const { scope } = store
  const lists = new Set<Located['value']>()
  for (const { entries } of store.openings) {
    const entry = entries.get('schema')
    if (!entry || lists.has(entry.value.value)) continue
    lists.add(entry.value.value)
    const got = kindOf(scope.follow(entry.value).value)
    if (!got || got === 'an array' || got === 'undefined') continue
    yield found(placeOf(entry.value), `"schema" must be a list of classes, got ${got}`, {})
  }
  for (const element of store.unread) {
    const got = kindOf(scope.follow(element).value)
    if (!got || !noClasses.has(got)) continue
    yield found(placeOf(element), `An element of "schema" must be a class, got ${got}`, {})
  }
}

const noClasses = new Set(['a string', 'a number', 'a boolean', 'null', 'undefined'])

function* wrongClass({ class: one, scope }: ClassInStore): Generator<Evidence<Data>> {
  const { spec, entries, nameEntry, model } = one
  if (!spec) return
  const shape = scope.shape(spec)
  if (!shape) {
    const got = kindOf(spec.value)
    if (got && got !== 'undefined') yield found(placeOf(spec), `The schema must be an object, got ${got}`, {})
    return
  }
  const propertiesEntry = entries.get('properties')
  const called = one.isNamed ? `Class "${one.name.text}"` : 'This class'
  if (!nameEntry && shape.complete)
    yield found(propertiesEntry?.nameAt ?? model?.nameAt ?? placeOf(spec), `${called} has no "name"`, {
      ...(model && { addName: { spec, name: model.name } }),
    })
  if (nameEntry) {
    const got = kindOf(scope.follow(nameEntry.value).value)
    if (got && got !== 'a string') yield found(placeOf(nameEntry.value), `"name" must be a string, got ${got}`, {})
    if (scope.text(nameEntry.value)?.text === '') yield found(placeOf(nameEntry.value), 'The name is empty', {})
  }
  if (!propertiesEntry && shape.complete)
    yield found(nameEntry ? placeOf(nameEntry.value) : placeOf(spec), `${called} has no "properties"`, {})
  const got = propertiesEntry && kindOf(scope.follow(propertiesEntry.value).value)
  // Realm 10 took arrays.
  if (propertiesEntry && got && got !== 'an object' && got !== 'an array')
    yield found(placeOf(propertiesEntry.value), `"properties" must be an object, got ${got}`, {})

  for (const [key, wanted] of kinds) {
    const entry = entries.get(key)
    const kind = entry && kindOf(scope.follow(entry.value).value)
    if (entry && kind && kind !== wanted && kind !== 'undefined')
      yield found(placeOf(entry.value), `"${key}" must be ${wanted}, got ${kind}`, {})
  }
  if ((majorFor(scope, spec.file) ?? 0) >= 12)
    for (const entry of entries.values())
      if (!classKeys.has(entry.name))
        yield unknownKey(entry, `Realm knows no key "${entry.name}" of a class`, meantClassKey(entry.name, entries))
  for (const { fault, entries: keys, name } of one.fields) {
    if (fault?.kind !== 'schema') continue
    const key = [...keys.values()].find(entry => entry.nameAt.span === fault.at.span)
    if (key)
      yield unknownKey(
        key,
        `Realm knows no key "${key.name}" of a property ("${name.text}")`,
        meantPropertyKey(key.name, keys),
      )
    else yield found(fault.at, fault.message, {})
  }
}

const kinds = [
  ['primaryKey', 'a string'],
  ['embedded', 'a boolean'],
  ['asymmetric', 'a boolean'],
] as const

const found = (at: Place, what: string, data: Data): Evidence<Data> => ({
  at,
  message: `${what.replace(/\.$/, '')}: opening the realm throws, so the app does not start. Correct the schema.`,
  data,
})

const unknownKey = (entry: Entry, what: string, to: string | undefined): Evidence<Data> => ({
  at: entry.nameAt,
  message: `${what}: opening the realm throws, so the app does not start. ${to === undefined ? 'Remove it.' : `Did you mean "${to}"?`}`,
  data: to === undefined ? {} : { rename: { entry, to } },
})
