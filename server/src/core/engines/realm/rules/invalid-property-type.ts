// A property is declared with a type that does not exist, or that cannot be what else is said of it.

import { placeOf } from '../../../catalog/place-of.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { samePlace } from '../../../text/span.ts'
import { quotedLike } from '../../../write/style.ts'
import { removeKey, replaceAt, textAt } from '../edit-object.ts'
import { propertyOf, realm12, realmApp, realmProject, withBabelPlugin } from '../example-app.ts'
import { typeLike } from '../schema/type-like.ts'
import type { ClassInStore, Property, RealmStore } from '../types.ts'

interface Data {
  readonly property: Property
  readonly store: RealmStore
}

export const invalidPropertyType: Rule<ClassInStore, Data> = {
  id: 'realm/invalid-property-type',
  severity: 'error',
  early: true,
  on: 'class',
  docs: {
    what: 'A property has a type that Realm does not have (`int[][]`, `int[]?`, `{ type: "array" }`), or keys that contradict its type (an optional list of objects, a collection without `objectType`).',
    why: 'Opening the realm throws, so the app does not start.',
    fix: 'Writes the type that was most likely meant (`int?[]`), or takes out the key that contradicts it.',
  },
  *check({ class: one, store }) {
    for (const property of one.fields) {
      const { fault, name } = property
      if (fault?.kind !== 'type') continue
      yield {
        at: fault.at,
        message: `Realm refuses the type of "${name.text}": ${fault.message.replace(/\.?$/, '.')} Opening the realm throws, so the app does not start.${fault.meant === undefined ? '' : ` Write "${fault.meant}".`}`,
        data: { property, store },
      }
    }
  },
  fix({ data: { property, store } }, context) {
    if (property.form === 'shorthand') return changeTo(property.entry?.value, property.fault?.meant, context)
    return property.form === 'member' ? requiredMember(property, context) : withoutKey(property, store, context)
  },
  examples: [
    {
      name: 'texts that are no type',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  a: 'int[]?',
//   ^^^^^^^^ Write "int?[]".
  b: 'int[][]',
//   ^^^^^^^^^ Nested collections
  c: '',
//   ^^ must be specified
  d: '?',
//   ^^^ must be specified
  e: '[]',
//   ^^^^ element type must be specified
  f: 'list',
//   ^^^^^^ collection name list
  g: 'object',
//   ^^^^^^^^ relationship
  h: 'linkingObjects',
//   ^^^^^^^^^^^^^^^^ inverse relationship
  i: 'Task?[]',
//   ^^^^^^^^^ Write "Task[]".
  j: 'Task?<>',
//   ^^^^^^^^^ Write "Task<>".
  k: 'counter[]',
//   ^^^^^^^^^^^ Counters cannot be used in collections
},`,
        },
      }),
    },
    {
      name: 'an optional collection',
      project: realm12,
      files: realmApp({ classes: { Task: "properties: {\n  a: 'int[]?',\n//   ^^^^^^^^ Collections\n}," } }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: "properties: {\n  a: 'int?[]',\n}," } })['src/db/schema.ts']!,
      },
    },
    {
      name: 'objects that contradict themselves',
      project: realmProject('20.2.0'),
      files: realmApp({
        classes: {
          Task: `properties: {
  a: { type: 'list', objectType: 'Task', optional: true },
//                                                 ^^^^ always non-optional
  b: { type: 'object', objectType: 'Task', optional: false },
//                                                   ^^^^^ always optional
  c: { type: 'mixed', optional: false },
//                              ^^^^^ 'mixed' types
  d: { type: 'list' },
//           ^^^^^^ objectType
  e: { type: 'object' },
//           ^^^^^^^^ objectType
  f: { type: 'int', objectType: 'string' },
//                              ^^^^^^^^ cannot be defined
  g: { type: 'Task' },
//           ^^^^^^ If you meant to define a relationship
  h: { type: 'array', objectType: 'int' },
//           ^^^^^^^ relationship
  i: { type: 'double', presentation: 'counter' },
//                                   ^^^^^^^^^ only be used when
  j: { type: 'list', objectType: 'list' },
//                               ^^^^^^ must contain only
},`,
        },
      }),
    },
    ...(
      [
        ["type: 'list', objectType: 'Task', optional: true", 'true', "type: 'list', objectType: 'Task'"],
        ["type: 'mixed', optional: false", 'false', "type: 'mixed'"],
        ["type: 'int', objectType: 'string'", "'string'", "type: 'int'"],
        ["type: 'Task'", "'Task'", "type: 'object', objectType: 'Task'"],
        ["type: 'number'", "'number'", "type: 'double'"],
        ["type: 'array', objectType: 'int'", "'array'", "type: 'list', objectType: 'int'"],
      ] as const
    ).map(([before, wrong, after]) => ({
      name: before,
      project: realm12,
      files: realmApp({ classes: { Task: propertyOf(before, wrong) } }),
      fixed: { 'src/db/schema.ts': realmApp({ classes: { Task: propertyOf(after) } })['src/db/schema.ts']! },
    })),
    {
      name: 'a list of objects of a class that the Babel plugin translates cannot be optional',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `subtasks?: Realm.List<Task>
//         ^^^^^^^^^^^^^^^^ always non-optional
parents!: Realm.List<Task>
tags?: Realm.List<string>`,
        },
      }),
      fixed: {
        'src/models/Task.ts': realmApp({
          models: { Task: 'subtasks!: Realm.List<Task>\nparents!: Realm.List<Task>\ntags?: Realm.List<string>' },
        })['src/models/Task.ts']!,
      },
    },
    {
      name: 'the counter as primary key',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `primaryKey: 'id',
properties: {
  id: { type: 'int', presentation: 'counter' },
//                                 ^^^^^^^^^ primary keys
},`,
        },
      }),
    },
    {
      name: 'all that Realm takes',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `primaryKey: 'id',
properties: {
  id: 'string?', a: 'int?[]', b: 'Task{}', c: 'Task?{}', d: 'Task?', e: 'mixed?', f: 'counter?', g: 'Task<>',
  h: { type: 'object', objectType: 'Task', optional: true },
  i: { type: 'mixed', optional: true },
  j: { type: 'list', objectType: 'int', optional: true },
  k: { type: 'dictionary', objectType: 'Task', optional: true },
  l: { type: 'int', presentation: 'counter', optional: true },
  m: { type: 'list', objectType: 'Task', optional: false },
  n: { type: 'linkingObjects', objectType: 'Task', property: 'd' },
  o: { type: kind },
},`,
        },
      }),
    },
    {
      name: 'realm 10 and 11 take more',
      project: realmProject('11.10.2'),
      files: realmApp({
        classes: {
          Task: "properties: { a: '{}', b: 'int{}?', c: { type: 'Task' }, d: { type: 'list', objectType: 'int' } },",
        },
      }),
    },
  ],
}

function withoutKey(property: Property, store: RealmStore, context: FixContext): Fix | undefined {
  const { fault, entries, declared } = property
  const wrong = [...entries.values()].find(entry => fault && samePlace(placeOf(entry.value), fault.at))
  if (!wrong) return undefined
  if (wrong.name === 'type') return otherType(property, store, context)
  // A class is missing there, not one too much.
  if (wrong.name === 'objectType' && !/cannot be defined/.test(fault?.message ?? '')) return undefined
  const edit = removeKey(declared, wrong, context)
  return edit && { title: `Remove "${wrong.name}"`, safe: false, edits: [edit] }
}

function otherType({ entries }: Property, store: RealmStore, context: FixContext): Fix | undefined {
  const type = entries.get('type')
  if (type?.value.value.kind !== 'string') return undefined
  const { text } = type.value.value
  const hasObjectType = entries.has('objectType')
  const like = typeLike(text)
  const isCollection = like === 'list' || like === 'set' || like === 'dictionary'
  if (like !== undefined && isCollection === hasObjectType) return changeTo(type.value, like, context)
  const written = textAt(placeOf(type.value), context)
  if (hasObjectType || written === undefined || !store.class(text)) return undefined
  const edit = replaceAt(type.at, `type: ${quotedLike(written, 'object')}, objectType: ${written}`)
  return { title: `Make it a link to "${text}"`, safe: false, edits: [edit] }
}

/** `tasks?: Realm.List<Task>` becomes `tasks!: Realm.List<Task>`. */
function requiredMember({ member }: Property, context: FixContext): Fix | undefined {
  const type = member?.fact.type
  if (!member || !type) return undefined
  const between = { file: member.file, span: { start: member.nameAt.span.end, end: type.at.start } }
  const mark = textAt(between, context)
  const kept = type.parts.filter(part => part !== 'undefined')
  const edits: TextEdit[] = []
  if (mark?.includes('?')) edits.push(replaceAt(between, mark.replace('?', '!')))
  if (kept.length === 1 && type.parts.length === 2)
    edits.push(replaceAt({ file: member.file, span: type.at }, kept[0]!))
  return edits.length > 0 ? { title: 'Make it required', safe: false, edits } : undefined
}
