// An embedded class has a primary key, lies in a set, or contains itself.

import { changeText } from '../../../rules/change-text.ts'
import type { Evidence, Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { removeKey, replaceAt, textAt } from '../edit-object.ts'
import { realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { typePlace } from '../schema/type-place.ts'
import type { ClassInStore, Property, RealmClass, RealmStore } from '../types.ts'

interface Data {
  /** The class whose key is too much; else the property that is a set. */
  readonly keyOf?: RealmClass
  readonly set?: Property
}

export const invalidEmbedded: Rule<ClassInStore, Data> = {
  id: 'realm/invalid-embedded',
  severity: 'error',
  on: 'class',
  docs: {
    what: 'An embedded class has a primary key, is the element of a set, or contains itself, be it in a list or by way of other embedded classes.',
    why: 'Opening the realm throws, so the app does not start.',
    fix: 'Removes the primary key, or makes the set a list.',
  },
  *check({ class: one, store }) {
    if (one.embedded && one.primaryKey?.text)
      yield {
        at: one.primaryKeyEntry?.nameAt ?? one.primaryKey.at,
        message: `"${one.name.text}" is embedded, and embedded objects have no primary key: opening the realm throws, so the app does not start. Remove "primaryKey".`,
        data: { keyOf: one },
      }
    for (const property of one.fields) {
      const { target, kind } = property.shape ?? {}
      const other = target === undefined ? undefined : store.class(target)
      if (!other?.embedded) continue
      if (kind === 'set')
        yield found(property, `A set cannot hold embedded objects, and "${target}" is embedded`, 'Make it a list.', {
          set: property,
        })
      else if (one.embedded && kind !== 'linkingObjects' && reaches(other, one, store))
        yield found(
          property,
          `"${property.name.text}" leads back to "${one.name.text}" through embedded classes only, which Realm does not support`,
          'Give up "embedded" for one of them.',
          {},
        )
    }
  },
  fix({ data: { keyOf, set } }, context) {
    if (set) return asList(set, context)
    const edit = removeKey(keyOf?.spec, keyOf?.primaryKeyEntry, context)
    return edit && { title: 'Remove "primaryKey"', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a primary key',
      project: realm12,
      files: realmApp({
        classes: {
          Step: `embedded: true,
primaryKey: 'id',
^^^^^^^^^^ embedded objects have no primary key
properties: {
  id: 'int',
},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: { Step: "embedded: true,\nproperties: {\n  id: 'int',\n}," },
        })['src/db/schema.ts']!,
      },
    },
    ...(
      [
        ["'Step<>'", "'Step[]'", "'Step<>'"],
        ["{ type: 'set', objectType: 'Step' }", "{ type: 'list', objectType: 'Step' }", "'Step'"],
      ] as const
    ).map(([before, after, wrong]) => ({
      name: `a set: ${before}`,
      project: realm12,
      files: realmApp({
        classes: {
          Step: 'embedded: true,\nproperties: {},',
          Task: `properties: {\n  x: ${before},\n//${' '.repeat(3 + before.indexOf(wrong))}${'^'.repeat(wrong.length)} A set cannot hold\n},`,
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({
          classes: { Step: 'embedded: true,\nproperties: {},', Task: `properties: {\n  x: ${after},\n},` },
        })['src/db/schema.ts']!,
      },
    })),
    {
      name: 'a set in a class that the Babel plugin translates',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: 'steps!: Realm.Set<Step>\n//      ^^^^^^^^^^^^^^^ A set cannot hold\nlist!: Realm.List<Step>',
          Step: 'static embedded = true\ntitle!: string',
        },
      }),
      fixed: {
        'src/models/Task.ts': realmApp({
          models: { Task: 'steps!: Realm.List<Step>\nlist!: Realm.List<Step>', Step: '' },
        })['src/models/Task.ts']!,
      },
    },
    {
      name: 'cycles',
      project: realm12,
      files: realmApp({
        classes: {
          Self: 'embedded: true,\nproperties: {\n  inner: \'Self[]\',\n//       ^^^^^^^^ leads back to "Self"\n},',
          Here: 'embedded: true,\nproperties: {\n  there: \'There\',\n//       ^^^^^^^ leads back to "Here"\n},',
          There: 'embedded: true,\nproperties: {\n  here: \'Here{}\',\n//      ^^^^^^^^ leads back to "There"\n},',
          Before: "embedded: true,\nproperties: {\n  here: 'Here',\n},",
        },
      }),
    },
    {
      name: 'cycles through a class that is not embedded, backlinks, embedded classes that nobody links to',
      project: realm12,
      files: realmApp({
        classes: {
          Alone: "embedded: true, properties: { x: 'int' },",
          Step: "embedded: true, properties: { task: 'Task', of: { type: 'linkingObjects', objectType: 'Task', property: 'steps' } },",
          Task: "primaryKey: 'id', properties: { id: 'int', steps: 'Step[]', first: 'Step', named: 'Step{}', tasks: 'Task<>' },",
        },
      }),
    },
  ],
}

const found = (property: Property, what: string, todo: string, data: Data): Evidence<Data> => ({
  at: typePlace(property),
  message: `${what}: opening the realm throws, so the app does not start. ${todo}`,
  data,
})

/** True when `to` can be reached from `from` through embedded classes. */
function reaches(from: RealmClass, to: RealmClass, store: RealmStore): boolean {
  const seen = new Set<RealmClass>([from])
  for (const one of seen) {
    if (one === to) return true
    for (const { shape } of one.fields) {
      if (shape?.target === undefined || shape.kind === 'linkingObjects') continue
      const next = store.class(shape.target)
      if (next?.embedded) seen.add(next)
    }
  }
  return false
}

function asList({ form, entry, entries, member, shape }: Property, context: FixContext): Fix | undefined {
  const title = 'Make it a list'
  const type = member?.fact.type
  if (form === 'member') {
    const at = type && member && { file: member.file, span: type.at }
    const text = at && textAt(at, context)
    if (!at || !text?.includes('Realm.Set<')) return undefined
    return { title, safe: false, edits: [replaceAt(at, text.replace('Realm.Set<', 'Realm.List<'))] }
  }
  const edit =
    form === 'shorthand'
      ? changeText(entry?.value, `${shape?.target}[]`, context)
      : changeText(entries.get('type')?.value, 'list', context)
  return edit && { title, safe: false, edits: [edit] }
}
