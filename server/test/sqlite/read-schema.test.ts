// What is read of the statements that make a database, and where their names stand.
import assert from 'node:assert/strict'
import type { NameMention } from '../../src/core/catalog/mention.ts'
import { type ReadApp, readSqlite, storesOf } from './reading.ts'

const open = `import * as SQLite from 'expo-sqlite'
export const db = SQLite.openDatabaseSync('app.db')
`

const storeOf = (files: Readonly<Record<string, string>>) => storesOf(readSqlite(files))[0]!

const tablesOf = (files: Readonly<Record<string, string>>) =>
  storeOf(files).entities.map(table => [table.name.text, table.fields.map(column => column.name.text).join()])

const named = (app: ReadApp, file: string, text: string) =>
  app
    .mentions(file)
    .filter((one): one is NameMention => one.kind !== 'word')
    .map(({ kind, entity, field, role, part, at }) =>
      [text.slice(at.span.start, at.span.end), kind === 'field' ? `${entity}.${field}` : entity, role, part].join(' '),
    )

describe('sqlite: schema', () => {
  it('tables with their columns, types and keys, at their places', () => {
    const text = `${open}
db.execSync(\`
  CREATE TABLE IF NOT EXISTS lists (id INTEGER PRIMARY KEY, "name" TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id INTEGER NOT NULL REFERENCES lists(id),
    title VARCHAR(20) DEFAULT '',
    FOREIGN KEY (list_id) REFERENCES lists (id)
  );
  CREATE INDEX by_list ON tasks (list_id);
\`)
`
    const app = readSqlite({ 'src/db.ts': text })
    const [store] = storesOf(app)
    const tasks = store!.entities.find(one => one.name.text === 'tasks')!
    assert.deepEqual(
      tasks.fields.map(({ name, type, optional, indexed, isPrimary }) => [
        name.text,
        text.slice(name.at.span.start, name.at.span.end),
        type && text.slice(type.at.span.start, type.at.span.end),
        optional,
        indexed,
        isPrimary ?? false,
      ]),
      [
        ['id', 'id', 'INTEGER', false, true, true],
        ['list_id', 'list_id', 'INTEGER', false, true, false],
        ['title', 'title', 'VARCHAR', true, false, false],
      ],
    )
    assert.equal(store!.complete, true)
    assert.deepEqual(
      app.link.relations?.(store!).map(({ from, field, to, fromEnd, toEnd }) => [from, field, to, fromEnd, toEnd])[0],
      ['tasks', 'list_id', 'lists', 'many', 'one'],
    )
  })

  it('texts of several files, whatever their order, and names that are put in', () => {
    assert.deepEqual(
      tablesOf({
        'src/a.ts': `import { db } from './db'
export const index = () => db.execSync('CREATE INDEX i ON notes (body)')
`,
        'src/tables.ts': `export const NOTES = 'notes'
export const createNotes = \`CREATE TABLE IF NOT EXISTS \${NOTES} (id INTEGER, body TEXT)\`
`,
        'src/db.ts': `${open}import { createNotes } from './tables'
db.runSync(createNotes)
`,
      }),
      [['notes', 'id,body']],
    )
  })

  it('the steps of a ladder one after the other', () => {
    const store = storeOf({
      'src/db.ts': `${open}
const { user_version: version } = db.getFirstSync('PRAGMA user_version')
if (version < 1) db.execSync('CREATE TABLE a (x TEXT)')
if (version < 2) db.execSync('ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 0; CREATE TABLE b (z)')
if (version < 3) db.execSync('ALTER TABLE a RENAME COLUMN x TO w; DROP TABLE b')
db.execSync('PRAGMA user_version = 3')
`,
    })
    assert.deepEqual(
      store.entities.map(table => [table.name.text, table.fields.map(column => column.name.text).join()]),
      [['a', 'w,y']],
    )
    assert.equal(store.version?.value, 3)
    assert.deepEqual(
      store.migrations.map(one => one.toVersion),
      [1, 2, 3],
    )
  })

  it('a snapshot says what is on phones', () => {
    const app = readSqlite({
      'src/db.ts': `${open}
const VERSION = 4
const { user_version: version } = db.getFirstSync('PRAGMA user_version')
if (version < VERSION) {
  if (version < 4) db.execSync('CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT)')
  db.execSync(\`PRAGMA user_version = \${VERSION}\`)
}
`,
    })
    const snapshot = app.link.snapshot(storesOf(app)[0]!)
    assert.equal(snapshot?.version, 4)
    assert.deepEqual(snapshot.entities, [
      {
        name: 'a',
        complete: true,
        primaryKey: 'id',
        fields: [
          { name: 'id', type: 'INTEGER', indexed: true },
          { name: 'x', type: 'TEXT', optional: true },
        ],
      },
    ])
    assert.deepEqual(snapshot.migrations[0]?.steps, [
      { kind: 'sql', sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT)' },
    ])
  })

  describe('a database whose tables are not all known has no schema', () => {
    const cases: Readonly<Record<string, string>> = {
      'a table with a name from outside': `db.execSync(\`CREATE TABLE \${name} (x)\`)`,
      'a text from outside': 'db.execSync(makeTables())',
      'an own file': `SQLite.openDatabaseSync('app.db'); importIt(<SQLite.SQLiteProvider databaseName="app.db" assetSource={{ assetId: require('./a.db') }} />)`,
      'an ORM': `const orm = drizzle(db)`,
    }
    for (const [name, code] of Object.entries(cases))
      it(name, () => {
        const store = storeOf({
          'src/db.tsx': `import { drizzle } from 'drizzle-orm/expo-sqlite'
${open}db.execSync('CREATE TABLE a (x)')
${code}
`,
        })
        assert.equal(store.schema, undefined)
        assert.deepEqual(store.knownSchema, ['CREATE TABLE a (x)'])
      })
    it('but one that is only asked has', () => {
      const store = storeOf({
        'src/db.ts': `${open}db.execSync('CREATE TABLE a (x)')
export const find = (order: string) => db.getAllSync(\`SELECT * FROM a ORDER BY \${order}\`)
export const any = (query: string) => db.getAllSync(query)
`,
      })
      assert.deepEqual(store.schema, ['CREATE TABLE a (x)'])
    })
  })

  describe('mentions', () => {
    it('tables and columns where they are made and where they are asked for', () => {
      const text = `${open}
db.execSync('CREATE TABLE tasks (id INTEGER, title TEXT)')
db.getAllSync('SELECT title FROM tasks t WHERE t.id = ?', 1)
`
      const app = readSqlite({ 'src/db.ts': text })
      assert.deepEqual(named(app, 'src/db.ts', text), [
        'tasks tasks defines schema',
        'id tasks.id defines schema',
        'title tasks.title defines schema',
        'title tasks.title refers sql',
        'tasks tasks refers sql',
        'id tasks.id refers sql',
      ])
    })

    it('names in constants of other files', () => {
      const names = `export const TASKS = 'tasks'
export const all = 'SELECT id FROM tasks'
`
      const app = readSqlite({
        'src/names.ts': names,
        'src/db.ts': `${open}import { TASKS, all } from './names'
db.execSync('CREATE TABLE tasks (id INTEGER)')
db.execSync(\`DELETE FROM \${TASKS}\`)
db.execSync(all)
`,
      })
      assert.deepEqual(named(app, 'src/names.ts', names), [
        'tasks tasks refers config',
        'id tasks.id refers sql',
        'tasks tasks refers sql',
      ])
    })

    it('names that are being typed', () => {
      const expected = (query: string) => {
        const text = `${open}
db.execSync('CREATE TABLE tasks (id INTEGER, title TEXT)')
db.getAllSync('${query}')
`
        return named(readSqlite({ 'src/db.ts': text }), 'src/db.ts', text).slice(3)
      }
      assert.deepEqual(expected('SELECT * FROM '), ['  refers sql'])
      assert.ok(expected('SELECT ti FROM tasks').includes('ti tasks.ti refers sql'))
      assert.ok(expected('SELECT  FROM tasks').includes(' tasks. refers sql'))
      assert.ok(expected('SELECT * FROM tasks WHERE ').includes(' tasks. refers sql'))
      assert.ok(expected('SELECT t. FROM tasks t').includes(' tasks. refers sql'))
      assert.ok(expected('SELECT * FROM tas').includes('tas tas refers sql'))
    })
  })
})

