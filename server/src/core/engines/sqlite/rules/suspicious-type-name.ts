// A type that SQLite takes, and that nobody meant.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { expoSqlite, sqliteApp } from '../example-app.ts'
import type { Column, SqliteStore } from '../types.ts'

interface Data {
  readonly at: Place
  readonly type: string
  readonly kind: 'auto-increment' | 'comma'
  readonly isKey: boolean
}

const app = (columns: string) =>
  sqliteApp({
    schema: null,
    files: {
      'src/tables.ts': `import { db } from './db'

export const createTables = () =>
  db.execAsync(\`CREATE TABLE tasks (
${columns}
  )\`)
`,
    },
  })

const autoIncrement = /\bAUTO_?\s?INCREMENT\b/i
/** Two types with a name between them. */
const twoColumns =
  /^((?:TEXT|INTEGER|INT|REAL|BLOB|NUMERIC|BOOLEAN|DATETIME|FLOAT|DOUBLE|(?:VAR)?CHAR(?:\s*\(\d+\))?))\s+(\w+)\s+(?:TEXT|INTEGER|INT|REAL|BLOB|NUMERIC|BOOLEAN|DATETIME|FLOAT|DOUBLE|(?:VAR)?CHAR)\b/i

export const suspiciousTypeName: Rule<SqliteStore, Data> = {
  id: 'sqlite/suspicious-type-name',
  severity: 'info',
  on: 'store',
  docs: {
    what: 'The type of a column is `INT AUTO_INCREMENT`, or holds two types: a comma is missing between two columns. SQLite takes any words for a type.',
    why: 'The number is not made by SQLite and stays null; the second column does not exist, and the first statement that names it fails.',
    fix: 'Writes `INTEGER PRIMARY KEY AUTOINCREMENT`, or the comma.',
  },
  *check(store) {
    for (const table of store.entities)
      for (const column of table.fields) {
        const found = suspicion(column)
        if (!found) continue
        const at = column.type?.at ?? column.at
        const { type } = column.shape
        const message =
          found.kind === 'comma'
            ? `SQLite takes "${type}" for the type of "${column.shape.name}": a comma is missing, and there is no column "${found.second}". Write the comma.`
            : `SQLite does not know AUTO_INCREMENT and takes "${type}" for a type: nothing numbers "${column.shape.name}", it stays null. Write INTEGER PRIMARY KEY AUTOINCREMENT.`
        yield { at, message, data: { at, type, kind: found.kind, isKey: column.shape.primaryKey > 0 } }
      }
  },
  fix({ data: { at, type, kind, isKey } }, context) {
    const { file, span } = at
    const written = context.text(file)?.slice(span.start, span.end)
    if (written === undefined || written.replace(/\s+/g, ' ') !== type) return undefined
    if (kind === 'comma') {
      const end = span.start + (twoColumns.exec(written)?.[1]?.length ?? 0)
      return { title: 'Write the comma', safe: false, edits: [{ file, start: end, end, text: ',' }] }
    }
    const rest = context.text(file)?.slice(span.end) ?? ''
    const key = isKey ? /^\s+PRIMARY\s+KEY\b/i.exec(rest)?.[0] : ''
    if (key === undefined) return undefined
    const edit = { file, start: span.start, end: span.end + key.length, text: 'INTEGER PRIMARY KEY AUTOINCREMENT' }
    return { title: 'Write INTEGER PRIMARY KEY AUTOINCREMENT', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'the word of another database',
      project: expoSqlite,
      files: app(`    id INT AUTO_INCREMENT PRIMARY KEY,
//     ^^^^^^^^^^^^^^^^^^ nothing numbers
    title TEXT`),
      fixed: {
        'src/tables.ts': `import { db } from './db'

export const createTables = () =>
  db.execAsync(\`CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT
  )\`)
`,
      },
    },
    {
      name: 'a missing comma',
      project: expoSqlite,
      files: app(`    id INTEGER PRIMARY KEY,
    title TEXT note TEXT
//        ^^^^^^^^^^^^^^ there is no column "note"`),
      fixed: {
        'src/tables.ts': `import { db } from './db'

export const createTables = () =>
  db.execAsync(\`CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    title TEXT, note TEXT
  )\`)
`,
      },
    },
    {
      name: 'types of all kinds',
      project: expoSqlite,
      files: app(`    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title VARCHAR(20) NOT NULL,
    price DOUBLE PRECISION,
    big UNSIGNED BIG INT,
    at DATETIME DEFAULT CURRENT_TIMESTAMP,
    data JSON,
    anything`),
    },
  ],
}

function suspicion({ shape }: Column): { readonly kind: Data['kind']; readonly second?: string } | undefined {
  if (autoIncrement.test(shape.type)) return { kind: 'auto-increment' }
  const second = twoColumns.exec(shape.type)?.[2]
  return second !== undefined && !/^(?:precision|varying|unsigned|big|native|small|medium|tiny)$/i.test(second)
    ? { kind: 'comma', second }
    : undefined
}
