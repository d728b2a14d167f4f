// What may be written where a schema, a class of it, a property or a configuration has room.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject } from '../../src/core/engines/realm/example-app.ts'
import { type Completed, choose, completeFiles, findingsAfter, itemOf } from '../answers/complete.ts'

type App = Parameters<typeof realmApp>[0]

const inApp = (app: App, released?: Readonly<Record<string, string>>): Completed =>
  completeFiles(realmApp(app), { project: realm12, ...(released && { released }) })
const mended = (completed: Completed, label: string): readonly string[] =>
  findingsAfter(choose(completed, label), { project: realm12 })
const textOf = (completed: Completed, label: string): string => itemOf(completed, label).text

const User = "static schema = { name: 'User', properties: { name: 'string', tasks: 'Task[]' } }"
const task = (body: string): App => ({ models: { Task: body, User } })

describe('blanks of Realm: properties', () => {
  const typed = task(`_id!: Realm.BSON.ObjectId
title!: string
count!: number
due?: Date
owner!: User | null
labels!: Realm.List<string>
static schema = { name: 'Task', primaryKey: '_id', properties: { title: 'string', $0 } }`)

  it('offer the fields that the class has and the schema lacks first', () => {
    const completed = inApp({ ...typed, files: {} })
    assert.deepEqual(completed.labels.slice(0, 5), ['_id', 'count', 'due', 'owner', 'labels'])
    assert.deepEqual(
      ['_id', 'count', 'due', 'labels'].map(label => textOf(completed, label)),
      ["_id: 'objectId'", `count: '\${1|int,double,float|}'`, "due: 'date?'", "labels: 'string[]'"],
    )
  })

  it('name classes by their schemas', () => {
    const linked = task(`owner!: Person | null\nstatic schema = { name: 'Task', properties: { $0 } }`)
    const completed = inApp({
      ...linked,
      models: {
        Task: `import Realm from 'realm'\nimport { Person } from './Person'\n\nexport class Task extends Realm.Object<Task> {\n${linked.models!['Task']}\n}\n`,
        Person: "static schema = { name: 'User', properties: { name: 'string' } }",
      },
    })
    assert.equal(textOf(completed, 'owner'), "owner: 'User'")
    assert.deepEqual(mended(completed, 'owner'), [])
  })

  it('offer the primary key that the class names', () => {
    const completed = inApp({ classes: { Task: "primaryKey: '_id',\nproperties: {\n  $0\n}," } })
    assert.equal(textOf(completed, '_id'), `_id: '\${1|objectId,uuid,string,int|}',`)
    assert.deepEqual(mended(completed, '_id'), [])
  })

  it('offer values, links, lists and backlinks that Realm takes', () => {
    const completed = inApp(task("static schema = { name: 'Task', properties: { title: 'string', $0 } }"))
    assert.deepEqual(completed.labels, [
      'property',
      'optional property',
      'indexed property',
      'property with default',
      'list',
      'set',
      'dictionary',
      'parent: Task',
      'children: Task[]',
      'user: User',
      'users: User[]',
      'users: linkingObjects User.tasks',
    ])
    assert.equal(
      textOf(completed, 'users: linkingObjects User.tasks'),
      `\${1:users}: { type: 'linkingObjects', objectType: 'User', property: 'tasks' }`,
    )
    for (const label of completed.labels.filter(one => one !== 'property with default'))
      assert.deepEqual(mended(completed, label), [], label)
  })

  it('offer no backlink that is there', () => {
    const back = "users: { type: 'linkingObjects', objectType: 'User', property: 'tasks' }"
    const completed = inApp(task(`static schema = { name: 'Task', properties: { ${back}, $0 } }`))
    assert.ok(!completed.labels.some(label => label.includes('linkingObjects')))
  })

  it('know a class that no realm lists yet, and a property that is half typed', () => {
    const files = {
      'src/models/Note.ts':
        "import Realm from 'realm'\nexport class Note extends Realm.Object<Note> {\n  text!: string\n  static schema = { name: 'Note', properties: { te$0 } }\n}\n",
    }
    const completed = inApp({ ...task("static schema = { name: 'Task', properties: { title: 'string' } }"), files })
    assert.equal(completed.labels[0], 'text')
    assert.match(choose(completed, 'text')['src/models/Note.ts']!, /properties: \{ text: 'string' \}/)
  })

  it('offer the keys that suit a property in object form', () => {
    const keys = (declaration: string) =>
      inApp(task(`static schema = { name: 'Task', primaryKey: 'id', properties: { ${declaration} } }`)).labels
    assert.deepEqual(keys("title: { type: 'string', $0 }"), ['optional', 'default', 'indexed', 'mapTo'])
    assert.deepEqual(keys("title: { type: 'list', $0 }"), ['objectType', 'optional', 'mapTo'])
    assert.deepEqual(keys("title: { type: 'linkingObjects', $0 }"), ['objectType', 'property'])
    assert.deepEqual(keys("id: { type: 'int', $0 }"), ['default'])
    assert.deepEqual(keys('title: { $0 }'), ['type'])
  })
})

