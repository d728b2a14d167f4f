// A property links to a class that the schema does not have.

import { changeTo } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { sameSpan } from '../../../text/span.ts'
import { addImport } from '../../../write/add-import.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import { propertyOf, realm12, realmApp, withBabelPlugin } from '../example-app.ts'
import { findSchema } from '../schema/find-schema.ts'
import { valueTypes } from '../schema/normalize.ts'
import { typeLike } from '../schema/type-like.ts'
import { typePlace } from '../schema/type-place.ts'
import type { ClassInStore, Property, RealmStore } from '../types.ts'

interface Data {
  readonly property: Property
  readonly target: string
  readonly meant: string | undefined
  readonly store: RealmStore
}

export const unknownObjectType: Rule<ClassInStore, Data> = {
  id: 'realm/unknown-object-type',
  severity: 'error',
  on: 'class',
  docs: {
    what: 'A property has a type that is neither a type of Realm (`Int`, `boolean`, `number`) nor a class of the schema.',
    why: "Opening the realm throws `Property 'A.b' of type 'object' has unknown object type 'B'`, so the app does not start.",
    fix: 'Writes the type of Realm, or the class, that was most likely meant; or adds the class to the schema, with its import.',
  },
  *check({ class: one, store }) {
    for (const property of one.fields) {
      const target = property.shape?.target
      if (target === undefined || store.class(target) || !store.complete) continue
      // The Babel plugin made a link of what was never meant as one.
      if (one.dropped.some(({ member }) => member === property.member)) continue
      const at = typePlace(property)
      // What is half typed was not looked at by its author.
      if (store.scope.isBroken(at.file)) continue
      const meant = typeLike(target) ?? closest(target, [...store.classNames(), ...valueTypes])
      yield {
        at,
        message:
          `"${target}" is neither a type of Realm nor a class of this schema, so "${property.name.text}" makes opening the realm throw and the app does not start. ` +
          (meant === undefined ? 'Add the class to the schema.' : `Did you mean "${meant}"?`),
        data: { property, target, meant, store },
      }
    }
  },
  fix({ data }, context) {
    const { property, target, meant } = data
    const add = addClass(data, context)
    const literal = property.entries.get('objectType') ?? property.entries.get('type') ?? property.entry
    const written = literal?.value.value
    const text = written?.kind === 'string' ? written.text : ''
    // A link cannot be of a type of values: its declaration is to be written otherwise.
    const isLink = property.form === 'object' && ['object', 'linkingObjects'].includes(property.shape?.kind ?? '')
    const isPossible = meant !== undefined && text.startsWith(target) && !(isLink && valueTypes.has(meant))
    const change = isPossible ? changeTo(literal?.value, meant + text.slice(target.length), context) : undefined
    return [add, change].filter((fix): fix is Fix => fix !== undefined)
  },
  examples: [
    ...(
      [
        ['Int', 'int'],
        ['boolean', 'bool'],
        ['number?', 'double?'],
        ['String[]', 'string[]'],
      ] as const
    ).map(([before, after]) => ({
      name: `the type "${before}"`,
      project: realm12,
      files: realmApp({
        classes: { Task: `properties: {\n  x: '${before}',\n//   ${'^'.repeat(before.length + 2)} Did you mean\n},` },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: `properties: {\n  x: '${after}',\n},` } })['src/db/schema.ts']!,
      },
    })),
    {
      name: 'a mistyped class in the object form',
      project: realm12,
      files: realmApp({
        classes: { Task: propertyOf("type: 'list', objectType: 'Taks'", "'Taks'", 'Did you mean "Task"') },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: propertyOf("type: 'list', objectType: 'Task'") } })[
          'src/db/schema.ts'
        ]!,
      },
    },
    {
      name: 'a type in the object form',
      project: realm12,
      files: realmApp({
        classes: { Task: propertyOf("type: 'list', objectType: 'Int'", "'Int'", 'Did you mean "int"') },
      }),
      fixed: {
        'src/db/schema.ts': realmApp({ classes: { Task: propertyOf("type: 'list', objectType: 'int'") } })[
          'src/db/schema.ts'
        ]!,
      },
    },
    {
      name: 'a class that is not in the list',
      project: realm12,
      files: realmApp({
        classes: { Task: "properties: {\n  owner: 'User',\n//       ^^^^^^ Add the class\n}," },
        files: {
          'src/db/user.ts': "export const UserSchema = { name: 'User', properties: { name: 'string' } }\n",
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'
import { UserSchema } from './user'

export const config: Realm.Configuration = {
  schema: [TaskSchema, UserSchema],
  schemaVersion: 1,
}

export const openRealm = () => Realm.open(config)
`,
      },
    },
    {
      name: 'a class that is translated by the Babel plugin, and one that is not in the list',
      project: withBabelPlugin(),
      files: realmApp({
        models: {
          Task: `import Realm from 'realm'
import { User } from './User'

export class Task extends Realm.Object<Task> {
  owner?: User
//        ^^^^ Add the class
  tags!: Array<string>
  parents!: Realm.List<Task>
}
`,
        },
        files: {
          'src/models/User.ts': `import Realm from 'realm'

export class User extends Realm.Object<User> {
  name!: string
}
`,
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { Task } from '../models/Task'
import { User } from '../models/User'

export const config: Realm.Configuration = {
  schema: [Task, User],
  schemaVersion: 1,
}

export const openRealm = () => Realm.open(config)
`,
      },
    },
    {
      name: 'names from enums and templates, classes named like types, a class that is there',
      project: realm12,
      files: realmApp({
        files: {
          'src/db/schema.ts': `export enum Names {
  User = 'App User',
}
export const TaskSchema = {
  name: 'Task',
  properties: { a: Names.User, b: \`\${Names.User}[]\`, c: 'Int', d: { type: 'set', objectType: Names.User } },
}
export const IntSchema = { name: 'Int', properties: {} }
export const UserSchema = { name: Names.User, properties: {} }
`,
          'src/db/realm.ts': `import Realm from 'realm'
import { IntSchema, TaskSchema, UserSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [TaskSchema, IntSchema, UserSchema], schemaVersion: 1 })
`,
        },
      }),
    },
    {
      name: 'a list with parts that are not known',
      project: realm12,
      files: realmApp({
        classes: { Task: "properties: { owner: 'User' }," },
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { moreSchemas } from 'some-package'
import { TaskSchema } from './schema'

export const openRealm = () => Realm.open({ schema: [TaskSchema, ...moreSchemas], schemaVersion: 1 })
`,
        },
      }),
    },
  ],
}

/** Adds the class that the workspace has under this name to the list of the schema. */
function addClass({ target, store }: Data, context: FixContext): Fix | undefined {
  const { schemaValue: list, scope } = store
  const text = list && context.text(list.file)
  const found = findSchema(scope, target)
  const module = list && scope.module(list.file)
  if (!found || !module || text === undefined || list.value.kind !== 'array') return undefined
  const { file } = list
  const elements = list.value.items.map(item => item.at)
  const isHere = (name: string) => found.file === file && module.bindings[name] !== undefined
  const style = styleOf(text)
  const edits = isHere(found.name)
    ? []
    : addImport(file, text, module, { from: context.specifier(file, found.file), names: [found.name] }, style)
  const element = insertElement(
    { file, text, span: list.value.at, elements },
    elements.length,
    found.name,
    style,
    false,
  )
  if (edits.some(edit => sameSpan(edit, element))) return undefined
  return { title: `Add "${target}" to the schema`, safe: false, edits: [...edits, element] }
}
