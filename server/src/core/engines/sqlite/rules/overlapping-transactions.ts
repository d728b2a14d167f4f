// A transaction that begins before another one on the same connection has ended.
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { type Begin, beginsAt, beginsBehind, beginsOf } from '../transactions/begins.ts'
import { shareConnection, transactionAround } from '../transactions/in-body.ts'
import { unwrap } from '../transactions/unwrap.ts'
import type { CodeOfFile, Transaction } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly outer: Transaction
  readonly inner: Transaction
}

/** Where each library makes what comes second wait, for ever where the first waits for it. */
const queues = new Set(['op-sqlite', 'quick-sqlite', 'nitro-sqlite'])

export const overlappingTransactions: Rule<CodeOfFile, Data> = {
  id: 'sqlite/overlapping-transactions',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A transaction is started inside another one of the same database, directly or by a function that is called there, or two are started at once by `Promise.all` (expo-sqlite). With op-sqlite also `executeBatch` inside a transaction.',
    why: 'One connection has one transaction. expo-sqlite: the inner `BEGIN` fails, its error undoes what the outer one wrote, and what comes later is saved statement by statement. op-sqlite, quick-sqlite and nitro-sqlite let the inner one wait for the outer one, which waits for it: the app hangs.',
    fix: 'Takes the inner transaction away and keeps what it does, where it stands in the outer one.',
  },
  *check(code) {
    const { scope, file } = code
    const transactions = code.transactions()
    if (transactions.length === 0) return
    for (const begin of beginsOf(code)) {
      const outer = transactionAround(
        scope,
        transactions.filter(one => one !== begin.of),
        file,
        begin.fn,
      )
      if (!outer || !overlaps(outer, begin)) continue
      const inner = transactions.find(one => one === begin.of)
      yield {
        at: begin.at,
        message: messageOf(outer),
        related: [{ at: beginsAt(outer), message: 'The transaction around it' }],
        ...(inner && { data: { code, outer, inner } }),
      }
    }
    for (const outer of transactions)
      for (const { at, begin } of beginsBehind(code, outer))
        if (overlaps(outer, begin))
          yield { at, message: messageOf(outer), related: [{ at: begin.at, message: 'It begins a transaction here' }] }
    for (const [first, second] of togetherIn(code, transactions))
      yield {
        at: beginsAt(second),
        message:
          'Both transactions use one connection, and "Promise.all" starts them at once: the second "BEGIN" fails, and what is rolled back is not only its own. Run one after the other.',
        related: [{ at: beginsAt(first), message: 'The other one' }],
      }
  },
  fix: ({ data: { code, outer, inner } }, context) => unwrap(code, outer, inner, context),
  examples: [
    {
      name: 'a transaction in a transaction',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.withTransactionAsync(async () => {
  await db.runAsync('DELETE FROM tasks')
  await db.withTransactionAsync(async () => {
//      ^^^^^^^^^^^^^^^^^^^^^^^ undoes what the outer one wrote
    await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one')
    await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'two')
  })
})`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.withTransactionAsync(async () => {
    await db.runAsync('DELETE FROM tasks')
    await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'one')
    await db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'two')
  })
}
`,
      },
    },
    {
      name: 'a function that begins its own',
      project: expoSqlite,
      files: sqliteApp({
        files: {
          'src/save.ts': `import { db } from './db'

export async function save(title: string) {
  await db.withTransactionAsync(async () => {
    await db.runAsync('INSERT INTO tasks (title) VALUES (?)', title)
  })
}

export async function saveAll(titles: string[]) {
  await db.withTransactionAsync(async () => {
    for (const title of titles) await save(title)
//                                    ^^^^ SQLite refuses
  })
}

export const both = (a: string, b: string) =>
  Promise.all([
    db.withTransactionAsync(async () => void (await db.runAsync('DELETE FROM tasks WHERE title = ?', a))),
    db.withTransactionAsync(async () => void (await db.runAsync('DELETE FROM tasks WHERE title = ?', b))),
//  ^^^^^^^^^^^^^^^^^^^^^^^ starts them at once
  ])
`,
        },
      }),
    },
    {
      name: 'op-sqlite waits for ever',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        code: `
await db.transaction(async tx => {
  await db.executeBatch([['DELETE FROM tasks'], ['INSERT INTO tasks (title) VALUES (?)', ['one']]])
//      ^^^^^^^^^^^^^^^ hangs
  await db.transaction(async inner => {
//      ^^^^^^^^^^^^^^ hangs
    await inner.execute('DELETE FROM tasks')
  })
})`,
      }),
    },
    {
      name: 'one after the other, another database, later',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.withTransactionAsync(async () => {
  await db.runAsync('DELETE FROM tasks')
  setTimeout(() => db.withTransactionAsync(async () => {}), 1000)
  await other.withTransactionAsync(async () => {
    await other.runAsync('DELETE FROM log')
  })
})
await db.withTransactionAsync(async () => {
  await db.runAsync('DELETE FROM tasks')
})
`,
        files: {
          'src/other.ts': `import * as SQLite from 'expo-sqlite'

export const other = SQLite.openDatabaseSync('other.db')
`,
        },
      }),
    },
  ],
}

/** True where the second cannot begin, or where both would wait for each other. */
function overlaps(outer: Transaction, begin: Begin): boolean {
  if (!shareConnection(outer, begin.of)) return false
  if (outer.package === 'expo-sqlite') return true
  return queues.has(outer.package) && begin.isAwaited
}

const messageOf = ({ package: library }: Transaction): string =>
  library === 'expo-sqlite'
    ? 'A transaction of this database is open already, and SQLite refuses a second one: its rollback undoes what the outer one wrote, and what follows is saved statement by statement. Begin once, and do the rest inside.'
    : 'This waits until the transaction around it has ended, and that one waits for this: the app hangs here for ever. Use the handle of the outer transaction.'

/** Pairs of transactions that one `Promise.all` starts; only where nobody makes the second wait. */
function* togetherIn(code: CodeOfFile, all: readonly Transaction[]): Generator<readonly [Transaction, Transaction]> {
  for (const second of all) {
    const { value } = second.fact
    const list = value.kind === 'call' ? value.args[0] : undefined
    if (second.name !== 'withTransactionAsync' || list?.kind !== 'array' || !isPromiseAll(code, second)) continue
    const place = list.items.indexOf(second.call.value)
    const first = all.find(one => {
      const at = one.fact === second.fact ? list.items.indexOf(one.call.value) : -1
      return at >= 0 && at < place && one.name === second.name && shareConnection(one, second)
    })
    if (first) yield [first, second]
  }
}

function isPromiseAll({ file }: CodeOfFile, { fact }: Transaction): boolean {
  const callee: Located | undefined = fact.value.kind === 'call' ? { value: fact.value.callee, file } : undefined
  return (
    callee?.value.kind === 'member' &&
    /^all(?:Settled)?$/.test(callee.value.name ?? '') &&
    callee.value.of.kind === 'name' &&
    callee.value.of.name === 'Promise'
  )
}
