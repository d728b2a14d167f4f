// A class is asked for that no realm has.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { changeTo } from '../../../rules/change-text.ts'
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { type ClassCall, classCalls } from '../code/class-calls.ts'
import { realm12, realmApp } from '../example-app.ts'
import { addToSchema } from '../schema/add-to-schema.ts'
import type { CodeOfFile, ModelClass, RealmStore } from '../types.ts'

interface Data {
  readonly argument: Located
  readonly meant: string | undefined
  readonly model: ModelClass | undefined
  readonly store: RealmStore
  readonly scope: Scope
}

const screen = (body: string) => `import type Realm from 'realm'
import { Note } from './models/Note'

export function look(realm: Realm, name: string) {
${body}
}
`
const Task = `static schema = { name: 'Todo', properties: { title: 'string' } }`
const Note = `static schema = { name: 'Note', properties: { title: 'string' } }`
const noteFile = `import Realm from 'realm'

export class Note extends Realm.Object<Note> {
  ${Note}
}
`

export const classNotInSchema: Rule<CodeOfFile, Data> = {
  id: 'realm/class-not-in-schema',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`objects`, `create`, `objectForPrimaryKey`, `useQuery` or `useObject` names a class that no configuration has which its realm can be opened with.',
    why: "Realm throws `Object type 'X' not found in schema`. A class goes by the `name` of its schema, which may be another than that of the JavaScript class.",
    fix: 'Writes the name of the schema, or adds the class to the schema.',
  },
  *check(code) {
    for (const call of classCalls(code)) {
      const { named, stores, argument } = call
      const name = named?.name.text
      const [store] = stores
      if (!named || name === undefined || !store) continue
      if (!stores.every(one => one.complete && !one.class(name))) continue
      const meant = named.isText ? meantBy(stores, name) : undefined
      const advice =
        meant !== undefined
          ? `Did you mean "${meant}"?`
          : named.isText
            ? 'Name a class of the schema.'
            : 'Add the class to the schema.'
      yield {
        at: placeOf(argument),
        message: `No class of the realm is called "${name}", so this throws: ${titles[call.method]}. ${advice}`,
        data: { argument, meant, model: named.model?.model, store, scope: code.scope },
      }
    }
  },
  fix({ data: { argument, meant, model, store, scope } }, context) {
    if (meant !== undefined) return changeTo(argument, meant, context)
    return model && addToSchema(scope, store, model, context)
  },
  examples: [
    {
      name: 'the name of the JavaScript class',
      project: realm12,
      files: realmApp({
        models: { Task, Note },
        files: {
          'src/screen.ts': screen(`  realm.objects('Task')
  //            ^^^^^^ Did you mean "Todo"?
  return realm.create('Nota', { title: 'x' })
  //                  ^^^^^^ Did you mean "Note"?`),
        },
      }),
      fixed: {
        'src/screen.ts': screen(`  realm.objects('Todo')
  return realm.create('Nota', { title: 'x' })`),
      },
    },
    {
      name: 'a class that is not in the schema',
      project: realm12,
      files: realmApp({
        models: { Task },
        files: {
          'src/models/Note.ts': noteFile,
          'src/screen.tsx': `import { useQuery } from '@realm/react'
import { Note } from './models/Note'

export const Notes = () => useQuery(Note).length
  //                                ^^^^ Add the class
`,
        },
      }),
      fixed: {
        'src/db/realm.ts': `import Realm from 'realm'
import { Task } from '../models/Task'
import { Note } from '../models/Note'

export const config: Realm.Configuration = {
  schema: [Task, Note],
  schemaVersion: 1,
}

export const openRealm = () => Realm.open(config)
`,
      },
    },
    {
      name: 'the old realm of a migration, unknown names, what is no realm',
      project: realm12,
      files: realmApp({
        models: { Task, Note },
        config: `onMigration: (oldRealm, newRealm) => {
  oldRealm.objects('Old')
},`,
        files: {
          'src/screen.ts': screen(`  realm.objects(name)
  realm.objectForPrimaryKey(Note, 1)
  store.objects('Other')
  return realm.objects(Note.schema.name)`),
        },
      }),
    },
    {
      name: 'a schema that is not known completely',
      project: realm12,
      files: realmApp({
        models: { Task, Note },
        files: {
          'src/db/realm.ts': `import Realm from 'realm'
import { more } from 'some-package'
import { Task } from '../models/Task'

export const openRealm = () => Realm.open({ schema: [Task, ...more], schemaVersion: 1 })
`,
          'src/screen.ts': screen(`  return realm.objects('Other')`),
        },
      }),
    },
  ],
}

const titles: Readonly<Record<ClassCall['method'], string>> = {
  objects: 'it cannot be queried',
  create: 'nothing is created',
  objectForPrimaryKey: 'it cannot be looked up',
  useQuery: 'the screen fails to render',
  useObject: 'the screen fails to render',
}

/** The schema's name of the JavaScript class of that name, else the most similar one. */
function meantBy(stores: readonly RealmStore[], name: string): string | undefined {
  for (const store of stores) {
    const own = store.classes.find(one => one.isNamed && one.model?.name === name)
    if (own) return own.name.text
  }
  return closest(
    name,
    stores.flatMap(store => store.classNames()),
  )
}
