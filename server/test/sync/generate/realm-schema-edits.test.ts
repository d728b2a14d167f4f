// What "Generate Sync Layer" writes into the app's own Realm schema: all that the layer needs, in the app's style, once; and
// nothing where that is not sure.
import assert from 'node:assert/strict'
import { withBabelPlugin } from '../../../src/core/engines/realm/example-app.ts'
import { broughtToRealm } from '../../../src/core/sync/generate/realm/brought.ts'
import { appRoot, runApp } from '../../../testkit/run-example.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import type { GeneratedApp } from '../../../testkit/sync/run-scaffold.ts'
import { type ProjectOptions, workspaceOf } from '../../../testkit/workspace-of.ts'

type Files = Readonly<Record<string, string>>

const project: ProjectOptions = { versions: { realm: '20.2.0' }, tsconfig: { file: `${appRoot}/tsconfig.json` } }
const withPlugin: ProjectOptions = { ...project, ...withBabelPlugin('20.2.0') }

const task = `import Realm from 'realm'

export class Task extends Realm.Object<Task> {
  _id!: Realm.BSON.ObjectId
  title!: string

  static schema: Realm.ObjectSchema = {
    name: 'Task',
    primaryKey: '_id',
    properties: {
      _id: 'objectId',
      title: 'string',
    },
  }
}
`
const open = (config: string, more = '') => `import Realm from 'realm'
import { Task } from './task'
${more}
export const openRealm = () => Realm.open(${config})
`
const apps: Readonly<Record<string, { readonly files: Files; readonly project?: ProjectOptions }>> = {
  'a class with a schema': {
    files: { 'src/task.ts': task, 'src/realm.ts': open('{ schema: [Task], schemaVersion: 7 }') },
  },
  'a configuration without a version': { files: { 'src/task.ts': task, 'src/realm.ts': open('{ schema: [Task] }') } },
  'the list of schemas as a constant': {
    files: {
      'src/task.ts': task,
      'src/realm.ts': open(
        '{ schema: models, schemaVersion: VERSION }',
        'const VERSION = 2\nexport const models = [Task.schema]',
      ),
    },
  },
  'two openings, the list of one within that of the other': {
    files: {
      'src/task.ts': task,
      'src/realm.ts': `${open('{ schema: models, schemaVersion: 2 }', 'export const models = [Task]')}
const Note = { name: 'Note', primaryKey: 'id', properties: { id: 'string', text: 'string?' } }
export const openAll = () => Realm.open({ schema: [...models, Note], schemaVersion: 2 })
`,
    },
  },
  'the props of a provider': {
    files: {
      'src/task.ts': task,
      'src/app.tsx': `import { RealmProvider } from '@realm/react'
import { Task } from './task'

export const App = () => (
  <RealmProvider schema={[Task]} schemaVersion={4}>
    {null}
  </RealmProvider>
)
`,
    },
  },
  'a context': {
    files: {
      'src/task.ts': task,
      'src/realm.ts': `import { createRealmContext } from '@realm/react'
import { Task } from './task'

export const { RealmProvider, useQuery } = createRealmContext({ schema: [Task], schemaVersion: 4 })
`,
    },
  },
  'objects in the list itself, in another style': {
    files: {
      'src/realm.ts': `import Realm from "realm";

export const realm = new Realm({
    schema: [
        { name: "Task", primaryKey: "id", properties: { id: "string", title: "string" } },
        {
            name: "List",
            primaryKey: "id",
            properties: {
                id: "string",
                tasks: "Task[]"
            }
        }
    ],
    schemaVersion: 1,
    onMigration: (oldRealm, newRealm) => {
        if (oldRealm.schemaVersion < 1) newRealm.deleteModel("Old");
    }
});
`,
    },
  },
  'a class that the Babel plugin reads': {
    files: {
      'src/task.ts': `import Realm, { BSON } from "realm";

export class Task extends Realm.Object<Task> {
  _id: Realm.BSON.ObjectId = new BSON.ObjectId();
  title!: string;
  static primaryKey = "_id";
}
`,
      'src/realm.ts': open('{ schema: [Task], schemaVersion: 3 }'),
    },
    project: withPlugin,
  },
}

