// A prepared statement that is never given back.
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite, sqliteApp } from '../example-app.ts'
import { finalized } from '../statements/finalized.ts'
import { wrapInFinally } from '../statements/wrap-in-finally.ts'
import type { SqlInCode } from '../types.ts'

interface Data {
  readonly code: SqlInCode
}

export const unfinalizedStatement: Rule<SqlInCode, Data> = {
  id: 'sqlite/unfinalized-statement',
  severity: 'warning',
  early: true,
  on: 'call',
  docs: {
    what: 'The result of `prepareAsync` or `prepareSync` is used and not finalized in a `finally`. Not where it is returned, stored or handed on.',
    why: 'What is prepared holds memory of SQLite until it is finalized, and the database cannot be closed before that. Without `finally` one error is enough.',
    fix: 'Puts its use into `try { … } finally { … }`.',
  },
  *check(code) {
    const { sql: call, scope } = code
    const isPrepared = call.method.package === 'expo-sqlite' && call.method.gives === 'statement'
    if (!isPrepared || !call.isOuter || call.fact.into === undefined) return
    const how = finalized(scope, call)
    if (how === 'surely' || how === 'unknown') return
    yield {
      at: call.at,
      message:
        how === 'never'
          ? 'This statement is never finalized: it holds memory, and the database cannot be closed. Finalize it in a "finally".'
          : 'This statement is not finalized when something throws before: it holds memory, and the database cannot be closed. Finalize it in a "finally".',
      ...(how === 'never' && { data: { code } }),
    }
  },
  fix: ({ data: { code } }, context) => wrapInFinally(code, context),
  examples: [
    {
      name: 'never finalized',
      project: expoSqlite,
      files: sqliteApp({
        code: `
const statement = await db.prepareAsync('INSERT INTO tasks (title) VALUES (?)')
//                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ never finalized
for (const title of ['one', 'two']) {
  await statement.executeAsync(title)
}`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  const statement = await db.prepareAsync('INSERT INTO tasks (title) VALUES (?)')
  try {
    for (const title of ['one', 'two']) {
      await statement.executeAsync(title)
    }
  } finally {
    await statement.finalizeAsync()
  }
}
`,
      },
    },
    {
      name: 'finalized where nothing throws',
      project: expoSqlite,
      files: sqliteApp({
        code: `
const statement = db.prepareSync('INSERT INTO tasks (title) VALUES (?)')
//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ when something throws
statement.executeSync('one')
statement.finalizeSync()`,
      }),
    },
    {
      name: 'finalized, returned, stored, handed on',
      project: expoSqlite,
      files: sqliteApp({
        code: `
const statement = await db.prepareAsync('INSERT INTO tasks (title) VALUES (?)')
try {
  await statement.executeAsync('one')
} finally {
  await statement.finalizeAsync()
}
const kept = db.prepareSync('SELECT 1')
cache.set('one', kept)`,
        files: {
          'src/cache.ts': `import { db } from './db'

const statements: { select?: unknown } = {}

export async function prepare() {
  const statement = await db.prepareAsync('SELECT 1')
  return statement
}

export async function select() {
  const statement = await db.prepareAsync('SELECT 1')
  statements.select = statement
}
`,
        },
      }),
    },
  ],
}
