// What a call binds does not fit its SQL.
import type { Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { type Misfit, misfits } from '../statements/misfits.ts'
import type { SqlInCode } from '../types.ts'

interface Data {
  readonly misfit: Misfit
}

export const wrongParameters: Rule<SqlInCode, Data> = {
  id: 'sqlite/wrong-parameters',
  severity: 'error',
  early: true,
  on: 'call',
  docs: {
    what: 'A call gives too few or too many values for the parameters of its SQL, keys that the SQL does not have, keys without the prefix (`{ id }` for `$id`), values to a call that binds none, or a `?` that stands in quotes.',
    why: 'No library says so. A parameter without a value is NULL: an insert stores nothing in the column, a condition matches no row. A value without a parameter is left out.',
    fix: 'Adds the prefix, or takes the quotes away.',
  },
  *check({ sql: call }) {
    for (const misfit of misfits(call))
      yield { at: misfit.at, message: misfit.message, ...(misfit.edit && { data: { misfit } }) }
  },
  fix({ data: { misfit } }, context) {
    const { edit, title } = misfit
    const written = edit && context.text(edit.file)?.slice(edit.start, edit.end)
    if (!edit || title === undefined || written !== edit.before) return undefined
    const { file, start, end, text } = edit
    const change: TextEdit = { file, start, end, text }
    return { title, safe: false, edits: [change] }
  },
  examples: [
    {
      name: 'too few and too many',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.runAsync('INSERT INTO tasks (title, done) VALUES (?, ?)', ['a'])
//                                                                 ^^^^^ 2 parameters and is given 1 value
await db.runAsync('DELETE FROM tasks WHERE id = ?', 1, 2)
//                                                  ^^^^ 1 parameter and is given 2 values
await db.getAllAsync('SELECT * FROM tasks WHERE id = ?')
//                                                   ^ is given no value
await db.execAsync('DELETE FROM tasks WHERE id = ?')
//                                               ^ binds none`,
      }),
    },
    {
      name: 'keys without their prefix',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.runAsync('UPDATE tasks SET title = $title WHERE id = $id', { title: 'a', $id: 1 })
//                                                                    ^^^^^ "$title"`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.runAsync('UPDATE tasks SET title = $title WHERE id = $id', { $title: 'a', $id: 1 })
}
`,
      },
    },
    {
      name: 'keys that are not there, and that are missing',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.runAsync('UPDATE tasks SET title = :title WHERE id = :id', { ':title': 'a', ':key': 1 })
//                                                            ^^^ gives no value for ":id"
//                                                                                   ^^^^^^ no parameter ":key"`,
      }),
    },
    {
      name: 'a parameter in quotes',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        code: `
await db.execute("SELECT * FROM tasks WHERE title = '?'", ['a'])
//                                                  ^^^ is a text`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.execute("SELECT * FROM tasks WHERE title = ?", ['a'])
}
`,
      },
    },
    {
      name: 'parameters that fit, or that cannot be told',
      project: expoSqlite,
      files: sqliteApp({
        code: `
const ids = [1, 2, 3]
const key = { $id: 1 }
await db.runAsync('INSERT INTO tasks (title, done) VALUES (?, ?)', ['a', 1])
await db.runAsync('INSERT INTO tasks (title, done) VALUES (?, ?)', 'a', 1)
await db.runAsync('INSERT INTO tasks (title, done) VALUES (?1, ?1)', 'a')
await db.runAsync('DELETE FROM tasks WHERE id = ?', ids)
await db.runAsync('DELETE FROM tasks WHERE id = ? OR title = ?', ...ids)
await db.runAsync('DELETE FROM tasks WHERE id = $id', key)
await db.runAsync('DELETE FROM tasks WHERE id = $id', [1])
await db.runAsync(\`DELETE FROM tasks WHERE id IN (\${ids.map(() => '?').join(', ')})\`, ids)
await db.getAllAsync("SELECT title AS 'why?' FROM tasks WHERE title LIKE '?%'")
const statement = await db.prepareAsync('SELECT * FROM tasks WHERE id = ?')
await statement.executeAsync([1])
await db.sql\`SELECT * FROM tasks WHERE id = \${ids[0]}\``,
      }),
    },
    {
      name: 'op-sqlite binds its list to each of several statements',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        code: `
await db.execute('UPDATE tasks SET title = ?; DELETE FROM tasks WHERE title = ? AND id = ?', ['a', 1])
await db.executeBatch([
  ['INSERT INTO tasks (title) VALUES (?)', ['a']],
  ['INSERT INTO tasks (title) VALUES (?)', [['a'], ['b']]],
])`,
      }),
    },
  ],
}
