// What rules offer in place of the code that they find.
import assert from 'node:assert/strict'
import { scaffoldCommands } from '../../../shared/scaffolds.ts'
import { rules } from '../../src/core/rules/all.ts'

describe('code that could take the place of what was found', () => {
  const offering = rules.filter(rule => rule.instead !== undefined)

  it('is offered by the rules whose findings it answers as a whole', () => {
    assert.deepEqual(offering.map(rule => rule.id).sort(), [
      'sync/await-before-lock',
      'sync/blind-overwrite',
      'sync/dropped-after-retries',
      'sync/floating-drain',
      'sync/incompatible-apollo-package',
      'sync/no-backoff',
      'sync/no-reconnect-listener',
      'sync/no-stable-op-key',
      'sync/queue-not-restored',
      'sync/unclassified-errors',
      'sync/unhandled-op-type',
      'sync/unreleased-lock',
      'watermelondb/client-clock-timestamp',
      'watermelondb/invalid-sync-options',
      'watermelondb/migration-sync-off',
      'watermelondb/pull-result-shape',
      'watermelondb/push-error-swallowed',
      'watermelondb/sync-record-id',
      'watermelondb/unguarded-sync',
    ])
  })

  it('has a command of the palette, and a page that names it as the action does', () => {
    const known: readonly string[] = Object.values(scaffoldCommands)
    for (const { id, instead } of offering)
      for (const { scaffold, docs, title } of [instead ?? []].flat()) {
        assert.ok(known.includes(scaffold), id)
        assert.ok(docs.includes(`"${title}"`), id)
      }
  })
})
