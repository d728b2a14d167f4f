// From a finding in a hand-written queue to the tests that run it under faults.
import assert from 'node:assert/strict'
import { type ScaffoldResult, serverCommands } from '../../../shared/requests.ts'
import type { Answers } from '../../../shared/scaffolds.ts'
import { pushing, uriOf } from '../../testkit/lsp-client.ts'
import { sampleApp } from '../../testkit/sync/queue-apps.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { actionsAt, endSession, settled, start } from './session.ts'

/** With the rules that people have, not those of tests. */
const server = new URL('../../src/server.ts', import.meta.url)
const file = 'src/sync/SyncQueue.ts'
const title = 'Prove this queue under faults…'

async function editorOn(text: string) {
  const root = tempFolder({ ...sampleApp, 'tsconfig.json': '{}\n', [file]: text })
  const client = await start({
    server,
    folders: [root],
    capabilities: pushing,
    initializationOptions: { runsScaffolds: true },
  })
  await client.open(`${root}/${file}`, text)
  await settled(client)
  const actions = await actionsAt(client, `${root}/${file}`, text, 'this.processQueue();')
  return { client, root, action: actions.find(one => one.title === title) }
}

describe('from a queue to its fault tests', function () {
  this.timeout(30_000)
  afterEach(endSession)

  it('leads a quick fix that asks for the folder alone, and writes the tests', async () => {
    const { client, root, action } = await editorOn(sampleApp[file] ?? '')
    assert.equal(action?.command?.command, 'offlineStorage.testQueue')
    const known = action.command.arguments?.[0] as Answers
    assert.deepEqual(known, { queue: `${root}/${file}#SyncQueue` })
    const ask = (answers: Answers) =>
      client.request<ScaffoldResult>('workspace/executeCommand', {
        command: serverCommands.scaffold,
        arguments: [{ id: 'sync.testQueue', answers, uri: uriOf(`${root}/${file}`) }],
      })
    const first = await ask(known)
    assert.ok('question' in first && first.question.kind === 'text')
    assert.equal(first.question.value, 'src/sync/testing')
    const last = await ask({ ...known, folder: first.question.value })
    assert.ok('ok' in last && last.ok, JSON.stringify(last))
    const made = (client.applied.at(-1)?.edit.documentChanges ?? []).flatMap(change =>
      'kind' in change && change.kind === 'create' ? [change.uri.slice(uriOf(root).length + 1)] : [],
    )
    for (const name of ['adapter.ts', 'queue-faults.test.ts', 'simulator/run-schedule.ts'])
      assert.ok(made.includes(`src/sync/testing/${name}`), name)
  })

  it('is not offered where no test could get hold of the queue', async () => {
    const { action } = await editorOn((sampleApp[file] ?? '').replace('export class', 'class'))
    assert.equal(action, undefined)
  })
})
