// Migrations add tables or columns, but sync does not ask the server for what they missed.
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { isAtLeast } from '../../../text/version.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import { generatedSync } from '../code/generated-sync.ts'
import { pullResults } from '../code/pulled-changes.ts'
import { functionFact, type SyncCall, syncsOf } from '../code/read-sync.ts'
import { exampleApp } from '../example-app.ts'
import { migrationsFor } from '../migrations/unused-migrations.ts'
import type { CodeOfFile, Migrations, WatermelonStore } from '../types.ts'

interface Data {
  readonly options: Located
  readonly version: number
}

/** True when some migration that can run makes a table or a column: SQL tells sync nothing, and none leads to version 1. */
const addsSomething = (store: WatermelonStore): boolean =>
  migrationsOf(store)?.list.some(
    one => one.toVersion !== 1 && one.steps.some(step => step.kind === 'create' || step.kind === 'add'),
  ) ?? false

/** Migration syncs came with 0.17; a version that is not known may be newer. */
const canSyncMigrations = ({ scope, file, library }: CodeOfFile): boolean => {
  const { versions } = scope.workspace().project(file)
  const version = library.packages.map(name => versions[name]).find(one => one !== undefined)
  return !/^\d/.test(version ?? '') || isAtLeast(version, '0.17')
}

/** What the database has, or was meant to be given. */
const migrationsOf = (store: WatermelonStore): Migrations | undefined =>
  store.migrationsRead ?? (store.adapters.some(one => one.complete) ? migrationsFor(store)?.migrations : undefined)

/** The lowest version from which the chain can migrate; undefined where it cannot be read. */
function firstVersion({ migrationsRead }: WatermelonStore): number | undefined {
  if (!migrationsRead?.complete) return undefined
  const lowest = Math.min(...migrationsRead.list.map(one => one.toVersion ?? Number.NaN))
  return lowest >= 2 ? lowest - 1 : undefined
}

/** What pullChanges is given, where it takes it apart; undefined where it may use all of it. */
function takenApart(code: CodeOfFile, { pull }: SyncCall): readonly string[] | undefined {
  const fn = pull && functionFact(code, pull)
  if (!pull || !fn) return undefined
  const bindings = code.scope.module(pull.file)?.bindings ?? {}
  const names = (fn.params[0] ?? []).map(key => bindings[key]?.name ?? '')
  return names.every(name => /^(?:lastPulledAt|schemaVersion|migration)$/.test(name)) ? names : undefined
}

const file = (
  options: string,
  args = '{ lastPulledAt, migration }',
) => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () =>
  synchronize({
    database,
${options}    pullChanges: async (${args}) => {
      return await pull(lastPulledAt)
    },
  })
`
const posts = "tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),"
const added = "{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [{ name: 'title', type: 'string' }] })] },"

export const migrationSyncOff: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/migration-sync-off',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'Migrations add tables or columns, but `synchronize()` has no `migrationsEnabledAtVersion`, or `pullChanges` does not use `migration`.',
    why: 'Records that were pulled before the update keep defaults in the new columns for ever, although the server has their values.',
    fix: 'Adds `migrationsEnabledAtVersion`. `pullChanges` must send `migration` to the server, and the server must answer it.',
  },
  *check(code) {
    const syncs = syncsOf(code)
    if (syncs.length === 0 || !canSyncMigrations(code)) return
    for (const sync of syncs) {
      const { stores, entries, complete, at } = sync
      const taken = takenApart(code, sync)
      // A pull that always fetches everything misses nothing.
      const isWhole =
        taken?.length === 0 || pullResults(code, sync).some(({ shape }) => shape.entries.has('experimentalStrategy'))
      if (stores.length === 0 || isWhole || !stores.every(addsSomething)) continue
      const option = entries.get('migrationsEnabledAtVersion')
      const version = stores[0] && firstVersion(stores[0])
      if (!option && complete)
        yield {
          at,
          message:
            'Migrations add columns or tables, but migration syncs are off: what the server has for them never reaches devices that are updated. Set migrationsEnabledAtVersion.',
          ...(sync.options && version !== undefined && { data: { options: sync.options, version } }),
        }
      else if (option && taken?.includes('lastPulledAt') && !taken.includes('migration')) {
        const pull = entries.get('pullChanges')
        if (pull)
          yield {
            at: pull.nameAt,
            message:
              '"pullChanges" does not use "migration", so what the server has for new columns and tables never reaches devices that are updated. Send it to the server.',
          }
      }
    }
  },
  fix({ data }, context) {
    const text = data && context.text(data.options.file)
    if (text === undefined || data.options.value.kind !== 'object') return undefined
    const { file: path, value } = data.options
    const elements = value.props.map(prop => prop.at)
    const index = value.props.findIndex(prop => prop.kind === 'named' && prop.name === 'database') + 1
    const option = `migrationsEnabledAtVersion: ${data.version}`
    const edit = insertElement(
      { file: path, text, span: value.at, elements },
      index || elements.length,
      option,
      styleOf(text),
    )
    return { title: `Set migrationsEnabledAtVersion to ${data.version}`, safe: false, edits: [edit] }
  },
  instead: generatedSync,
  examples: [
    {
      name: 'no migrationsEnabledAtVersion',
      files: exampleApp({
        schema: posts,
        version: 2,
        migrations: added,
        files: {
          'src/sync.ts': file('')
            .replace('  synchronize({\n', '  synchronize({\n  //^^^^^^^^^ migration syncs are off\n')
            .replace('  //^^^^^^^^^ ', '  ^^^^^^^^^^^ '),
        },
      }),
      fixed: { 'src/sync.ts': file('    migrationsEnabledAtVersion: 1,\n') },
    },
    {
      name: 'a pull that does not use the migration',
      files: exampleApp({
        schema: posts,
        version: 2,
        migrations: added,
        files: {
          'src/sync.ts': file('    migrationsEnabledAtVersion: 1,\n', '{ lastPulledAt }').replace(
            '{ lastPulledAt }) => {\n',
            '{ lastPulledAt }) => {\n    ^^^^^^^^^^^ does not use "migration"\n',
          ),
        },
      }),
    },
    {
      name: 'migrations that add nothing, a pull of everything, options that cannot be read',
      files: exampleApp({
        version: 2,
        migrations: "{ toVersion: 2, steps: [unsafeExecuteSql('update posts set title = 1;')] },",
        files: { 'src/sync.ts': file('') },
      }),
    },
    {
      name: 'a version of the library that has no migration syncs',
      project: { versions: { '@nozbe/watermelondb': '0.16.2' } },
      files: exampleApp({ schema: posts, version: 2, migrations: added, files: { 'src/sync.ts': file('') } }),
    },
    {
      name: 'a migration to version 1, which no database is ever updated to',
      files: exampleApp({
        schema: posts,
        migrations: added.replace('2', '1'),
        files: { 'src/sync.ts': file('') },
      }),
    },
    {
      name: 'a pull of everything, options that cannot be read',
      files: exampleApp({
        schema: posts,
        version: 2,
        migrations: added,
        files: {
          'src/sync.ts': file('', ''),
          'src/some.ts': file('    ...options,\n'),
          'src/all.ts': file('    migrationsEnabledAtVersion: 1,\n', 'args'),
        },
      }),
    },
  ],
}
