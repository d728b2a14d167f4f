// The name of a class or of a property is longer than a Realm file allows.

import { placeOf } from '../../../catalog/place-of.ts'
import { changeText } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { cutTo, utf8Length } from '../../../text/utf8.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { addKey, replaceAt } from '../edit-object.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { declarationText } from '../schema/write-declaration.ts'
import type { ClassInStore, Property, RealmClass } from '../types.ts'

interface Data {
  readonly class: RealmClass
  readonly property: Property | undefined
}

/** A table is called `class_` and the name of the class; both kinds of names have 63 bytes. */
const longest = { class: 57, property: 63 }

export const nameTooLong: Rule<ClassInStore, Data> = {
  id: 'realm/name-too-long',
  severity: 'error',
  early: true,
  on: 'class',
  docs: {
    what: 'The name of a class has more than 57 bytes (in UTF-8), or that of a property in the file more than 63.',
    why: 'Opening the realm throws `Name too long: class_…`, so the app does not start.',
    fix: 'Gives the property a shorter name in the file by `mapTo`; code keeps the long one.',
  },
  *check({ class: one }) {
    const length = one.isNamed ? utf8Length(one.name.text) : 0
    if (length > longest.class)
      yield {
        at: one.nameEntry ? placeOf(one.nameEntry.value) : one.name.at,
        message: `The name of this class has ${length} bytes, and Realm allows ${longest.class}: opening the realm throws, so the app does not start. Shorten it.`,
        data: { class: one, property: undefined },
      }
    for (const property of one.fields) {
      const { persisted, shape, mapTo, entries, unclear, name } = property
      const bytes = utf8Length(persisted.text)
      // Linking objects are not in the file.
      if (
        bytes <= longest.property ||
        shape?.kind === 'linkingObjects' ||
        (!mapTo && (unclear || entries.has('mapTo')))
      )
        continue
      const written = entries.get('mapTo')
      yield {
        at: written ? placeOf(written.value) : (mapTo ?? name).at,
        message: `This name has ${bytes} bytes in the file, and Realm allows ${longest.property}: opening the realm throws, so the app does not start. ${mapTo ? 'Shorten it.' : 'Give it a shorter one in the file by "mapTo".'}`,
        data: { class: one, property },
      }
    }
  },
  fix({ data: { class: one, property } }, context) {
    return property && shorter(one, property, context)
  },
  examples: [
    {
      name: 'a long name of a class',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `{
  name: 'ThisIsTheNameOfAClassThatIsLongerThanAnyNameOfAClassMayBe1',
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has 58 bytes
  properties: {},
}`,
        },
      }),
    },
    {
      name: 'a long name of a property',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe1: 'int?[]',
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has 64 bytes
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            Task: `properties: {
  thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe1: { type: 'list', objectType: 'int', optional: true, mapTo: 'thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe' },
},`,
          },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a long name in the file, in other letters',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  notes: { type: 'string', mapTo: 'ééééééééééééééééééééééééééééééééx' },
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has 65 bytes
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            Task: "properties: {\n  notes: { type: 'string', mapTo: 'ééééééééééééééééééééééééééééééé' },\n},",
          },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'an object is given the key',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `properties: {
  thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe1: { type: 'int' },
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ "mapTo"
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            Task: `properties: {
  thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe1: { type: 'int', mapTo: 'thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe' },
},`,
          },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a long name in a class that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: 'thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe1!: string\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has 64 bytes',
        },
      }),
    },
    {
      name: 'names that just fit, mapped ones, linking objects',
      project: realm12,
      files: realmApp({
        classes: {
          ThisIsTheNameOfAClassThatIsLongerThanAnyNameOfAClassMayBe: `properties: {
  parent: 'ThisIsTheNameOfAClassThatIsLongerThanAnyNameOfAClassMayBe',
  thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe: 'int',
  thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe2: { type: 'int', mapTo: 'short' },
  thisIsTheNameOfAPropertyThatIsLongerThanAnyNameOfAPropertyMayBe3: {
    type: 'linkingObjects', objectType: 'ThisIsTheNameOfAClassThatIsLongerThanAnyNameOfAClassMayBe', property: 'parent',
  },
},`,
        },
      }),
    },
  ],
}

/** Where nothing opens no file has the column yet, so that its name is free. */
function shorter(one: RealmClass, property: Property, context: FixContext): Fix | undefined {
  const { form, entries, entry, declared, shape, persisted, isPrimary } = property
  const name = cutTo(persisted.text, longest.property)
  const isTaken = one.fields.some(field => field.name.text === name || field.persisted.text === name)
  const text = entry && context.text(entry.value.file)
  if (isTaken || isPrimary || form === 'member' || text === undefined) return undefined
  const title = 'Give it a shorter name in the file'
  const written = entries.get('mapTo')
  if (written) {
    const edit = changeText(written.value, name, context)
    return edit && { title, safe: false, edits: [edit] }
  }
  const style = styleOf(text)
  const mapTo = `mapTo: ${quoted(name, style)}`
  if (form === 'object') {
    const edit = addKey(declared, mapTo, context)
    return edit && { title, safe: false, edits: [edit] }
  }
  if (!shape || !entry || entry.value.value.kind !== 'string') return undefined
  return { title, safe: false, edits: [replaceAt(placeOf(entry.value), declarationText(shape, [mapTo], style))] }
}
