// The default of a property is computed once, when the file is loaded, and given to all objects.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { isAtLeast } from '../../../text/version.ts'
import { propertyOf, realm12, realmApp, realmProject, withBabelPlugin } from '../example-app.ts'
import { isFresh } from '../schema/is-fresh.ts'
import type { ClassInStore, Property } from '../types.ts'

interface Data {
  readonly property: Property
  /** False before realm 11.1, where a default that is a function is not called. */
  readonly mayBeFunction: boolean
}

export const sharedDefault: Rule<ClassInStore, Data> = {
  id: 'realm/shared-default',
  severity: 'warning',
  on: 'class',
  docs: {
    what: 'The default of a property is a new value (`new Date()`, `new BSON.ObjectId()`, `uuid()`) and no function that makes one.',
    why: "It is made once, when the file is loaded: every object gets the same time or id. As primary key, the second object throws `Attempting to create an object of type 'A' with an existing primary key value`.",
    fix: 'Makes it a function: `() => new Date()`.',
  },
  *check({ class: one, scope }) {
    const version = scope.workspace().project(one.at.file).versions['realm']
    const mayBeFunction = version === undefined || isAtLeast(version, '11.1')
    for (const property of one.fields) {
      // The Babel plugin makes functions of what it finds.
      if (!property.default || property.form === 'member' || !isFresh(scope, property.default)) continue
      const todo = mayBeFunction ? 'Make it a function' : 'Give the value when the object is created'
      yield {
        at: placeOf(property.default),
        message: property.isPrimary
          ? `This default is made once, so every object gets the same primary key "${property.name.text}" and the second one cannot be created. ${todo}.`
          : `This default is made once, when the app starts, so every object gets the same "${property.name.text}". ${todo}.`,
        data: { property, mayBeFunction },
      }
    }
  },
  fix({ data: { property, mayBeFunction } }, context) {
    const { value, file } = property.default ?? {}
    const isHere = value?.kind === 'call' && context.text(file ?? '') !== undefined
    if (!mayBeFunction || !isHere || file === undefined) return undefined
    const { start } = value.at
    return { title: 'Make it a function', safe: true, edits: [{ file, start, end: start, text: '() => ' }] }
  },
  examples: [
    ...(
      [
        ["type: 'date', default: new Date()", 'new Date()'],
        ["type: 'objectId', default: new Realm.BSON.ObjectId()", 'new Realm.BSON.ObjectId()'],
        ["type: 'int', default: Date.now()", 'Date.now()'],
        ["type: 'string', default: new Date().toISOString()", 'new Date().toISOString()'],
        ["type: 'double', default: Math.random()", 'Math.random()'],
      ] as const
    ).map(([before, wrong]) => ({
      name: wrong,
      project: realm12,
      files: realmApp({ classes: { Task: propertyOf(before, wrong, 'made once') } }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: propertyOf(before.replace(wrong, `() => ${wrong}`)) } })[
          'src/db/schema.ts'
        ]!,
      },
    })),
    {
      name: 'ids from a package, and as primary key',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/schema.ts': `import { v4 as uuid } from 'uuid'
import { makeId } from './ids'

export const TaskSchema = {
  name: 'Task',
  primaryKey: 'id',
  properties: {
    id: { type: 'string', default: uuid() },
//                                 ^^^^^^ the same primary key "id"
    other: { type: 'string', default: makeId() },
//                                    ^^^^^^^^ the same "other"
  },
}
`,
          'src/db/ids.ts': "import { nanoid } from 'nanoid'\n\nexport const makeId = () => nanoid()\n",
        },
      }),
      fixed: {
        'src/db/schema.ts': `import { v4 as uuid } from 'uuid'
import { makeId } from './ids'

export const TaskSchema = {
  name: 'Task',
  primaryKey: 'id',
  properties: {
    id: { type: 'string', default: () => uuid() },
    other: { type: 'string', default: makeId() },
  },
}
`,
      },
    },
    {
      name: 'before realm 11.1 there are no functions, so there is no fix',
      project: realmProject('10.24.0'),
      files: realmApp({
        classes: { Task: propertyOf("type: 'date', default: new Date()", 'new Date()', 'when the object is created') },
      }),
    },
    {
      name: 'functions, constants, values that are always the same, calls that may give a function',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  a: { type: 'date', default: () => new Date() },
  b: { type: 'date', default: new Date(0) },
  c: { type: 'string', default: 'x' },
  d: { type: 'string', default: newId },
  e: { type: 'string', default: lazily() },
  f: { type: 'list', objectType: 'string', default: [] },
  g: { type: 'set', objectType: 'string', default: new Set() },
  h: { type: 'objectId', default: new Realm.BSON.ObjectId('000000000000000000000000') },
},`,
        },
      }),
    },
    {
      name: 'the Babel plugin makes functions of defaults',
      project: withBabelPlugin(),
      files: realmApp({ models: { Task: 'createdAt: Date = new Date()\nid = new Realm.BSON.ObjectId()' } }),
    },
  ],
}
