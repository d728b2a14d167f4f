// SQL that SQLite will not prepare on this database.
import type { Rule } from '../../../rules/rule.ts'
import { namesInSql } from '../../../sql/names-in-sql.ts'
import { isCertain, refusedName } from '../../../sql/refusals.ts'
import { foldName, scanSql } from '../../../sql/scan-sql.ts'
import { closest } from '../../../text/similar.ts'
import type { Place } from '../../../text/span.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { databaseOf, isDefinition, judged, type KnownDatabase } from '../statements/judged.ts'
import { placeInSql } from '../statements/places.ts'
import type { SqlCall, SqlInCode } from '../types.ts'

interface Data {
  readonly at: Place
  /** The name as it is written, and what was most likely meant. */
  readonly name: string
  readonly meant: string
}

export const rejectedStatement: Rule<SqlInCode, Data> = {
  id: 'sqlite/rejected-statement',
  severity: 'error',
  on: 'call',
  docs: {
    what: 'SQLite refuses a statement on the tables of its database: an unknown table or column, an ambiguous one, a wrong number of values or arguments. Judged only where every statement that makes the database is known.',
    why: 'The call fails whenever it runs: `no such column: titel`, `1 values for 2 columns`. No compiler looks into SQL.',
    fix: 'Writes the name that was most likely meant.',
  },
  *check(code) {
    const { sql: call } = code
    const database = databaseOf(call)
    if (!database) return
    for (const { parsed, prepared } of judged(code, database.schema) ?? []) {
      const { error } = prepared
      const text = call.sql?.text.slice(parsed.start, parsed.end) ?? ''
      if (!error || !isCertain(error.message) || isDefinition(text) || mayBeElsewhere(text, database)) continue
      const refused = refusedName(error.message)
      const meant = refused && meantName(refused, text, database)
      const span = error.at === undefined ? undefined : tokenAt(call, error.at)
      const at = span ? placeInSql(call, span.start, span.end) : placeInSql(call, parsed.start, parsed.end)
      const words = error.message.replace(/ - should this be a string literal in single-quotes\?$/, '')
      yield {
        at,
        message: `SQLite refuses this: ${words}. The call fails whenever it runs. ${meant === undefined ? 'Correct it, or the schema.' : `Did you mean "${meant}"?`}`,
        ...(meant !== undefined && span && { data: { at, name: refused!.name, meant } }),
      }
    }
  },
  fix({ data: { at, name, meant } }, context) {
    const { file, span } = at
    const written = context.text(file)?.slice(span.start, span.end)
    if (written === undefined || !written.includes(name)) return undefined
    const start = span.start + written.lastIndexOf(name)
    const edit = { file, start, end: start + name.length, text: meant }
    return { title: `Change to "${meant}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a mistyped column',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.getAllAsync('SELECT titel FROM tasks WHERE done = 0')
//                           ^^^^^ no such column: titel. The call fails whenever it runs. Did you mean "title"?`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.getAllAsync('SELECT title FROM tasks WHERE done = 0')
}
`,
      },
    },
    {
      name: 'mistyped names in statements that write',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.runAsync('DELETE FROM task WHERE id = ?', [1])
//                             ^^^^ Did you mean "tasks"?
await db.runAsync('INSERT INTO tasks (titel, done) VALUES (?, 1)', ['a'])
//                                    ^^^^^ has no column named titel
await db.runAsync('UPDATE tasks SET don = 1')
//                                  ^^^ Did you mean "done"?`,
      }),
    },
    {
      name: 'counts and ambiguous names',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        code: `
await db.execute('INSERT INTO tasks (title, done) VALUES (?)', ['a'])
//                                                       ^^^ 1 values for 2 columns
await db.execute('SELECT title FROM tasks a JOIN tasks b ON a.id = b.id')
//                       ^^^^^ ambiguous column name: title`,
      }),
    },
    {
      name: 'what may be there on the device',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.getAllAsync('SELECT rowid, oid, upper(title) AS t FROM tasks ORDER BY t')
await db.getAllAsync('SELECT myFunction(title) FROM tasks')
await db.getAllAsync("SELECT name FROM sqlite_master WHERE type = 'table'")
await db.getAllAsync('SELECT value FROM json_each(?)', ['[1]'])
await db.getAllAsync('WITH recent AS (SELECT * FROM tasks) SELECT title FROM recent')
await db.getAllAsync('SELECT "no column" FROM tasks')
await db.execAsync('PRAGMA journal_mode = WAL; BEGIN; COMMIT')`,
      }),
    },
    {
      name: 'a database that is not known as a whole',
      project: expoSqlite,
      files: sqliteApp({
        code: `
const table = Math.random() > 0.5 ? 'one' : 'two'
await db.execAsync(\`CREATE TABLE \${table} (id INTEGER)\`)
await db.getAllAsync('SELECT titel FROM tasks')
await db.getAllAsync('SELECT * FROM anything')`,
      }),
    },
    {
      name: 'a full-text table of a module that is not everywhere',
      project: expoSqlite,
      files: sqliteApp({
        schema: `
CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT);
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts4(title);`,
        code: `await db.getAllAsync('SELECT docid, snippet(found) FROM found JOIN tasks ON tasks.id = found.docid')`,
      }),
    },
  ],
}

/** True for statements about tables that only the device knows: of other modules, of SQLite itself, temporary or attached ones. */
function mayBeElsewhere(text: string, { opaque, store }: KnownDatabase): boolean {
  const words = scanSql(text).map(token => foldName(text.slice(token.start, token.end)).replace(/^["`[]|["`\]]$/g, ''))
  if (words.some(word => opaque.has(word) || /^(?:sqlite_|pragma_|temp$)/.test(word))) return true
  const others = store.calls.flatMap(call => call.sql?.text.match(otherTables) ?? [])
  return others.length > 0
}

/** Statements after which names can stand for more than the schema says. */
const otherTables = /\battach\b|\bcreate\s+temp(?:orary)?\b/gi

function meantName(
  { kind, name }: { readonly kind: 'table' | 'column'; readonly name: string },
  text: string,
  { world }: KnownDatabase,
): string | undefined {
  if (kind === 'table')
    return closest(
      name,
      world.tables.map(table => table.name),
    )
  const tables = namesInSql(text, world).flatMap(one => (one.kind === 'table' && one.table ? [one.table] : []))
  const near = tables.length > 0 ? tables.flatMap(table => world.table(table)?.columns ?? []) : []
  return closest(name, near)
}

/** The word at an offset of the text. */
function tokenAt({ sql }: SqlCall, offset: number): { readonly start: number; readonly end: number } | undefined {
  const text = sql?.text ?? ''
  const tokens = scanSql(text)
  const index = tokens.findIndex(one => one.start <= offset && offset < one.end)
  const token = tokens[index]
  if (!token) return undefined
  // A row of values is named by its parenthesis, and is wrong as a whole.
  if (text[token.start] !== '(') return token
  let depth = 0
  for (const one of tokens.slice(index)) {
    if (text[one.start] === '(') depth++
    if (text[one.start] === ')' && --depth === 0) return { start: token.start, end: one.end }
  }
  return token
}