describe('sqlite: texts that nobody is seen to run', () => {
  it('make a table that is not known of, so that the schema is not', () => {
    const store = storeOf({
      'src/db.ts': `${open}db.execSync('CREATE TABLE a (x)')
export const later = () => runSomehow(['CREATE TABLE IF NOT EXISTS b (y)'])
export const all = () => db.getAllSync('SELECT * FROM b')
`,
    })
    assert.equal(store.schema, undefined)
  })

  it('do no harm where this database is not asked for the table', () => {
    const store = storeOf({
      'src/db.ts': `${open}db.execSync('CREATE TABLE a (x)')
`,
      'src/other.ts': `export const other = () => runElsewhere('CREATE TABLE IF NOT EXISTS b (y)')
`,
    })
    assert.deepEqual(store.schema, ['CREATE TABLE a (x)'])
  })

  it('do no harm where the table is known', () => {
    const store = storeOf({
      'src/db.ts': `${open}db.execSync('CREATE TABLE a (x)')
export const again = 'create table A (x)'
`,
    })
    assert.deepEqual(store.schema, ['CREATE TABLE a (x)'])
  })
})

it('sqlite: a change of tables in a database that is not known may be one of this', () => {
  const store = storeOf({
    'src/db.ts': `${open}import { cache } from 'some-cache'
db.execSync('CREATE TABLE a (x)')
const { db: other } = cache
other.execSync('ALTER TABLE a ADD COLUMN y')
`,
  })
  assert.equal(store.schema, undefined)
})
