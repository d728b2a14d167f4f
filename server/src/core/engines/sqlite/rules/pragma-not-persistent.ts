// Settings of a connection that are made once, when the database is new.
import type { Rule } from '../../../rules/rule.ts'
import { contains, type Place } from '../../../text/span.ts'
import { expoSqlite } from '../example-app.ts'
import { isRunAtStart } from '../ladder/run-at-start.ts'
import type { Ladder, SqlCall, SqliteStore } from '../types.ts'

/** Pragmas that hold for the connection alone (`pragma.html`). */
const pragma =
  /\bPRAGMA\s+(?:\w+\.)?(foreign_keys|synchronous|busy_timeout|cache_size|temp_store|recursive_triggers|mmap_size|case_sensitive_like|cell_size_check|automatic_index|secure_delete|wal_autocheckpoint|journal_size_limit|query_only|trusted_schema)\s*(?:=|\()\s*([^;\s)]+)/gi

const app = (always: string, fresh: string) => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export function start() {
${always}
  const { user_version: version } = db.getFirstSync<{ user_version: number }>('PRAGMA user_version')
  if (version < 1) {
${fresh}
    db.execSync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY); PRAGMA user_version = 1')
  }
}
`,
})

export const pragmaNotPersistent: Rule<SqliteStore> = {
  id: 'sqlite/pragma-not-persistent',
  severity: 'info',
  on: 'store',
  docs: {
    what: 'A `PRAGMA` that holds for one connection (`foreign_keys`, `synchronous`, `busy_timeout`, `cache_size`, `temp_store` …) runs only where the database is made or migrated.',
    why: 'The setting is gone when the app is started again, as the file does not keep it. The first session runs with it and all others run without. `journal_mode = WAL` is kept by the file.',
    fix: 'Run it each time after the database has been opened.',
  },
  *check({ ladder, calls, scope, openings }) {
    if (!ladder) return
    const inside = calls.filter(call => isOfVersion(ladder, call))
    if (inside.length === 0) return
    const others = calls.filter(call => !inside.includes(call))
    // What is made at run time may be the same setting.
    if (others.some(mayBePragma)) return
    const always = new Set(
      others
        .filter(call => isRunAtStart(scope, ladder, openings, call))
        .flatMap(call => [...namesIn(call)].map(([name]) => name)),
    )
    for (const call of inside)
      for (const [name, at] of namesIn(call)) {
        // Checks that are off while tables are made anew are on again with the next connection.
        if (always.has(name) || (name === 'foreign_keys' && isPaused(inside))) continue
        yield {
          at,
          message: `"${name}" holds for this connection alone: from the next start of the app on, when the database is there already, it is not set. Run it each time after opening.`,
        }
      }
  },
  examples: [
    {
      name: 'set when the database is new',
      project: expoSqlite,
      files: app(
        `  db.execSync('PRAGMA busy_timeout = 5000')`,
        `    db.execSync('PRAGMA synchronous = NORMAL')
//               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ from the next start`,
      ),
    },
    {
      name: 'what the file keeps, and what is set at each start',
      project: expoSqlite,
      files: app(
        `  db.execSync('PRAGMA foreign_keys = ON')`,
        `    db.execSync('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON')`,
      ),
    },
    {
      name: 'checks that pause while a table is made anew',
      project: expoSqlite,
      files: app(
        '',
        `    db.execSync('PRAGMA foreign_keys = OFF; DROP TABLE IF EXISTS old; PRAGMA foreign_keys = ON')`,
      ),
    },
  ],
}

/** True for what runs in a step, or where the database is new. */
function isOfVersion({ steps, fresh }: Ladder, call: SqlCall): boolean {
  const bodies: readonly Place[] = [...steps.map(step => step.body), ...(fresh ? [fresh.at] : [])]
  const isWithin = bodies.some(body => body.file === call.at.file && contains(body.span, call.at.span))
  const texts = [...steps.flatMap(step => step.texts), ...(fresh?.texts ?? [])]
  return isWithin || texts.some(text => text.call === call)
}

/** What binds values is no pragma. */
const mayBePragma = ({ sql, parameters, method }: SqlCall): boolean =>
  sql ? /^\s*(?:pragma\s+)?qholeq/i.test(sql.text) : parameters.kind === 'none' && method.gives === 'result'

function* namesIn({ sql, at }: SqlCall): Generator<readonly [string, Place]> {
  for (const found of sql?.text.matchAll(pragma) ?? []) {
    const end = found.index + found[0].length
    yield [found[1]!.toLowerCase(), sql?.source(found.index, end) ?? at]
  }
}

const isPaused = (calls: readonly SqlCall[]): boolean =>
  calls.some(({ sql }) => /\bforeign_keys\s*(?:=|\()\s*(?:0|OFF|NO|FALSE)\b/i.test(sql?.text ?? ''))
