// Every form in which apps declare the classes of a realm.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import { listing } from './listing.ts'

const openOf = (imports: string, schema: string) => `import Realm from 'realm'
${imports}
export const realm = new Realm({ schema: ${schema}, schemaVersion: 2 })
`

const expect = (files: Readonly<Record<string, string>>, lines: string, project = realm12) =>
  assert.equal(listing(files, project), lines.trim().replace(/^ {6}/gm, ''))

describe('Realm classes', () => {
  it('as plain objects, with shorthands and object forms', () => {
    expect(
      realmApp({
        classes: {
          Task: `primaryKey: '_id',
properties: {
  _id: 'objectId',
  title: { type: 'string', indexed: 'full-text', mapTo: 't' },
  done: { type: 'bool', default: false, indexed: true },
  tags: 'string?[]',
  owner: 'User?',
  places: 'User{}',
  days: 'int<>',
  anything: 'mixed',
  count: 'counter?',
  steps: { type: 'list', objectType: 'Task' },
  of: { type: 'linkingObjects', objectType: 'Task', property: 'steps' },
  when: { type: 'date', optional: true },
},`,
          User: 'embedded: true,\nproperties: {},\nasymmetric: false,',
        },
      }),
      `
      default v1 (open): Task, User
        Task object
          _id: objectId key
          title: string full-text -> t
          done: bool indexed default
          tags: string?[]
          owner: User
          places: User{}
          days: int<>
          anything: mixed
          count: counter?
          steps: Task[]
          of: linkingObjects<Task.steps>
          when: date?
        User object embedded`,
    )
  })

  it('as classes with a static schema, a getter, a schema assigned after the class, and an inherited one', () => {
    expect(
      {
        'src/models.js': `import Realm from 'realm'
export class A extends Realm.Object {}
A.schema = { name: 'A', properties: { a: 'int' } }
export class B extends Realm.Object { static schema = { name: 'Bee', properties: { b: 'int' } } }
export class C extends Realm.Object { static get schema() { return { name: 'C', properties: { c: 'int' } } } }
class Base extends Realm.Object { static schema = { name: 'D', properties: { d: 'int' } } }
export class D extends Base {}
const shared = { name: 'E', properties: { e: 'int' } }
export class E { static schema = shared }
export class F extends Realm.Object { static schema = { name: 'F', properties: { f: 'int' } } }
`,
        'src/realm.js': openOf("import { A, B, C, D, E, F } from './models'", '[A, B, C, D, E, F.schema]'),
      },
      `
      default v2 (new): A, Bee, C, D, E, F
        A assigned-schema
          a: int
        Bee static-schema
          b: int
        C static-schema
          c: int
        D static-schema
          d: int
        E static-schema
          e: int
        F static-schema
          f: int`,
    )
  })

  it('with spreads, shared constants, names from enums and types from templates', () => {
    expect(
      {
        'src/names.ts':
          "export enum Names { Task = 'Task', User = 'User' }\nexport const ID = { id: 'string' } as const\n",
        'src/schema.ts': `import { ID, Names } from './names'
const base = { ...ID, at: 'date' } as const
const kind = 'int'
export const TaskSchema = { name: Names.Task, primaryKey: 'id', properties: { ...base, owner: Names.User, owners: \`\${Names.User}[]\`, maybe: \`\${Names.User}?\`, kind } }
export const UserSchema = { name: Names.User, properties: base } as const satisfies object
`,
        'src/realm.ts': openOf(
          "import * as schemas from './schema'",
          'Object.values(schemas.all ?? [schemas.TaskSchema])',
        ),
        'src/other.ts': openOf("import { TaskSchema, UserSchema } from './schema'", '[TaskSchema, UserSchema]'),
      },
      `
      default v2 (new, new): Task, User ?
        Task object
          id: string key
          at: date
          owner: User
          owners: User[]
          maybe: User
          kind: int
        User object
          id: string
          at: date`,
    )
  })

  it('in lists that are imported, spread, joined, mapped and taken from objects', () => {
    const schema = (name: string) => `{ name: '${name}', properties: {} }`
    const lists: Readonly<Record<string, string>> = {
      'a list that is imported': 'all',
      'spreads of lists': '[...some, ...more]',
      'lists that are joined': 'some.concat(more)',
      'values of a map': 'Object.values({ [key]: some[0], b: B, c: more[0] })',
      'classes that are mapped to their schemas': '[A, B, C].map(one => one)',
      'a function that gives them': 'list()',
    }
    for (const [name, list] of Object.entries(lists))
      assert.equal(
        listing(
          {
            'src/lists.ts': `export const A = ${schema('A')}
export const B = ${schema('B')}
export const C = ${schema('C')}
export const some = [A, B]
export const more = [C]
export const all = [...some, C]
export const key = 'a'
export const list = () => all
`,
            'src/realm.ts': openOf("import { A, all, B, C, key, list, more, some } from './lists'", list),
          },
          realm12,
        ),
        'default v2 (new): A, B, C\n  A object\n  B object\n  C object',
        name,
      )
  })

  it('is open where something cannot be read', () => {
    expect(
      {
        'src/realm.ts': openOf(
          "import { Other } from 'other-package'\nimport { parts, build } from './parts'",
          `[Other, { name: 'A', properties: { ...parts, a: 'int', [key()]: 'int', b: type() } }, { name: name(), properties: {} }, { ...build(), name: 'B' }, ...build()]`,
        ),
      },
      `
      default v2 (new): A, <nameless>, B ?
        A object ?
          a: int
          b: ? indexed? unclear
        <nameless> object
        B object ?`,
    )
  })

  it('that realm refuses', () => {
    expect(
      realmApp({
        classes: {
          A: `properties: {
  a: '', b: 'int[][]', c: 'int[]?', d: 'list', e: { type: 'B' }, f: { type: 'int?' }, g: { type: 'int', nullable: true },
  h: null, i: { type: 5 }, j: { type: 'list' }, k: { type: 'int', indexed: 'yes' },
},`,
        },
      }),
      `
      default v1 (open): A
        A object
          a: ? ! The type must be specified.
          b: ? ! Nested collections are not supported.
          c: ? ! Collections cannot be optional. To allow elements of the collection to be optional, use '?' after the element type. (Examples: 'int?[]', 'int?{}', and 'int?<>')
          d: ? ! Cannot use the collection name list. (Examples: 'int[]' (list), 'int{}' (dictionary), and 'int<>' (set))
          e: ? ! If you meant to define a relationship, use { type: 'object', objectType: 'B' } or { type: 'linkingObjects', objectType: 'B', property: 'The B property' }
          f: ? ! Cannot use shorthand '?' in 'type' or 'objectType' when defining property objects.
          g: int ! Unexpected field(s) found on the schema for property 'g' on 'A': 'nullable'.
          h: ? indexed? ! Expected 'h' on 'A' to be an object, got null
          i: ? unclear ! Expected 'i.type' on 'A' to be a string, got a number
          j: ? ! A list must contain only primitive or user-defined types specified through 'objectType'.
          k: int indexed? unclear ! Expected 'k.indexed' on 'A' to be a boolean or 'full-text'.`,
    )
  })

  it('takes shorthands in the object form before realm 12, and judges nothing where the version is not known', () => {
    const app = realmApp({
      classes: {
        A: "properties: { image: { type: 'Image?' }, link: { type: 'Image' }, bad: { type: 'int', nullable: true } }",
      },
    })
    assert.match(listing(app, realmProject('11.10.2')), /image: Image\n.*link: Image$/m)
    assert.match(listing(app, realmProject('10.24.0')), /image: Image\n.*link: Image\n.*bad: int$/m)
    assert.match(listing(app, { versions: {} }), /image: \?\n.*link: \?\n.*bad: int$/m)
  })

  it('takes {} for a dictionary of anything before realm 12, and refuses it since', () => {
    const app = realmApp({
      classes: { A: "properties: { any: '{}', more: { type: '{}?', properties: { a: 'int' } } }" },
    })
    assert.match(listing(app, realmProject('10.24.0')), /any: mixed\{\}\n.*more: mixed\{\}$/)
    assert.match(listing(app, realmProject('11.10.2')), /any: mixed\{\}\n.*more: mixed\{\}$/)
    assert.match(listing(app, realmProject('12.0.0')), /any: \? ! The element type must be specified.*\n.*more: \? !/)
    assert.match(listing(app, { versions: {} }), /any: \?\n.*more: \?$/)
  })

  it('that the Babel plugin translates', () => {
    expect(
      realmApp({
        models: {
          Task: `import Realm, { index, mapTo, Types } from 'realm'
export class Task extends Realm.Object<Task> {
  static primaryKey = '_id'
  static name = 'Job'
  _id: Realm.BSON.ObjectId = new Realm.BSON.ObjectId()
  @index title!: string
  @Realm.mapTo('n') count?: Realm.Types.Int
  tags!: Realm.List<string>
  next?: Task
  of!: Realm.Types.LinkingObjects<Task, 'next'>
  note!: string | null
  labels!: string[]
  size!: Types.Int
  raw!: Uint8Array
  get short() { return this.title }
}`,
        },
      }),
      `
      default v1 (open): Job
        Job babel
          _id: objectId key default
          title: string indexed
          count: int? -> n
          tags: string[]
          next: Task
          of: linkingObjects<Task.next>
          raw: Uint8Array
          - note dropped, meant string | undefined
          - labels dropped, meant Realm.List<string>
          - size elided-import, meant Realm.Types.Int
          - raw wrong-link, meant ArrayBuffer`,
      withBabelPlugin(),
    )
  })

  it('whose imports of types are kept', () => {
    const app = realmApp({
      models: {
        Task: "import Realm, { Types } from 'realm'\nexport class Task extends Realm.Object {\n  size!: Types.Int\n}",
      },
    })
    const project = withBabelPlugin()
    assert.match(listing(app, project), /size elided-import, meant Realm.Types.Int$/)
    const presets = ['@babel/preset-typescript']
    for (const options of [{ onlyRemoveTypeImports: true }, 'unknown'] as const)
      assert.match(
        listing(app, {
          ...project,
          babel: {
            ...(project.babel as object),
            presets,
            presetOptions: { '@babel/preset-typescript': options },
          } as never,
        }),
        /size: int$/,
      )
  })

  it('that have no schema, as the plugin is off, blind, or not known', () => {
    const app = (file: string, head: string) => ({
      [file]: `import Realm from 'realm'\n${head}\n  title\n}\n`,
      'src/realm.ts': openOf("import { Task } from './Task'", '[Task]'),
    })
    const typed = app('src/Task.ts', 'export class Task extends Realm.Object {')
    const missing = 'default v2 (new): Task\n  Task missing ?'
    assert.equal(listing(typed, realm12), missing)
    assert.equal(listing(app('src/Task.js', 'export class Task extends Realm.Object {'), withBabelPlugin()), missing)
    assert.equal(
      listing(app('src/Task.ts', 'export const Task = class extends Realm.Object {'), withBabelPlugin()),
      missing,
    )
    assert.equal(listing(typed, { ...realm12, babel: 'unknown' }), 'default v2 (new):  ?')
    assert.equal(
      listing(app('src/Task.ts', 'export class Task extends Other {'), withBabelPlugin()),
      'default v2 (new):  ?',
    )
  })
})
