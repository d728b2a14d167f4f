// What "Generate Sync Layer" writes into the app's own schema, proved on the real Realm: a file of the old release is opened
// with the edited configuration, its rows are there, and the generated layer syncs them with another phone.
import assert from 'node:assert/strict'
import { withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type OpenedRealm, openRealm, realmBson } from '../../testkit/oracle/realm.ts'
import { translateClasses } from '../../testkit/oracle/realm-classes.ts'
import { typeErrors } from '../../testkit/sync/compile-app.ts'
import { generateLayer } from '../../testkit/sync/generated-layer.ts'
import type { WholeRealm } from '../../testkit/sync/realm-app.ts'
import { phoneApp, realmProject } from '../../testkit/sync/realm-graphql-stage.ts'
import {
  configOf,
  exampleFiles,
  type GeneratedSync,
  loadGeneratedSync,
  withInstalled,
  withUpgraded,
} from '../../testkit/sync/realm-upgrade-app.ts'
import { type RecordServer, startRecordServer } from '../../testkit/sync/record-server.ts'

const id = (last: string) => last.padStart(24, '0')

describe('an app with Realm that was given a sync layer', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  it('opens the file of the release before, keeps its rows, and syncs them with a new phone', async () => {
    const app = exampleFiles('tasks-realm')
    const { files } = generateLayer(app, {}, realmProject)
    const [before, after] = [await configOf(app, 'src/db/config'), await configOf(files, 'src/db/config')]
    assert.deepEqual([before.schemaVersion, after.schemaVersion], [3, 4])
    const { ObjectId } = await realmBson()
    const fill = (old: OpenedRealm) => {
      const person = { _id: new ObjectId(id('a')), name: 'Ann', email: null }
      const task = {
        ...{ _id: new ObjectId(id('1')), title: 'milk', isDone: false, priority: 2, createdAt: new Date(5) },
        ...{ dueAt: null, assignee: person, steps: [{ text: 'go', isDone: true }] },
      }
      const project = { _id: new ObjectId(id('b')), name: 'Home', colour: 'red', tasks: [task] }
      assert.equal(old.insert('Project', project).ok, true)
    }
    const layer = await loadGeneratedSync(files)
    const links = { [layer.paths['Task'] ?? '']: { assignee: layer.paths['Person'] ?? '' } }
    const server = await startRecordServer({ links, pageSize: 3 })
    try {
      await withUpgraded(before, after, fill, async old => {
        assert.deepEqual(shown(old), [['Ann'], ['milk', 2, 'Ann', 'go'], ['Home', 'red', 1]])
        const sync = startSync(layer, old, server)
        await sync.start()
        await sync.update('Task', id('1'), { title: 'bread' })
        await sync.create('Task', { title: 'tea', assignee: id('a') }, id('2'))
        await sync.syncNow()
        assert.deepEqual([await sync.failed(), await sync.waiting()], [[], []])
        await withInstalled(after, async fresh => {
          const other = startSync(layer, fresh, server)
          await other.start()
          await other.syncNow()
          await other.remove('Task', id('2'))
          await other.syncNow()
          assert.deepEqual(shown(fresh), [['Ann'], ['bread', 2, 'Ann', 'go'], ['Home', 'red', 1]])
          await other.stop()
        })
        await sync.syncNow()
        assert.deepEqual(shown(old), [['Ann'], ['bread', 2, 'Ann', 'go'], ['Home', 'red', 1]])
        await sync.stop()
      })
    } finally {
      await server.close()
    }
  })

  it('would be refused by Realm with the version of the release', async () => {
    const app = exampleFiles('tasks-realm')
    const { files } = generateLayer(app, {}, realmProject)
    const [before, after] = [await configOf(app, 'src/db/config'), await configOf(files, 'src/db/config')]
    const opened = await openRealm(before.schema, before.schemaVersion)
    assert.ok(opened.ok)
    try {
      assert.equal(opened.value.migrate(after.schema, 3).ok, false)
    } finally {
      opened.value.close()
    }
  })

  it('has classes that the Babel plugin reads as they are meant', async () => {
    const app = {
      'src/task.ts': `import Realm from 'realm'

export class Task extends Realm.Object<Task> {
  _id: Realm.BSON.ObjectId = new Realm.BSON.ObjectId()
  title!: string
  static primaryKey = '_id'
}
`,
      'src/config.ts': `import Realm from 'realm'
import { Task } from './task'

export const config: Realm.Configuration = { path: 'tasks.realm', schema: [Task], schemaVersion: 1 }
export const openRealm = () => Realm.open(config)
`,
    }
    const { files } = generateLayer(app, {}, withBabelPlugin('20.2.0'))
    const built = { ...files, 'src/task.ts': translateClasses(files['src/task.ts'] ?? '').code }
    const first = { ...app, 'src/task.ts': translateClasses(app['src/task.ts']).code }
    const [before, after] = [await configOf(first, 'src/config'), await configOf(built, 'src/config')]
    // More than the layer takes at once.
    const many = Array.from({ length: 250 }, (_, index) => `old ${index}`)
    const fill = (old: OpenedRealm) => {
      for (const title of many) assert.equal(old.insert('Task', { title }).ok, true)
    }
    const layer = await loadGeneratedSync(built)
    const server = await startRecordServer({ links: {}, pageSize: 3 })
    try {
      await withUpgraded(before, after, fill, async old => {
        const sync = startSync(layer, old, server)
        await sync.start()
        await sync.create('Task', { title: 'tea' })
        await sync.syncNow()
        await sync.stop()
      })
      assert.deepEqual(
        server
          .live('tasks')
          .map(one => String(one.values['title']))
          .sort(),
        [...many, 'tea'].sort(),
      )
    } finally {
      await server.close()
    }
  })

  for (const [name, app, config] of [
    ['classes with a schema', exampleFiles('tasks-realm'), 'src/db/config'],
    ['object schemas and no version', phoneApp, 'src/realm'],
  ] as const)
    it(`compiles as before with ${name}, and has a schema that Realm takes`, async () => {
      const { files } = generateLayer(app, {}, realmProject)
      assert.deepEqual(ownErrors(files), ownErrors(app))
      const opened = await openRealm((await configOf(files, config)).schema)
      assert.ok(opened.ok)
      opened.value.close()
    })
})

