// Options of synchronize() contradict each other, the schema or the migrations.
import type { Entry } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { generatedSync } from '../code/generated-sync.ts'
import { pullResults } from '../code/pulled-changes.ts'
import { type SyncCall, syncsOf } from '../code/read-sync.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile, WatermelonStore } from '../types.ts'

const report = (entry: Entry, message: string): Evidence<never> => ({
  at: { file: entry.value.file, span: entry.value.value.at },
  message,
})

/** Why migration syncs cannot start at `version` in `store`; undefined where they can, or where that is not known. */
function problemOf(version: number, store: WatermelonStore): string | undefined {
  const current = store.version?.value
  if (current !== undefined && version > current) return `is higher than the schema's version ${current}`
  const { adapters, migrationsRead } = store
  if (adapters.length > 0 && adapters.every(adapter => adapter.complete && !adapter.entries.has('migrations')))
    return 'is given, but the database has no migrations'
  if (!migrationsRead?.complete || migrationsRead.list.length === 0) return undefined
  const lowest = Math.min(...migrationsRead.list.map(one => one.toVersion ?? Number.NEGATIVE_INFINITY))
  return version < lowest - 1 ? `is too low: the first migration starts at version ${lowest - 1}` : undefined
}

function* versions(code: CodeOfFile, { entries, stores }: SyncCall): Generator<Evidence<never>> {
  const entry = entries.get('migrationsEnabledAtVersion')
  const version = entry && code.scope.number(entry.value)?.value
  if (!entry || version === undefined) return
  if (version < 1) {
    yield report(
      entry,
      `migrationsEnabledAtVersion must be at least 1: ${version === 0 ? 'with 0 migration syncs stay off' : 'every sync throws'}. Give the version before the first migration.`,
    )
    return
  }
  const problems = stores.map(store => problemOf(version, store))
  if (problems[0] !== undefined && problems.every(one => one !== undefined))
    yield report(
      entry,
      `migrationsEnabledAtVersion ${problems[0]}, so every sync throws. Give the version before the first migration that is to be synced.`,
    )
}

const strategies = /^(?:incremental|replacement)$/

function* strategy(code: CodeOfFile, sync: SyncCall): Generator<Evidence<never>> {
  for (const { shape } of pullResults(code, sync)) {
    const entry = shape.entries.get('experimentalStrategy')
    const inner = entry && code.scope.shape(entry.value)
    const overrides = code.scope.shape(inner?.entries.get('override')?.value)?.entries.values() ?? []
    for (const one of [entry, inner?.entries.get('default'), ...overrides]) {
      const text = one && code.scope.text(one.value)?.text
      if (one && text !== undefined && !strategies.test(text))
        yield report(one, `There is no pull strategy "${text}": the sync throws. Use "incremental" or "replacement".`)
    }
  }
}

const file = (
  options: string,
  result = '{ changes: {}, timestamp: await serverTime() }',
) => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () =>
  synchronize({
    database,
    pullChanges: async () => (${result}),
${options}
  })
`
const migrations = '{ toVersion: 3, steps: [] },'

export const invalidSyncOptions: Rule<CodeOfFile, never> = {
  id: 'watermelondb/invalid-sync-options',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'Options of `synchronize()` do not fit the schema, the migrations or each other.',
    why: 'Every sync throws, so nothing is pulled or pushed.',
    fix: 'Set `migrationsEnabledAtVersion` to the version before the first migration that is to be synced.',
  },
  *check(code) {
    for (const sync of syncsOf(code)) {
      yield* versions(code, sync)
      yield* strategy(code, sync)
      const turbo = sync.entries.get('unsafeTurbo')
      const batched = sync.entries.get('_unsafeBatchPerCollection')
      if (turbo && batched && code.scope.boolean(turbo.value) && code.scope.boolean(batched.value))
        yield {
          at: turbo.nameAt,
          message:
            '"unsafeTurbo" cannot be used with "_unsafeBatchPerCollection": the sync throws. Remove one of them.',
          related: [{ at: batched.nameAt, message: 'The other option' }],
        }
    }
  },
  instead: generatedSync,
  examples: [
    {
      name: 'a version that is too high',
      files: exampleApp({
        version: 3,
        migrations,
        files: {
          'src/sync.ts': file(`    migrationsEnabledAtVersion: 4,
    //                          ^ higher than the schema's version 3`),
        },
      }),
    },
    {
      name: 'versions that are too low',
      files: exampleApp({
        version: 3,
        migrations,
        files: {
          'src/sync.ts': file(`    migrationsEnabledAtVersion: 1,
    //                          ^ starts at version 2`),
          'src/zero.ts': file(`    migrationsEnabledAtVersion: 0,
    //                          ^ must be at least 1`),
        },
      }),
    },
    {
      name: 'no migrations, options and strategies that do not exist',
      files: exampleApp({
        files: {
          'src/sync.ts': file(`    migrationsEnabledAtVersion: 1,
    //                          ^ has no migrations
    unsafeTurbo: true,
 // ^^^^^^^^^^^ cannot be used with
    _unsafeBatchPerCollection: true,`),
          'src/strategy.ts': file('', "{ changes: {}, timestamp: 5, experimentalStrategy: 'replace' }").replace(
            '),\n',
            '),\n    //                                                                           ^^^^^^^^^ no pull strategy\n',
          ),
        },
      }),
    },
    {
      name: 'options that fit',
      files: exampleApp({
        version: 3,
        migrations,
        files: {
          'src/sync.ts': file(
            '    migrationsEnabledAtVersion: 2,\n    unsafeTurbo: isFirst,\n    _unsafeBatchPerCollection: !isFirst,',
          ),
        },
      }),
    },
  ],
}
