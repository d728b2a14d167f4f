// What is read of the code that brings a database from one version to the next, in each shape that people write.
import assert from 'node:assert/strict'
import type { Ladder } from '../../src/core/engines/sqlite/types.ts'
import { readSqlite, storesOf } from './reading.ts'

const open = `import * as SQLite from 'expo-sqlite'
export const db = SQLite.openDatabaseSync('app.db')
`

const told = ({ shape, steps, target, complete, fresh, writes }: Ladder) => ({
  shape,
  steps: steps.map(({ version, texts, complete, inTransaction, advances }) =>
    [version.value, texts.length, complete, inTransaction, advances].join(' '),
  ),
  target: target?.value,
  complete,
  fresh: fresh && [fresh.texts.length, fresh.stamp?.value],
  writes: writes.map(({ value, step, inTransaction }) => [value, step?.version.value, inTransaction]),
})

const ladderOf = (files: Readonly<Record<string, string>>) => {
  const [store] = storesOf(readSqlite(files))
  return store?.ladder && told(store.ladder)
}

describe('sqlite: ladders', () => {
  it('the chain of the documentation of expo-sqlite', () => {
    const found = ladderOf({
      'src/app.tsx': `import { SQLiteProvider, type SQLiteDatabase } from 'expo-sqlite'
export const App = () => <SQLiteProvider databaseName="app.db" onInit={migrateDbIfNeeded} />
async function migrateDbIfNeeded(db: SQLiteDatabase) {
  const DATABASE_VERSION = 2
  let { user_version: currentDbVersion } = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  if (currentDbVersion >= DATABASE_VERSION) {
    return
  }
  if (currentDbVersion === 0) {
    await db.execAsync(\`PRAGMA journal_mode = 'wal'; CREATE TABLE todos (id INTEGER PRIMARY KEY, value TEXT)\`)
    await db.runAsync('INSERT INTO todos (value) VALUES (?)', 'hello')
    currentDbVersion = 1
  }
  if (currentDbVersion === 1) {
    await db.execAsync('ALTER TABLE todos ADD COLUMN done INTEGER')
    currentDbVersion = 2
  }
  await db.execAsync(\`PRAGMA user_version = \${DATABASE_VERSION}\`)
}
`,
    })
    assert.deepEqual(found, {
      shape: 'if-equal',
      steps: ['1 2 true false true', '2 1 true false true'],
      target: 2,
      complete: true,
      fresh: undefined,
      writes: [[2, undefined, false]],
    })
  })

  it('a step that does not advance', () => {
    const found = ladderOf({
      'src/db.ts': `${open}
export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  let version = row?.user_version ?? 0
  if (version === 1) {
    await db.execAsync('ALTER TABLE t ADD COLUMN a')
  }
  if (version === 2) {
    await db.execAsync('ALTER TABLE t ADD COLUMN b')
    version = 3
  }
  await db.execAsync(\`PRAGMA user_version = \${version}\`)
}
`,
    })
    assert.deepEqual(found?.steps, ['2 1 true false false', '3 1 true false true'])
    assert.deepEqual(found?.writes, [[undefined, undefined, false]])
  })

  it('if below, each in a transaction of its own', () => {
    const found = ladderOf({
      'src/db.ts': `${open}
const getVersion = () => db.getFirstSync<{ user_version: number }>('PRAGMA user_version')!.user_version
export function migrate() {
  const v = getVersion()
  if (v < 1) {
    db.withTransactionSync(() => {
      db.execSync('CREATE TABLE a (x)')
      db.execSync('PRAGMA user_version = 1')
    })
  }
  if (v < 2) {
    db.withTransactionSync(() => {
      addColumn()
      db.execSync('PRAGMA user_version = 2')
    })
  }
}
function addColumn() {
  db.execSync('ALTER TABLE a ADD COLUMN y')
}
`,
    })
    assert.equal(found?.shape, 'if-below')
    assert.deepEqual(
      found?.steps.map(step => step.slice(0, 8)),
      ['1 2 true', '2 2 true'],
    )
    assert.deepEqual(found?.writes, [
      [1, 1, true],
      [2, 2, true],
    ])
  })

  it('a chain within one transaction', () => {
    const found = ladderOf({
      'src/db.ts': `${open}
const VERSION = 2
export async function migrate() {
  await db.withTransactionAsync(async () => {
    const { user_version: version } = await db.getFirstAsync('PRAGMA user_version')
    if (version < VERSION) {
      if (version < 1) await db.execAsync('CREATE TABLE a (x)')
      if (version < 2) await db.execAsync('ALTER TABLE a ADD COLUMN y')
      await db.execAsync(\`PRAGMA user_version = \${VERSION}\`)
    }
  })
}
`,
    })
    assert.deepEqual(found, {
      shape: 'if-below',
      steps: ['1 1 true true true', '2 1 true true true'],
      target: 2,
      complete: true,
      fresh: undefined,
      writes: [[2, undefined, true]],
    })
  })

  it('a switch that falls through, and one that does not', () => {
    const files = (between: string) => ({
      'src/db.ts': `${open}
export async function migrate() {
  const { user_version: version } = await db.getFirstAsync('PRAGMA user_version')
  switch (version) {
    case 0:
      await db.execAsync('CREATE TABLE a (x)')
      ${between}
    case 1:
      await db.execAsync('ALTER TABLE a ADD COLUMN y')
  }
  await db.execAsync('PRAGMA user_version = 2')
}
`,
    })
    assert.deepEqual(ladderOf(files(''))?.steps, ['1 1 true false true', '2 1 true false true'])
    assert.equal(ladderOf(files(''))?.shape, 'switch')
    assert.deepEqual(ladderOf(files('break'))?.steps[0], '1 1 true false false')
  })

  it('a list of functions with versions, in a transaction each', () => {
    const found = ladderOf({
      'src/migrations.ts': `import type { SQLiteDatabase } from 'expo-sqlite'
import { third } from './third'
interface Migration { version: number; up: (db: SQLiteDatabase) => void }
export const migrations: Migration[] = [
  { version: 1, up: db => { db.execSync('CREATE TABLE a (x)') } },
  { version: 2, up(db) { db.execSync('ALTER TABLE a ADD COLUMN y'); db.execSync('CREATE INDEX i ON a (y)') } },
  third,
]
`,
      'src/third.ts': `export const third = { version: 3, up: async db => { await db.execAsync('ALTER TABLE a ADD COLUMN z') } }
`,
      'src/db.ts': `${open}import { migrations } from './migrations'
const current = () => db.getFirstSync<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
for (const migration of migrations) {
  if (migration.version <= current()) continue
  db.withTransactionSync(() => {
    migration.up(db)
    db.execSync(\`PRAGMA user_version = \${migration.version}\`)
  })
}
`,
    })
    assert.deepEqual(found, {
      shape: 'list',
      steps: ['1 1 true true true', '2 2 true true true', '3 1 true true true'],
      target: undefined,
      complete: true,
      fresh: undefined,
      writes: [[undefined, undefined, true]],
    })
  })

  it('a list of texts with versions', () => {
    const found = ladderOf({
      'src/db.ts': `${open}
const steps = [
  { version: 1, sql: 'CREATE TABLE a (x)' },
  { version: 2, sql: \`ALTER TABLE a ADD COLUMN y\` },
]
export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  for (const { version, sql } of steps.filter(step => step.version > row.user_version)) {
    await db.execAsync(sql)
    await db.execAsync(\`PRAGMA user_version = \${version}\`)
  }
}
`,
    })
    assert.equal(found?.shape, 'list')
    assert.deepEqual(found?.steps, ['1 1 true false true', '2 1 true false true'])
  })

  it('a list of pairs, and one whose places are the versions', () => {
    const files = (list: string, run: string) => ({
      'src/db.ts': `${open}
const migrations = ${list}
export async function migrate() {
  const { user_version: version } = db.getFirstSync('PRAGMA user_version')
  for (let i = version; i < migrations.length; i++) ${run}
  db.execSync(\`PRAGMA user_version = \${migrations.length}\`)
}
`,
    })
    const pairs = ladderOf(
      files(`[[1, 'CREATE TABLE a (x)'], [2, 'ALTER TABLE a ADD COLUMN y']]`, 'db.execSync(migrations[i][1])'),
    )
    assert.deepEqual(pairs?.steps, ['1 1 true false true', '2 1 true false true'])
    const texts = ladderOf(files(`['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y']`, 'db.execSync(migrations[i])'))
    assert.deepEqual(texts?.steps, ['1 1 true false true', '2 1 true false true'])
    assert.deepEqual(texts?.writes, [[2, undefined, false]])
    const functions = ladderOf(
      files(
        `[(db) => db.execSync('CREATE TABLE a (x)'), (db) => db.execSync('ALTER TABLE a ADD COLUMN y')]`,
        'migrations[i](db)',
      ),
    )
    assert.deepEqual(functions?.steps, ['1 1 true false true', '2 1 true false true'])
  })

  it('a branch for new databases that makes everything at once', () => {
    const found = ladderOf({
      'src/db.ts': `${open}
const LATEST = 3
export function migrate() {
  const { user_version: version } = db.getFirstSync('PRAGMA user_version')
  if (version === 0) {
    createAll()
    return
  }
  if (version < 2) db.execSync('ALTER TABLE a ADD COLUMN y')
  if (version < 3) db.execSync('ALTER TABLE a ADD COLUMN z')
  db.execSync(\`PRAGMA user_version = \${LATEST}\`)
}
function createAll() {
  db.execSync('CREATE TABLE a (x, y, z)')
  db.execSync(\`PRAGMA user_version = \${LATEST}\`)
}
`,
    })
    assert.deepEqual(found?.fresh, [2, 3])
    assert.deepEqual(
      found?.steps.map(step => step[0]),
      ['2', '3'],
    )
    assert.deepEqual(
      found?.writes.map(([value]) => value),
      [3, 3],
    )
  })

  it('a runner of a class, with a branch for new databases elsewhere', () => {
    const found = ladderOf({
      'src/runner.ts': `import type { SQLiteDatabase } from 'expo-sqlite'
export class Runner {
  private migrations: Migration[]
  constructor(migrations: Migration[]) {
    this.migrations = [...migrations].sort((a, b) => a.version - b.version)
  }
  private versionOf(db: SQLiteDatabase): number {
    return db.getFirstSync<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
  }
  run(db: SQLiteDatabase) {
    const now = this.versionOf(db)
    const pending = this.migrations.filter(one => one.version > now)
    for (const migration of pending) {
      db.withTransactionSync(() => {
        migration.migrate(db)
        db.execSync(\`PRAGMA user_version = \${migration.version}\`)
      })
    }
  }
}
`,
      'src/db.ts': `${open}import { Runner } from './runner'
const create = () => {
  db.runSync('CREATE TABLE a (x)')
  db.execSync('PRAGMA user_version = 2')
}
export function start() {
  let userVersion = db.getFirstSync<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
  if (userVersion === 0) {
    create()
  }
  new Runner(migrations).run(db)
}
const migrations = [{ version: 3, migrate: db => db.runSync('ALTER TABLE a ADD COLUMN y') }]
`,
    })
    assert.deepEqual(found, {
      shape: 'list',
      steps: ['3 1 true true true'],
      target: undefined,
      complete: true,
      fresh: [2, 2],
      writes: [
        [undefined, undefined, true],
        [2, undefined, false],
      ],
    })
  })

  it('what looks around, fails in silence or cannot be followed is not complete', () => {
    const files = (step: string) => ({
      'src/db.ts': `${open}
export async function migrate(helper) {
  const { user_version: version } = await db.getFirstAsync('PRAGMA user_version')
  if (version < 1) {
    ${step}
  }
  if (version < 2) await db.execAsync('ALTER TABLE a ADD COLUMN z')
}
`,
    })
    const complete = (step: string) => ladderOf(files(step))?.complete
    assert.equal(complete(`await db.execAsync('ALTER TABLE a ADD COLUMN y')`), true)
    assert.equal(
      complete(`const info = await db.getAllAsync('PRAGMA table_info(a)')
    if (!info.some(one => one.name === 'y')) await db.execAsync('ALTER TABLE a ADD COLUMN y')`),
      false,
    )
    assert.equal(complete(`try { await db.execAsync('ALTER TABLE a ADD COLUMN y') } catch {}`), false)
    assert.equal(complete(`await helper(db)`), false)
    assert.equal(complete(`await db.execAsync(\`ALTER TABLE \${table} ADD COLUMN y\`)`), false)
  })

  it('tests of other versions are no ladder', () => {
    assert.equal(
      ladderOf({
        'src/db.ts': `${open}
if (appVersion < 2) db.execSync('DELETE FROM t')
if (appVersion < 3) db.execSync('DELETE FROM u')
`,
      }),
      undefined,
    )
  })
})
