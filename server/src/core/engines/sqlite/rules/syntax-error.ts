// SQL that SQLite cannot read.
import type { Rule } from '../../../rules/rule.ts'
import { parseSql } from '../../../sql/parse-sql.ts'
import { isSyntax } from '../../../sql/refusals.ts'
import { expoSqlite, sqliteApp } from '../example-app.ts'
import { judged } from '../statements/judged.ts'
import { mendSyntax } from '../statements/mend-syntax.ts'
import { placeInSql } from '../statements/places.ts'
import type { SqlInCode } from '../types.ts'

interface Data {
  readonly code: SqlInCode
  /** The offset of the statement in the text. */
  readonly start: number
}

export const syntaxError: Rule<SqlInCode, Data> = {
  id: 'sqlite/syntax-error',
  severity: 'error',
  on: 'call',
  docs: {
    what: 'SQLite cannot read a statement. Statements with parts that are made at run time are not judged.',
    why: 'The call fails whenever it runs, often on a screen that is seldom opened.',
    fix: 'Takes an extra comma away, or closes a parenthesis, where the statement is right after that.',
  },
  *check(code) {
    const { sql: call } = code
    for (const { parsed, prepared } of judged(code, call.store?.schema ?? []) ?? []) {
      const { mistake } = parsed
      // Both must refuse it: the parser tells where, and SQLite is right.
      if (!mistake || !prepared.error || !isSyntax(prepared.error.message)) continue
      const atEnd = mistake.start === mistake.end
      const at = atEnd ? placeInSql(call, parsed.start, parsed.end) : placeInSql(call, mistake.start, mistake.end)
      const [hint] = mistake.hints
      const words = prepared.error.message === 'incomplete input' ? 'it stops too early' : prepared.error.message
      yield {
        at,
        message: `SQLite cannot read this SQL (${words}), so the call fails whenever it runs. ${hint ? sentence(hint.message) : 'Correct it.'}`,
        data: { code, start: parsed.start },
      }
    }
  },
  fix: ({ data: { code, start } }, context) => {
    const { sql: call, scope } = code
    const statement = parseSql(call.sql?.text ?? '').find(one => one.start === start)
    return statement && mendSyntax(call, statement, scope.judge, context)
  },
  examples: [
    {
      name: 'an extra comma',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.runAsync('UPDATE tasks SET title = ?, done = ?, WHERE id = ?', ['a', 1, 2])
//                                                       ^^^^^ fails whenever it runs`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.runAsync('UPDATE tasks SET title = ?, done = ? WHERE id = ?', ['a', 1, 2])
}
`,
      },
    },
    {
      name: 'a parenthesis that is never closed',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.getAllAsync(\`SELECT count(*) FROM tasks WHERE (done = 1 OR title = 'a'\`)
//                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stops too early
await db.execAsync(\`
  DELETE FROM tasks;
  SELEC title FROM tasks;
//^^^^^ near "SELEC"
\`)`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.getAllAsync(\`SELECT count(*) FROM tasks WHERE (done = 1 OR title = 'a')\`)
  await db.execAsync(\`
    DELETE FROM tasks;
    SELEC title FROM tasks;
  \`)
}
`,
      },
    },
    {
      name: 'what SQLite reads, and what is made at run time',
      project: expoSqlite,
      files: sqliteApp({
        code: `
const order = Math.random() > 0.5 ? 'ASC' : 'DESC'
await db.getAllAsync(\`SELECT title FROM tasks ORDER BY title \${order}\`)
await db.getAllAsync(\`SELECT \${order} FROM WHERE\`)
await db.runAsync("INSERT INTO tasks (title) VALUES (?) ON CONFLICT DO NOTHING RETURNING id", ['its'])
await db.execAsync('-- nothing yet')
await db.execAsync('')
await db.runAsync("UPDATE tasks SET title = '日本😀' WHERE id IN (SELECT max(id) FROM tasks);")`,
      }),
    },
  ],
}

const sentence = (hint: string): string => {
  const words = hint.charAt(0).toUpperCase() + hint.slice(1)
  return /[.!?]$/.test(words) ? words : `${words}.`
}
