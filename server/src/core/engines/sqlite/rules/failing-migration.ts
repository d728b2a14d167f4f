// A step of a migration that SQLite refuses on phones that hold rows.
import type { Rule } from '../../../rules/rule.ts'
import { contains, type Place } from '../../../text/span.ts'
import { expoSqlite } from '../example-app.ts'
import { type FailingStep, failingStep } from '../migrations/failing-step.ts'
import { mendStep } from '../migrations/mend-step.ts'
import type { SqliteStore } from '../types.ts'

interface Data {
  readonly store: SqliteStore
  readonly failing: FailingStep
}

const app = (steps: string) => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  const version = row?.user_version ?? 0
  if (version < 1) {
    await db.withTransactionAsync(async () => {
      await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL)')
      await db.execAsync('PRAGMA user_version = 1')
    })
  }
  if (version < 2) {
    await db.withTransactionAsync(async () => {
${steps}
      await db.execAsync('PRAGMA user_version = 2')
    })
  }
}
`,
})

export const failingMigration: Rule<SqliteStore, Data> = {
  id: 'sqlite/failing-migration',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'A step of the migration fails on tables that hold rows, or fails always. The steps are replayed by SQLite itself, with rows in every table before each of them.',
    why: 'The app cannot open its database for people who have data, while new installs work: `Cannot add a NOT NULL column with default value NULL` comes only where there is a row.',
    fix: 'Gives the column a default, or makes the table anew with its rows.',
  },
  *check(store) {
    const failing = failingStep(store)
    if (!failing) return
    const { at, message, step, isOnRows } = failing
    const where = !isOnRows
      ? 'on every phone'
      : /^UNIQUE/.test(message)
        ? 'on phones where two rows have the same values'
        : 'on phones that hold rows'
    yield {
      at,
      message: `SQLite refuses this ${where}: "${message}". The step to version ${step.version.value} fails, and the database cannot be opened by the app any more.`,
      related: isWithin(at, step.at) ? [] : [{ at: step.at, message: `The step to version ${step.version.value}` }],
      data: { store, failing },
    }
  },
  fix: ({ data: { store, failing } }, context) => mendStep(store, failing, context),
  examples: [
    {
      name: 'a column that may not be empty, without a default',
      project: expoSqlite,
      files: app(`      await db.execAsync('ALTER TABLE tasks ADD COLUMN list TEXT NOT NULL')
//                                                     ^^^^^^^^^^^^^^^^^^ on phones that hold rows: "Cannot add a NOT NULL column with default value NULL"`),
      fixed: app(`      await db.execAsync("ALTER TABLE tasks ADD COLUMN list TEXT NOT NULL DEFAULT ''")`),
    },
    {
      name: 'a default that is no constant',
      project: expoSqlite,
      files: app(`      await db.execAsync(\`
        ALTER TABLE tasks ADD COLUMN made_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP;
//                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ non-constant default
      \`)`),
    },
    {
      name: 'a unique index over what is equal in many rows',
      project: expoSqlite,
      files: app(`      await db.execAsync('CREATE UNIQUE INDEX by_title ON tasks (title)')
//                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UNIQUE constraint failed: tasks.title`),
    },
    {
      name: 'what works on rows',
      project: expoSqlite,
      files: app(`      await db.execAsync('ALTER TABLE tasks ADD COLUMN list TEXT NOT NULL DEFAULT "inbox"')
      await db.execAsync('ALTER TABLE tasks ADD COLUMN made_at TEXT')
      await db.execAsync('UPDATE tasks SET made_at = CURRENT_TIMESTAMP')
      await db.execAsync('CREATE INDEX by_title ON tasks (title)')`),
    },
    {
      name: 'a step that looks around first',
      project: expoSqlite,
      files: app(`      const columns = await db.getAllAsync('PRAGMA table_info(tasks)')
      if (columns.length === 0) await db.execAsync('ALTER TABLE tasks ADD COLUMN list TEXT NOT NULL')`),
    },
  ],
}

const isWithin = (inner: Place, outer: Place): boolean => inner.file === outer.file && contains(outer.span, inner.span)
