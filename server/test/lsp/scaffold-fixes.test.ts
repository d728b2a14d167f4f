// Fixes that lead to a command: the person is asked only what the finding does not tell.
import assert from 'node:assert/strict'
import { pushing } from '../../testkit/lsp-client.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { actionsAt, endSession, settled, start } from './session.ts'

const text = `import Realm from 'realm'

const of = (name: string): Realm.ObjectSchema => ({ name, primaryKey: '_id', properties: { _id: 'objectId' } })
export const Task = { name: 'Task', primaryKey: '_id', properties: { _id: 'objectId' } }
export const Note = { name: 'Note', primaryKey: '_id', properties: { _id: 'objectId' } }
export const Draft = { name: 'Draft', primaryKey: '_id', properties: { _id: 'objectId' } }

export async function openRealm(user: Realm.User) {
  const realm = await Realm.open({
    path: 'tasks.realm',
    schema: [Task, Note, Draft],
    sync: { user, flexible: true, initialSubscriptions: { update: (subs, one) => subs.add(one.objects('Task')) } },
  })
  await realm.objects('Note').subscribe()
  return realm
}
export const unused = of
`

/** With the rules that people have, not those of tests. */
const server = new URL('../../src/server.ts', import.meta.url)

async function titlesAndCommands(runsScaffolds: boolean) {
  const root = tempFolder({
    'package.json': JSON.stringify({ name: 'app', dependencies: { realm: '^12.3.0' } }),
    'node_modules/realm/package.json': JSON.stringify({ name: 'realm', version: '12.3.0' }),
    'src/realm.ts': text,
  })
  const client = await start({
    server,
    folders: [root],
    capabilities: pushing,
    initializationOptions: { runsScaffolds },
  })
  await client.open(`${root}/src/realm.ts`, text)
  await settled(client)
  const actions = await actionsAt(client, `${root}/src/realm.ts`, text, 'sync: {')
  return actions.filter(one => !one.title.startsWith('Disable')).map(({ title, command }) => ({ title, command }))
}

describe('fixes that lead to a command', () => {
  afterEach(endSession)

  const leaveOut = { title: 'Leave "sync" out and open a local realm', command: undefined }

  it('give the command what is known: the store, and what was not subscribed to', async () => {
    const title = 'Generate a sync layer with a server of your own'
    assert.deepEqual(await titlesAndCommands(true), [
      leaveOut,
      {
        title,
        command: {
          title,
          command: 'offlineStorage.generateSyncLayer',
          arguments: [{ store: 'tasks', target: 'realm', exclude: ['Draft'] }],
        },
      },
    ])
  })

  it('are not offered to an editor without the command', async () => {
    assert.deepEqual(await titlesAndCommands(false), [leaveOut])
  })
})
