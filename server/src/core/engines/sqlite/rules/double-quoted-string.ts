// A text in double quotes, which SQL keeps for names.
import type { Rule } from '../../../rules/rule.ts'
import { nameOf, scanSql } from '../../../sql/scan-sql.ts'
import type { Place } from '../../../text/span.ts'
import { expoSqlite, sqliteApp } from '../example-app.ts'
import { databaseOf, isDefinition, wholeText } from '../statements/judged.ts'
import { placeInSql } from '../statements/places.ts'
import type { SqlInCode } from '../types.ts'

interface Data {
  readonly at: Place
  readonly text: string
  /** The literal that it stands in. */
  readonly literal: Place | undefined
}

export const doubleQuotedString: Rule<SqlInCode, Data> = {
  id: 'sqlite/double-quoted-string',
  severity: 'warning',
  on: 'call',
  docs: {
    what: 'A text stands in double quotes: SQLite takes it for a text only because no column is called so.',
    why: 'A mistyped column in double quotes becomes a text and no error says so. Builds without this old habit of SQLite refuse the statement: `no such column: "x"`.',
    fix: 'Writes it in single quotes.',
  },
  *check({ sql: call, scope }) {
    const text = wholeText(call)
    const database = text?.includes('"') ? databaseOf(call) : undefined
    if (text === undefined || !database || isDefinition(text)) return
    const ask = (quotedTexts: boolean) =>
      scope.judge.ask({ kind: 'prepare', schema: database.schema, sql: text, quotedTexts })
    const lenient = ask(true)
    const strict = ask(false)
    if (!lenient || !strict) return
    for (const [index, { error }] of strict.statements.entries()) {
      if (!error || error.at === undefined || lenient.statements[index]?.error) continue
      if (!/ - should this be a string literal in single-quotes\?$/.test(error.message)) continue
      const token = scanSql(text).find(one => one.start === error.at)
      if (!token || text[token.start] !== '"') continue
      const at = placeInSql(call, token.start, token.end)
      const literal = call.sql?.parts.find(part => part.start <= token.start && token.end <= part.end)?.literal
      const name = nameOf(text.slice(token.start, token.end))
      yield {
        at,
        message: `No column is called "${name}", so SQLite takes this for a text; a mistyped column would go unnoticed, and other builds refuse it. Write '${name}' in single quotes.`,
        data: { at, text: name, literal },
      }
    }
  },
  fix({ data: { at, text, literal } }, context) {
    const { file, span } = at
    const source = context.text(file)
    if (source === undefined || !literal || /\\/.test(source.slice(span.start, span.end))) return undefined
    const sql = `'${text.replaceAll("'", "''")}'`
    // In a literal in single quotes they must be escaped.
    const inner = source[literal.span.start] === "'" ? sql.replaceAll("'", "\\'") : sql
    return {
      title: 'Write it in single quotes',
      safe: false,
      edits: [{ file, start: span.start, end: span.end, text: inner }],
    }
  },
  examples: [
    {
      name: 'a value in double quotes',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.getAllAsync(\`SELECT id FROM tasks WHERE title = "open"\`)
//                                                       ^^^^^^ in single quotes`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.getAllAsync(\`SELECT id FROM tasks WHERE title = 'open'\`)
}
`,
      },
    },
    {
      name: 'in a literal in single quotes',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.getAllAsync('SELECT id FROM tasks WHERE title = "open"')
//                                                       ^^^^^^`,
      }),
      fixed: {
        'src/tasks.ts': `import { db } from './db'

export async function run() {
  await db.getAllAsync('SELECT id FROM tasks WHERE title = \\'open\\'')
}
`,
      },
    },
    {
      name: 'names in double quotes',
      project: expoSqlite,
      files: sqliteApp({
        code: `
await db.getAllAsync('SELECT "title" AS "the title" FROM "tasks" WHERE "done" = 1 ORDER BY "the title"')
await db.getAllAsync("SELECT id FROM tasks WHERE title = 'open'")`,
      }),
    },
    {
      name: 'a database that is not known as a whole',
      project: expoSqlite,
      files: sqliteApp({
        schema: null,
        code: `await db.getAllAsync('SELECT id FROM tasks WHERE title = "open"')`,
      }),
    },
  ],
}
