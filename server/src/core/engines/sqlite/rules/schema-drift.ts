// New installs and phones that update get different databases.
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite } from '../example-app.ts'
import { driftOf } from '../migrations/drift.ts'
import { madeTwice } from '../migrations/made-twice.ts'
import { missingStatements } from '../migrations/prove.ts'
import { writeStep } from '../migrations/write-step.ts'
import type { SqliteStore } from '../types.ts'

const app = (fresh: string, steps: string, latest = 2, code = '') => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  const version = row?.user_version ?? 0
  if (version === 0) {
    await db.execAsync(\`
${fresh}
      PRAGMA user_version = ${latest};
    \`)
    return
  }
${steps}
}
${code}`,
})

const step = (version: number, sql: string) => `  if (version < ${version}) {
    await db.withTransactionAsync(async () => {
      await db.execAsync('${sql}')
      await db.execAsync('PRAGMA user_version = ${version}')
    })
  }`

const plain = (name: string) => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  const version = row?.user_version ?? 0
  if (version < 1) {
    await db.execAsync('PRAGMA user_version = 1')
  }
  await db.execAsync(\`CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY${name})\`)
}
`,
})

export const schemaDrift: Rule<SqliteStore, { readonly store: SqliteStore }> = {
  id: 'sqlite/schema-drift',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'The database that new installs get differs from the one of phones that update: in tables, columns, NOT NULL, defaults, primary keys, indexes or triggers. Both are replayed by SQLite. Or a table is made with `IF NOT EXISTS` in two places, with other columns.',
    why: '`CREATE TABLE IF NOT EXISTS` with a changed body does nothing where the table is there. Everything works on new installs, and phones that update fail with `table t has no column named b`.',
    fix: 'Writes the step that gives phones what they lack.',
  },
  *check(store) {
    for (const { table, column, first, second } of madeTwice(store))
      yield {
        at: second,
        message: `"${table}" is made in two places, and only one of them has the column "${column}": whichever runs first makes the table, and the other does nothing. Make it in one place.`,
        related: [{ at: first, message: `"${table}" is made here as well` }],
      }
    for (const { at, message, related, isLack } of driftOf(store))
      yield { at, message, related, ...(isLack && { data: { store } }) }
  },
  fix({ data: { store } }, context) {
    const found = missingStatements(store)
    if (!found || 'problem' in found) return undefined
    const written = writeStep(store, found.statements, 'Bring the tables up to date', context)
    if ('problem' in written) return undefined
    return { title: `Create migration to version ${written.version}`, safe: false, edits: written.edits }
  },
  examples: [
    {
      name: 'an index for new installs alone',
      project: expoSqlite,
      files: app(
        `      CREATE TABLE tasks (id INTEGER PRIMARY KEY, note TEXT);
      CREATE INDEX by_note ON tasks (note);
//    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no step gives it to phones that update`,
        step(2, 'ALTER TABLE tasks ADD COLUMN note TEXT'),
      ),
      fixed: app(
        `      CREATE TABLE tasks (id INTEGER PRIMARY KEY, note TEXT);
      CREATE INDEX by_note ON tasks (note);`,
        `${step(2, 'ALTER TABLE tasks ADD COLUMN note TEXT')}
${step(3, 'CREATE INDEX by_note ON tasks (note)')}`,
        3,
      ),
    },
    {
      name: 'a column that the steps add, and new installs do not get',
      project: expoSqlite,
      files: app(
        '      CREATE TABLE tasks (id INTEGER PRIMARY KEY);',
        `  if (version < 2) {
    await db.withTransactionAsync(async () => {
      await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
//                                                     ^^^^ what uses it fails on new installs
      await db.execAsync('PRAGMA user_version = 2')
    })
  }`,
        2,
        `export const notes = () => db.getAllAsync('SELECT note FROM tasks')\n`,
      ),
    },
    {
      name: 'a column with another definition',
      project: expoSqlite,
      files: app(
        `      CREATE TABLE tasks (id INTEGER PRIMARY KEY, rank INTEGER NOT NULL DEFAULT 1);
//                                                ^^^^ another NOT NULL`,
        step(2, 'ALTER TABLE tasks ADD COLUMN rank INTEGER DEFAULT 1'),
      ),
      fixed: app(
        `      CREATE TABLE tasks (id INTEGER PRIMARY KEY, rank INTEGER NOT NULL DEFAULT 1);`,
        `${step(2, 'ALTER TABLE tasks ADD COLUMN rank INTEGER DEFAULT 1')}
  if (version < 3) {
    await db.withTransactionAsync(async () => {
      await db.execAsync(\`
        CREATE TABLE tasks_new (id INTEGER PRIMARY KEY, rank INTEGER NOT NULL DEFAULT 1);
        INSERT INTO tasks_new (id, rank)
          SELECT id, coalesce(rank, 1) FROM tasks;
        DROP TABLE tasks;
        ALTER TABLE tasks_new RENAME TO tasks;
      \`)
      await db.execAsync('PRAGMA user_version = 3')
    })
  }`,
        3,
      ),
    },
    {
      name: 'a column that the release does not have',
      project: expoSqlite,
      released: plain(''),
      files: {
        'src/db.ts': plain(', note TEXT')['src/db.ts'].replace(
          ', note TEXT)`)\n',
          `, note TEXT)\`)
//                                                                              ^^^^ no step gives it to phones that have v1.json
`,
        ),
      },
    },
    {
      name: 'a table that is made twice',
      project: expoSqlite,
      files: {
        'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')
db.execSync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, title TEXT)')
`,
        'src/later.ts': `import { db } from './db'

db.execSync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, title TEXT, note TEXT)')
//                                      ^^^^^ in two places
`,
      },
    },
    {
      name: 'the same database in both ways',
      project: expoSqlite,
      files: app(
        `      CREATE TABLE tasks (note TEXT, id INTEGER PRIMARY KEY, done INTEGER NOT NULL);
      CREATE INDEX by_note ON tasks(note);`,
        `${step(2, 'ALTER TABLE tasks ADD COLUMN note TEXT')}
${step(3, 'ALTER TABLE tasks ADD COLUMN done INTEGER NOT NULL DEFAULT 0')}
${step(4, 'CREATE INDEX IF NOT EXISTS "by_note" ON tasks (note ASC)')}`,
        4,
      ),
    },
  ],
}