describe('the schema of an app that is given a sync layer over Realm', function () {
  this.timeout(60_000)

  for (const [name, { files, project: around = project }] of Object.entries(apps)) {
    it(`holds what the layer needs: ${name}`, () => {
      const once = generateLayer(files, {}, around)
      assert.deepEqual(contents(once.files, around), contentsWith(files, around))
      assert.match(once.files['src/sync/classes.ts'] ?? '', /ends with `\.\.\.syncSchemas`/)
      assert.match(once.message, /Raised "schemaVersion" to \d/)
      const before = findings(files, around)
      assert.deepEqual(
        findings(once.files, around).filter(one => !before.includes(one)),
        [],
      )
      const again = generateLayer(once.files, { plan: 'src/sync' }, around)
      assert.deepEqual([again.written, again.files], [[], once.files])
    })
  }

  it('is written as the app is', () => {
    const { files } = generateLayer(apps['objects in the list itself, in another style']?.files ?? {}, {}, project)
    assert.equal(
      files['src/realm.ts'],
      `import Realm from "realm";
import { syncSchemas, trackedProperties } from "./sync/realm/sync-schema";

export const realm = new Realm({
    schema: [
        { name: "Task", primaryKey: "id", properties: { id: "string", title: "string", ...trackedProperties } },
        {
            name: "List",
            primaryKey: "id",
            properties: {
                id: "string",
                tasks: "Task[]",
                ...trackedProperties
            }
        },
        ...syncSchemas
    ],
    schemaVersion: 2,
    onMigration: (oldRealm, newRealm) => {
        if (oldRealm.schemaVersion < 1) newRealm.deleteModel("Old");
    }
});
`,
    )
    const { files: babel } = generateLayer(apps['a class that the Babel plugin reads']?.files ?? {}, {}, withPlugin)
    assert.match(
      babel['src/task.ts'] ?? '',
      /title!: string;\n {2}_version\?: string;\n {2}_dirtyFields!: Realm\.List<string>;\n {2}_deletedAt\?: Date;\n {2}_base\?: string;\n/,
    )
  })

  it('keeps its version where the release has a lower one, and takes in what is synced later', () => {
    const released = { 'src/task.ts': task, 'src/realm.ts': open('{ schema: [Task], schemaVersion: 6 }') }
    const present = { 'src/task.ts': task, 'src/realm.ts': open('{ schema: [Task], schemaVersion: 7 }') }
    const once = generateLayer(present, {}, project, released)
    assert.match(once.files['src/realm.ts'] ?? '', /schemaVersion: 7 /)
    assert.match(once.message, /Version 7 brings it to phones/)
    const raised = generateLayer(present, {}, project, present)
    assert.match(raised.files['src/realm.ts'] ?? '', /schemaVersion: 8 /)

    const note =
      "export const Note: Realm.ObjectSchema = { name: 'Note', primaryKey: 'id', properties: { id: 'string', text: 'string?' } }\n"
    const grown = {
      ...once.files,
      'src/task.ts': `${once.files['src/task.ts']}\n${note}`,
      'src/realm.ts': (once.files['src/realm.ts'] ?? '')
        .replace('[Task,', '[Task, Note,')
        .replace('{ Task }', '{ Note, Task }'),
    }
    const again = generateLayer(grown, { plan: 'src/sync' }, project, present)
    assert.match(again.files['src/task.ts'] ?? '', /text: 'string\?', \.\.\.trackedProperties/)
    assert.equal(again.files['src/realm.ts'], grown['src/realm.ts'])
    assert.match(again.files['src/sync/classes.ts'] ?? '', /Note: \['text'\]/)
  })

  it('stays as it is where its classes belong to another package than the layer', () => {
    const files = { 'src/task.ts': task, 'src/realm.ts': open('{ schema: [Task], schemaVersion: 7 }') }
    const { analyzer, texts, context } = runApp(files, { rules: [], project })
    const around = workspaceOf(texts.keys(), project)
    const mobile = `${appRoot}/mobile`
    analyzer.setWorkspace({
      ...around,
      project: file => ({ ...around.project(file), root: file.startsWith(mobile) ? mobile : appRoot }),
    })
    const [store] = analyzer.stores()
    assert.ok(store)
    const takenIn = (folder: string) =>
      analyzer
        .generators(store)
        .takeIn?.(store, { ...broughtToRealm(['Task']), file: `${folder}/sync-schema.ts` }, context)
    assert.deepEqual(takenIn(mobile), { problem: 'src/realm.ts belongs to another package than the layer' })
    assert.ok('edits' in (takenIn(appRoot) ?? {}))
  })

  const refused: readonly (readonly [why: string, said: RegExp, files: Files])[] = [
    [
      'the list is made by a call',
      /not written out as a list/,
      { 'src/task.ts': task, 'src/realm.ts': open('{ schema: Object.values({ Task }), schemaVersion: 1 }') },
    ],
    [
      'a part of the schema cannot be read',
      /cannot be read completely/,
      {
        'src/task.ts': task,
        'src/realm.ts': open('{ schema: [Task, ...more()], schemaVersion: 1 }', "import { more } from 'elsewhere'"),
      },
    ],
    [
      'the version cannot be read',
      /cannot be raised/,
      {
        'src/task.ts': task,
        'src/realm.ts': open('{ schema: [Task], schemaVersion: version() }', "import { version } from 'elsewhere'"),
      },
    ],
    [
      'the file is deleted where its schema changes',
      /deletes the file/,
      {
        'src/task.ts': task,
        'src/realm.ts': open('{ schema: [Task], schemaVersion: 1, deleteRealmIfMigrationNeeded: true }'),
      },
    ],
    [
      'Device Sync decides',
      /Device Sync/,
      {
        'src/task.ts': task,
        'src/realm.ts': open('{ schema: [Task], sync: { user, flexible: true } }', 'declare const user: never'),
      },
    ],
    [
      'another realm has the same classes',
      /"cache" holds the same/,
      {
        'src/task.ts': task,
        'src/realm.ts': `${open("{ path: 'main.realm', schema: [Task], schemaVersion: 1 }")}
export const openCache = () => Realm.open({ path: 'cache.realm', schema: [Task], schemaVersion: 1 })
`,
      },
    ],
    [
      'the app has a class of that name',
      /a class "OutboxOp" of its own/,
      {
        'src/task.ts': task,
        'src/realm.ts': open(
          '{ schema: [Task, OutboxOp], schemaVersion: 1 }',
          "const OutboxOp = { name: 'OutboxOp', properties: { id: 'string' } }",
        ),
      },
    ],
    [
      'a class has a property of that name',
      /a property "_version" of its own/,
      {
        'src/task.ts': task.replace("title: 'string',", "title: 'string',\n      _version: 'int',"),
        'src/realm.ts': open('{ schema: [Task], schemaVersion: 1 }'),
      },
    ],
    [
      'the name of an import is taken',
      /"syncSchemas" means something else/,
      {
        'src/task.ts': task,
        'src/realm.ts': open('{ schema: [Task], schemaVersion: 1 }', 'export const syncSchemas = 1'),
      },
    ],
  ]
  for (const [why, said, files] of refused)
    it(`stays as it is where ${why}, and the person is told what to do`, () => {
      const generated = generateLayer(files, { store: 'main' }, project)
      assert.deepEqual(ownFiles(generated, files), files)
      assert.match(generated.message, said)
      const text = generated.files['src/sync/classes.ts'] ?? ''
      assert.match(text, /`schema`: `\[\.\.\.your classes, \.\.\.syncSchemas\]`/)
      const again = generateLayer(generated.files, { plan: 'src/sync' }, project)
      assert.deepEqual(again.written, [])
    })
})

