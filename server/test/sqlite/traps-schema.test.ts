// What looks wrong in schemas and ladders and is not: whole apps with all rules on, and not one finding of these rules.
import assert from 'node:assert/strict'
import { type RunningApp, runApp } from '../../testkit/run-example.ts'

const project = { versions: { 'expo-sqlite': '57.0.3' } }
const open = `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')
`
const rules =
  /^sqlite\/(?:failing-migration|schema-drift|broken-version-ladder|version-gap|version-outside-transaction|fresh-install-stamp|pragma-not-persistent)$/

const quiet = (files: Readonly<Record<string, string>>): void => {
  const app: RunningApp = runApp(files, { project })
  assert.deepEqual(
    [...app.texts.keys()].flatMap(file =>
      app.analyzer
        .findings(file)
        .flatMap(one => (rules.test(one.rule) ? [`${file}: ${one.rule}: ${one.message}`] : [])),
    ),
    [],
  )
}

const read = `const { user_version: version } = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')`
const migrate = (body: string, more = ''): Readonly<Record<string, string>> => ({
  'src/db.ts': `${open}
export async function migrate(options) {
  ${read}
  await db.withTransactionAsync(async () => {
${body}
  })
}
${more}`,
})

describe('what must not be reported: schemas and ladders of SQLite', () => {
  it('tables that are made at every start beside a ladder', () =>
    quiet(
      migrate(
        `    if (version < 2) await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT NOT NULL DEFAULT "x"')
    await db.execAsync('PRAGMA user_version = 2')`,
        `
await db.execAsync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, note TEXT NOT NULL)')
await db.execAsync('CREATE TABLE IF NOT EXISTS lists (id INTEGER PRIMARY KEY)')`,
      ),
    ))

  it('the same table made in two files, in the same way', () =>
    quiet({
      'src/db.ts': `${open}await db.execAsync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, note TEXT)')\n`,
      'src/again.ts': `import { db } from './db'
await db.execAsync(\`create table if not exists "tasks" (
  note text,
  ID integer primary key
)\`)
`,
    }))

  it('a table that is dropped and made anew otherwise', () =>
    quiet({
      'src/db.ts': `${open}
await db.execAsync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY)')
export async function reset() {
  await db.execAsync('DROP TABLE tasks')
  await db.execAsync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, note TEXT)')
}
`,
    }))

  it('two databases of one project have tables of one name', () =>
    quiet({
      'src/db.ts': `${open}await db.execAsync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY)')\n`,
      'src/other.ts': `import * as SQLite from 'expo-sqlite'
const other = SQLite.openDatabaseSync('other.db')
await other.execAsync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY, note TEXT)')
`,
    }))

  it('modules and functions that the app has and the judge lacks', () =>
    quiet(
      migrate(`    if (version < 1) await db.execAsync('CREATE VIRTUAL TABLE search USING fts4(title)')
    if (version < 2) await db.execAsync('CREATE VIRTUAL TABLE near USING vec0(embedding float[4])')
    if (version < 3) await db.execAsync("CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO tasks (title) VALUES (my_function('x'))")
    await db.execAsync('PRAGMA user_version = 3')`),
    ))

  it('steps that are read in part, fail in silence or ask what there is', () => {
    for (const step of [
      `await db.execAsync(\`ALTER TABLE tasks ADD COLUMN \${options.name} TEXT NOT NULL\`)`,
      "try { await db.execAsync('ALTER TABLE tasks ADD COLUMN a TEXT NOT NULL') } catch {}",
      `const columns = await db.getAllAsync('PRAGMA table_info(tasks)')
      if (!columns.length) await db.execAsync('ALTER TABLE tasks ADD COLUMN a TEXT NOT NULL')`,
      "await options.run(db, 'ALTER TABLE tasks ADD COLUMN a TEXT NOT NULL')",
    ])
      quiet(
        migrate(`    if (version < 1) await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)')
    if (version < 2) {
      ${step}
    }
    if (version < 3) await db.execAsync('ALTER TABLE tasks ADD COLUMN b TEXT NOT NULL')
    await db.execAsync('PRAGMA user_version = 3')`),
      )
  })

  it('values that are bound in a step', () =>
    quiet(
      migrate(`    if (version < 1) await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL)')
    if (version < 2) await db.runAsync('INSERT INTO tasks (id, title) VALUES (?, ?)', 1, options.title)
    await db.execAsync('PRAGMA user_version = 2')`),
    ))

  it('columns that phones keep and nobody uses any more', () =>
    quiet({
      'src/db.ts': `${open}
export async function migrate() {
  ${read}
  if (version === 0) {
    await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY); PRAGMA user_version = 3')
    return
  }
  await db.withTransactionAsync(async () => {
    if (version < 2) await db.execAsync('ALTER TABLE tasks ADD COLUMN gone TEXT')
    if (version < 3) await db.execAsync('CREATE TABLE dropped (id INTEGER PRIMARY KEY); DROP TABLE dropped')
    await db.execAsync('PRAGMA user_version = 3')
  })
}
`,
    }))

  it('numbers that are far apart, a step for each, and one that leads over several versions', () =>
    quiet(
      migrate(`    let current = version
    if (current === 0) {
      await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)')
      current = 10
    }
    if (current === 10) {
      await db.execAsync('ALTER TABLE tasks ADD COLUMN a')
      current = 35
    }
    await db.execAsync(\`PRAGMA user_version = \${current}\`)`),
    ))

  it('a list whose order is the version, and one that is sorted before it is run', () => {
    quiet({
      'src/db.ts': `${open}
const steps = ['CREATE TABLE tasks (id INTEGER PRIMARY KEY)', 'ALTER TABLE tasks ADD COLUMN a']
export async function migrate() {
  ${read}
  await db.withTransactionAsync(async () => {
    for (let i = version; i < steps.length; i++) await db.execAsync(steps[i])
    await db.execAsync(\`PRAGMA user_version = \${steps.length}\`)
  })
}
`,
    })
    quiet({
      'src/db.ts': `${open}
const steps = [
  { version: 2, sql: 'ALTER TABLE tasks ADD COLUMN a TEXT NOT NULL' },
  { version: 1, sql: 'CREATE TABLE tasks (id INTEGER PRIMARY KEY)' },
].sort((a, b) => a.version - b.version)
export async function migrate() {
  ${read}
  for (const step of steps.filter(one => one.version > version))
    await db.withTransactionAsync(async () => {
      await db.execAsync(step.sql)
      await db.execAsync(\`PRAGMA user_version = \${step.version}\`)
    })
}
`,
    })
  })

  it('one step at a time in a loop', () =>
    quiet({
      'src/db.ts': `${open}
export async function migrate() {
  const LATEST = 2
  let { user_version: version } = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  while (version < LATEST) {
    await db.withTransactionAsync(async () => {
      switch (version) {
        case 0:
          await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)')
          break
        case 1:
          await db.execAsync('ALTER TABLE tasks ADD COLUMN a')
          break
      }
      version++
      await db.execAsync(\`PRAGMA user_version = \${version}\`)
    })
  }
}
`,
    }))

  it('settings of a connection that are made at each start, in another function as well', () =>
    quiet({
      'src/db.ts': `${open}
const setUp = async () => {
  await db.execAsync('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
}
export async function migrate() {
  ${read}
  if (version < 1)
    await db.withTransactionAsync(async () => {
      await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)')
      await db.execAsync('PRAGMA synchronous = NORMAL')
      await db.execAsync('PRAGMA user_version = 1')
    })
}
void setUp().then(migrate)
`,
    }))
})
