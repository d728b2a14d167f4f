// The example apps as the doors load them: the clean ones have no finding, the playground has those of its list.
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { createAnalyzer } from '../src/core/analyze.ts'
import { engines, rules } from '../src/core/rules/all.ts'
import { defaultSettings } from '../src/core/settings.ts'
import { loadBaselines } from '../src/host/load-baselines.ts'
import { loadWorkspace } from '../src/host/load-workspace.ts'
import { answerSql } from '../testkit/answer-sql.ts'
import { exampleFiles } from '../testkit/example-files.ts'

const analysed = async (name: string) => {
  const root = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
  const analyzer = createAnalyzer({
    engines,
    rules,
    answerNow: answerSql,
    onRuleError: (rule, error) => {
      throw new Error(`${rule} threw`, { cause: error })
    },
  })
  await loadWorkspace({ root, analyzer, settings: defaultSettings })
  const { baselines, problems } = await loadBaselines({
    root,
    setting: 'snapshot',
    stores: analyzer.stores(),
    trusted: false,
    past: new Map(),
    createReader: () => assert.fail('git is asked'),
    exclude: [],
    libraries: [],
  })
  assert.deepEqual(problems, [])
  analyzer.setBaselines(baselines)
  analyzer.settle()
  const findings = analyzer
    .filesWithFindings()
    .flatMap(file => analyzer.findings(file))
    .map(finding => `${finding.file.slice(root.length + 1)}: ${finding.rule}`)
  return { analyzer, findings }
}

/** What `examples/README.md` lists. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  notes: [
    'src/db/index.ts: watermelondb/adapter-without-migrations',
    'src/models/Note.ts: watermelondb/decorator-type-mismatch',
    'src/models/Notebook.ts: watermelondb/children-without-association',
    'src/models/Notebook.ts: watermelondb/unknown-column',
    'src/screens/NotebookScreen.tsx: watermelondb/unknown-query-column',
    'src/screens/NotebookScreen.tsx: watermelondb/write-outside-writer',
    'src/sync.ts: watermelondb/client-clock-timestamp',
    'src/sync.ts: watermelondb/migration-sync-off',
  ],
  'settings-mmkv': [
    'src/screens/DraftScreen.tsx: mmkv/instance-in-render',
    'src/screens/SettingsScreen.tsx: mmkv/type-mismatch',
    'src/storage/copy-async-storage.ts: mmkv/lossy-asyncstorage-migration',
    'src/storage/recent-searches.ts: mmkv/unguarded-json-parse',
    'src/storage/session-storage.ts: mmkv/hardcoded-encryption-key',
    'src/storage/settings.ts: mmkv/lost-false',
  ],
  'tasks-realm': [
    'src/account.ts: realm/device-sync-shut-down',
    'src/db/config.ts: realm/dead-config-key',
    'src/import-tasks.ts: realm/async-write',
    'src/models/Task.ts: realm/nullability-mismatch',
    'src/models/Task.ts: realm/renamed-property-loses-data',
    'src/models/Task.ts: realm/shared-default',
    'src/screens/TaskList.tsx: realm/initializer-overwrites-value',
    'src/screens/TaskList.tsx: realm/query-interpolation',
    'src/screens/TaskList.tsx: realm/query-unknown-property',
  ],
  'journal-sqlite': [
    'src/App.tsx: sqlite/foreign-keys-off',
    'src/App.tsx: sqlite/provider-misuse',
    'src/db/entries.ts: sqlite/dropped-statements',
    'src/db/entries.ts: sqlite/interpolated-value',
    'src/db/entries.ts: sqlite/rejected-statement',
    'src/db/entries.ts: sqlite/statement-outside-transaction',
    'src/db/entries.ts: sqlite/wrong-parameters',
    'src/db/import-entries.ts: sqlite/unfinalized-statement',
    'src/db/migrate.ts: sqlite/failing-migration',
  ],
}

describe('example apps', () => {
  for (const [name, tables] of [
    ['clean', ['people projects tasks']],
    ['two-databases', ['reviews users', 'users']],
  ] as const)
    it(`${name}: every store is read whole, and nothing is found`, async () => {
      const { analyzer, findings } = await analysed(name)
      const read = analyzer.stores()
      const namesOf = (of: typeof read) =>
        of.map(({ entities }) =>
          entities
            .map(({ name }) => name.text)
            .sort()
            .join(' '),
        )
      assert.deepEqual(namesOf(read).sort(), tables)
      assert.ok(read.every(store => store.complete && store.entities.every(entity => entity.complete)))
      assert.deepEqual(findings, [])
    })

  for (const [name, lines] of Object.entries(mistakes)) {
    it(`${name}: finds what its list says, and nothing else`, async () => {
      const { findings } = await analysed(name)
      assert.deepEqual(findings.sort(), lines)
    })

    it(`${name}: does not give itself away`, () => {
      for (const [path, text] of Object.entries(exampleFiles(name)))
        assert.doesNotMatch(text, /\b(bug|wrong|mistake|fixme|todo)\b/i, path)
    })
  }
})
