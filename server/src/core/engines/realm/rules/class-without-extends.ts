// A class in a schema does not extend Realm.Object.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { importRealm } from '../models/import-realm.ts'
import type { ClassInStore, ModelClass, RealmStore } from '../types.ts'
import { majorOf } from '../versions.ts'

interface Data {
  readonly model: ModelClass
  readonly store: RealmStore
}

const taskFile = (head: string) => ({
  'src/models/Task.ts': `import Realm from 'realm'

${head}
  static schema = { name: 'Task', properties: { title: 'string' } }
}
`,
})

export const classWithoutExtends: Rule<ClassInStore, Data> = {
  id: 'realm/class-without-extends',
  severity: 'error',
  on: 'class',
  docs: {
    what: 'A class in the `schema` list does not extend `Realm.Object`, with realm 11 or newer.',
    why: "Opening the realm throws `Class 'Task' must extend Realm.Object`, so the app does not start. Realm 10 took plain classes.",
    fix: 'Adds `extends Realm.Object`, with the import.',
  },
  *check({ class: one, store }) {
    const { model } = one
    if (!model || !isRefused(one.model, store)) return
    const isItself = ({ element, class: found }: RealmStore['schemaLists'][number]['elements'][number]) =>
      found === one && !(element.value.kind === 'member' && element.value.name === 'schema')
    if (!store.schemaLists.some(list => list.elements.some(isItself))) return
    yield {
      at: model.nameAt,
      message: `"${model.name}" is in the schema without extending Realm.Object, so opening the realm throws and the app does not start. Add "extends Realm.Object".`,
      data: { model, store },
    }
  },
  fix({ data: { model, store } }, context) {
    const { file, fact } = model
    const text = context.text(file)
    // A constructor would have to call that of Realm.
    const body = text?.slice(fact.bodyAt.start, fact.bodyAt.end) ?? ''
    if (text === undefined || fact.superclass || fact.name === 'default' || /\bconstructor\s*\(/.test(body))
      return undefined
    const imports = importRealm(store.scope, file, context)
    if (!imports) return undefined
    const head = text.slice(fact.nameAt.end, fact.bodyAt.start)
    const generics = /^\s*</.test(head)
    const isTyped = /\.[cm]?tsx?$/.test(file) && !generics
    const at = generics ? fact.nameAt.end + head.lastIndexOf('>') + 1 : fact.nameAt.end
    const base = ` extends Realm.Object${isTyped ? `<${fact.name}>` : ''}`
    return {
      title: 'Add "extends Realm.Object"',
      safe: false,
      edits: [...imports, { file, start: at, end: at, text: base }],
    }
  },
  examples: [
    {
      name: 'a plain class',
      project: realm12,
      files: realmApp({
        models: { Task: '' },
        files: taskFile('export class Task {\n//           ^^^^ without extending'),
      }),
      fixed: taskFile('export class Task extends Realm.Object<Task> {'),
    },
    {
      name: 'JavaScript without an import, a schema that is assigned',
      project: realmProject('20.2.0'),
      files: {
        'src/realm.js': `import Realm from 'realm'
import { Task } from './Task'

export const realm = new Realm({ schema: [Task], schemaVersion: 1 })
`,
        'src/Task.js': `export class Task {}
//           ^^^^ the app does not start
Task.schema = { name: 'Task', properties: { title: 'string' } };
`,
      },
      fixed: {
        'src/Task.js': `import Realm from 'realm';

export class Task extends Realm.Object {}
Task.schema = { name: 'Task', properties: { title: 'string' } };
`,
      },
    },
    {
      name: 'a base class that extends nothing has no fix',
      project: realm12,
      files: realmApp({
        models: { Task: '' },
        files: taskFile('class Base {}\nexport class Task extends Base {\n//           ^^^^'),
      }),
    },
    {
      name: 'a class that implements an interface, with types imported only',
      project: realm12,
      files: realmApp({
        models: { Task: '' },
        files: {
          'src/models/Task.ts': `import type Realm from 'realm'

export class Task implements Shape {
  //         ^^^^
  static schema: Realm.ObjectSchema = { name: 'Task', properties: { title: 'string' } }
}
`,
        },
      }),
      fixed: {
        'src/models/Task.ts': `import Realm from 'realm'

export class Task extends Realm.Object<Task> implements Shape {
  static schema: Realm.ObjectSchema = { name: 'Task', properties: { title: 'string' } }
}
`,
      },
    },
    {
      name: 'realm 10, and a version that is not known',
      project: realmProject('10.24.0'),
      files: realmApp({ models: { Task: '' }, files: taskFile('export class Task {') }),
    },
    {
      name: 'a version that is not known',
      project: { versions: {} },
      files: realmApp({ models: { Task: '' }, files: taskFile('export class Task {') }),
    },
    {
      name: 'only the schema of a class is given; bases that lead to Realm.Object or cannot be followed',
      project: realm12,
      files: {
        'src/realm.ts': `import Realm, { Object as RealmObject } from 'realm'
import { Base } from 'somewhere'

class Plain { static schema = { name: 'Plain', properties: { a: 'int' } } }
class Middle extends RealmObject {}
class Deep extends Middle { static schema = { name: 'Deep', properties: { a: 'int' } } }
class Far extends Base { static schema = { name: 'Far', properties: { a: 'int' } } }
class Mixed extends mixin(Realm.Object) { static schema = { name: 'Mixed', properties: { a: 'int' } } }

export const realm = new Realm({ schema: [Plain.schema, Deep, Far, Mixed], schemaVersion: 1 })
`,
      },
    },
  ],
}

/** True for a class that Realm does not take as an element of the schema. */
export function isRefused(model: ModelClass | undefined, store: RealmStore): boolean {
  const major = majorOf(store.project)
  return model?.extendsRealm === false && major !== undefined && major >= 11
}
