// Small apps that sync layers are generated for in tests.
import { postsTable } from './generated-queue.ts'

const manifest = (...packages: readonly string[]): string =>
  `${JSON.stringify({ dependencies: Object.fromEntries(packages.map(name => [name, '*'])) }, null, 2)}\n`

/** Notes in folders, in a database of expo-sqlite. */
export const expoNotes: Readonly<Record<string, string>> = {
  'package.json': manifest('expo', 'expo-sqlite', 'expo-background-task', 'react-native', 'jest'),
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('notes.db')

export async function createTables() {
  await db.execAsync(\`
CREATE TABLE IF NOT EXISTS folders (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS notes (
  id TEXT PRIMARY KEY NOT NULL,
  folder_id TEXT REFERENCES folders (id),
  title TEXT NOT NULL,
  body TEXT,
  pinned BOOLEAN NOT NULL DEFAULT 0,
  tags JSON,
  updated_at INTEGER NOT NULL
);
\`)
}
`,
}

/** The same notes in a database of op-sqlite. */
export const opNotes: Readonly<Record<string, string>> = {
  'package.json': manifest('@op-engineering/op-sqlite', 'react-native', 'jest'),
  'src/db.ts': (expoNotes['src/db.ts'] ?? '')
    .replace("import * as SQLite from 'expo-sqlite'", "import { open } from '@op-engineering/op-sqlite'")
    .replace("SQLite.openDatabaseSync('notes.db')", "open({ name: 'notes.db' })")
    .replace('db.execAsync', 'db.execute'),
}

/** The same notes, with MMKV in the app for the outbox. */
export const mmkvNotes: Readonly<Record<string, string>> = {
  ...expoNotes,
  'package.json': manifest('expo', 'expo-sqlite', 'react-native-mmkv', 'react-native-nitro-modules', 'react-native'),
}

/** Orders and their lines, with foreign keys that are enforced, in a database of op-sqlite; another style of code. */
export const opOrders: Readonly<Record<string, string>> = {
  'package.json': manifest('@op-engineering/op-sqlite', 'react-native', 'react-native-background-fetch', 'mocha'),
  'src/database.ts': `import { open } from "@op-engineering/op-sqlite";

export const db = open({ name: "orders.db" });

const tables = [
    "CREATE TABLE IF NOT EXISTS customers (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, email TEXT)",
    "CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customers (id), placed_at INTEGER NOT NULL, paid BOOLEAN NOT NULL)",
    "CREATE TABLE IF NOT EXISTS order_lines (id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE, amount REAL NOT NULL, note TEXT)",
    "CREATE TABLE IF NOT EXISTS counters (day INT PRIMARY KEY NOT NULL, value INTEGER)",
];

export async function createTables() {
    await db.execute("PRAGMA foreign_keys = ON");
    for (const table of tables) {
        await db.execute(table);
    }
}
`,
}

/** Journals and their entries, whose rows SQLite numbers, with labels that have texts for keys. */
export const countedJournals: Readonly<Record<string, string>> = {
  'package.json': manifest('expo', 'expo-sqlite', 'react-native', 'mocha'),
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('journals.db')

export async function createTables() {
  await db.execAsync(\`
CREATE TABLE IF NOT EXISTS journals (
  id INTEGER PRIMARY KEY NOT NULL,
  name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS entries (
  entry_id INTEGER PRIMARY KEY,
  journal_id INTEGER NOT NULL REFERENCES journals (id) ON DELETE CASCADE,
  answers INTEGER REFERENCES entries (entry_id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  pinned BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS labels (
  id TEXT PRIMARY KEY NOT NULL,
  entry_id INTEGER REFERENCES entries ON DELETE CASCADE,
  text TEXT NOT NULL
);
\`)
}
`,
}

/** The same in a database of op-sqlite. */
export const opJournals: Readonly<Record<string, string>> = {
  'package.json': manifest('@op-engineering/op-sqlite', 'react-native', 'jest'),
  'src/db.ts': (countedJournals['src/db.ts'] ?? '')
    .replace("import * as SQLite from 'expo-sqlite'", "import { open } from '@op-engineering/op-sqlite'")
    .replace("SQLite.openDatabaseSync('journals.db')", "open({ name: 'journals.db' })")
    .replace('db.execAsync', 'db.execute'),
}

/** Tasks in WatermelonDB whose outbox is in MMKV. */
export const mmkvTasks: Readonly<Record<string, string>> = {
  'package.json': manifest(
    '@nozbe/watermelondb',
    'react-native-mmkv',
    'react-native-nitro-modules',
    'react-native',
    'jest',
  ),
  'src/schema.ts': `import { appSchema, tableSchema } from '@nozbe/watermelondb'

export const schema = appSchema({
  version: 3,
  tables: [
    tableSchema({ name: 'lists', columns: [{ name: 'name', type: 'string' }] }),
    tableSchema({
      name: 'tasks',
      columns: [
        { name: 'list_id', type: 'string', isIndexed: true },
        { name: 'title', type: 'string' },
        { name: 'done', type: 'boolean' },
        { name: 'due_at', type: 'number', isOptional: true },
      ],
    }),
  ],
})
`,
}

/** The one table that the simulator works on. */
export const simulated: Readonly<Record<'expo-sqlite' | 'op-sqlite', Readonly<Record<string, string>>>> = {
  'expo-sqlite': {
    'package.json': manifest('expo', 'expo-sqlite', 'react-native'),
    'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export const createTables = () => db.execAsync(\`${postsTable}\`)
`,
  },
  'op-sqlite': {
    'package.json': manifest(
      '@op-engineering/op-sqlite',
      'react-native',
      'react-native-mmkv',
      'react-native-nitro-modules',
    ),
    'src/db.ts': `import { open } from '@op-engineering/op-sqlite'

export const db = open({ name: 'app.db' })

export const createTables = () => db.execute(\`${postsTable}\`)
`,
  },
}
