// Correct apps as people write them: no rule may find anything in them (part 4).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of SQLite, part 4', () => {
  it('quick-sqlite, in the synchronous and the asynchronous way', () =>
    expectNoFindings(
      {
        'src/db.ts': `import { open, type QuickSQLiteConnection, type SQLBatchTuple } from 'react-native-quick-sqlite';

export const db: QuickSQLiteConnection = open({ name: 'cache.sqlite', location: '../databases' });

db.execute('CREATE TABLE IF NOT EXISTS cache (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER)');

export function get(key: string): string | undefined {
  const { rows } = db.execute('SELECT value FROM cache WHERE key = ? AND (expires IS NULL OR expires > ?)', [key, Date.now()]);
  return rows?.item(0)?.value;
}

export const put = (key: string, value: string, ttl?: number) =>
  db.execute('REPLACE INTO cache (key, value, expires) VALUES (?, ?, ?)', [key, value, ttl ? Date.now() + ttl : null]);

export const putAll = (entries: Record<string, string>) => {
  const insert: SQLBatchTuple[] = Object.entries(entries).map(([key, value]) => [
    'INSERT OR REPLACE INTO cache (key, value) VALUES (?, ?)',
    [key, value],
  ]);
  return db.executeBatchAsync([['DELETE FROM cache WHERE expires < ?', [Date.now()]], ...insert]);
};

export const swap = (a: string, b: string) =>
  db.transaction(async tx => {
    const first = await tx.executeAsync('SELECT value FROM cache WHERE key = ?', [a]);
    const second = tx.execute('SELECT value FROM cache WHERE key = ?', [b]);
    if (!first.rows?.length || !second.rows?.length) {
      tx.rollback();
      return;
    }
    tx.execute('UPDATE cache SET value = ? WHERE key = ?', [second.rows.item(0).value, a]);
    await tx.executeAsync('UPDATE cache SET value = ? WHERE key = ?', [first.rows.item(0).value, b]);
  });

export const clear = async () => {
  await db.executeAsync('DELETE FROM cache');
  db.execute('VACUUM');
};
`,
      },
      { 'react-native-quick-sqlite': '8.2.7' },
    ))

  it('nitro-sqlite with typed rows', () =>
    expectNoFindings(
      {
        'src/storage.ts': `import { open } from 'react-native-nitro-sqlite';

interface User {
  id: number;
  name: string;
  age: number | null;
}

const db = open({ name: 'users.sqlite' });

export const setup = () => {
  db.execute('DROP TABLE IF EXISTS "User";');
  db.execute('CREATE TABLE "User" ( id INT PRIMARY KEY, name TEXT NOT NULL, age INT, networth REAL);');
};

export const insert = (user: User) =>
  db.execute('INSERT INTO "User" (id, name, age, networth) VALUES(?, ?, ?, ?)', [user.id, user.name, user.age, 0.5]);

export const list = () => db.execute<User>('SELECT * FROM User').rows?._array ?? [];

export const birthday = async (id: number) => {
  await db.transaction(async tx => {
    const { rowsAffected } = await tx.executeAsync('UPDATE "User" SET age = age + 1 WHERE id = ?', [id]);
    if (rowsAffected === 0) tx.rollback();
  });
};

export const seed = (users: User[]) =>
  db.executeBatch([
    { query: 'DELETE FROM User' },
    { query: 'INSERT INTO User (id, name, age) VALUES (?, ?, ?)', params: users.map(user => [user.id, user.name, user.age]) },
  ]);
`,
      },
      { 'react-native-nitro-sqlite': '9.1.10' },
    ))

  it('tests that mock the library, and a fake database', () =>
    expectNoFindings(
      {
        'src/store.ts': `import * as SQLite from 'expo-sqlite';

export const openStore = async (name = 'store.db') => {
  const db = await SQLite.openDatabaseAsync(name);
  await db.execAsync('CREATE TABLE IF NOT EXISTS kv (k TEXT PRIMARY KEY, v BLOB)');
  return {
    db,
    get: async (key: string) => (await db.getFirstAsync<{ v: string }>('SELECT v FROM kv WHERE k = ?', [key]))?.v,
    set: (key: string, value: string | Uint8Array | null) =>
      db.runAsync('INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v', [key, value]),
    close: () => db.closeAsync(),
  };
};
`,
        'src/__tests__/store.test.ts': `import * as SQLite from 'expo-sqlite';
import { openStore } from '../store';

jest.mock('expo-sqlite', () => ({
  openDatabaseAsync: jest.fn(async () => ({
    execAsync: jest.fn(),
    getFirstAsync: jest.fn(),
    runAsync: jest.fn(),
    closeAsync: jest.fn(),
  })),
}));

describe('store', () => {
  it('runs the statement that it is given', async () => {
    const { db, set } = await openStore('test');
    await set('a', 'b');
    expect(db.runAsync).toHaveBeenCalledWith(expect.stringContaining('INSERT INTO kv'), ['a', 'b']);
    (db.getFirstAsync as jest.Mock).mockResolvedValue({ v: 'b' });
    await db.execAsync('DROP TABLE IF EXISTS kv');
  });

  it('works in memory', async () => {
    const db = await SQLite.openDatabaseAsync(':memory:');
    await db.execAsync('CREATE TABLE other (id INTEGER PRIMARY KEY, name TEXT)');
    await db.runAsync('INSERT INTO other (name) VALUES (?)', 'x');
    const rows = await db.getAllAsync('SELECT * FROM other');
    expect(rows).toHaveLength(1);
  });
});
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('two databases in one app, with tables of the same name', () =>
    expectNoFindings(
      {
        'src/user-db.ts': `import { openDatabaseSync } from 'expo-sqlite';

export const userDb = openDatabaseSync('user.db');
userDb.execSync('CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, label TEXT NOT NULL)');

export const labels = () => userDb.getAllSync<{ label: string }>('SELECT label FROM items');
`,
        'src/catalog-db.ts': `import { openDatabaseSync } from 'expo-sqlite';

export const catalogDb = openDatabaseSync('catalog.db');
catalogDb.execSync('CREATE TABLE IF NOT EXISTS items (sku TEXT PRIMARY KEY, price REAL, stock INTEGER)');

export const prices = () => catalogDb.getAllSync<{ sku: string; price: number }>('SELECT sku, price FROM items WHERE stock > 0');
`,
        'src/per-user.ts': `import * as SQLite from 'expo-sqlite';

const opened = new Map<string, SQLite.SQLiteDatabase>();

export async function databaseOf(userId: string) {
  const existing = opened.get(userId);
  if (existing) return existing;
  const db = await SQLite.openDatabaseAsync(\`user_\${userId}.db\`);
  await db.execAsync('CREATE TABLE IF NOT EXISTS drafts (id INTEGER PRIMARY KEY, body TEXT)');
  opened.set(userId, db);
  return db;
}

export async function drafts(userId: string) {
  const db = await databaseOf(userId);
  return db.getAllAsync<{ id: number; body: string }>('SELECT id, body FROM drafts');
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('a database that is copied from the assets, and one that is encrypted', () =>
    expectNoFindings(
      {
        'App.tsx': `import { SQLiteProvider, useSQLiteContext, openDatabaseAsync, type SQLiteDatabase } from 'expo-sqlite';
import * as SecureStore from 'expo-secure-store';

const asset = { assetId: require('./assets/dictionary.db') };

export default function App() {
  return (
    <SQLiteProvider databaseName="dictionary.db" assetSource={asset}>
      <Words />
    </SQLiteProvider>
  );
}

function Words() {
  const db = useSQLiteContext();
  const find = (word: string) =>
    db.getAllAsync<{ word: string; meaning: string }>('SELECT word, meaning FROM entries WHERE word LIKE ? LIMIT 30', \`\${word}%\`);
  return find;
}

export async function openPrivate(): Promise<SQLiteDatabase> {
  const db = await openDatabaseAsync('private.db');
  const key = await SecureStore.getItemAsync('db-key');
  await db.execAsync(\`PRAGMA key = '\${key}'\`);
  await db.execAsync('CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  return db;
}

export const put = async (name: string, value: string) => {
  const db = await openPrivate();
  await db.runAsync('INSERT OR REPLACE INTO secrets VALUES (?, ?)', name, value);
};
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('JavaScript with JSDoc, and a module that hands its functions on', () =>
    expectNoFindings(
      {
        'src/db/connection.js': `const SQLite = require('expo-sqlite');

/** @type {import('expo-sqlite').SQLiteDatabase | undefined} */
let connection;

/**
 * @returns {import('expo-sqlite').SQLiteDatabase}
 */
function connect() {
  if (!connection) {
    connection = SQLite.openDatabaseSync('app.db');
    connection.execSync(\`
      CREATE TABLE IF NOT EXISTS log (
        id INTEGER PRIMARY KEY,
        level TEXT NOT NULL,
        message TEXT NOT NULL,
        created INTEGER NOT NULL DEFAULT (strftime('%s', 'now') * 1000)
      )
    \`);
  }
  return connection;
}

module.exports = { connect };
`,
        'src/db/log.js': `const { connect } = require('./connection');

const LEVELS = { info: 'info', error: 'error' };

/** @param {string} level @param {string} message */
exports.write = (level, message) =>
  connect().runSync('INSERT INTO log (level, message) VALUES (?, ?)', [LEVELS[level] || 'info', message]);

exports.read = function (limit) {
  return connect().getAllSync('SELECT * FROM log ORDER BY created DESC LIMIT ?', [limit || 100]);
};

exports.trim = days => {
  const before = Date.now() - days * 24 * 60 * 60 * 1000;
  return connect().runSync('DELETE FROM log WHERE created < ?', [before]).changes;
};

exports.levels = () => connect().getAllSync('SELECT level, COUNT(*) AS n FROM log GROUP BY level');
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('if-ladders whose version is written once at the end', () =>
    expectNoFindings(
      {
        'src/db.ts': `import * as SQLite from 'expo-sqlite';

const db = SQLite.openDatabaseSync('journal.db');

const DB_VERSION = 3;

function getVersion(): number {
  const result = db.getFirstSync<{ user_version: number }>('PRAGMA user_version');
  return result?.user_version ?? 0;
}

function setVersion(version: number) {
  db.execSync(\`PRAGMA user_version = \${version}\`);
}

export function initDatabase() {
  const version = getVersion();
  if (version >= DB_VERSION) return;
  db.withTransactionSync(() => {
    if (version < 1) {
      db.execSync(\`
        CREATE TABLE entries (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          text TEXT NOT NULL,
          created_at TEXT NOT NULL
        );
      \`);
    }
    if (version < 2) {
      db.execSync(\`ALTER TABLE entries ADD COLUMN mood INTEGER;\`);
    }
    if (version < 3) {
      db.execSync(\`
        CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE entry_tags (
          entry_id INTEGER NOT NULL,
          tag_id INTEGER NOT NULL,
          PRIMARY KEY (entry_id, tag_id)
        );
      \`);
    }
    setVersion(DB_VERSION);
  });
}

export const entriesWithTags = () =>
  db.getAllSync<{ id: number; text: string; tags: string | null }>(\`
    SELECT e.id, e.text, e.mood, GROUP_CONCAT(t.name, ', ') AS tags
    FROM entries e
    LEFT JOIN entry_tags et ON et.entry_id = e.id
    LEFT JOIN tags t ON t.id = et.tag_id
    GROUP BY e.id
    ORDER BY e.created_at DESC
  \`);

export const addTag = (entryId: number, name: string) =>
  db.withTransactionSync(() => {
    db.runSync('INSERT OR IGNORE INTO tags (name) VALUES (?)', name);
    const tag = db.getFirstSync<{ id: number }>('SELECT id FROM tags WHERE name = ?', name);
    if (tag) db.runSync('INSERT OR IGNORE INTO entry_tags (entry_id, tag_id) VALUES (?, ?)', entryId, tag.id);
  });
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('columns that are added where they are missing', () =>
    expectNoFindings(
      {
        'src/schema.ts': `import { openDatabaseAsync, type SQLiteDatabase } from 'expo-sqlite';

const COLUMNS: Record<string, string> = {
  rating: 'INTEGER',
  note: "TEXT NOT NULL DEFAULT ''",
};

export async function open() {
  const db = await openDatabaseAsync('films.db');
  await db.execAsync('CREATE TABLE IF NOT EXISTS films (id INTEGER PRIMARY KEY, title TEXT NOT NULL, rating INTEGER, note TEXT NOT NULL DEFAULT \\'\\')');
  await addMissingColumns(db, 'films');
  return db;
}

async function addMissingColumns(db: SQLiteDatabase, table: string) {
  const existing = await db.getAllAsync<{ name: string }>(\`PRAGMA table_info(\${table})\`);
  const names = new Set(existing.map(column => column.name));
  for (const [name, type] of Object.entries(COLUMNS)) {
    if (!names.has(name)) {
      await db.execAsync(\`ALTER TABLE \${table} ADD COLUMN \${name} \${type}\`);
    }
  }
}

async function columnExists(db: SQLiteDatabase, table: string, column: string) {
  const rows = await db.getAllAsync<{ name: string }>('SELECT name FROM pragma_table_info(?)', table);
  return rows.some(row => row.name === column);
}

export async function addYear(db: SQLiteDatabase) {
  if (!(await columnExists(db, 'films', 'year'))) {
    await db.execAsync('ALTER TABLE films ADD COLUMN year INTEGER');
  }
}

export async function rate(id: number, rating: number | null) {
  const db = await open();
  await db.runAsync('UPDATE films SET rating = ? WHERE id = ?', [rating, id]);
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('a sync of rows that the server sent, in a transaction with statements', () =>
    expectNoFindings(
      {
        'src/sync.ts': `import type { SQLiteDatabase } from 'expo-sqlite';

interface Remote {
  id: string;
  title: string;
  updated_at: string;
  deleted: boolean;
}

export const createTables = (db: SQLiteDatabase) =>
  db.execAsync(\`
    CREATE TABLE IF NOT EXISTS tasks (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      dirty INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
  \`);

export async function applyRemote(db: SQLiteDatabase, changes: Remote[], cursor: string) {
  await db.withExclusiveTransactionAsync(async txn => {
    const upsert = await txn.prepareAsync(
      \`INSERT INTO tasks (id, title, updated_at, dirty) VALUES (?, ?, ?, 0)
       ON CONFLICT (id) DO UPDATE SET title = excluded.title, updated_at = excluded.updated_at
       WHERE tasks.dirty = 0\`,
    );
    const remove = await txn.prepareAsync('DELETE FROM tasks WHERE id = ? AND dirty = 0');
    try {
      for (const change of changes) {
        if (change.deleted) await remove.executeAsync(change.id);
        else await upsert.executeAsync(change.id, change.title, change.updated_at);
      }
    } finally {
      await upsert.finalizeAsync();
      await remove.finalizeAsync();
    }
    await txn.runAsync(\`INSERT OR REPLACE INTO meta (name, value) VALUES ('cursor', ?)\`, cursor);
  });
}

export async function cursorOf(db: SQLiteDatabase) {
  const row = await db.getFirstAsync<{ value: string | null }>("SELECT value FROM meta WHERE name = 'cursor'");
  return row?.value ?? null;
}

export const dirtyTasks = (db: SQLiteDatabase) =>
  db.getAllAsync<{ id: string; title: string }>('SELECT id, title FROM tasks WHERE dirty <> 0');
`,
        'App.tsx': `import { SQLiteProvider } from 'expo-sqlite';
import { createTables } from './src/sync';
import { Main } from './src/Main';

export default function App() {
  return (
    <SQLiteProvider databaseName="tasks.db" onInit={createTables} options={{ enableChangeListener: true }}>
      <Main />
    </SQLiteProvider>
  );
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('tagged templates and session helpers', () =>
    expectNoFindings(
      {
        'src/sql.ts': `import { openDatabaseSync } from 'expo-sqlite';

const db = openDatabaseSync('tags.db');
db.execSync('CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER)');

export const adults = async (age: number) => await db.sql<{ id: number; name: string }>\`SELECT id, name FROM users WHERE age > \${age}\`;
export const first = async (name: string) => await db.sql\`SELECT * FROM users WHERE name = \${name}\`.first();
export const add = (name: string, age: number) => db.sql\`INSERT INTO users (name, age) VALUES (\${name}, \${age})\`;
export const each = () => db.sql<{ id: number }>\`SELECT id FROM users\`.allSync();
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))
})
