// A transaction that ends at the first `await` of its function.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { expoSqlite, sqliteApp, sqliteProject } from '../example-app.ts'
import { beginsAt } from '../transactions/begins.ts'
import type { CodeOfFile, SqlCall, Transaction } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly transaction: Transaction
}

const storage = sqliteProject({ 'react-native-sqlite-storage': '6.0.1' })

export const asyncInSyncTransaction: Rule<CodeOfFile, Data> = {
  id: 'sqlite/async-in-sync-transaction',
  severity: 'error',
  early: true,
  on: 'code',
  docs: {
    what: '`withTransactionSync` is given an async function (expo-sqlite), or the function given to `transaction` runs SQL behind an `await` (react-native-sqlite-storage).',
    why: 'The transaction is over when the function gives back control, at its first `await`. With expo-sqlite the rest is saved statement by statement and an error in it undoes nothing; with sqlite-storage it throws `InvalidStateError: … This transaction is already finalized`, after the first part was committed.',
    fix: 'Uses `withTransactionAsync`, and awaits it.',
  },
  *check(code) {
    const { scope, file } = code
    const usage = scope.usage(file)
    for (const transaction of code.transactions()) {
      const { body, name } = transaction
      const fn = body?.file === file ? usage?.functions[body.fn] : undefined
      if (!body || !fn?.isAsync) continue
      if (name === 'withTransactionSync') {
        yield {
          at: { file, span: fn.nameAt },
          message:
            'The transaction ends at the first "await" of this function: the rest is saved statement by statement, and an error in it undoes nothing. Use "withTransactionAsync".',
          related: [{ at: beginsAt(transaction), message: 'Ends when the function gives back control' }],
          data: { code, transaction },
        }
      } else if (transaction.package === 'sqlite-storage') {
        const late = lateCall(code, transaction, body.fn)
        if (late)
          yield {
            at: late,
            message:
              'The transaction is over at the first "await" before this: the statement throws "This transaction is already finalized", and the first part is committed already. Run it in the callback of the statement before it.',
          }
      }
    }
  },
  fix({ data: { code, transaction } }, context) {
    const { file, scope } = code
    const { callee, at } = transaction.call.value
    const { fact } = transaction
    const around = fact.fn === undefined ? undefined : scope.usage(file)?.functions[fact.fn]
    const isFree = fact.value === transaction.call.value && fact.use === 'statement'
    if (callee.kind !== 'member' || !isFree || !around?.isAsync || context.text(file) === undefined) return undefined
    return {
      title: 'Use withTransactionAsync',
      safe: false,
      edits: [
        { file, start: at.start, end: at.start, text: 'await ' },
        { file, start: callee.nameAt.start, end: callee.nameAt.end, text: 'withTransactionAsync' },
      ],
    }
  },
  examples: [
    {
      name: 'an async function in withTransactionSync',
      project: expoSqlite,
      files: sqliteApp({
        code: `
db.withTransactionSync(async () => {
//                     ^^^^^ ends at the first "await"
  await db.runAsync('DELETE FROM tasks')
  await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one')
})`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.withTransactionAsync(async () => {
    await db.runAsync('DELETE FROM tasks')
    await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one')
  })
}
`,
      },
    },
    {
      name: 'sqlite-storage: SQL behind an await',
      project: storage,
      files: sqliteApp({
        package: 'sqlite-storage',
        code: `
await db.transaction(async tx => {
  await tx.executeSql('DELETE FROM tasks')
  await tx.executeSql('INSERT INTO tasks (title) VALUES (?)', ['one'])
//      ^^^^^^^^^^^^^ already finalized
})`,
      }),
    },
    {
      name: 'synchronous functions, and one awaited statement at the end',
      project: storage,
      files: sqliteApp({
        package: 'sqlite-storage',
        code: `
await db.transaction(tx => {
  tx.executeSql('DELETE FROM tasks')
  tx.executeSql('INSERT INTO tasks (title) VALUES (?)', ['one'])
})
await db.transaction(async tx => {
  tx.executeSql('DELETE FROM tasks')
  await tx.executeSql('INSERT INTO tasks (title) VALUES (?)', ['one'])
})`,
      }),
    },
    {
      name: 'expo: the async form, and a synchronous function',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.withTransactionAsync(async () => {
  await db.runAsync('DELETE FROM tasks')
})
db.withTransactionSync(() => {
  db.runSync('DELETE FROM tasks')
})`,
      }),
    },
  ],
}

/** The first statement that the transaction is given behind an `await` of its own function. */
function lateCall({ scope, file, calls }: CodeOfFile, transaction: Transaction, body: number): Place | undefined {
  const awaited = scope.usage(file)?.calls.find(fact => fact.fn === body && fact.use === 'awaited')
  if (!awaited) return undefined
  const isLate = ({ transaction: own, fn, at }: SqlCall) =>
    own?.call.value === transaction.call.value && fn === body && at.span.start > awaited.value.at.end
  const late = calls().find(isLate)
  return late && beginsAt(late)
}
