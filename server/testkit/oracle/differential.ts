// The main proof of a migration: an upgraded device must end up as a fresh install does, with its rows kept.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entryOf } from './entry-of.ts'
import { runApps } from './run-app.ts'
import type { NodeEnv, OracleResult, ReadRows, Row, RowsByTable, Scenario } from './types.ts'

type Files = Readonly<Record<string, string>>

/** An app as it was released and as it is now. */
export interface Upgrade {
  readonly released: Files
  readonly current: Files
  /** The file that makes the database, in both; the one that looks like it where not said. */
  readonly entry?: string
}

/**
 * Upgrades a device that has three rows in each table, and compares it with a fresh install of the current app.
 * Gives the differences in plain words, each with its NODE_ENV in front; none means that the migration is proved.
 * Without `nodeEnv` both environments are tried.
 * @throws when an app does not compile.
 */
export async function differential(
  releasedFiles: Files,
  currentFiles: Files,
  options: { readonly nodeEnv?: NodeEnv; readonly entry?: string } = {},
): Promise<readonly string[]> {
  const { nodeEnv, ...rest } = options
  const [differences] = await differentials([{ released: releasedFiles, current: currentFiles, ...rest }], nodeEnv)
  return differences!
}

/** Many upgrades at the price of one process per environment; the answers come in the same order. */
export async function differentials(
  upgrades: readonly Upgrade[],
  nodeEnv?: NodeEnv,
): Promise<readonly (readonly string[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-upgrade-'))
  try {
    const environments: readonly NodeEnv[] = nodeEnv ? [nodeEnv] : ['development', 'production']
    const perEnvironment = await Promise.all(
      environments.map(async env => {
        const scenarios = upgrades.flatMap((upgrade, i) => scenariosOf(upgrade, join(folder, `${env}-${i}.db`)))
        const results = await runApps(scenarios, env)
        return upgrades.map((_, i) =>
          compare(results[3 * i]!, results[3 * i + 1]!, results[3 * i + 2]!).map(text => `${env}: ${text}`),
        )
      }),
    )
    return upgrades.map((_, i) => perEnvironment.flatMap(differences => differences[i]!))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function scenariosOf({ released, current, entry }: Upgrade, dbFile: string): Scenario[] {
  const old = { files: released, entry: entry ?? entryOf(released) }
  const now = { files: current, entry: entry ?? entryOf(current) }
  return [
    { ...old, dbFile, script: [{ do: 'write', count: 3 }] },
    { ...now, dbFile, script: [{ do: 'read' }, { do: 'create' }, { do: 'update' }] },
    { ...now, script: [{ do: 'create' }, { do: 'read' }, { do: 'update' }] },
  ]
}

function compare(released: OracleResult, upgraded: OracleResult, fresh: OracleResult): string[] {
  const failures = [
    ...failuresOf('the released app', released),
    ...failuresOf('after the upgrade', upgraded),
    ...failuresOf('in a fresh install', fresh),
  ]
  if (!released.opened.ok || !upgraded.opened.ok || !fresh.opened.ok) return failures
  return [
    ...(upgraded.reset ? ['the upgrade resets the database: all rows are lost'] : []),
    ...failures,
    ...shapeDifferences(released, upgraded, fresh),
    ...(upgraded.reset ? [] : rowDifferences(released, upgraded, fresh)),
  ]
}

function failuresOf(when: string, result: OracleResult): string[] {
  if (!result.loaded.ok) return [`${when}: the app does not load: ${result.loaded.message}`]
  if (!result.opened.ok) return [`${when}: the database does not open: ${result.opened.message}`]
  return [
    ...result.actions.filter(action => !action.ok).map(action => `${when}: ${action.name}: ${action.message}`),
    ...result.unhandled.map(message => `${when}: nobody catches: ${message}`),
  ]
}

/** What is on disk. Leftovers of the released app are no difference: the library never removes anything. */
function shapeDifferences(released: OracleResult, upgraded: OracleResult, fresh: OracleResult): string[] {
  const differences: string[] = []
  for (const table of new Set([...Object.keys(upgraded.tables), ...Object.keys(fresh.tables)])) {
    const [old, now, wanted] = [released.tables[table], upgraded.tables[table], fresh.tables[table]]
    if (!now) differences.push(`table ${table} is missing after the upgrade`)
    else if (!wanted && !old) differences.push(`table ${table} is there after the upgrade only`)
    if (!now || !wanted) continue
    for (const kind of ['columns', 'indexes'] as const) {
      const word = kind === 'columns' ? 'column' : 'index'
      const missing = wanted[kind].filter(name => !now[kind].includes(name))
      const extra = now[kind].filter(name => !wanted[kind].includes(name) && !old?.[kind].includes(name))
      differences.push(...missing.map(name => `table ${table}: ${word} ${name} is missing after the upgrade`))
      differences.push(...extra.map(name => `table ${table}: ${word} ${name} is there after the upgrade only`))
    }
  }
  return differences
}

function rowDifferences(released: OracleResult, upgraded: OracleResult, fresh: OracleResult): string[] {
  const written = (resultOf(released, 'write') ?? {}) as RowsByTable
  const found = (resultOf(upgraded, 'read') ?? {}) as ReadRows
  const made = (resultOf(fresh, 'read') ?? {}) as ReadRows
  const differences: string[] = []
  for (const [table, rows] of Object.entries(written)) {
    const now = found[table]
    if (!now) continue
    if (now.read.length !== rows.length)
      differences.push(`table ${table} has ${now.read.length} rows after the upgrade instead of ${rows.length}`)
    for (const row of rows) {
      const kept = now.read.find(candidate => candidate['id'] === row['id'])
      if (!kept) differences.push(`table ${table}: row ${row['id']} is gone after the upgrade`)
      else differences.push(...changedValues(table, row, kept))
    }
    const example = made[table]?.stored[0]
    if (example) differences.push(...addedValues(table, rows[0], now.stored[0], example))
  }
  return [...new Set(differences)]
}

/** Values of surviving columns that the current app reads differently. A null that must not be null any more is no loss. */
const changedValues = (table: string, before: Row, after: Row): string[] =>
  Object.entries(before)
    .filter(([column, value]) => value !== null && column in after && after[column] !== value)
    .map(
      ([column, value]) => `table ${table}: ${column} of old rows was ${show(value)} and reads ${show(after[column])}`,
    )

/** Columns that old rows have got by the upgrade, holding another kind of emptiness than new rows: queries miss them. */
const addedValues = (table: string, before: Row | undefined, after: Row | undefined, fresh: Row): string[] =>
  Object.entries(after ?? {})
    .filter(([column]) => before && !(column in before) && column in fresh)
    .filter(([column, value]) => isEmpty(value) && isEmpty(fresh[column]) && value !== fresh[column])
    .map(
      ([column, value]) =>
        `table ${table}: ${column} is ${show(value)} in old rows and ${show(fresh[column])} in new ones`,
    )

const isEmpty = (value: unknown) => value === null || value === '' || value === 0

const show = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value))

const resultOf = (result: OracleResult, name: string) => result.actions.find(action => action.name === name)?.value
