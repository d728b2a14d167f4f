// A schema with references that nothing enforces.
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { afterOpening } from '../openings/after-opening.ts'
import { transactionAround } from '../transactions/in-body.ts'
import type { Opening, SqlCall, SqliteStore } from '../types.ts'

interface Data {
  readonly store: SqliteStore
  readonly opening: Opening
}

const schema = `
CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE tasks (id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES lists (id), title TEXT NOT NULL);`

const switchesOn = /\bPRAGMA\s+foreign_keys\s*(?:=|\()\s*(?:1|ON|YES|TRUE)\b/i

export const foreignKeysOff: Rule<SqliteStore, Data> = {
  id: 'sqlite/foreign-keys-off',
  severity: 'info',
  on: 'store',
  docs: {
    what: 'Tables refer to one another (`REFERENCES`), and no connection is told `PRAGMA foreign_keys = ON`; or it is told so inside a transaction, where that does nothing.',
    why: 'SQLite checks references only on connections that were asked to. Until then rows may refer to what does not exist, `ON DELETE CASCADE` deletes nothing, and no error says so.',
    fix: 'Switches the checks on when the database has been opened.',
  },
  *check(store) {
    const { shape, calls, openings } = store
    const [opening] = openings
    const table = store.entities.find(one => one.shape.foreignKeys.length > 0)
    if (!opening || !shape || !table || store.schema === undefined) return
    // What is made at run time may switch it on.
    if (calls.some(call => !call.sql || call.sql.parts.some(part => part.isHole && mayBePragma(call)))) return
    const found = calls.filter(call => switchesOn.test(call.sql?.text ?? ''))
    if (found.some(call => !isInTransaction(store, call))) return
    const [inside] = found
    const references = `"${table.name.text}" refers to "${table.shape.foreignKeys[0]!.table}"`
    yield {
      at: inside ? inside.at : opening.at,
      message: inside
        ? `Inside a transaction this does nothing: ${references}, and rows that refer to nothing are accepted. Switch the checks on before the transaction begins.`
        : `${references}, and no connection is told to check it: rows that refer to nothing are accepted, and nothing is deleted by ON DELETE. Run "PRAGMA foreign_keys = ON" after opening.`,
      related: table.nameAt ? [{ at: table.nameAt, message: 'The table with the reference' }] : [],
      ...(!inside && openings.length === 1 && { data: { store, opening } }),
    }
  },
  fix({ data: { store, opening } }, context) {
    const edit = afterOpening(store.scope, opening, 'PRAGMA foreign_keys = ON', context)
    return edit && { title: 'Switch the checks on', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'references that nobody checks',
      project: expoSqlite,
      files: {
        'src/open.ts': `import * as SQLite from 'expo-sqlite'

export async function open() {
  const db = await SQLite.openDatabaseAsync('app.db')
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ "tasks" refers to "lists"
  await db.execAsync(\`${schema}\`)
  return db
}
`,
      },
      fixed: {
        'src/open.ts': `import * as SQLite from 'expo-sqlite'

export async function open() {
  const db = await SQLite.openDatabaseAsync('app.db')
  await db.execAsync('PRAGMA foreign_keys = ON')
  await db.execAsync(\`${schema}\`)
  return db
}
`,
      },
    },
    {
      name: 'switched on inside a transaction',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        schema,
        code: `
await db.transaction(async tx => {
  await tx.execute('PRAGMA foreign_keys = ON')
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ does nothing
})`,
      }),
    },
    {
      name: 'switched on',
      project: expoSqlite,
      files: sqliteApp({ schema, code: "await db.execAsync('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON')" }),
    },
    { name: 'nothing refers to anything', project: expoSqlite, files: sqliteApp({}) },
  ],
}

const isInTransaction = (store: SqliteStore, call: SqlCall): boolean =>
  call.transaction !== undefined ||
  transactionAround(store.scope, store.transactions, call.at.file, call.fn) !== undefined

const mayBePragma = ({ sql }: SqlCall): boolean => /^\s*(?:PRAGMA|qholeq)/i.test(sql?.text ?? '')
