// The palette commands for realms: what they write is read back, and no rule finds anything in it.
import assert from 'node:assert/strict'
import type { FieldWish, Generated } from '../../src/core/engines/contract.ts'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { applyFix, type RunningApp, runApp } from '../../testkit/run-example.ts'
import { classLines, realmsOf } from './listing.ts'

type Files = Readonly<Record<string, string>>
type Project = NonNullable<Example['project']>

interface App {
  readonly files: Files
  readonly project?: Project
}

const objects = realmApp({
  classes: {
    Task: "primaryKey: 'id',\nproperties: {\n  id: 'int',\n  owner: 'User',\n},",
    User: "properties: { name: 'string?' },",
  },
})
const schemas = realmApp({
  models: {
    Task: `_id!: Realm.BSON.ObjectId;
title!: string;

static schema: Realm.ObjectSchema = {
  name: 'Task',
  primaryKey: '_id',
  properties: { _id: { type: 'objectId', default: () => new Realm.BSON.ObjectId() }, title: 'string' },
};`,
    User: "static schema = { name: 'User', properties: { name: 'string' } }",
  },
})
const members = realmApp({
  models: {
    Task: "_id: Realm.BSON.ObjectId = new Realm.BSON.ObjectId();\ntitle!: string;\n\nstatic primaryKey = '_id';",
    User: 'name!: string',
  },
})
const assigned = {
  'src/models/task.js': `import Realm from 'realm';

export default class Task extends Realm.Object {}

Task.schema = {
  name: 'Task',
  primaryKey: 'id',
  properties: {
    id: 'string',
  },
};
`,
  'src/realm.js': `import Realm from 'realm';
import Task from './models/task';

export const realm = new Realm({ schema: [Task.schema], schemaVersion: 3 });
`,
}
const inline = {
  'src/realm.js': `const Realm = require('realm');
module.exports = () => Realm.open({ schema: [{ name: 'Task', properties: { a: 'int' } }], schemaVersion: 3 });
`,
}

/** Apps by the form of their classes. */
const apps: Readonly<Record<string, App>> = {
  'object schemas': { files: objects },
  'classes with a schema': { files: schemas },
  'classes for the Babel plugin': { files: members, project: withBabelPlugin() },
  'schemas assigned to classes': { files: assigned },
  'schemas in the list': { files: inline },
}

function asked(
  { files, project = realm12 }: App,
  ask: 'createEntity' | 'addField' | 'createModel',
  ...given: unknown[]
) {
  const app = runApp(files, { project })
  const [store] = app.analyzer.stores()
  const generate = app.analyzer.generators(store!)[ask] as (...all: unknown[]) => Generated
  return { app, made: generate(store, ...given, app.context) }
}

const wish = (type: string, more: Partial<FieldWish> = {}): FieldWish => ({
  name: 'extra',
  type,
  optional: false,
  indexed: false,
  ...more,
})

function written({ app, made }: { app: RunningApp; made: Generated }): Record<string, string> {
  assert.ok('edits' in made, JSON.stringify(made))
  return applyFix(app, { title: made.message, safe: false, edits: made.edits })
}

function linesOf(files: Files, project: Project = realm12): readonly string[] {
  const { analyzer, texts } = runApp(files, { project })
  for (const file of texts.keys()) {
    assert.equal(analyzer.facts(file)?.error, undefined, texts.get(file))
    assert.deepEqual(analyzer.findings(file), [], texts.get(file))
  }
  return realmsOf(files, project).stores.flatMap(store => [
    `version ${store.version?.value}`,
    ...store.classes.flatMap(classLines),
  ])
}

const problemOf = ({ made }: { made: Generated }): string => ('problem' in made ? made.problem : '')

