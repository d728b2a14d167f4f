// Statements that nobody runs.
import type { Rule } from '../../../rules/rule.ts'
import { type StatementSpan, splitStatements } from '../../../sql/split-statements.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { placeInSql } from '../statements/places.ts'
import { splitCall } from '../statements/split-call.ts'
import type { SqlInCode } from '../types.ts'

interface Data {
  readonly code: SqlInCode
}

export const droppedStatements: Rule<SqlInCode, Data> = {
  id: 'sqlite/dropped-statements',
  severity: 'error',
  early: true,
  on: 'call',
  docs: {
    what: 'A text of several statements is given to a call that runs only the first: `runAsync`, `getAllAsync`, `prepareAsync` and their kin of expo-sqlite, `prepareStatement` of op-sqlite, every call of quick-sqlite, nitro-sqlite and sqlite-storage.',
    why: 'The others are never run, and no error says so.',
    fix: 'Makes a call of each, or one `execAsync` where nothing is bound.',
  },
  *check(code) {
    const { sql: call } = code
    const { sql, method } = call
    if (!sql || method.runs === 'all') return
    const [first, second] = splitStatements(sql.text)
    // The statements are told apart by what is written: a part that is made at run time may hold anything.
    if (!first || !second || sql.isOpen(first.end, first.after) || sql.isOpen(second.start, second.start + 1)) return
    if (isBegun(sql.text, first) && sql.parts.some(part => part.isHole && part.end <= first.end)) return
    yield {
      at: placeInSql(call, second.start, second.end),
      message: `"${method.name}" runs only the first statement: this one is never run, and no error says so. Make a call of its own for it.`,
      data: { code },
    }
  },
  fix: ({ data: { code } }, context) => splitCall(code, context),
  examples: [
    {
      name: 'two statements without values',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.runAsync('DELETE FROM tasks; VACUUM')
//                                    ^^^^^^ never run`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.execAsync('DELETE FROM tasks; VACUUM')
}
`,
      },
    },
    {
      name: 'two statements with values',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.runAsync('UPDATE tasks SET title = ? WHERE id = ?; DELETE FROM tasks WHERE id = ?;', ['a', 1, 2])
//                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ never run`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.runAsync('UPDATE tasks SET title = ? WHERE id = ?', ['a', 1])
  await db.runAsync('DELETE FROM tasks WHERE id = ?', [2])
}
`,
      },
    },
    {
      name: 'one statement, and calls that run them all',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        code: `
await db.execute('DELETE FROM tasks; VACUUM')
await db.execute("UPDATE tasks SET title = 'a;b'; -- done;")
db.prepareStatement('DELETE FROM tasks; -- all of them').execute()`,
      }),
    },
    {
      name: 'expo: exec runs all, and a trigger is one statement',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.execAsync('DELETE FROM tasks; VACUUM;')
await db.runAsync('CREATE TRIGGER t AFTER INSERT ON tasks BEGIN DELETE FROM tasks WHERE done; SELECT 1; END;')
await db.runAsync('DELETE FROM tasks;')`,
      }),
    },
  ],
}

/** True where the first statement may go on in what is made at run time. */
const isBegun = (sql: string, { start, end }: StatementSpan): boolean => /\bbegin\b/i.test(sql.slice(start, end))
