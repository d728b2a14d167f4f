// Right schemas that look wrong: with all rules on, nothing may be reported.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import { type RunningApp, runApp } from '../../testkit/run-example.ts'
import type { ProjectOptions } from '../../testkit/workspace-of.ts'

const allFindings = (app: RunningApp): string[] =>
  [...app.texts.keys()].flatMap(file =>
    app.analyzer.findings(file).map(finding => `${file} ${finding.rule}: ${finding.message}`),
  )

const staysSilent = (files: Record<string, string>, project?: ProjectOptions) =>
  assert.deepEqual(allFindings(runApp(files, project && { project })), [])

const classes = (all: Record<string, string>) => realmApp({ classes: all })

describe('Realm schemas that look wrong', () => {
  for (const version of ['10.21.1', '11.10.2'])
    it(`realm ${version}: shorthands in objects, before 11 classes without a base: what the parser in C++ took`, () => {
      staysSilent(
        {
          'src/Task.js': `${version < '11' ? 'export default class Task {}' : "import Realm from 'realm'\n\nexport default class Task extends Realm.Object {}"}
Task.schema = {
  name: 'Task',
  primaryKey: '_id',
  comment: 'kept as it is',
  properties: {
    id: { type: 'int', mapTo: '_id' },
    image: { type: 'Image?' },
    images: { type: 'Image[]' },
    note: { type: 'string?', nullable: true, default: '' },
    extra: '{}',
    counts: 'int{}?',
  },
}
`,
          'src/image.js': "export const Image = { name: 'Image', properties: { url: 'string' } }\n",
          'src/realm.js': `import Realm from 'realm'
import Task from './Task'
import { Image } from './image'

export const open = () => Realm.open({ schema: [Task, Image], schemaVersion: 2, ${version < '11' ? 'migration' : 'onMigration'}: () => {} })
`,
        },
        realmProject(version),
      )
    })

  it('all that the shorthand takes', () => {
    staysSilent(
      classes({
        Task: `primaryKey: 'id',
properties: {
  id: 'string?', a: 'int?[]', b: 'Task{}', c: 'Task?{}', d: 'Task?', e: 'mixed?', f: 'counter?', g: 'mixed[]',
  h: { type: 'object', objectType: 'Task', optional: true },
  i: { type: 'string', optional: true, default: null },
  j: 'int', k: 'My Class', l: 'My Class[]', m: 'bool?<>', n: 'decimal128{}',
},`,
        Int: 'properties: {},',
        MyClass: "{ name: 'My Class', properties: { x: 'Int', y: 'Int[]' } }",
        Alone: "embedded: true, properties: { x: 'int' },",
      }),
      realm12,
    )
  })

  it('one name in different lists, in dead copies and in generated ones', () => {
    const schema = (kind: string) => `export const TaskSchema = { name: 'Task', properties: { title: '${kind}' } }\n`
    staysSilent(
      {
        'src/schema.ts': schema('string'),
        'src/schema.generated.ts': schema('int'),
        'src/legacy/schema.ts': schema('bool'),
        'src/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'
import { TaskSchema as LegacyTask } from './legacy/schema'

export const open = () => Realm.open({ path: 'new.realm', schema: [TaskSchema], schemaVersion: 1 })
export const openLegacy = () => Realm.open({ path: 'old.realm', schema: [LegacyTask], schemaVersion: 7 })
`,
      },
      realm12,
    )
  })

  it('schemas from packages, built at run time, spread from what is not known', () => {
    staysSilent(
      {
        'src/schema.js': `import { base, schemas, makeClass } from 'models'

const names = ['a', 'b']
export const Built = { name: 'Built', primaryKey: 'key', properties: Object.fromEntries(names.map(name => [name, 'Missing'])) }
export const Spread = { ...base, primaryKey: 'key', properties: { ...base.properties, link: 'Elsewhere' } }
export const Typed = { name: 'Typed', properties: { kind: { type: base.type, objectType: base.of, nothing: undefined } } }
export const Named = { name: base.name, properties: { other: 'Elsewhere' } }
export const all = [Built, Spread, Typed, Named, makeClass('x'), ...schemas]
`,
        'src/realm.js': `import Realm from 'realm'
import { all } from './schema'

export const open = () => Realm.open({ schema: all, schemaVersion: 1 })
`,
      },
      realmProject('10.21.1'),
    )
  })

  it('enum names, computed keys, shared properties, schemas of a map', () => {
    staysSilent(
      {
        'src/names.ts':
          "export enum Names {\n  Task = 'Task',\n  User = 'App User',\n}\nexport const key = 'id' as const\n",
        'src/schema.ts': `import { key, Names } from './names'

const shared = { createdAt: { type: 'date', default: () => new Date() }, updatedAt: 'date?' }
export const schemas = {
  [Names.Task]: {
    name: Names.Task,
    primaryKey: key,
    properties: { [key]: 'string', owner: Names.User, others: \`\${Names.User}[]\`, ...shared },
  },
  [Names.User]: {
    name: Names.User,
    properties: { tasks: { type: 'linkingObjects', objectType: Names.Task, property: 'owner' }, ...shared },
  },
}
`,
        'src/realm.ts': `import Realm from 'realm'
import { schemas } from './schema'

export const open = () => Realm.open({ schema: Object.values(schemas), schemaVersion: 1 })
`,
      },
      realmProject('20.2.0'),
    )
  })

  it('classes with fields and a schema under the preset of React Native', () => {
    staysSilent(
      realmApp({
        models: {
          Task: `_id!: Realm.BSON.ObjectId
name!: string
note?: string
static schema: Realm.ObjectSchema = {
  name: 'Task',
  primaryKey: '_id',
  properties: { _id: 'objectId', name: 'string', note: 'string?' },
}`,
        },
      }),
      {
        ...realm12,
        babel: { file: '/app/babel.config.js', presets: ['module:@react-native/babel-preset'], plugins: [] },
      },
    )
  })

  it('classes that the Babel plugin translates', () => {
    staysSilent(
      realmApp({
        models: {
          Task: `import Realm, { index, mapTo } from 'realm'
import { User } from './User'

export class Task extends Realm.Object<Task> {
  _id = new Realm.BSON.ObjectId()
  @index title!: string
  @index('full-text') body!: string
  @mapTo('is_done') done = false
  createdAt: Date = new Date()
  owner?: User
  tags!: Realm.List<string>
  count: Realm.Types.Int = 0
  static primaryKey = '_id'
}
`,
          User: `import Realm from 'realm'
import { Task } from './Task'

export class User extends Realm.Object<User> {
  name!: string
  tasks!: Realm.Types.LinkingObjects<Task, 'owner'>
}
`,
        },
      }),
      withBabelPlugin('20.2.0'),
    )
  })

  it('tests and fixtures full of wrong schemas', () => {
    const wrong = `import Realm from 'realm'

const Wrong = { name: '', primarykey: 'x', properties: { a: 'int[][]', b: { type: 'int?' }, c: 'Nowhere', c2: null } }
export const open = () => new Realm({ schema: [Wrong, Wrong] })
`
    staysSilent(
      {
        ...realmApp({}),
        'src/__tests__/schema.ts': wrong,
        'src/db/realm.test.ts': wrong,
        'tests/fixtures/schema.js': wrong,
      },
      realm12,
    )
  })

  it('an app whose version of realm is not known', () => {
    staysSilent(
      classes({
        Task: "primaryKey: '_id', properties: { id: { type: 'int', mapTo: '_id' }, a: { type: 'int?' }, b: { type: 'string', nullable: true }, c: '{}' },",
      }),
    )
  })

  it('a file that is being typed', () => {
    staysSilent(
      {
        ...realmApp({}),
        'src/db/schema.ts': "export const TaskSchema = {\n  name: 'Task',\n  properties: {\n    title: 'strin",
      },
      realm12,
    )
  })
})