describe('blanks of Realm: classes', () => {
  it('offer the keys that a class lacks', () => {
    const completed = inApp({
      classes: { Task: "{\n  properties: { id: 'int', title: 'string', cost: 'double' },\n  $0\n}" },
    })
    assert.deepEqual(completed.labels, ['name', 'primaryKey', 'embedded'])
    assert.equal(textOf(completed, 'primaryKey'), `primaryKey: '\${1|id,title|}',`)
    const own = inApp(task('static schema = { $0 }'))
    assert.equal(textOf(own, 'name'), `name: '\${1:Task}'`)
    assert.deepEqual(own.labels, ['name', 'primaryKey', 'properties', 'embedded'])
  })

  it('are none in an enum of names, whatever it is called', () => {
    const completed = inApp({ files: { 'src/db/names.ts': "export enum RealmSchema {\n  Task = 'Task',\n$0\n}\n" } })
    assert.deepEqual(completed.labels, [])
  })

  it('are none in objects that are called schemas where no realm is', () => {
    const files = { 'src/form.ts': "export const formSchema = {\n  type: 'object',\n  properties: {},\n  $0\n}\n" }
    assert.deepEqual(completeFiles(files, { project: { versions: {} } }).labels, [])
    assert.deepEqual(completeFiles(files, { project: realm12 }).labels, ['name', 'primaryKey', 'embedded'])
  })

  it('offer no key to embedded classes', () => {
    const completed = inApp({ classes: { Task: "{ name: 'Task', embedded: true, $0 }" } })
    assert.deepEqual(completed.labels, ['properties'])
  })
})

describe('blanks of Realm: the schema list', () => {
  const Note = "static schema = { name: 'Note', properties: { text: 'string' } }"
  const files = (schema: string) => ({
    'src/db/realm.ts': `import Realm from 'realm'
import { Task } from '../models/Task'

export const openRealm = () => Realm.open({ schema: [${schema}], schemaVersion: 1 })
`,
    'src/db/tag.ts':
      "export const TagSchema = { name: 'Tag', properties: { text: 'string' } }\nexport const colours = { red: 1 }\n",
    'src/__tests__/Fake.ts': "export const FakeSchema = { name: 'Fake', properties: {} }\n",
  })
  const models = { Task: "static schema = { name: 'Task', properties: { title: 'string' } }", Note }

  it('offers the classes and object schemas that are not in it, with their imports', () => {
    const completed = inApp({ models, files: files('Task, $0') })
    assert.deepEqual([...completed.labels].sort(), ['Note', 'TagSchema'])
    const chosen = choose(completed, 'Note')
    assert.match(chosen['src/db/realm.ts']!, /import \{ Note \} from '\.\.\/models\/Note'[\s\S]*schema: \[Task, Note\]/)
    assert.deepEqual(mended(completed, 'TagSchema'), [])
  })

  it('writes `.schema` where the others do', () => {
    const completed = inApp({ models, files: files('Task.schema, $0') })
    assert.equal(textOf(completed, 'Note'), 'Note.schema')
    assert.equal(textOf(completed, 'TagSchema'), 'TagSchema')
  })
})

describe('blanks of Realm: the configuration', () => {
  const plain = { Task: "properties: { title: 'string' }," }

  it('offers the version and the migration', () => {
    const completed = inApp({ classes: plain, version: null, config: '$0' })
    assert.deepEqual(completed.labels, ['schemaVersion', 'onMigration', 'path'])
    assert.deepEqual(mended(completed, 'schemaVersion'), [])
    assert.match(
      textOf(completed, 'onMigration'),
      /^onMigration: \(oldRealm, newRealm\) => \{\n\tif \(oldRealm\.schemaVersion < \$\{1:1\}\) \{/,
    )
  })

  it('offers what the version of Realm knows, and nothing that cannot be given', () => {
    const old = completeFiles(realmApp({ classes: plain, config: '$0' }), { project: realmProject('10.24.0') })
    assert.deepEqual(old.labels, ['migration', 'path'])
    assert.deepEqual(inApp({ classes: plain, config: 'deleteRealmIfMigrationNeeded: __DEV__,\n$0' }).labels, ['path'])
    assert.deepEqual(inApp({ classes: plain, version: null, config: 'sync: { user, flexible: true },\n$0' }).labels, [
      'path',
    ])
  })

  it('gives types to parameters that nothing else gives any', () => {
    const files = {
      'src/db/realm.ts':
        "import Realm from 'realm'\nimport { TaskSchema } from './schema'\nexport const config = { schema: [TaskSchema], schemaVersion: 4, $0 }\nexport const open = () => Realm.open(config)\n",
    }
    assert.match(
      textOf(inApp({ classes: plain, files }), 'onMigration'),
      /\(oldRealm: Realm, newRealm: Realm\)[\s\S]*< \$\{1:4\}/,
    )
  })
})
