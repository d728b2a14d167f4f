// What is read of code that opens databases and gives them SQL, in each form that people write.
import assert from 'node:assert/strict'
import type { SqlCall, Transaction } from '../../src/core/engines/sqlite/types.ts'
import { callsIn, codeOf, readSqlite, storesOf } from './reading.ts'

const told = (call: SqlCall) => ({
  method: call.method.name,
  sql: call.sql?.text,
  store: call.store?.name,
  bound: bound(call),
})

const bound = ({ parameters }: SqlCall): string =>
  parameters.kind === 'list'
    ? `list of ${parameters.items.length}`
    : parameters.kind === 'object'
      ? [...parameters.entries.keys()].join()
      : parameters.kind

describe('sqlite: openings and calls', () => {
  it('expo-sqlite: every call of an opened database', () => {
    const app = readSqlite({
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
export const db = SQLite.openDatabaseSync('app.db')
await db.execAsync(\`PRAGMA journal_mode = WAL; CREATE TABLE t (a)\`)
await db.runAsync('INSERT INTO t VALUES (?)', 1)
await db.runAsync('INSERT INTO t VALUES (?, ?)', [1, 2])
await db.getAllAsync('SELECT * FROM t WHERE a = $a', { $a: 1 })
const row = await db.getFirstAsync<{ a: number }>('SELECT a FROM t WHERE a = ?', id)
await db.getAllAsync('SELECT * FROM t', ...ids)
const found = await db.sql\`SELECT * FROM t WHERE a = \${id}\`
`,
    })
    assert.deepEqual(
      storesOf(app).map(store => store.name),
      ['app'],
    )
    assert.deepEqual(callsIn(app, 'src/db.ts').map(told), [
      { method: 'execAsync', sql: 'PRAGMA journal_mode = WAL; CREATE TABLE t (a)', store: 'app', bound: 'none' },
      { method: 'runAsync', sql: 'INSERT INTO t VALUES (?)', store: 'app', bound: 'list of 1' },
      { method: 'runAsync', sql: 'INSERT INTO t VALUES (?, ?)', store: 'app', bound: 'list of 2' },
      { method: 'getAllAsync', sql: 'SELECT * FROM t WHERE a = $a', store: 'app', bound: '$a' },
      { method: 'getFirstAsync', sql: 'SELECT a FROM t WHERE a = ?', store: 'app', bound: 'unknown' },
      { method: 'getAllAsync', sql: 'SELECT * FROM t', store: 'app', bound: 'unknown' },
      { method: 'sql', sql: 'SELECT * FROM t WHERE a = ?', store: 'app', bound: 'list of 1' },
    ])
  })

  const handles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'an awaited opening in a function': {
      'src/use.ts': `import { openDatabaseAsync } from 'expo-sqlite'
export async function load() {
  const db = await openDatabaseAsync('app.db')
  return db.getAllAsync('SELECT 1')
}
`,
    },
    'a variable that an async getter fills': {
      'src/use.ts': `import * as SQLite from 'expo-sqlite'
let database = null
async function getDatabase() {
  if (!database) database = await SQLite.openDatabaseAsync('app.db')
  return database
}
export async function load() {
  const db = await getDatabase()
  return db.getAllAsync('SELECT 1')
}
`,
    },
    'a promise that is kept': {
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
let opening: Promise<SQLite.SQLiteDatabase> | undefined
export const getDb = () => (opening ??= SQLite.openDatabaseAsync('app.db'))
`,
      'src/use.ts': `import { getDb } from './db'
export const load = async () => (await getDb()).getAllAsync('SELECT 1')
`,
    },
    'an exported variable that is assigned later': {
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
export let db
export async function init() { db = await SQLite.openDatabaseAsync('app.db') }
`,
      'src/use.ts': `import { db } from './db'
export const load = () => db.getAllAsync('SELECT 1')
`,
    },
    'a field of a class': {
      'src/use.ts': `import * as SQLite from 'expo-sqlite'
class Store {
  private db: SQLite.SQLiteDatabase | null = null
  async open() { this.db = await SQLite.openDatabaseAsync('app.db') }
  load() { return this.db!.getAllAsync('SELECT 1') }
}
`,
    },
    'a method of an object of a class': {
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
class Store {
  static instance: Store
  private db = SQLite.openDatabaseSync('app.db')
  static getInstance(): Store { return Store.instance }
  getDb() { return this.db }
}
export const store = new Store()
`,
      'src/use.ts': `import { store } from './db'
export const load = () => store.getDb().getAllAsync('SELECT 1')
`,
    },
    'a member of an object': {
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
export const storage = { db: SQLite.openDatabaseSync('app.db') }
`,
      'src/use.ts': `import { storage } from './db'
export const load = () => storage.db.getAllAsync('SELECT 1')
`,
    },
    'a function that gives it among others': {
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
const db = SQLite.openDatabaseSync('app.db')
export function useDatabase() { return { db, ready: true } }
`,
      'src/use.ts': `import { useDatabase } from './db'
export function Screen() {
  const { db } = useDatabase()
  return db.getAllSync('SELECT 1')
}
`,
    },
    'the provider and its hook': {
      'src/app.tsx': `import { SQLiteProvider } from 'expo-sqlite'
export const App = () => <SQLiteProvider databaseName="app.db"><Main /></SQLiteProvider>
`,
      'src/use.tsx': `import { useSQLiteContext } from 'expo-sqlite'
export function Screen() {
  const db = useSQLiteContext()
  return () => db.getAllAsync('SELECT 1')
}
`,
    },
    'the parameter of onInit, written in place': {
      'src/use.tsx': `import { SQLiteProvider } from 'expo-sqlite'
export const App = () => (
  <SQLiteProvider databaseName="app.db" onInit={async db => { await db.getAllAsync('SELECT 1') }} />
)
`,
    },
    'the parameter of onInit, elsewhere': {
      'src/app.tsx': `import { SQLiteProvider } from 'expo-sqlite'
import { init } from './use'
export const App = () => <SQLiteProvider databaseName="app.db" onInit={init} />
`,
      'src/use.js': `export async function init(db) { await db.getAllAsync('SELECT 1') }
`,
    },
    'a parameter with the type of the library': {
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
export const db = SQLite.openDatabaseSync('app.db')
`,
      'src/use.ts': `import type { SQLiteDatabase } from 'expo-sqlite'
export const load = (db: SQLiteDatabase) => db.getAllAsync('SELECT 1')
`,
    },
    'a parameter without a type, by who calls': {
      'src/db.js': `import * as SQLite from 'expo-sqlite'
import { load } from './use'
const db = SQLite.openDatabaseSync('app.db')
load(true, db)
`,
      'src/use.js': `export const load = (fast, db) => db.getAllAsync('SELECT 1')
`,
    },
    'the handle of an exclusive transaction': {
      'src/use.ts': `import * as SQLite from 'expo-sqlite'
const db = SQLite.openDatabaseSync('app.db')
await db.withExclusiveTransactionAsync(async txn => { await txn.getAllAsync('SELECT 1') })
`,
    },
    'a ref': {
      'src/use.tsx': `import * as SQLite from 'expo-sqlite'
SQLite.openDatabaseSync('app.db')
export function Screen() {
  const ref = useRef<SQLite.SQLiteDatabase | null>(null)
  return ref.current.getAllAsync('SELECT 1')
}
`,
    },
    'a context': {
      'src/db.tsx': `import * as SQLite from 'expo-sqlite'
export const DbContext = createContext<SQLite.SQLiteDatabase | null>(null)
const db = SQLite.openDatabaseSync('app.db')
export const useDb = () => useContext(DbContext)
`,
      'src/use.tsx': `import { useDb } from './db'
export function Screen() {
  const db = useDb()
  return db.getAllAsync('SELECT 1')
}
`,
    },
    'the callback of then': {
      'src/use.js': `import * as SQLite from 'expo-sqlite'
SQLite.openDatabaseAsync('app.db').then(db => db.getAllAsync('SELECT 1'))
`,
    },
  }
  for (const [name, files] of Object.entries(handles))
    it(`handles: ${name}`, () => {
      const app = readSqlite(files)
      const file = Object.keys(files).find(one => one.startsWith('src/use'))!
      const [call, ...others] = callsIn(app, file)
      assert.equal(call?.sql?.text, 'SELECT 1')
      assert.equal(call.store?.name, 'app')
      assert.equal(others.length, 0)
    })

  it('op-sqlite: batches, reactive queries, prepared statements and transactions', () => {
    const app = readSqlite({
      'src/db.ts': `import { open, type DB } from '@op-engineering/op-sqlite'
export const db = open({ name: 'app.sqlite' })
await db.execute('SELECT 1', [1])
await db.executeBatch([['INSERT INTO t VALUES (?)', [1]], ['DELETE FROM t']])
db.reactiveExecute({ query: 'SELECT 2 WHERE ?', arguments: [1], fireOn: [{ table: 't' }], callback: () => {} })
await db.transaction(async tx => { await tx.execute('SELECT 3') })
const statement = db.prepareStatement('SELECT ?')
await statement.bind([1])
`,
    })
    assert.deepEqual(
      callsIn(app, 'src/db.ts').map(call => [call.method.name, call.sql?.text, bound(call), call.store?.name]),
      [
        ['execute', 'SELECT 1', 'list of 1', 'app'],
        ['executeBatch', 'INSERT INTO t VALUES (?)', 'list of 1', 'app'],
        ['executeBatch', 'DELETE FROM t', 'none', 'app'],
        ['reactiveExecute', 'SELECT 2 WHERE ?', 'list of 1', 'app'],
        ['execute', 'SELECT 3', 'none', 'app'],
        ['prepareStatement', 'SELECT ?', 'none', 'app'],
      ],
    )
    const prepared = callsIn(app, 'src/db.ts').find(call => call.method.gives === 'statement')
    assert.deepEqual(
      prepared?.executions?.map(one => [one.name, one.parameters.kind]),
      [['bind', 'list']],
    )
    const inside = callsIn(app, 'src/db.ts').find(call => call.sql?.text === 'SELECT 3')
    assert.equal(inside?.transaction?.name, 'transaction')
  })

  it('quick-sqlite and nitro-sqlite', () => {
    const app = readSqlite({
      'src/quick.ts': `import { open, QuickSQLite } from 'react-native-quick-sqlite'
const db = open({ name: 'quick.db' })
db.execute('SELECT 1')
QuickSQLite.execute('quick.db', 'SELECT 2 WHERE ?', [1])
db.transaction(tx => { tx.execute('SELECT 3') })
`,
      'src/nitro.ts': `import { open } from 'react-native-nitro-sqlite'
export const nitro = open({ name: 'nitro.db' })
nitro.executeBatch([{ query: 'SELECT ?', params: [1] }])
`,
    })
    assert.deepEqual(
      storesOf(app).map(store => [store.name, store.package]),
      [
        ['quick', 'quick-sqlite'],
        ['nitro', 'nitro-sqlite'],
      ],
    )
    assert.deepEqual(
      callsIn(app, 'src/quick.ts').map(call => [call.sql?.text, call.store?.name]),
      [
        ['SELECT 1', 'quick'],
        ['SELECT 2 WHERE ?', 'quick'],
        ['SELECT 3', 'quick'],
      ],
    )
    assert.deepEqual(
      callsIn(app, 'src/nitro.ts').map(call => [call.sql?.text, bound(call)]),
      [['SELECT ?', 'list of 1']],
    )
  })

  it('sqlite-storage: callbacks and promises', () => {
    const app = readSqlite({
      'src/db.js': `import SQLite from 'react-native-sqlite-storage'
SQLite.enablePromise(true)
const db = SQLite.openDatabase({ name: 'app.db', location: 'default' })
db.transaction(tx => {
  tx.executeSql('SELECT 1', [], (tx, results) => {
    tx.executeSql('SELECT 2', [1])
  })
})
db.readTransaction(tx => tx.executeSql('SELECT 3'))
db.sqlBatch(['SELECT 4', ['SELECT ?', [5]]])
`,
      'src/later.js': `import { openDatabase } from 'react-native-sqlite-storage'
export async function load() {
  const db = await openDatabase({ name: 'app.db' })
  return db.executeSql('SELECT 6')
}
`,
    })
    assert.equal(storesOf(app).length, 1)
    assert.deepEqual(
      callsIn(app, 'src/db.js').map(call => [call.sql?.text, call.transaction?.name ?? null]),
      [
        ['SELECT 1', 'transaction'],
        ['SELECT 2', 'transaction'],
        ['SELECT 3', 'readTransaction'],
        ['SELECT 4', null],
        ['SELECT ?', null],
      ],
    )
    assert.equal(callsIn(app, 'src/later.js')[0]?.store?.name, 'app')
  })

  it('transactions know their bodies and their own handles', () => {
    const app = readSqlite({
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
const db = SQLite.openDatabaseSync('app.db')
await db.withTransactionAsync(async () => {})
await db.withExclusiveTransactionAsync(async txn => {})
await db.withExclusiveTransactionAsync(save)
async function save(inner: SQLite.SQLiteDatabase) {}
`,
    })
    const found: readonly Transaction[] = codeOf(app, 'src/db.ts').transactions()
    assert.deepEqual(
      found.map(one => [one.name, one.ownHandle ?? null, one.body !== undefined, one.store?.name]),
      [
        ['withTransactionAsync', null, true, 'app'],
        ['withExclusiveTransactionAsync', 'txn#1', true, 'app'],
        ['withExclusiveTransactionAsync', 'inner#1', true, 'app'],
      ],
    )
  })

  it('two databases are told apart, and an unknown handle is neither', () => {
    const app = readSqlite({
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
export const one = SQLite.openDatabaseSync('one.db')
export const two = SQLite.openDatabaseSync('two.db')
one.execSync('SELECT 1')
two.execSync('SELECT 2')
export const load = (db: SQLite.SQLiteDatabase) => db.execSync('SELECT 3')
`,
    })
    assert.deepEqual(
      callsIn(app, 'src/db.ts').map(call => call.store?.name ?? null),
      ['one', 'two', null],
    )
  })

  it('a database that others open belongs to no store', () => {
    const app = readSqlite({
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
import { cache } from 'some-cache'
export const db = SQLite.openDatabaseSync('app.db')
const count = (inner: SQLite.SQLiteDatabase) => inner.getAllSync('SELECT 1')
count(cache.db)
const { db: own } = cache
own.getAllSync('SELECT 2')
`,
    })
    assert.deepEqual(
      callsIn(app, 'src/db.ts').map(call => call.store),
      [undefined, undefined],
    )
  })

  it('what is no SQLite is left alone', () => {
    const app = readSqlite({
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
import * as Legacy from 'expo-sqlite/legacy'
import Storage from 'expo-sqlite/kv-store'
import { Pool } from 'pg'
SQLite.openDatabaseSync('app.db')
const old = Legacy.openDatabase('old.db')
old.transaction(tx => tx.executeSql('SELECT 1'))
Storage.setItemSync('a', 'SELECT 2')
new Pool().execute('SELECT 3')
child.execAsync('ls')
`,
    })
    assert.deepEqual(callsIn(app, 'src/db.ts'), [])
    assert.equal(storesOf(app).length, 1)
  })
})

