// A branch for new databases that also takes old ones without a version.
import type { Rule } from '../../../rules/rule.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { expoSqlite } from '../example-app.ts'
import { looksAround } from '../ladder/looks-around.ts'
import { alteredTables, createdTables } from '../schema/create-table.ts'
import type { Ladder, LadderStep, SqliteStore } from '../types.ts'

const app = (guard: string, step: string) => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export function migrate() {
  const { user_version: version } = db.getFirstSync<{ user_version: number }>('PRAGMA user_version')
  if (version === 0) {
    db.execSync('CREATE TABLE ${guard}tasks (id INTEGER PRIMARY KEY, note TEXT)')
    db.execSync('PRAGMA user_version = 2')
${guard && step.includes('table_info') ? '//                                     ^ is taken for a new one' : ''}
    return
  }
  if (version < 2) {
${step}
    db.execSync('PRAGMA user_version = 2')
  }
}
`,
})

const careful = `    const columns = db.getAllSync<{ name: string }>('PRAGMA table_info(tasks)')
    if (!columns.some(one => one.name === 'note')) db.execSync('ALTER TABLE tasks ADD COLUMN note TEXT')`

export const freshInstallStamp: Rule<SqliteStore> = {
  id: 'sqlite/fresh-install-stamp',
  severity: 'warning',
  on: 'store',
  docs: {
    what: 'A database of version 0 is taken for a new one: its tables are made with `IF NOT EXISTS` and the newest version is written, while a step below that version looks for the columns that older databases lack, and nothing ever writes a version that would lead to it.',
    why: 'A database that was made before the app wrote versions has version 0 as well. `IF NOT EXISTS` leaves its tables as they are, the step is skipped, and the columns are missing for ever.',
    fix: 'Tell new databases by their tables (`SELECT 1 FROM sqlite_master`), or let the steps run for version 0 as well.',
  },
  *check({ ladder }) {
    const { fresh, steps } = ladder ?? {}
    const step = ladder && firstStep(ladder)
    if (!fresh?.stamp || !steps || !step || step.version.value > fresh.stamp.value) return
    const { value } = fresh.stamp
    yield {
      at: fresh.stamp.at,
      message: `A database that has tables and no version yet is taken for a new one: "IF NOT EXISTS" leaves its tables as they are, and with version ${value} the step to ${step.version.value} never gives it what it lacks. Tell new databases by their tables.`,
      related: [{ at: step.at, message: `The step to version ${step.version.value}` }],
    }
  },
  examples: [
    {
      name: 'a step that looks for what old databases lack',
      project: expoSqlite,
      files: app('IF NOT EXISTS ', careful),
    },
    {
      name: 'a step that knows what its version has',
      project: expoSqlite,
      files: app('IF NOT EXISTS ', "    db.execSync('ALTER TABLE tasks ADD COLUMN note TEXT')"),
    },
    { name: 'tables that are made for certain', project: expoSqlite, files: app('', careful) },
  ],
}

/** The lowest step, where it is for databases of which nothing writes the version, and looks at what they have. */
function firstStep({ steps, fresh, writes }: Ladder): LadderStep | undefined {
  const [first] = [...steps].sort((a, b) => a.version.value - b.version.value)
  const made = (fresh?.texts ?? []).flatMap(({ sql: { text } }) =>
    createdTables(text).map(one => ({
      ...one,
      isGuarded: /\bif\s+not\s+exists\b/i.test(text.slice(one.start, one.name.start)),
    })),
  )
  if (!first || first.version.value < 2 || made.length === 0 || made.some(one => !one.isGuarded)) return undefined
  if (writes.some(({ value }) => value !== undefined && value > 0 && value < first.version.value)) return undefined
  const names = new Set(made.map(one => foldName(one.name.text)))
  const alters = first.texts.some(({ sql }) => alteredTables(sql.text).some(one => names.has(foldName(one.table.text))))
  return alters && looksAround(first.texts.map(text => text.call)) ? first : undefined
}
