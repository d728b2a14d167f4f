// Every fix of every rule's example that changes what a phone runs when it upgrades.
import type { Snapshot } from '../../src/core/baseline/snapshot.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { rules } from '../../src/core/rules/all.ts'
import type { AnyRule, Example } from '../../src/core/rules/rule.ts'
import { applyFix, findingsOf, type RunningApp, readExample, runApp } from '../run-example.ts'

type Files = Readonly<Record<string, string>>

/** An app before and after one fix. */
export interface MigrationFix {
  readonly rule: string
  readonly example: string
  readonly title: string
  /** The app as it was released: the one with the mistake where the example tells of no other. */
  readonly released: Files
  readonly fixed: Files
  /** The schemas and migrations of the released app, of the one with the mistake, and of the fixed one. */
  readonly snapshots: { readonly released: Snapshot[]; readonly before: Snapshot[]; readonly after: Snapshot[] }
}

/** All offered fixes, not only the first of each finding, by which the version or a migration changes. */
export const migrationFixes = (): MigrationFix[] =>
  rules
    .filter(rule => rule.id.startsWith('watermelondb/'))
    .flatMap(rule => rule.examples.flatMap(example => fixesOf(rule, example)))

function fixesOf(rule: AnyRule, example: Example): MigrationFix[] {
  const { files } = readExample(example)
  const { project, released } = example
  const run = (texts: Files) =>
    runApp(texts, { enable: rule.id, ...(project && { project }), ...(released && { released }) })
  const app = run(files)
  const before = snapshotsOf(app)
  return findingsOf(app, rule.id).flatMap(finding =>
    app.analyzer.fixes(finding, app.context).flatMap((fix): MigrationFix[] => {
      const once = applyFix(app, fix)
      const isSame = migrationsOf(snapshotsOf(run(once))) === migrationsOf(before)
      if (isSame && !fix.edits.some(edit => /migration/i.test(edit.file))) return []
      const fixed = settle(once, run, [rule.id, 'watermelondb/missing-migration'])
      return [
        {
          rule: rule.id,
          example: example.name,
          title: fix.title,
          released: withAdapter(released ?? files),
          fixed: withAdapter(fixed),
          snapshots: {
            released: released ? snapshotsOf(runApp(released)) : [],
            before,
            after: snapshotsOf(run(fixed)),
          },
        },
      ]
    }),
  )
}

/** The app after the first fix of each finding of these rules that is left, since an example may hold several mistakes. */
function settle(files: Files, run: (texts: Files) => RunningApp, ids: readonly string[]): Files {
  let texts = files
  for (let round = 0; round < 5; round++) {
    const app = run(texts)
    const fixes = ids.flatMap(id => findingsOf(app, id)).flatMap(one => app.analyzer.fixes(one, app.context)[0] ?? [])
    if (!fixes[0]) break
    texts = applyFix(app, fixes[0])
  }
  return texts
}

/** An example that shows a schema only gets the adapter that it leaves out. */
const withAdapter = (files: Files): Files =>
  Object.values(files).some(text => /new \w+Adapter\(/.test(text))
    ? files
    : { ...files, 'src/db/index.ts': exampleApp({})['src/db/index.ts']! }

const snapshotsOf = ({ analyzer }: RunningApp): Snapshot[] =>
  analyzer.stores().flatMap(store => analyzer.snapshot(store) ?? [])

const migrationsOf = (snapshots: readonly Snapshot[]): string =>
  JSON.stringify(snapshots.map(({ version, migrations }) => [version, migrations]))