describe('sqlite: texts that other code gives', () => {
  it('a loop over a list of statements', () => {
    const app = readSqlite({
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
const statements = ['CREATE TABLE a (x)', \`CREATE TABLE b (y)\`]
const db = SQLite.openDatabaseSync('app.db')
for (const sql of statements) db.execSync(sql)
statements.forEach(sql => db.execSync(sql))
for (let i = 0; i < statements.length; i++) db.execSync(statements[i])
`,
    })
    assert.deepEqual(
      callsIn(app, 'src/db.ts').map(call => call.sql?.text),
      [1, 2, 3].flatMap(() => ['CREATE TABLE a (x)', 'CREATE TABLE b (y)']),
    )
  })

  it('a function that runs what it is given', () => {
    const app = readSqlite({
      'src/db.js': `import SQLite from 'react-native-sqlite-storage'
const db = SQLite.openDatabase({ name: 'app.db' })
export const run = (sql, params = []) =>
  new Promise((resolve, reject) => {
    db.transaction(tx => tx.executeSql(sql, params, (_, result) => resolve(result), (_, error) => reject(error)))
  })
`,
      'src/tasks.js': `import { run } from './db'
export const load = id => run('SELECT * FROM tasks WHERE id = ?', [id])
export const all = () => run('SELECT * FROM tasks')
`,
    })
    assert.deepEqual(
      callsIn(app, 'src/db.js').map(call => [call.sql?.text, bound(call), call.at.file, call.store?.name]),
      [
        ['SELECT * FROM tasks WHERE id = ?', 'list of 1', '/app/src/tasks.js', 'app'],
        ['SELECT * FROM tasks', 'none', '/app/src/tasks.js', 'app'],
      ],
    )
  })

  it('constants across modules, with names put in', () => {
    const app = readSqlite({
      'src/names.ts': `export const TABLE = 'tasks'
export const columns = { id: 'id', title: 'title' } as const
export const CREATE = \`CREATE TABLE \${TABLE} (\${columns.id} INTEGER, \` + \`\${columns.title} TEXT)\`
export const partly = \`SELECT \${columns.id} FROM \${TABLE} WHERE \${condition}\`
`,
      'src/db.ts': `import * as SQLite from 'expo-sqlite'
import { CREATE, partly } from './names'
const db = SQLite.openDatabaseSync('app.db')
db.execSync(CREATE)
db.execSync(\`\${partly} LIMIT 1\`)
`,
    })
    const [first, second] = callsIn(app, 'src/db.ts')
    assert.equal(first?.sql?.text, 'CREATE TABLE tasks (id INTEGER, title TEXT)')
    assert.match(second?.sql?.text ?? '', /^SELECT id FROM tasks WHERE \w+ LIMIT 1$/)
    assert.equal(second?.sql?.parts.filter(part => part.isHole).length, 1)
  })
})

describe('sqlite: edits', () => {
  const files = {
    'src/db.ts': `import * as SQLite from 'expo-sqlite'
export const db = SQLite.openDatabaseSync('app.db')
db.execSync('CREATE TABLE t (a)')
`,
    'src/a.ts': `import { db } from './db'
export const one = () => db.getAllSync('SELECT 1')
`,
    'src/b.ts': `import { db } from './db'
export const two = () => db.getAllSync('SELECT 2')
`,
  }

  it('of one file leave what is read of others as it is', () => {
    const app = readSqlite(files)
    const [store] = storesOf(app)
    const [before] = callsIn(app, 'src/a.ts')
    const schema = store?.knownSchema
    app.set('src/b.ts', files['src/b.ts'].replace('SELECT 2', 'SELECT 3'))
    assert.equal(callsIn(app, 'src/b.ts')[0]?.sql?.text, 'SELECT 3')
    assert.equal(callsIn(app, 'src/a.ts')[0], before)
    assert.equal(storesOf(app)[0], store)
    assert.equal(store?.knownSchema, schema)
  })

  it('of the opening move its calls to another database', () => {
    const app = readSqlite(files)
    app.set('src/db.ts', files['src/db.ts'].replace('app.db', 'other.db'))
    assert.equal(callsIn(app, 'src/a.ts')[0]?.store?.name, 'other')
  })
})