/** What the compiler says of the code that needs no package but Realm, without the lines. */
const ownErrors = (files: Readonly<Record<string, string>>): readonly string[] =>
  typeErrors(
    Object.fromEntries(Object.entries(files).filter(([path]) => !/\.tsx$|account|import-tasks|db\/index/.test(path))),
  ).map(line => line.replace(/^.*?(\w+\.ts)\(\d+,\d+\)/, '$1'))

/** The rows that a person sees. */
function shown(realm: WholeRealm): readonly (readonly unknown[])[] {
  const all = (name: string) => [...realm.objects(name)] as Record<string, never>[]
  return [
    ...all('Person').map(one => [one['name']]),
    ...all('Task').map(one => [one['title'], one['priority'], one['assignee']?.['name'], one['steps']?.[0]?.['text']]),
    ...all('Project').map(one => [one['name'], one['colour'], (one['tasks'] as unknown as { length: number }).length]),
  ]
}

let nextId = 0
let time = 1_700_000_000_000

function startSync(layer: GeneratedSync, realm: WholeRealm, server: RecordServer) {
  return layer.createAppSync({
    realm,
    remote: layer.createAppRemote({ endpoint: server.url, token: async () => 'abc' }),
    userId: 'ann',
    auth: { userId: () => 'ann', refresh: async () => true },
    net: { isOnline: () => true, subscribe: () => () => undefined },
    clock: { now: () => ++time, after: () => () => undefined },
    newId: () => `op-${++nextId}`,
    random: () => 0.5,
  })
}
