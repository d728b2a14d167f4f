// The statement that a caret is in, as its plan is asked for.
import assert from 'node:assert/strict'
import { sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import { caretIn } from '../../testkit/caret.ts'
import { readSqlite } from './reading.ts'

const queryOf = (marked: Readonly<Record<string, string>>): string | undefined => {
  const { files, file, offset } = caretIn(marked)
  const app = readSqlite(files)
  return app.settled(() => app.link.query?.(`/app/${file}`, offset))?.sql
}

const inCode = (code: string, files: Readonly<Record<string, string>> = {}) => queryOf(sqliteApp({ code, files }))

describe('sqlite: the query at a caret', () => {
  it('is the statement of a text that the caret is in, or next to', () => {
    assert.equal(inCode("await db.getAllAsync('SELECT * FR$0OM tasks')"), 'SELECT * FROM tasks')
    assert.equal(inCode("await db.get$0AllAsync('SELECT * FROM tasks')"), 'SELECT * FROM tasks')
    const two = (to: string) =>
      inCode(
        `await db.execAsync(\`
  UPDATE tasks SET done = 1;
  DELETE FROM tasks WHERE done = 1;
\`)`.replace(...(to.split(' → ') as [string, string])),
      )
    assert.equal(two('DELETE → DEL$$0ETE'), 'DELETE FROM tasks WHERE done = 1')
    assert.equal(two('SET → SE$$0T'), 'UPDATE tasks SET done = 1')
    assert.equal(two('UPDATE → $$0UPDATE'), 'UPDATE tasks SET done = 1')
  })

  it('has a parameter for what is made at run time, and constants as they are', () => {
    const code = `const by = db.databasePath
const t = 'tasks'
await db.getAllAsync(\`SELECT id FROM \${t} WHERE ti$0tle = \${by}\`)`
    assert.equal(inCode(code), 'SELECT id FROM tasks WHERE title = ?')
    assert.equal(
      inCode(`const by = db.databasePath
await db.sql\`SELECT * FROM tas$0ks WHERE title = \${by}\``),
      'SELECT * FROM tasks WHERE title = ?',
    )
  })

  it('is found in the constant of another file', () => {
    const files = { 'src/queries.ts': "export const all = 'SELECT * FR$0OM tasks'\n" }
    const app = sqliteApp({ code: 'await db.getAllAsync(all)', files })
    const tasks = `import { all } from './queries'\n${app['src/tasks.ts']}`
    assert.equal(queryOf({ ...app, 'src/tasks.ts': tasks }), 'SELECT * FROM tasks')
  })

  it('is none where there is no SQL, no known database, or nothing to be planned', () => {
    assert.equal(inCode("await db.getAllAsync('SELECT * FROM tasks')\nconst $0x = 1"), undefined)
    assert.equal(
      queryOf({ 'src/a.ts': "import 'expo-sqlite'\nexport const a = (db) => db.getAllAsync('SELECT$0 1')\n" }),
      undefined,
    )
    assert.equal(inCode("await db.execAsync('PRAGMA journal_$0mode = WAL')"), undefined)
  })
})
