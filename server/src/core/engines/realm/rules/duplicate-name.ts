// Two classes of one schema, or two properties of one class, have one name.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { removeElement } from '../../../write/remove-element.ts'
import { removeKey } from '../edit-object.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { removeDecorator } from '../models/remove-decorator.ts'
import type { ClassInStore, Property, RealmStore } from '../types.ts'

interface Data {
  readonly element?: { readonly list: Located; readonly value: Located['value'] }
  readonly property?: Property
}

export const duplicateName: Rule<RealmStore | ClassInStore, Data> = {
  id: 'realm/duplicate-name',
  severity: 'error',
  on: ['store', 'class'],
  docs: {
    what: 'A schema lists two classes of one name, or a class has two properties of one name in the file (`mapTo`), or a property whose name in the file is the name of another one.',
    why: "Opening the realm throws `Type 'A' appears more than once in the schema`, so the app does not start.",
    fix: 'Removes the second class from the list, or `mapTo`.',
  },
  *check(subject) {
    if ('openings' in subject) return yield* elementsTwice(subject)
    yield* classTwice(subject)
    yield* propertiesTwice(subject)
  },
  fix({ data: { element, property } }, context) {
    if (property) {
      const edit =
        property.form === 'member'
          ? removeDecorator(property.member, 'mapTo', context)
          : removeKey(property.declared, property.entries.get('mapTo'), context)
      return edit && { title: 'Remove "mapTo"', safe: false, edits: [edit] }
    }
    const { list, value } = element ?? {}
    const text = list && context.text(list.file)
    if (list?.value.kind !== 'array' || text === undefined) return undefined
    const index = value ? list.value.items.indexOf(value) : -1
    const elements = list.value.items.map(item => item.at)
    if (index < 0) return undefined
    const edit = removeElement({ file: list.file, text, span: list.value.at, elements }, index)
    return { title: 'Remove it from the list', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a class twice',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [TaskSchema, TaskSchema], schemaVersion: 1 })
//                                                               ^^^^^^^^^^ This class is twice in this schema
`,
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [TaskSchema], schemaVersion: 1 })
`,
      },
    },
    {
      name: 'two classes of one name, one of them spread in',
      project: realm12,
      files: realmApp({
        classes: { Task: "properties: { title: 'string' },", Todo: "{ name: 'Task', properties: { done: 'bool' } }" },
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema, TodoSchema } from './schema'

const others = [TodoSchema]
//              ^^^^^^^^^^ "Task" is twice in this schema
export const openRealm = () => Realm.open({ schema: [TaskSchema, ...others], schemaVersion: 1 })
`,
        },
      }),
    },
    {
      name: 'names in the file that clash',
      project: realm12,
      files: realmApp({
        classes: {
          Same: "properties: {\n  a: { type: 'int', mapTo: 'c' },\n  b: { type: 'int', mapTo: 'c' },\n//                         ^^^ \"a\" is called so too\n},",
          Other:
            "properties: {\n  a: 'int',\n  b: { type: 'int', mapTo: 'a' },\n//                         ^^^ \"a\" is called so too\n},",
          Swapped: `properties: {
  a: { type: 'int', mapTo: 'b' },
//                         ^^^ that is the name of "b"
  b: { type: 'int', mapTo: 'a' },
//                         ^^^ that is the name of "a"
},`,
          Taken: `properties: {
  a: { type: 'int', mapTo: 'c' },
  b: { type: 'int', mapTo: 'a' },
//                         ^^^ that is the name of "a"
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            Same: "properties: {\n  a: { type: 'int', mapTo: 'c' },\n  b: { type: 'int' },\n},",
            Other: "properties: {\n  a: 'int',\n  b: { type: 'int', mapTo: 'a' },\n},",
            Swapped: "properties: {\n  a: { type: 'int', mapTo: 'b' },\n  b: { type: 'int', mapTo: 'a' },\n},",
            Taken: "properties: {\n  a: { type: 'int', mapTo: 'c' },\n  b: { type: 'int', mapTo: 'a' },\n},",
          },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'names in the file that clash in a class that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `import Realm, { mapTo } from 'realm'

export class Task extends Realm.Object<Task> {
  title!: string
  @mapTo('title') name!: string
//       ^^^^^^^ "title" is called so too
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import Realm, { mapTo } from 'realm'

export class Task extends Realm.Object<Task> {
  title!: string
  name!: string
}
`,
      },
    },
    {
      name: 'one name in different lists, and in copies that no list names',
      project: realm12,
      files: realmApp({
        files: {
          'src/old/schema.ts': "export const TaskSchema = { name: 'Task', properties: { old: 'string' } }\n",
          'src/db/other.ts': `import Realm from 'realm'
import { TaskSchema } from '../old/schema'

export const openOther = () => Realm.open({ path: 'other.realm', schema: [TaskSchema], schemaVersion: 1 })
export const openShort = () => Realm.open({ path: 'short.realm', schema: [TaskSchema], schemaVersion: 1 })
`,
          'src/db/same.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

export const openSame = () => Realm.open({ schema: [TaskSchema], schemaVersion: 1 })
`,
        },
      }),
    },
    {
      name: 'names in the file that are not known, or that change nothing',
      project: realm12,
      files: realmApp({
        classes: {
          Task: "properties: { a: { type: 'int', mapTo: names.a }, b: { type: 'int', mapTo: 'c' }, d: { type: 'int', mapTo: 'd' } },",
        },
      }),
    },
  ],
}

