// Mends an app whose migrations are not written yet, as its author would: the first fix of each error, until none is left.
import type { Baseline } from '../../src/core/baseline/snapshot.ts'
import type { Fix } from '../../src/core/rules/rule.ts'
import { applyFix, appRoot, baselinesOf, findingsOf, type RunningApp, runApp } from '../run-example.ts'
import type { RandomUpgrade } from './random-upgrade.ts'

/** What became of an app. */
export interface MendedUpgrade {
  readonly files: Record<string, string>
  /** Titles of the fixes that were made. */
  readonly log: readonly string[]
  /** Messages of findings that are left, and what Create Migration would write even so. */
  readonly left: readonly string[]
  /** Files that do not parse, or mix line ends. */
  readonly broken: readonly string[]
}

const rules = [
  'adapter-without-migrations',
  'column-never-migrated',
  'duplicate-migration-step',
  'migration-gap',
  'migration-newer-than-schema',
  'missing-migration',
  'released-migration-edited',
  'schema-changed-without-migration',
  'table-never-migrated',
].map(name => `watermelondb/${name}`)

/** Makes the first fix of each error about migrations, then lets Create Migration add what no rule asks for (indexes). */
export function mendUpgrade({ released, current, baseline }: RandomUpgrade): MendedUpgrade {
  const baselines = new Map(
    [...baselinesOf(released)].map(([name, one]): [string, Baseline] => [name, { ...one, kind: baseline }]),
  )
  const run = (files: Record<string, string>): RunningApp => {
    const app = runApp(files)
    app.analyzer.setBaselines(baselines)
    return app
  }
  const errorsOf = (app: RunningApp) => rules.flatMap(rule => findingsOf(app, rule))
  const log: string[] = []
  let files = current
  for (let round = 0; round < 12; round++) {
    const app = run(files)
    const fix = errorsOf(app).flatMap(one => app.analyzer.fixes(one, app.context)[0] ?? [])[0]
    if (!fix) break
    log.push(fix.title)
    files = applyFix(app, fix)
  }

  const app = run(files)
  const more = createMigration(app)
  if (more) {
    log.push(more.title)
    files = applyFix(app, more)
  }

  const after = run(files)
  const again = createMigration(after)
  return {
    files,
    log,
    left: [...errorsOf(after).map(one => one.message), ...(again ? [again.title] : [])],
    broken: Object.entries(files)
      .filter(([path, text]) => after.analyzer.facts(`${appRoot}/${path}`)?.error !== undefined || mixesLineEnds(text))
      .map(([path]) => path),
  }
}

const mixesLineEnds = (text: string): boolean => text.includes('\r\n') && /[^\r]\n/.test(text)

/** What Create Migration would write; undefined where it says that nothing is missing. */
function createMigration({ analyzer, context }: RunningApp): Fix | undefined {
  const [store] = analyzer.stores()
  const generated = store && analyzer.generators(store).createMigration?.(store, context)
  if (!generated) throw new Error('The app cannot be read')
  return 'edits' in generated ? { title: generated.message, safe: false, edits: generated.edits } : undefined
}
