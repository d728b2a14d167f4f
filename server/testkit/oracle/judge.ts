// Asks the library about apps in the way an expectation says, many in one process per environment.
import { differentials } from './differential.ts'
import { entryOf } from './entry-of.ts'
import type { Expectation } from './expectation.ts'
import { runApps } from './run-app.ts'
import type { Action, NodeEnv, OracleResult, Scenario } from './types.ts'

/** An app and how the library is to be brought to complain about it. */
export interface Case {
  readonly expectation: Expectation
  readonly files: Readonly<Record<string, string>>
  /** For `upgrade`. */
  readonly released?: Readonly<Record<string, string>>
}

/**
 * For each case, what the library complained of where the expectation looks, in plain text; empty when it was content.
 * @throws when an app does not compile.
 */
export async function complaints(cases: readonly Case[]): Promise<readonly (readonly string[])[]> {
  const answers = new Map<Case, readonly string[]>()
  for (const env of ['development', 'production'] as const satisfies readonly NodeEnv[]) {
    const here = cases.filter(one => one.expectation.env === env)
    const upgrades = here.filter(one => one.expectation.on === 'upgrade')
    const runs = here.filter(one => one.expectation.on !== 'upgrade')
    const results = runs.length > 0 ? await runApps(runs.map(scenarioOf), env) : []
    for (const [i, one] of runs.entries()) answers.set(one, complaintsOf(results[i]!, one.expectation))
    const pairs = upgrades.map(one => ({ released: one.released ?? {}, current: one.files }))
    const differences = pairs.length > 0 ? await differentials(pairs, env) : []
    for (const [i, one] of upgrades.entries()) answers.set(one, differences[i]!)
  }
  return cases.map(one => answers.get(one)!)
}

const scenarioOf = ({ files, expectation }: Case): Scenario => ({
  files,
  entry: entryOf(files),
  script: scriptOf(expectation),
  // Long enough for the library's own work, short enough for the cases that hang.
  timeout: 1000,
  ...(expectation.before ? { before: expectation.before } : {}),
  ...(expectation.version ? { version: expectation.version } : {}),
})

function scriptOf(expectation: Expectation): readonly Action[] {
  switch (expectation.on) {
    case 'create':
      return [{ do: 'create' }]
    case 'exercise':
      return [{ do: 'exercise', set: expectation.set ?? false }]
    default:
      return []
  }
}

function complaintsOf(result: OracleResult, { on }: Expectation): string[] {
  const failed = result.actions.flatMap(action => (action.ok ? [] : [`${action.name}: ${action.message}`]))
  const said = result.logs.filter(line => line.level === 'warn' || line.level === 'error').map(line => line.text)
  const notLoaded = result.loaded.ok ? [] : [`load: ${result.loaded.message}`]
  if (on === 'load') return notLoaded
  const notOpened = result.opened.ok ? [] : [`open: ${result.opened.message}`]
  return [...notLoaded, ...notOpened, ...failed, ...said, ...result.unhandled]
}
