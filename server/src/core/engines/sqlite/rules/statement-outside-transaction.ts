// SQL in the body of a transaction that does not run in it.
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { beginsAt } from '../transactions/begins.ts'
import { shareConnection, transactionAround } from '../transactions/in-body.ts'
import type { CodeOfFile, SqlCall, Transaction } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly call: SqlCall
  readonly transaction: Transaction
  readonly why: 'handle' | 'floating'
}

export const statementOutsideTransaction: Rule<CodeOfFile, Data> = {
  id: 'sqlite/statement-outside-transaction',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'In the function given to `withExclusiveTransactionAsync`, SQL is run on the database instead of the transaction. Or a call in the body of a transaction is not awaited.',
    why: 'An exclusive transaction has a connection of its own and keeps all others out: SQL on the database waits for it in vain and fails with `database is locked`. What is not awaited may run after the commit, or fail with `Cannot execute query on finalized transaction`, and nobody hears of its error.',
    fix: 'Runs it on the transaction, or awaits it.',
  },
  *check(code) {
    const { scope, file } = code
    const transactions = code.transactions()
    if (transactions.length === 0) return
    for (const call of code.calls()) {
      const transaction = transactionAround(scope, transactions, file, call.fn)
      if (!transaction) continue
      const why = faultOf(code, call, transaction)
      if (why === undefined) continue
      yield {
        at: beginsAt(call),
        message:
          why === 'handle'
            ? 'This runs on the connection that the exclusive transaction keeps out: it fails with "database is locked". Run it on the handle of the transaction.'
            : 'Nobody waits for this: it may run after the transaction has ended, and its error undoes nothing. Await it.',
        related: [{ at: beginsAt(transaction), message: 'The transaction' }],
        data: { code, call, transaction, why },
      }
    }
  },
  fix({ data: { code, call, transaction, why } }, context) {
    const { file } = code
    const { start } = call.call.value.at
    if (why === 'floating')
      return { title: 'Await it', safe: false, edits: [{ file, start, end: start, text: 'await ' }] }
    const handle = call.handle.value.at
    const own = transaction.ownHandle && code.scope.binding(file, transaction.ownHandle)?.name
    const edits = [{ file, start: handle.start, end: handle.end, text: own ?? 'txn' }]
    if (own === undefined) {
      const fn = transaction.body && code.scope.usage(file)?.functions[transaction.body.fn]
      const head = fn && context.text(file)?.slice(fn.at.start, fn.bodyAt?.start)
      const open = fn?.params.length === 0 ? (head?.indexOf('()') ?? -1) : -1
      if (!fn || open < 0) return undefined
      edits.unshift({ file, start: fn.at.start + open, end: fn.at.start + open + 2, text: '(txn)' })
    }
    return { title: `Run it on "${own ?? 'txn'}"`, safe: false, edits }
  },
  examples: [
    {
      name: 'the database in an exclusive transaction',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.withExclusiveTransactionAsync(async txn => {
  await txn.runAsync('DELETE FROM tasks')
  await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one')
//      ^^^^^^^^^^^ database is locked
})`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.withExclusiveTransactionAsync(async txn => {
    await txn.runAsync('DELETE FROM tasks')
    await txn.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one')
  })
}
`,
      },
    },
    {
      name: 'an exclusive transaction that uses no handle',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.withExclusiveTransactionAsync(async () => {
  await db.runAsync('DELETE FROM tasks')
//      ^^^^^^^^^^^ database is locked
})`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.withExclusiveTransactionAsync(async (txn) => {
    await txn.runAsync('DELETE FROM tasks')
  })
}
`,
      },
    },
    {
      name: 'a call that nobody waits for',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        code: `
await db.transaction(async tx => {
  tx.execute('DELETE FROM tasks')
//^^^^^^^^^^ Nobody waits
  await tx.execute('INSERT INTO tasks (title) VALUES (?)', ['one'])
})`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.transaction(async tx => {
    await tx.execute('DELETE FROM tasks')
    await tx.execute('INSERT INTO tasks (title) VALUES (?)', ['one'])
  })
}
`,
      },
    },
    {
      name: 'the database where a transaction has no handle, or shares the connection',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.withTransactionAsync(async () => {
  await db.runAsync('DELETE FROM tasks')
  await Promise.all(['one', 'two'].map(title => db.runAsync('INSERT INTO tasks (title) VALUES (?)', title)))
})
await db.withExclusiveTransactionAsync(async txn => {
  await txn.runAsync('DELETE FROM tasks')
})
await db.runAsync('DELETE FROM tasks')`,
      }),
    },
    {
      name: 'op-sqlite runs what is given to the database in the transaction too',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        code: `
await db.transaction(async tx => {
  await db.execute('DELETE FROM tasks')
  const pending = tx.execute('INSERT INTO tasks (title) VALUES (?)', ['one'])
  await pending
})`,
      }),
    },
  ],
}

function faultOf(
  { scope, file }: CodeOfFile,
  call: SqlCall,
  transaction: Transaction,
): 'handle' | 'floating' | undefined {
  if (
    transaction.name === 'withExclusiveTransactionAsync' &&
    call.transaction === undefined &&
    shareConnection(call, transaction)
  )
    return 'handle'
  // WebSQL runs what it is given in order and needs nobody to wait.
  if (call.method.isSync || call.method.package === 'sqlite-storage' || !call.isOuter) return undefined
  const body = transaction.body && scope.usage(file)?.functions[transaction.body.fn]
  const isIn = call.transaction !== undefined || shareConnection(call, transaction)
  return body?.isAsync && isIn && call.fn === transaction.body?.fn && call.fact.use === 'statement'
    ? 'floating'
    : undefined
}