describe('Realm: Create Object Schema', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    'object schemas': ['Note object', '  id: int key'],
    'classes with a schema': ['Note static-schema', '  _id: objectId key default'],
    'classes for the Babel plugin': ['Note babel', '  _id: objectId key default'],
    'schemas assigned to classes': ['Note assigned-schema', '  id: string key'],
    'schemas in the list': ['Note object', '  _id: objectId key'],
  }
  for (const [form, app] of Object.entries(apps))
    it(`follows ${form}`, () => {
      const before = linesOf(app.files, app.project)
      assert.deepEqual(linesOf(written(asked(app, 'createEntity', 'Note')), app.project), [
        ...before,
        ...expected[form]!,
      ])
    })

  it('is called and exported like its neighbours, in a file that is named like theirs', () => {
    assert.match(
      written(asked({ files: objects }, 'createEntity', 'Note'))['src/db/schema.ts']!,
      /export const NoteSchema: Realm\.ObjectSchema = \{/,
    )
    const made = written(asked({ files: assigned }, 'createEntity', 'BlogPost'))
    assert.match(
      made['src/models/blogPost.js']!,
      /^import Realm from 'realm';\n\nexport default class BlogPost extends Realm\.Object \{\}/,
    )
    assert.match(
      made['src/realm.js']!,
      /import BlogPost from '.\/models\/blogPost';[\s\S]*\[Task\.schema, BlogPost\.schema\]/,
    )
  })

  it('imports what it uses, and nothing else', () => {
    const files = Object.fromEntries(
      Object.entries(schemas).map(([path, text]) => [
        path,
        text.replace("import Realm from 'realm'", "import Realm, { BSON } from 'realm'"),
      ]),
    )
    assert.match(
      written(asked({ files }, 'createEntity', 'Note'))['src/models/Note.ts']!,
      /^import Realm from 'realm';\n\nexport class/,
    )
  })

  it('refuses names that are taken, or that mean something else', () => {
    const create = (name: string, files: Files = objects) => problemOf(asked({ files }, 'createEntity', name))
    assert.match(create('Task'), /already/)
    assert.match(create('a-b'), /no name/)
    assert.match(create('string'), /means something else/)
    assert.match(create('N'.repeat(58)), /no name/)
    const typed = { ...objects, 'src/db/schema.ts': `${objects['src/db/schema.ts']}\ntype NoteSchema = 1\n` }
    assert.match(create('Note', typed), /"NoteSchema" means something else/)
  })
})

