// A property is indexed that cannot be.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { isAtLeast } from '../../../text/version.ts'
import { removeKey } from '../edit-object.ts'
import { propertyOf, realm12, realmApp, realmProject, withBabelPlugin } from '../example-app.ts'
import { removeDecorator } from '../models/remove-decorator.ts'
import { typeText } from '../schema/normalize.ts'
import type { ClassInStore, Property, PropertyShape } from '../types.ts'
import { majorFor } from '../versions.ts'

interface Data {
  readonly property: Property
}

const indexable = new Set(['int', 'bool', 'date', 'string', 'objectId', 'uuid', 'mixed'])

export const notIndexable: Rule<ClassInStore, Data> = {
  id: 'realm/not-indexable',
  severity: 'error',
  early: true,
  on: 'class',
  docs: {
    what: 'A property is `indexed` although its type cannot be: only int, bool, date, string, objectId, uuid and mixed can, from realm 12.7 on lists of string too; `"full-text"` is for strings.',
    why: "Opening the realm throws `Property 'A.x' of type 'double' cannot be indexed`, so the app does not start.",
    fix: 'Removes `indexed`.',
  },
  *check({ class: one, scope }) {
    for (const property of one.fields) {
      const { shape, index, isPrimary, name } = property
      if (!shape || !index || isPrimary) continue
      const version = scope.workspace().project(one.at.file).versions['realm']
      // Before realm 12 there is no full-text index, and "full-text" is no boolean.
      if (index === 'full-text' && (majorFor(scope, one.at.file) ?? 0) < 12) continue
      if (canBeIndexed(shape, index, version)) continue
      yield {
        at: indexPlace(property),
        message:
          index === 'full-text'
            ? `"${name.text}" is of type ${typeText(shape)}, and a full-text index is for strings: opening the realm throws, so the app does not start. Remove the index.`
            : `"${name.text}" is of type ${typeText(shape)}, which cannot be indexed: opening the realm throws, so the app does not start. Remove the index.`,
        data: { property },
      }
    }
  },
  fix({ data: { property } }, context) {
    const edit =
      property.form === 'member'
        ? removeDecorator(property.member, 'index', context)
        : removeKey(property.declared, property.entries.get('indexed'), context)
    return edit && { title: 'Remove the index', safe: true, edits: [edit] }
  },
  examples: [
    ...(
      [
        "type: 'double'",
        "type: 'float'",
        "type: 'data'",
        "type: 'decimal128'",
        "type: 'object', objectType: 'Task'",
        "type: 'list', objectType: 'int'",
        "type: 'set', objectType: 'string'",
      ] as const
    ).map(type => ({
      name: `an index on { ${type} }`,
      project: realm12,
      files: realmApp({ classes: { Task: propertyOf(`${type}, indexed: true`, 'true', 'cannot be indexed') } }),
      fixed: { 'src/db/schema.ts': realmApp({ classes: { Task: propertyOf(type) } })['src/db/schema.ts']! },
    })),
    {
      name: 'a full-text index on a number',
      project: realmProject('20.2.0'),
      files: realmApp({
        classes: {
          Task: propertyOf("type: 'int', indexed: 'full-text', optional: true", "'full-text'", 'for strings'),
        },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: propertyOf("type: 'int', optional: true") } })[
          'src/db/schema.ts'
        ]!,
      },
    },
    {
      name: 'lists of string before realm 12.7',
      project: realmProject('12.6.2'),
      files: realmApp({
        classes: { Task: propertyOf("type: 'list', objectType: 'string', indexed: true", 'true', 'string[]') },
      }),
    },
    {
      name: 'a decorator on a number, which is a double',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `import Realm, { index } from 'realm'

export class Task extends Realm.Object<Task> {
  @index rank!: number
//^^^^^^ of type double
  @index
  title!: string
  @index('full-text')
  body!: string
  @index count!: Realm.Types.Int
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import Realm, { index } from 'realm'

export class Task extends Realm.Object<Task> {
  rank!: number
  @index
  title!: string
  @index('full-text')
  body!: string
  @index count!: Realm.Types.Int
}
`,
      },
    },
    {
      name: 'what can be indexed',
      project: realm12,
      files: realmApp({
        classes: {
          Task: `primaryKey: 'id',
properties: {
  id: 'int', n: { type: 'double', indexed: false }, o: { type: 'double', indexed: isIndexed },
  ${['int', 'bool', 'date', 'string', 'objectId', 'uuid', 'mixed'].map((type, i) => `p${i}: { type: '${type}', indexed: true }`).join(', ')},
  q: { type: 'list', objectType: 'string', indexed: true }, r: { type: 'string', indexed: 'full-text', optional: true },
  s: { type: kind, indexed: true },
},`,
        },
      }),
    },
  ],
}

function canBeIndexed(shape: PropertyShape, index: true | 'full-text', version: string | undefined): boolean {
  const { kind, element } = shape
  if (index === 'full-text') return (element ?? kind) === 'string'
  if (kind === 'list' && element === 'string') return version === undefined || isAtLeast(version, '12.7')
  return indexable.has(kind)
}

function indexPlace({ entries, member, name }: Property): Place {
  const entry = entries.get('indexed')
  if (entry) return placeOf(entry.value)
  const decorator = member?.fact.decorators.find(
    ({ callee }) => (callee.kind === 'name' || callee.kind === 'member') && callee.name === 'index',
  )
  return member && decorator ? { file: member.file, span: decorator.at } : name.at
}
