// The primary key of a class is no property of it, or of a type that cannot be one.

import { placeOf } from '../../../catalog/place-of.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import type { Place } from '../../../text/span.ts'
import { removeKey, replaceAt } from '../edit-object.ts'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../example-app.ts'
import { typePlace } from '../schema/type-place.ts'
import type { ClassInStore, Property, RealmClass } from '../types.ts'
import { majorFor } from '../versions.ts'

interface Data {
  readonly class: RealmClass
  /** The property that is the key, where there is one; and the one that was meant, where there is none. */
  readonly property?: Property | undefined
  readonly meant?: string | undefined
}

const keyTypes = new Set(['int', 'string', 'objectId', 'uuid'])

export const invalidPrimaryKey: Rule<ClassInStore, Data> = {
  id: 'realm/invalid-primary-key',
  severity: 'error',
  early: true,
  on: 'class',
  docs: {
    what: 'The `primaryKey` names no property of the class, or one that cannot be a key: keys are of type int, string, objectId or uuid, optional or not, and always indexed. In a class that the Babel plugin translates, `number` becomes a double.',
    why: "Opening the realm throws `Property 'A.id' of type 'double' cannot be made the primary key`, so the app does not start.",
    fix: 'Names the property that was most likely meant, or gives it the type int.',
  },
  *check({ class: one, scope }) {
    const key = one.primaryKey
    if (!key?.text) return
    const property = one.properties.get(key.text)
    if (!property) {
      // Before realm 12 the key goes by the name in the file.
      const isStrict = (majorFor(scope, one.at.file) ?? 0) >= 12
      const isThere = one.fields.some(field => field.persisted.text === key.text || isMappedSomewhere(field))
      if (!one.complete || (!isStrict && isThere)) return
      const meant = closest(key.text, one.properties.keys())
      yield {
        at: one.primaryKeyEntry ? placeOf(one.primaryKeyEntry.value) : key.at,
        message:
          `"${key.text}" is set as primary key, but "${one.name.text}" has no such property: opening the realm throws, so the app does not start. ` +
          (meant === undefined ? 'Name one of its properties.' : `Did you mean "${meant}"?`),
        data: { class: one, meant },
      }
      return
    }
    const { fault, shape } = property
    if (fault?.kind === 'primary-key')
      yield {
        at: fault.at,
        message: `${fault.message.replace(/\.$/, '')}, and "${key.text}" is one: opening the realm throws, so the app does not start. Remove "indexed".`,
        data: { class: one, property },
      }
    if (!shape || keyTypes.has(shape.kind)) return
    yield {
      at: typePlace(property),
      message: `"${key.text}" cannot be the primary key: it is of type ${named(shape.kind)}, and keys are int, string, objectId or uuid. Opening the realm throws, so the app does not start.`,
      related: [{ at: keyPlace(one) ?? property.name.at, message: 'The primary key' }],
      data: { class: one, property },
    }
  },
  fix({ data: { class: one, property, meant } }, context) {
    if (!property) return changeTo(one.primaryKeyEntry?.value ?? literalOf(one), meant, context)
    if (property.fault?.kind === 'primary-key') {
      const edit = removeKey(property.declared, property.entries.get('indexed'), context)
      return edit && { title: 'Remove "indexed"', safe: true, edits: [edit] }
    }
    return integer(one, property, context)
  },
  examples: [
    {
      name: 'a key that is no property',
      project: realm12,
      files: realmApp({
        classes: { Task: "primaryKey: 'Id',\n//          ^^^^ Did you mean \"id\"?\nproperties: {\n  id: 'int',\n}," },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n}," } })[
          'src/db/schema.ts'
        ]!,
      },
    },
    {
      name: 'the name in the file is not the name of the property',
      project: realmProject('20.2.0'),
      files: realmApp({
        classes: {
          Task: `primaryKey: '_id',
//          ^^^^^ has no such property
properties: {
  key: { type: 'int', mapTo: '_id' },
},`,
        },
      }),
    },
    {
      name: 'types that cannot be a key',
      project: realm12,
      files: realmApp({
        classes: {
          Task: "primaryKey: 'id',\nproperties: {\n  id: 'double',\n//    ^^^^^^^^ of type double\n},",
          Other:
            "primaryKey: 'id',\nproperties: {\n  id: { type: 'list', objectType: 'string' },\n//            ^^^^^^ of type list\n},",
          Link: "primaryKey: 'task',\nproperties: {\n  task: 'Task',\n//      ^^^^^^ of type object\n},",
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n},",
            Other: "primaryKey: 'id',\nproperties: {\n  id: { type: 'list', objectType: 'string' },\n},",
            Link: "primaryKey: 'task',\nproperties: {\n  task: 'Task',\n},",
          },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a key without an index',
      project: realm12,
      files: realmApp({
        classes: {
          Task: "primaryKey: 'id',\nproperties: {\n  id: { type: 'int', indexed: false },\n//                            ^^^^^ always be indexed\n},",
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: { type: 'int' },\n}," },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a number in a class that the Babel plugin translates is a double',
      project: withBabelPlugin(),
      files: realmApp({
        models: { Task: "static primaryKey = 'id'\nid!: number\n//   ^^^^^^ of type double\ntitle!: string" },
      }),
      fixed: {
        'src/models/Task.ts': realmApp({
          models: { Task: "static primaryKey = 'id'\nid!: Realm.Types.Int\ntitle!: string" },
        })['src/models/Task.ts']!,
      },
    },
    {
      name: 'a mistyped key in a class that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: 'static primaryKey = \'_Id\'\n//                  ^^^^^ Did you mean "_id"?\n_id!: Realm.BSON.ObjectId',
        },
      }),
      fixed: {
        'src/models/Task.ts': realmApp({
          models: { Task: "static primaryKey = '_id'\n_id!: Realm.BSON.ObjectId" },
        })['src/models/Task.ts']!,
      },
    },
    {
      name: 'optional keys, enums, spreads, no key at all',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/schema.js': `import { base } from 'base'
export const Keys = { id: 'id' }
export const A = { name: 'A', primaryKey: Keys.id, properties: { [Keys.id]: 'string?' } }
export const B = { name: 'B', primaryKey: 'id', properties: { ...base } }
export const C = { name: 'C', primaryKey: base.key, properties: { id: 'double' } }
export const D = { name: 'D', primaryKey: '', properties: { id: { type: 'uuid', indexed: true } } }
export const E = { name: 'E', primaryKey: undefined, properties: { id: 'objectId' } }
`,
          'src/db/realm.ts': `import Realm from 'realm'
import { A, B, C, D, E } from './schema'

export const openRealm = () => Realm.open({ schema: [A, B, C, D, E], schemaVersion: 1 })
`,
        },
      }),
    },
    {
      name: 'before realm 12 the key goes by the name in the file',
      project: realmProject('11.10.2'),
      files: realmApp({
        classes: { Task: "primaryKey: '_id',\nproperties: { key: { type: 'int', mapTo: '_id' } }," },
      }),
    },
  ],
}

const isMappedSomewhere = ({ unclear, mapTo, entries }: Property): boolean =>
  unclear || (entries.has('mapTo') && !mapTo)

const keyPlace = ({ primaryKeyEntry, primaryKey }: RealmClass): Place | undefined =>
  primaryKeyEntry ? placeOf(primaryKeyEntry.value) : primaryKey?.at

const named = (kind: string): string => (kind === 'linkingObjects' ? 'linking objects' : kind)

/** The text of `static primaryKey`. */
function literalOf({ model, form }: RealmClass) {
  const member =
    form === 'babel' ? model?.fact.members.find(one => one.isStatic && one.name === 'primaryKey') : undefined
  return model && member?.initializer && { value: member.initializer, file: model.file }
}

/** Numbers that count are ints. */
function integer({ model }: RealmClass, property: Property, context: FixContext): Fix | undefined {
  const { shape, form, entry, entries, member } = property
  if (!shape || !['double', 'float'].includes(shape.kind)) return undefined
  if (form !== 'member') {
    const literal = entries.get('type')?.value ?? entry?.value
    return changeTo(literal, shape.optional && form === 'shorthand' ? 'int?' : 'int', context)
  }
  const base = model?.fact.superclass
  const type = member?.fact.type
  const isNamespace = base?.kind === 'member' && base.of.kind === 'name' && base.of.name === 'Realm'
  if (!isNamespace || !type || !member || type.text !== 'number') return undefined
  const edit = replaceAt({ file: member.file, span: type.at }, 'Realm.Types.Int')
  return { title: 'Change to "Realm.Types.Int"', safe: false, edits: [edit] }
}
