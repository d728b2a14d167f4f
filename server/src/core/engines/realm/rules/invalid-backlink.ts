// Linking objects name no link of the other class.

import { placeOf } from '../../../catalog/place-of.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import type { Place } from '../../../text/span.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { addKey, removeKey } from '../edit-object.ts'
import { propertyOf, realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { typePlace } from '../schema/type-place.ts'
import type { ClassInStore, Property, RealmClass } from '../types.ts'

interface Data {
  readonly property: Property
  readonly does: 'change' | 'add' | 'remove'
  /** The link that was most likely meant, by its name in the file. */
  readonly meant?: string | undefined
}

export const invalidBacklink: Rule<ClassInStore, Data> = {
  id: 'realm/invalid-backlink',
  severity: 'error',
  on: 'class',
  docs: {
    what: 'A property of type `linkingObjects` names no `property`, or one that the other class does not have under that name in the file (`mapTo`), that is no link, or that links to another class; or another type has a `property`.',
    why: "Opening the realm throws `Property 'B.zz' declared as origin of linking objects property 'A.x' does not exist`, so the app does not start.",
    fix: 'Names the link that was most likely meant.',
  },
  *check({ class: one, store }) {
    for (const property of one.fields) {
      const { fault, shape, entries } = property
      if (fault?.kind === 'backlink') {
        if (entries.has('property')) {
          yield found(
            property,
            entries.get('property')!.nameAt,
            `Only linking objects have a "property"`,
            'Remove it.',
            'remove',
          )
          continue
        }
        const objectType = entries.get('objectType')?.value
        const name = objectType && store.scope.text(objectType)?.text
        const other = name === undefined ? undefined : store.class(name)
        const [only, ...more] = other ? linksTo(other, one) : []
        const meant = more.length > 0 ? undefined : only
        yield found(
          property,
          fault.at,
          `"${property.name.text}" does not say by which "property" other objects link here`,
          tip(meant),
          'add',
          meant,
        )
        continue
      }
      const other = shape?.kind === 'linkingObjects' ? store.class(shape.target ?? '') : undefined
      const wrong = other && shape?.origin !== undefined ? wrongOrigin(other, shape.origin, one) : undefined
      if (!other || wrong === undefined) continue
      const links = linksTo(other, one)
      const byName = other.fields.find(field => field.name.text === shape?.origin)?.persisted.text
      const meant = [byName, closest(shape?.origin ?? '', links), links.length === 1 ? links[0] : undefined].find(
        name => name !== undefined && links.includes(name),
      )
      const written = entries.get('property')
      const at = written ? placeOf(written.value) : typePlace(property)
      yield found(property, at, wrong, tip(meant), 'change', meant)
    }
  },
  fix({ data: { property, does, meant } }, context) {
    const { entries, declared } = property
    if (does === 'change') return changeTo(entries.get('property')?.value, meant, context)
    if (does === 'remove') {
      const edit = removeKey(declared, entries.get('property'), context)
      return edit && { title: 'Remove "property"', safe: false, edits: [edit] }
    }
    const text = context.text(declared?.file ?? '')
    if (meant === undefined || text === undefined) return undefined
    const edit = addKey(declared, `property: ${quoted(meant, styleOf(text))}`, context)
    return edit && { title: `Add property "${meant}"`, safe: false, edits: [edit] }
  },
  examples: [
    ...(
      [
        ['zz', 'does not exist', 'owner'],
        ['ownr', 'Did you mean "owner"?', 'owner'],
        ['title', 'is no link', 'owner'],
        ['parent', 'links to "Task"', 'owner'],
      ] as const
    ).map(([wrong, words, right]) => ({
      name: `the origin "${wrong}"`,
      project: realm12,
      files: realmApp({
        classes: {
          User: propertyOf(`type: 'linkingObjects', objectType: 'Task', property: '${wrong}'`, `'${wrong}'`, words),
          Task: "properties: { owner: 'User', title: 'string', parent: 'Task' },",
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            User: propertyOf(`type: 'linkingObjects', objectType: 'Task', property: '${right}'`),
            Task: "properties: { owner: 'User', title: 'string', parent: 'Task' },",
          },
        })['src/db/schema.ts']!,
      },
    })),
    {
      name: 'the name in the file counts',
      project: realm12,
      files: realmApp({
        classes: {
          User: propertyOf(
            "type: 'linkingObjects', objectType: 'Task', property: 'owner'",
            "'owner'",
            'Did you mean "owner_id"?',
          ),
          Task: "properties: { owner: { type: 'object', objectType: 'User', mapTo: 'owner_id' }, other: 'User' },",
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            User: propertyOf("type: 'linkingObjects', objectType: 'Task', property: 'owner_id'"),
            Task: "properties: { owner: { type: 'object', objectType: 'User', mapTo: 'owner_id' }, other: 'User' },",
          },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'no property',
      project: realm12,
      files: realmApp({
        classes: {
          User: propertyOf("type: 'linkingObjects', objectType: 'Task'", "'linkingObjects'", 'Did you mean "owner"?'),
          Task: "properties: { owner: 'User' },",
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: {
            User: propertyOf("type: 'linkingObjects', objectType: 'Task', property: 'owner'"),
            Task: "properties: { owner: 'User' },",
          },
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a property elsewhere',
      project: realm12,
      files: realmApp({
        classes: {
          Task: propertyOf("type: 'object', objectType: 'Task', property: 'x'", 'property', 'Only linking objects'),
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: propertyOf("type: 'object', objectType: 'Task'") } })[
          'src/db/schema.ts'
        ]!,
      },
    },
    {
      name: 'a class that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          User: "tasks!: Realm.Types.LinkingObjects<Task, 'ownr'>\n//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Did you mean \"owner\"?\ndone!: Realm.Types.LinkingObjects<Task, 'owner'>",
          Task: 'owner?: User',
        },
      }),
    },
    {
      name: 'links of all kinds, mapped ones by their name in the file, classes that are not known whole',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/schema.js': `import { base } from 'base'
const back = property => ({ type: 'linkingObjects', objectType: 'Task', property })
export const User = {
  name: 'User',
  properties: {
    a: { type: 'linkingObjects', objectType: 'Task', property: 'one' },
    b: { type: 'linkingObjects', objectType: 'Task', property: 'list' },
    c: { type: 'linkingObjects', objectType: 'Task', property: 'named' },
    d: { type: 'linkingObjects', objectType: 'Task', property: 'in_file' },
    e: { type: 'linkingObjects', objectType: 'Open', property: 'something' },
    f: { type: 'linkingObjects', objectType: 'Task', property: base.property },
    g: back('one'),
  },
}
export const Task = {
  name: 'Task',
  properties: { one: 'User', list: 'User[]', named: 'User{}', mapped: { type: 'set', objectType: 'User', mapTo: 'in_file' } },
}
export const Open = { name: 'Open', properties: { ...base } }
`,
          'src/db/realm.ts': `import Realm from 'realm'
import { Open, Task, User } from './schema'

export const openRealm = () => Realm.open({ schema: [User, Task, Open], schemaVersion: 1 })
`,
        },
      }),
    },
  ],
}

/** What is wrong with the origin of linking objects of `to`; undefined where nothing is, or where that is not known. */
function wrongOrigin(other: RealmClass, origin: string, to: RealmClass): string | undefined {
  const named = `"${other.name.text}.${origin}"`
  if (!other.fields.every(isNameKnown)) return undefined
  const field = other.fields.find(one => one.persisted.text === origin)
  if (!field) return other.complete ? `${named} does not exist` : undefined
  if (!field.shape || !to.isNamed) return undefined
  const { kind, target } = field.shape
  if (target === undefined || kind === 'linkingObjects') return `${named} is no link`
  return target === to.name.text ? undefined : `${named} links to "${target}", not to "${to.name.text}"`
}

const isNameKnown = ({ mapTo, unclear }: Property): boolean => !unclear || mapTo !== undefined

/** The links of a class to another, by their names in the file. */
const linksTo = (from: RealmClass, to: RealmClass): readonly string[] =>
  from.fields.flatMap(({ shape, persisted }) =>
    shape?.target === to.name.text && shape.kind !== 'linkingObjects' ? [persisted.text] : [],
  )

const tip = (meant: string | undefined): string =>
  meant === undefined ? 'Name a link to this class.' : `Did you mean "${meant}"?`

const found = (
  property: Property,
  at: Place,
  what: string,
  todo: string,
  does: Data['does'],
  meant?: string,
): Evidence<Data> => ({
  at,
  message: `${what}: opening the realm throws, so the app does not start. ${todo}`,
  data: { property, does, meant },
})