const ownFiles = ({ files }: GeneratedApp, before: Files): Files =>
  Object.fromEntries(Object.keys(before).map(path => [path, files[path] ?? '']))

const layerClasses = ['OutboxOp', 'SyncState', 'SyncAudit', 'SyncMissingLink']
const marks = ['_version', '_dirtyFields', '_deletedAt', '_base']

/** The properties of each class, and the version. */
function contents(files: Files, around: ProjectOptions) {
  const { analyzer } = runApp(code(files), { rules: [], project: around })
  const stores = analyzer.stores()
  return stores.map(({ entities, version }) => ({
    version: version?.value,
    classes: Object.fromEntries(
      entities
        .map(one => [one.name.text, one.fields.map(field => field.name.text).sort()] as const)
        .filter(([name]) => !layerClasses.includes(name)),
    ),
    layer: entities.map(one => one.name.text).filter(name => layerClasses.includes(name)),
  }))
}

/** What there should be once the layer is generated. */
const contentsWith = (files: Files, around: ProjectOptions) =>
  contents(files, around).map(({ version = 0, classes }) => ({
    version: version + 1,
    classes: Object.fromEntries(
      Object.entries(classes).map(([name, fields]) => [name, [...fields, ...marks].sort()] as const),
    ),
    layer: layerClasses,
  }))

/** What the rules say of the app and its layer, without places. */
function findings(files: Files, around: ProjectOptions): readonly string[] {
  const { analyzer, texts } = runApp(code(files), { project: around, released: code(files) })
  return [...texts.keys()].flatMap(file => analyzer.findings(file).map(one => `${one.rule} ${one.message}`)).sort()
}

const code = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => /\.[jt]sx?$/.test(path)))
