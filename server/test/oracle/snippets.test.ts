// Every snippet, left at its defaults, works under the real library.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { runApps } from '../../testkit/oracle/run-app.ts'
import type { OracleResult, Scenario } from '../../testkit/oracle/types.ts'
import { appWith, homes, snippets } from '../../testkit/snippet-homes.ts'

describe('oracle: snippets', function () {
  this.timeout(60_000)
  const results = new Map<string, OracleResult>()

  before(async function () {
    needOracle(this)
    const scenarios = snippets.map((snippet): Scenario => {
      const files = appWith(snippet, homes[snippet.prefix]!)
      const before = 'src/db/migrations.ts' in files ? { before: 'first-release' as const } : {}
      return { files, ...before, script: [{ do: 'create' }, { do: 'update' }, { do: 'exercise' }] }
    })
    for (const [i, result] of (await runApps(scenarios, 'development')).entries())
      results.set(snippets[i]!.prefix, result)
  })

  for (const { prefix } of snippets)
    it(prefix, () => {
      const { loaded, opened, reset, actions, unhandled } = results.get(prefix)!
      assert.deepEqual([loaded, opened, reset, unhandled], [{ ok: true }, { ok: true }, false, []])
      assert.deepEqual(
        actions.filter(action => !action.ok),
        [],
      )
    })
})
