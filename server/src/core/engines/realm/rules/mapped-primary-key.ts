// The primary key has another name in the file than in JavaScript.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { removeKey } from '../edit-object.ts'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../example-app.ts'
import { removeDecorator } from '../models/remove-decorator.ts'
import type { ClassInStore, Property } from '../types.ts'

interface Data {
  readonly property: Property
}

export const mappedPrimaryKey: Rule<ClassInStore, Data> = {
  id: 'realm/mapped-primary-key',
  severity: 'error',
  early: true,
  on: 'class',
  docs: {
    what: 'The primary key has a `mapTo` that gives it another name in the file.',
    why: "It never works: opening the realm throws `Specified primary key 'A.id' does not exist`, and with the other name as `primaryKey` it throws as well.",
    fix: 'Removes `mapTo`.',
  },
  *check({ class: one }) {
    const key = one.primaryKey?.text
    const property = key ? one.properties.get(key) : undefined
    const { mapTo } = property ?? {}
    if (!property || !mapTo || mapTo.text === key) return
    // Before realm 12 the key goes by the name in the file, which another property may have.
    if (one.fields.some(field => field !== property && field.persisted.text === key)) return
    const entry = property.entries.get('mapTo')
    yield {
      at: entry ? placeOf(entry.value) : mapTo.at,
      message: `The primary key "${key}" cannot have another name in the file ("${mapTo.text}"): opening the realm throws, so the app does not start. Remove "mapTo", or give the property itself that name.`,
      data: { property },
    }
  },
  fix({ data: { property } }, context) {
    const edit =
      property.form === 'member'
        ? removeDecorator(property.member, 'mapTo', context)
        : removeKey(property.declared, property.entries.get('mapTo'), context)
    return edit && { title: 'Remove "mapTo"', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a key with another name',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `primaryKey: 'id',
properties: {
  id: { type: 'objectId', mapTo: '_id' },
//                               ^^^^^ cannot have another name
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: { Task: "primaryKey: 'id',\nproperties: {\n  id: { type: 'objectId' },\n}," },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a key with another name in a class that the Babel plugin translates',
      project: withBabelPlugin('20.2.0'),
      files: realmApp({
        models: {
          Task: `import Realm, { mapTo } from 'realm'

export class Task extends Realm.Object<Task> {
  @mapTo('_id') id!: Realm.BSON.ObjectId
//       ^^^^^ cannot have another name
  @mapTo('name') title!: string
  static primaryKey = 'id'
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import Realm, { mapTo } from 'realm'

export class Task extends Realm.Object<Task> {
  id!: Realm.BSON.ObjectId
  @mapTo('name') title!: string
  static primaryKey = 'id'
}
`,
      },
    },
    {
      name: 'the same name, other properties, a name that is not known',
      project: realm12,
      files: realmApp({
        classes: {
          A: "primaryKey: 'id',\nproperties: { id: { type: 'int', mapTo: 'id' }, title: { type: 'string', mapTo: 't' } },",
          B: "primaryKey: 'id',\nproperties: { id: { type: 'int', mapTo: names.id } },",
        },
      }),
    },
    {
      name: 'before realm 12 another property may be the key',
      project: realmProject('10.24.0'),
      files: realmApp({
        classes: {
          Task: "primaryKey: 'id',\nproperties: { id: { type: 'int', mapTo: 'old' }, key: { type: 'int', mapTo: 'id' } },",
        },
      }),
    },
  ],
}
