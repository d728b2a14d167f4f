// The example apps: the clean ones work under the real library, and the mistakes of `notes` really hurt.
import assert from 'node:assert/strict'
import { exampleFiles } from '../../testkit/example-files.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { runApp, runApps } from '../../testkit/oracle/run-app.ts'
import type { OracleResult } from '../../testkit/oracle/types.ts'

/** The sources only: the build files are not part of the running app. */
const sources = (name: string) =>
  Object.fromEntries(Object.entries(exampleFiles(name)).filter(([path]) => path.startsWith('src/')))

describe('oracle: example apps', function () {
  this.timeout(30_000)
  before(function () {
    needOracle(this)
  })

  it('clean: upgrades from its first release, works, and has nothing to complain of', async () => {
    // Only Babel can run @lazy.
    const files = { ...sources('clean') }
    files['src/models/Project.js'] = files['src/models/Project.js']!.replace(/@lazy .*\n/, '')
    for (const nodeEnv of ['development', 'production'] as const) {
      const result = await runApp(files, {
        nodeEnv,
        before: 'first-release',
        script: [{ do: 'create' }, { do: 'update' }, { do: 'exercise' }],
      })
      assert.deepEqual(complaintsOf(result), [])
      assert.deepEqual([result.reset, result.schemaVersion], [false, 4])
      assert.ok(result.tables['people'])
    }
  })

  it('two-databases: both open, and one may be written inside a writer of the other', async () => {
    const files = sources('two-databases')
    const code = `const { signIn } = load('src/sign-in')
      await signIn('https://example.com', 'token', 'ann')
      const { catalogueDatabase } = load('src/catalogue/database')
      return [await database.get('users').query().fetchCount(), await catalogueDatabase.get('users').query().fetchCount()]`
    const [account, catalogue] = await runApps(
      [
        {
          files,
          entry: 'src/account/database',
          before: 'first-release',
          script: [{ do: 'create' }, { do: 'snippet', code }],
        },
        { files, entry: 'src/catalogue/database', script: [{ do: 'create' }, { do: 'update' }] },
      ],
      'development',
    )
    assert.deepEqual([complaintsOf(account!), complaintsOf(catalogue!)], [[], []])
    assert.deepEqual(account!.actions.at(-1)?.value, [2, 1])
  })

  it('notes: erases the database and fails where the list of its mistakes says so', async () => {
    const files = sources('notes')
    const screen = `const { EnhancedNotebookScreen } = load('src/screens/NotebookScreen')`
    const query = `return database.get('notes').query(Q.where('isPinned', true)).fetch()`
    const effect = `const notebook = await database.write(() => database.get('notebooks').create(() => {}))
      await notebook.update(() => { notebook.position = 0 })`
    const remind = `const note = await database.write(() => database.get('notes').create(n => { n.remindAt = new Date(5) }))
      return [note.remindAt, note._raw.remind_at]`
    const result = await runApp(files, {
      nodeEnv: 'development',
      before: 'previous-version',
      script: [
        { do: 'snippet', code: screen },
        { do: 'exercise', set: true },
        { do: 'snippet', code: query, name: 'query' },
        { do: 'snippet', code: effect, name: 'effect' },
        { do: 'snippet', code: remind, name: 'remind' },
      ],
    })
    assert.equal(result.reset, true)
    const complaints = complaintsOf(result).join('\n')
    assert.match(complaints, /Notebook\.color =: Cannot destructure property 'type'/)
    assert.match(complaints, /Notebook\.notes: @children decorator used for a table that's not has_many/)
    assert.match(complaints, /query: no such column: notes\.isPinned/)
    assert.match(complaints, /effect: .* can only be called from inside of a Writer/)
    assert.deepEqual(result.actions.at(-1), { name: 'remind', ok: true, value: [null, null] })
  })
})

const complaintsOf = (result: OracleResult): string[] => [
  ...(result.loaded.ok ? [] : [result.loaded.message]),
  ...(result.opened.ok ? [] : [result.opened.message]),
  ...result.actions.flatMap(action => (action.ok ? [] : [`${action.name}: ${action.message}`])),
  ...result.logs.filter(line => line.level === 'error').map(line => line.text),
  ...result.unhandled,
]
