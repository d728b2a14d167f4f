// The command "Show Query Plan", as an editor asks for it.
import assert from 'node:assert/strict'
import { type QueryPlanResult, serverCommands } from '../../../shared/requests.ts'
import { sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import { uriOf } from '../../testkit/lsp-client.ts'
import { tempFolder } from '../host/temp-folder.ts'
import { endSession, start } from './session.ts'

const packageJson = JSON.stringify({ name: 'app', dependencies: { 'expo-sqlite': '57.0.3' } })

const code = `const done = Number(await Promise.resolve('1'))
await db.getAllAsync(\`SELECT title FROM tasks WHERE done = \${done} ORDER BY title\`)
await db.getAllAsync('SELECT * FROM nowhere')`

/** The plan at the first place of `word` in `src/tasks.ts`. */
async function planAt(word: string): Promise<QueryPlanResult> {
  const files = sqliteApp({ code })
  const root = tempFolder({ ...files, 'package.json': packageJson })
  const client = await start({ folders: [root] })
  const text = files['src/tasks.ts']!
  const before = text.slice(0, text.indexOf(word)).split('\n')
  const position = { line: before.length - 1, character: before.at(-1)!.length }
  const args = { uri: uriOf(`${root}/src/tasks.ts`), position }
  return client.request('workspace/executeCommand', { command: serverCommands.queryPlan, arguments: [args] })
}

describe('the query plan', () => {
  afterEach(endSession)

  it('tells how SQLite would answer the statement at the caret', async () => {
    const plan = await planAt('FROM tasks')
    assert.ok(plan.ok)
    assert.match(plan.markdown, /```sql\nSELECT title FROM tasks WHERE done = \? ORDER BY title\n```/)
    assert.match(plan.markdown, /`SCAN tasks`: \*\*reads every row\*\*/)
    assert.match(plan.markdown, /USE TEMP B-TREE FOR ORDER BY/)
  })

  it('says what SQLite refuses', async () => {
    assert.deepEqual(await planAt('nowhere'), {
      ok: false,
      message: 'SQLite refuses this statement: no such table: nowhere.',
    })
  })

  it('says where there is none', async () => {
    assert.deepEqual(await planAt('import'), {
      ok: false,
      message: 'There is no query at the caret whose database is known.',
    })
  })
})