describe('Realm: Add Property', () => {
  for (const [form, app] of Object.entries(apps))
    it(`adds to ${form}, and raises the version`, () => {
      const before = linesOf(app.files, app.project)
      const now = linesOf(
        written(asked(app, 'addField', 'Task', wish('date', { optional: true, indexed: true }))),
        app.project,
      )
      const version = Number(before[0]!.split(' ')[1])
      assert.equal(now[0], `version ${version + 1}`)
      assert.deepEqual(now.filter(line => !before.includes(line)).slice(1), ['  extra: date? indexed'])
    })

  it('writes the field of the class as its others are written', () => {
    const task = (type: string, optional = false, files: Files = schemas, project?: Project) =>
      /(?<=\n) *extra.*(?=;\n)/
        .exec(
          written(asked({ files, ...(project && { project }) }, 'addField', 'Task', wish(type, { optional })))[
            'src/models/Task.ts'
          ]!,
        )?.[0]
        .trim()
    assert.equal(task('string'), 'extra!: string')
    assert.equal(task('string', true), 'extra!: string | null')
    assert.equal(task('User'), 'extra!: User | null')
    assert.equal(task('User[]'), 'extra!: Realm.List<User>')
    assert.equal(task('int?{}'), 'extra!: Realm.Dictionary<number | null>')
    const declared = {
      ...schemas,
      'src/models/Task.ts': schemas['src/models/Task.ts']!.replaceAll(/(_id|title)!:/g, 'declare $1:'),
    }
    assert.match(
      written(asked({ files: declared }, 'addField', 'Task', wish('bool')))['src/models/Task.ts']!,
      /declare extra: boolean;/,
    )
    assert.equal(task('int', true, members, withBabelPlugin()), 'extra?: Realm.Types.Int')
    assert.equal(task('User', false, members, withBabelPlugin()), 'extra?: User')
    assert.equal(task('double[]', false, members, withBabelPlugin()), 'extra!: Realm.List<Realm.Types.Double>')
  })

  it('raises the version of a released class alone, once', () => {
    const ask = (released: Files | undefined, files: Files, to = 'Task') => {
      const app = runApp(files, { project: realm12, ...(released && { released }) })
      const [store] = app.analyzer.stores()
      const made = app.analyzer.generators(store!).addField!(store!, to, wish('int'), app.context)
      return {
        message: 'message' in made ? made.message : made.problem,
        version: /schemaVersion: (\d+)/.exec(written({ app, made })['src/db/realm.ts']!)?.[1],
      }
    }
    const withNote = written(asked({ files: objects }, 'createEntity', 'Note'))
    assert.equal(ask(objects, objects).version, '2')
    assert.match(ask(objects, objects).message, /Raised "schemaVersion" to 2\. Objects that are stored already get 0\./)
    assert.equal(ask(objects, withNote, 'Note').version, '1')
    const raised = {
      ...objects,
      'src/db/realm.ts': objects['src/db/realm.ts']!.replace('schemaVersion: 1', 'schemaVersion: 2'),
    }
    assert.equal(ask(objects, raised).version, '2')
    assert.equal(ask(undefined, objects).version, '2')
  })

  it('keeps the version of realms that nobody migrates', () => {
    const synced = realmApp({ config: 'sync: { user, flexible: true },' })
    assert.match(
      written(asked({ files: synced }, 'addField', 'Task', wish('int')))['src/db/realm.ts']!,
      /schemaVersion: 1/,
    )
  })

  it('refuses what Realm refuses', () => {
    const add = (field: FieldWish, to = 'Task') => problemOf(asked({ files: objects }, 'addField', to, field))
    assert.match(add(wish('int'), 'Nobody'), /no object schema "Nobody"/)
    assert.match(add(wish('int', { name: 'id' })), /already/)
    assert.match(add(wish('int', { name: 'a b' })), /no name/)
    assert.match(add(wish('number')), /neither a type of Realm nor an object schema/)
    assert.match(add(wish('list')), /no type of Realm/)
    assert.match(add(wish('double', { indexed: true })), /cannot be indexed/)
  })

  it('leaves properties alone that it cannot edit, or that classes share', () => {
    const shared = {
      'src/realm.ts': `import Realm from 'realm'
const properties = { a: 'int' }
export const realm = new Realm({ schema: [{ name: 'A', properties }, { name: 'B', properties }], schemaVersion: 1 })
`,
    }
    assert.match(problemOf(asked({ files: shared }, 'addField', 'A', wish('int'))), /cannot be edited|can be edited/)
  })
})

describe('Realm: Create Model', () => {
  it('writes a class that stands in the list for the object schema', () => {
    const made = written(asked({ files: objects }, 'createModel', 'User'))
    assert.match(
      made['src/db/schema.ts']!,
      /export class User extends Realm\.Object<User> \{\n {2}declare name: string \| null\n\n {2}static schema: Realm\.ObjectSchema = UserSchema\n\}/,
    )
    assert.match(made['src/db/realm.ts']!, /import \{ TaskSchema, User \} from[\s\S]*schema: \[TaskSchema, User\]/)
    assert.deepEqual(linesOf(made).slice(-2), ['User static-schema', '  name: string?'])
  })

  it('keeps the import of a constant that is used elsewhere', () => {
    const files = {
      ...objects,
      'src/db/realm.ts': `${objects['src/db/realm.ts']}\nexport const users = (realm: Realm) => realm.objects(UserSchema.name)\n`,
    }
    assert.match(
      written(asked({ files }, 'createModel', 'User'))['src/db/realm.ts']!,
      /import \{ TaskSchema, UserSchema, User \}/,
    )
  })

  it('is refused where a class cannot stand, or would be broken', () => {
    assert.match(problemOf(asked({ files: schemas }, 'createModel', 'Task')), /class already/)
    assert.match(problemOf(asked({ files: inline }, 'createModel', 'Task')), /no constant of its own/)
    assert.match(
      problemOf(asked({ files: objects, project: withBabelPlugin() }, 'createModel', 'Task')),
      /Babel plugin/,
    )
    const typed = {
      ...objects,
      'src/db/schema.ts': `${objects['src/db/schema.ts']}\nexport interface Task { id: number }\n`,
    }
    assert.match(
      problemOf(asked({ files: typed, project: realmProject() }, 'createModel', 'Task')),
      /means something else/,
    )
  })
})
