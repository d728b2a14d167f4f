// The small app around a rule's example, so that an example shows only what it is about.
import type { Example } from '../../rules/rule.ts'
import type { SqlPackage } from './imports.ts'

/** The parts of an example app. Each is source text; what is not given is the plainest thing that works. */
export interface SqliteExampleApp {
  /** `expo-sqlite` where not said. */
  readonly package?: SqlPackage
  /** The SQL that makes the tables, run when the app starts; a table `tasks` where not said, none where `null`. */
  readonly schema?: string | null
  /** The body of an async function in `src/tasks.ts` that has `db`, the opened database. */
  readonly code?: string
  /** Further files by path, or replacements of the ones above. */
  readonly files?: Readonly<Record<string, string>>
}

const tasks = `
CREATE TABLE IF NOT EXISTS tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0
);`

/** How each library opens `app.db` as `db`, and how it runs the SQL of the schema. */
const openings: Readonly<Record<SqlPackage, readonly [open: string, run: string]>> = {
  'expo-sqlite': [
    `import * as SQLite from 'expo-sqlite'\n\nexport const db = SQLite.openDatabaseSync('app.db')`,
    'await db.execAsync(schema)',
  ],
  'op-sqlite': [
    `import { open } from '@op-engineering/op-sqlite'\n\nexport const db = open({ name: 'app.db' })`,
    'await db.execute(schema)',
  ],
  'quick-sqlite': [
    `import { open } from 'react-native-quick-sqlite'\n\nexport const db = open({ name: 'app.db' })`,
    'db.execute(schema)',
  ],
  'nitro-sqlite': [
    `import { open } from 'react-native-nitro-sqlite'\n\nexport const db = open({ name: 'app.db' })`,
    'db.execute(schema)',
  ],
  // Its promises give the database late, so nothing can export it.
  'sqlite-storage': [
    `import SQLite from 'react-native-sqlite-storage'\n\nSQLite.enablePromise(true)\n\nexport const open = () => SQLite.openDatabase({ name: 'app.db', location: 'default' })`,
    'const db = await open()\n  await db.executeSql(schema)',
  ],
}

/**
 * The files of an example app: `src/db.ts` with the opened database (`db`), the SQL of its tables (`schema`) and the
 * function that runs it (`createTables`), and `src/tasks.ts` with the code. To be used with `expoSqlite` or another project.
 */
export function sqliteApp(app: SqliteExampleApp): Record<string, string> {
  const [open, run] = openings[app.package ?? 'expo-sqlite']
  const schema = app.schema === undefined ? tasks : app.schema
  const files: Record<string, string> = {
    'src/db.ts': `${open}\n${schema === null ? '' : schemaText(schema, run)}`,
  }
  if (app.code !== undefined)
    files['src/tasks.ts'] =
      app.package === 'sqlite-storage'
        ? runText('open', `const db = await open()\n${app.code.replace(/^\n+/, '')}`)
        : runText('db', app.code)
  return { ...files, ...app.files }
}

const runText = (name: string, code: string): string => `import { ${name} } from './db'

export async function run() {
${indent(code)}
}
`

const schemaText = (schema: string, run: string): string => `
export const schema = \`
${schema.replace(/^\n+|\s+$/g, '')}
\`

export async function createTables() {
  ${run}
}
`

const indent = (text: string): string =>
  text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .map(line => (line ? `  ${line}` : line))
    .join('\n')

/** The project of an app with expo-sqlite 57, or with the packages given. */
export const sqliteProject = (
  versions: Readonly<Record<string, string>> = { 'expo-sqlite': '57.0.3' },
): NonNullable<Example['project']> => ({ versions })

/** The project of an app with expo-sqlite 57. */
export const expoSqlite = sqliteProject()

/** The project of an app with op-sqlite 18. */
export const opSqlite = sqliteProject({ '@op-engineering/op-sqlite': '18.2.5' })