/** Classes that a list names twice. What the classes say is not asked: lists are long, and classes change often. */
function* elementsTwice({ listedTwice }: RealmStore): Generator<Evidence<Data>> {
  const reported = new Set<Located['value']>()
  for (const { list, element, before } of listedTwice) {
    if (reported.has(element.value)) continue
    reported.add(element.value)
    yield twice(element, before, 'This class', list)
  }
}

/** A class of the same name as another one of its list. */
function* classTwice({ class: one, store }: ClassInStore): Generator<Evidence<Data>> {
  if (!one.isNamed || store.class(one.name.text) === one) return
  for (const list of store.schemaLists) {
    const [before, own] = list.elements.filter(
      element => element.class === one || element.class?.name.text === one.name.text,
    )
    if (before && own?.class === one && before.class !== one)
      yield twice(own.element, before.element, `"${one.name.text}"`, list.value)
  }
}

const twice = (element: Located, before: Located, name: string, list: Located): Evidence<Data> => ({
  at: placeOf(element),
  message: `${name} is twice in this schema: opening the realm throws, so the app does not start. Remove one of them.`,
  related: [{ at: placeOf(before), message: 'The first one' }],
  data: { element: { list, value: element.value } },
})

function* propertiesTwice({ class: one }: ClassInStore): Generator<Evidence<Data>> {
  const known = one.fields.filter(({ mapTo, unclear }) => !unclear || mapTo)
  for (const property of known) {
    const { mapTo, name } = property
    if (!mapTo || mapTo.text === name.text) continue
    // Both are called alike in the file: of two that are mapped, the later one is told.
    const same = known.find(
      other => other !== property && other.persisted.text === mapTo.text && !isLaterMapped(known, other, property),
    )
    const taken = known.find(
      other => other !== property && other.name.text === mapTo.text && other.persisted.text !== mapTo.text,
    )
    const other = same ?? taken
    if (!other) continue
    const written = property.entries.get('mapTo')
    yield {
      at: written ? placeOf(written.value) : mapTo.at,
      message: `"${name.text}" is called "${mapTo.text}" in the file, and ${same ? `"${other.name.text}" is called so too` : `that is the name of "${other.name.text}"`}: opening the realm throws, so the app does not start. Give it another name.`,
      related: [{ at: other.name.at, message: `"${other.name.text}"` }],
      data: { property },
    }
  }
}

const isLaterMapped = (all: readonly Property[], other: Property, property: Property): boolean =>
  other.mapTo !== undefined && other.mapTo.text !== other.name.text && all.indexOf(other) > all.indexOf(property)
