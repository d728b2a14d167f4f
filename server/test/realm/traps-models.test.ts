// Right classes, and right uses of them, that look wrong: with all rules on, nothing may be reported.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { runApp } from '../../testkit/run-example.ts'

const findings = (files: Record<string, string>, project: Example['project']): string[] => {
  const app = runApp(files, project && { project })
  return [...app.texts.keys()].flatMap(file =>
    app.analyzer.findings(file).map(finding => `${file} ${finding.rule}: ${finding.message}`),
  )
}

const staysSilent = (files: Record<string, string>, project: Example['project'] = realm12) =>
  assert.deepEqual(findings(files, project), [])

const opened = (imports: string, schema: string) => `import Realm from 'realm'
${imports}
export const realm = new Realm({ schema: ${schema}, schemaVersion: 1 })
`

describe('Realm models that look wrong', () => {
  it('realm 10: plain classes, old names, objects without a realm', () => {
    staysSilent(
      {
        'src/Image.js': "export class Image { static schema = { name: 'Image', properties: { url: 'string' } } }\n",
        'src/Task.js': `export class Task {
  static schema = { name: 'Task', primaryKey: 'id', properties: { id: 'int', title: 'string', image: { type: 'Image?' } } }
}
`,
        'src/realm.js': `import Realm from 'realm'
import { Task } from './Task'
import { Image } from './Image'

export const open = () => Realm.open({ schema: [Task, Image], schemaVersion: 1, migration: () => {} })
export const look = realm => (realm.empty ? new Task({ title: realm.readOnly }) : undefined)
`,
      },
      realmProject('10.24.0'),
    )
  })

  it('fields that React Native builds take away', () => {
    const models = {
      Task: `_id!: Realm.BSON.ObjectId
title!: string
done!: boolean
static schema = {
  name: 'Task',
  primaryKey: '_id',
  properties: { _id: 'objectId', title: 'string', done: { type: 'bool', default: false } },
}`,
    }
    const add = `import { BSON } from 'realm'
import type Realm from 'realm'
import { Task } from './models/Task'

export const add = (realm: Realm) => realm.write(() => new Task(realm, { _id: new BSON.ObjectId(), title: 'a', done: true }))
`
    const babel = { file: '/app/babel.config.js', presets: ['module:@react-native/babel-preset'], plugins: [] }
    const tsconfig = { file: '/app/tsconfig.json', target: 'ESNext' }
    staysSilent({ ...realmApp({ models }), 'src/add.ts': add }, { ...realm12, babel, tsconfig })
  })

  it('every kind of member that the Babel plugin takes', () => {
    staysSilent(
      realmApp({
        models: {
          Task: `import Realm, { BSON, index, mapTo } from 'realm'

export class Task extends Realm.Object<Task, 'title'> {
  _id: BSON.ObjectId = new BSON.ObjectId()
  @index title!: string
  @mapTo('is_done') done: boolean = false
  count: Realm.Types.Int = 0
  price?: Realm.BSON.Decimal128
  createdAt: Date = new Date()
  tags!: Realm.List<string>
  kinds!: Realm.Set<Realm.Types.Int>
  places!: Realm.Dictionary<string>
  anything!: Realm.Mixed
  parent?: Task
  children!: Realm.Types.LinkingObjects<Task, 'parent'>
  raw?: ArrayBuffer
  static primaryKey = '_id'
  static make(title: string) {
    return { title }
  }
  get label() {
    return this.title
  }
  private isShown = () => this.done
  static readonly all: string[] = []
}
`,
        },
        files: {
          'src/add.ts': `import type Realm from 'realm'
import { Task } from './models/Task'

export const add = (realm: Realm) =>
  realm.write(() => {
    new Task(realm, { title: 'a' })
    new Task(realm, Task.make('b'))
    realm.create(Task, { title: 'c', tags: ['x'], places: { home: 'a' }, parent: undefined })
  })
`,
        },
      }),
      withBabelPlugin(),
    )
  })

  it('Realm from @realm/react, Object by name, the global Realm, bases of bases', () => {
    staysSilent(
      {
        'src/models.ts': `import { Realm } from '@realm/react'
import { Object as RealmObject, Object } from 'realm'

export abstract class Base<T> extends Realm.Object<T> {
  declare createdAt: Date
}
export class A extends Base<A> {
  title!: string
  static schema = { name: 'A', properties: { title: 'string', createdAt: 'date' } }
}
export class B extends RealmObject<B> {
  static schema: Realm.ObjectSchema = { name: 'B', embedded: true, properties: { at: 'date?' } }
}
export class C extends Object<C> {
  static get schema(): Realm.ObjectSchema {
    return { name: 'C', properties: { b: 'B' } }
  }
}
`,
        'src/Global.js':
          "export class D extends Realm.Object {}\nD.schema = { name: 'D', properties: { e: 'string?' } }\n",
        'src/realm.ts': opened(
          "import { A, B, C } from './models'\nimport { D } from './Global'\nimport { Far } from 'far-models'",
          '[A, B, C, D, Far]',
        ),
      },
      realmProject('20.2.0', '0.20.0'),
    )
  })

  it('values with spreads, updates, defaults, optional and persisted names', () => {
    staysSilent({
      ...realmApp({
        classes: {
          Task: `primaryKey: 'id',
properties: {
  id: 'string?',
  title: 'string',
  shown: { type: 'string', mapTo: 'shown_as', default: '' },
  note: { type: 'string', optional: true, default: null },
  count: 'counter?',
  owner: 'User?',
  steps: 'Step[]',
  places: 'Step{}',
},`,
          User: "properties: { name: 'string' },",
          Step: "embedded: true,\nproperties: { text: 'string' },",
        },
      }),
      'src/add.ts': `import Realm from 'realm'

export const add = (realm: Realm, old: object, task: { id: string }, user: Realm.Object) =>
  realm.write(() => {
    realm.create('Task', { title: 'a' })
    realm.create('Task', { ...old, extra: 1 })
    realm.create('Task', { id: task.id }, Realm.UpdateMode.Modified)
    realm.create('Task', { id: task.id, steps: [{}] }, 'modified')
    realm.create('Task', { id: task.id, owner: {} }, true)
    realm.create('Task', { id: null, title: task['title'], owner: user, steps: [{ text: 'a' }], places: { home: { text: 'b' } } })
    realm.create('Task', { id: 'x', title: 'b', owner: null, places: {} })
    const draft = { title: 'c', unknown: 1 }
    realm.create('Task', draft)
  })
export const api = { create: (name: string, values: object) => fetch(name, { body: JSON.stringify(values) }) }
export const post = () => api.create('Task', { anything: 1 })
`,
    })
  })

  it('rows that a migration creates of a class that is gone', () => {
    staysSilent(
      realmApp({
        classes: { Task: "properties: { title: 'string' }," },
        version: 2,
        config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    for (const row of oldRealm.objects<any>('Todo')) newRealm.create('Task', { title: row.name })
    newRealm.deleteModel('Todo')
  }
},`,
      }),
    )
  })

  it('types that could be anything, and classes beside the schema', () => {
    staysSilent(
      realmApp({
        models: {
          Task: `import Realm, { BSON } from 'realm'
import type { Kind, Title } from '../types'

export class Task extends Realm.Object<Task> {
  _id!: BSON.ObjectId
  title!: Title
  kind!: Kind
  level!: 1 | 2
  state!: 'open' | 'done'
  due?: Date
  tags!: Realm.List<Kind>
  extra!: any
  selected = false
  onChange?: () => void
  static schema: Realm.ObjectSchema = {
    name: 'Task',
    primaryKey: '_id',
    properties: {
      _id: 'objectId', title: 'string?', kind: 'string', level: 'int', state: 'string', due: 'date?', tags: 'string[]',
      extra: 'mixed',
    },
  }
}
export class NotStored {
  title!: number
}
`,
        },
      }),
    )
  })

  it('tests and fixtures full of wrong classes', () => {
    const wrong = `import Realm, { index } from 'realm'

class Task { static schema = { name: 'Task', properties: { title: 'string' } } }
class Note extends Realm.Object { @index title!: string[] }
const realm = new Realm({ schema: [Task, Note] })
realm.create('Task', { nothing: 1 })
`
    staysSilent({ ...realmApp({}), 'src/__tests__/a.ts': wrong, 'src/b.test.ts': wrong, 'tests/fixtures/c.ts': wrong })
  })

  it('a Babel config that only running would tell', () => {
    const files = realmApp({
      models: {
        Task: "import Realm, { index } from 'realm'\nexport class Task extends Realm.Object<Task> {\n  @index title!: string\n}",
      },
    })
    staysSilent(files, { ...realm12, babel: 'unknown' })
  })
})
