// Correct apps as people write them: no rule may find anything in them (part 2).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of SQLite, part 2', () => {
  it('an array of migrations by version, run in one loop', () =>
    expectNoFindings(
      {
        'src/db/migrations.ts': `import type { SQLiteDatabase } from 'expo-sqlite';

export interface Migration {
  version: number;
  name: string;
  up: (db: SQLiteDatabase) => Promise<void>;
}

export const migrations: Migration[] = [
  {
    version: 1,
    name: 'initial',
    up: async db => {
      await db.execAsync(\`
        CREATE TABLE habits (
          id TEXT PRIMARY KEY NOT NULL,
          name TEXT NOT NULL,
          color TEXT
        );
        CREATE TABLE completions (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          habit_id TEXT NOT NULL REFERENCES habits(id) ON DELETE CASCADE,
          day TEXT NOT NULL,
          UNIQUE (habit_id, day)
        );
      \`);
    },
  },
  {
    version: 2,
    name: 'add icons',
    up: async db => {
      await db.execAsync('ALTER TABLE habits ADD COLUMN icon TEXT');
      await db.execAsync(\`ALTER TABLE habits ADD COLUMN archived INTEGER NOT NULL DEFAULT 0\`);
    },
  },
  {
    version: 3,
    name: 'index days',
    up: async db => {
      await db.execAsync('CREATE INDEX IF NOT EXISTS idx_completions_day ON completions(day)');
      await db.runAsync('UPDATE habits SET icon = ? WHERE icon IS NULL', ['star']);
    },
  },
];
`,
        'src/db/index.ts': `import * as SQLite from 'expo-sqlite';
import { migrations } from './migrations';

export const DATABASE_NAME = 'habits.db';

let dbPromise: Promise<SQLite.SQLiteDatabase> | undefined;

export const getDatabase = () => (dbPromise ??= open());

async function open() {
  const db = await SQLite.openDatabaseAsync(DATABASE_NAME);
  await db.execAsync('PRAGMA journal_mode = WAL');
  await db.execAsync('PRAGMA foreign_keys = ON');
  await runMigrations(db);
  return db;
}

async function runMigrations(db: SQLite.SQLiteDatabase) {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version');
  const current = row?.user_version ?? 0;
  const pending = migrations.filter(m => m.version > current).sort((a, b) => a.version - b.version);
  for (const migration of pending) {
    await db.withTransactionAsync(async () => {
      await migration.up(db);
      await db.execAsync(\`PRAGMA user_version = \${migration.version}\`);
    });
  }
}
`,
        'src/habits.ts': `import { getDatabase } from './db';

export async function streak(habitId: string) {
  const db = await getDatabase();
  return db.getFirstAsync<{ length: number }>(
    \`WITH RECURSIVE days(day, n) AS (
       SELECT date('now', 'localtime'), 0
       UNION ALL
       SELECT date(day, '-1 day'), n + 1
       FROM days
       WHERE EXISTS (SELECT 1 FROM completions c WHERE c.habit_id = ? AND c.day = date(days.day, '-1 day'))
     )
     SELECT MAX(n) AS length FROM days\`,
    [habitId],
  );
}

export async function ranking() {
  const db = await getDatabase();
  return db.getAllAsync(\`
    SELECT h.id, h.name, COUNT(c.id) AS total,
           RANK() OVER (ORDER BY COUNT(c.id) DESC) AS position,
           SUM(COUNT(c.id)) OVER w AS running
    FROM habits h
    LEFT JOIN completions c ON c.habit_id = h.id
    WHERE h.archived = 0
    GROUP BY h.id
    WINDOW w AS (ORDER BY h.name ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  \`);
}

export async function toggle(habitId: string, day: string) {
  const db = await getDatabase();
  const removed = await db.runAsync('DELETE FROM completions WHERE habit_id = ? AND day = ?', habitId, day);
  if (removed.changes === 0) {
    await db.runAsync('INSERT INTO completions (habit_id, day) VALUES (?, ?)', habitId, day);
  }
}

export async function archive(id: string) {
  const db = await getDatabase();
  const [row] = await db.getAllAsync<{ name: string }>(
    'UPDATE habits SET archived = 1 WHERE id = ? RETURNING name',
    id,
  );
  return row?.name;
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('op-sqlite with transactions, helpers that take the transaction, batches and prepared statements', () =>
    expectNoFindings(
      {
        'src/db.ts': `import { open, type DB, type Transaction, type SQLBatchTuple } from '@op-engineering/op-sqlite';

export const db: DB = open({ name: 'bank.sqlite' });

export async function setup() {
  await db.execute('PRAGMA foreign_keys = ON;');
  await db.execute(
    \`CREATE TABLE IF NOT EXISTS accounts (
      id TEXT PRIMARY KEY,
      owner TEXT NOT NULL,
      balance INTEGER NOT NULL DEFAULT 0
    ) STRICT;\`,
  );
  await db.execute(
    \`CREATE TABLE IF NOT EXISTS entries (
      id INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL,
      amount INTEGER NOT NULL,
      at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
      FOREIGN KEY (account_id) REFERENCES accounts (id)
    );\`,
  );
}

async function addEntry(tx: Transaction, accountId: string, amount: number) {
  await tx.execute('INSERT INTO entries (account_id, amount) VALUES (?, ?)', [accountId, amount]);
  const result = await tx.execute('UPDATE accounts SET balance = balance + ? WHERE id = ?', [amount, accountId]);
  if (result.rowsAffected !== 1) throw new Error('No such account');
}

export async function transfer(from: string, to: string, amount: number) {
  await db.transaction(async tx => {
    await addEntry(tx, from, -amount);
    await addEntry(tx, to, amount);
  });
}

export async function importAccounts(rows: { id: string; owner: string }[]) {
  const commands: SQLBatchTuple[] = [
    ['DELETE FROM accounts WHERE balance = 0 AND id NOT IN (SELECT account_id FROM entries)'],
    ['INSERT OR IGNORE INTO accounts (id, owner) VALUES (?, ?)', rows.map(row => [row.id, row.owner])],
  ];
  const { rowsAffected } = await db.executeBatch(commands);
  return rowsAffected;
}

const byOwner = db.prepareStatement('SELECT * FROM accounts WHERE owner = ?;');

export async function accountsOf(owner: string) {
  await byOwner.bind([owner]);
  const { rows } = await byOwner.execute();
  return rows;
}

export const watchBalances = (callback: (rows: any[]) => void) =>
  db.reactiveExecute({
    query: 'SELECT id, balance FROM accounts WHERE balance > ?',
    arguments: [0],
    fireOn: [{ table: 'accounts' }],
    callback,
  });
`,
      },
      { '@op-engineering/op-sqlite': '18.2.5' },
    ))

  it('react-native-sqlite-storage with promises and a class', () =>
    expectNoFindings(
      {
        'src/database.js': `import SQLite from 'react-native-sqlite-storage';

SQLite.DEBUG(false);
SQLite.enablePromise(true);

const database_name = 'Reactoffline.db';

export default class Database {
  /** @returns {Promise<SQLite.SQLiteDatabase>} */
  async initDB() {
    await SQLite.echoTest();
    const db = await SQLite.openDatabase({ name: database_name, location: 'default' });
    await db.executeSql(
      'CREATE TABLE IF NOT EXISTS Product (prodId TEXT PRIMARY KEY, prodName TEXT, prodDesc TEXT, prodPrice REAL)',
    );
    return db;
  }

  async closeDatabase(db) {
    if (db) await db.close();
  }

  async listProduct() {
    const db = await this.initDB();
    const products = [];
    const [results] = await db.executeSql('SELECT p.prodId, p.prodName FROM Product p', []);
    for (let i = 0; i < results.rows.length; i++) {
      const { prodId, prodName } = results.rows.item(i);
      products.push({ prodId, prodName });
    }
    await this.closeDatabase(db);
    return products;
  }

  async addProduct(prod) {
    const db = await this.initDB();
    await db.transaction(tx => {
      tx.executeSql('INSERT INTO Product VALUES (?, ?, ?, ?)', [prod.prodId, prod.prodName, prod.prodDesc, prod.prodPrice]);
    });
    await this.closeDatabase(db);
  }

  updateProduct(id, prod) {
    return new Promise((resolve, reject) => {
      this.initDB()
        .then(db => {
          db.transaction(tx => {
            tx.executeSql('UPDATE Product SET prodName = ?, prodDesc = ? WHERE prodId = ?', [
              prod.prodName,
              prod.prodDesc,
              id,
            ]).then(([, results]) => resolve(results));
          })
            .then(() => this.closeDatabase(db))
            .catch(reject);
        })
        .catch(reject);
    });
  }
}
`,
      },
      { 'react-native-sqlite-storage': '6.0.1' },
    ))

  it('react-native-sqlite-storage with callbacks', () =>
    expectNoFindings(
      {
        'src/db.js': `import { openDatabase } from 'react-native-sqlite-storage';

export const db = openDatabase({ name: 'UserDatabase.db', location: 'default' }, () => {}, error => console.log(error));
`,
        'src/screens/HomeScreen.js': `import React, { useEffect, useState } from 'react';
import { db } from '../db';

export const HomeScreen = ({ navigation }) => {
  const [users, setUsers] = useState([]);

  useEffect(() => {
    db.transaction(function (txn) {
      txn.executeSql("SELECT name FROM sqlite_master WHERE type='table' AND name='table_user'", [], function (tx, res) {
        if (res.rows.length == 0) {
          txn.executeSql('DROP TABLE IF EXISTS table_user', []);
          txn.executeSql(
            'CREATE TABLE IF NOT EXISTS table_user(user_id INTEGER PRIMARY KEY AUTOINCREMENT, user_name VARCHAR(20), user_contact INT(10), user_address VARCHAR(255))',
            [],
          );
        }
      });
    });
  }, []);

  const register = (userName, userContact, userAddress) => {
    db.transaction(tx => {
      tx.executeSql(
        'INSERT INTO table_user (user_name, user_contact, user_address) VALUES (?,?,?)',
        [userName, userContact, userAddress],
        (tx, results) => {
          if (results.rowsAffected > 0) navigation.navigate('HomeScreen');
        },
        error => console.warn(error),
      );
    });
  };

  const load = () =>
    db.transaction(tx => {
      tx.executeSql('SELECT * FROM table_user', [], (tx, results) => {
        const temp = [];
        for (let i = 0; i < results.rows.length; ++i) temp.push(results.rows.item(i));
        setUsers(temp);
      });
    });

  return null;
};
`,
      },
      { 'react-native-sqlite-storage': '6.0.1' },
    ))

  it('drizzle over expo-sqlite', () =>
    expectNoFindings(
      {
        'src/db/schema.ts': `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';

export const tasks = sqliteTable('tasks', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  done: integer('done', { mode: 'boolean' }).notNull().default(false),
  createdAt: text('created_at').default(sql\`CURRENT_TIMESTAMP\`),
});
`,
        'src/db/client.ts': `import { drizzle } from 'drizzle-orm/expo-sqlite';
import { openDatabaseSync } from 'expo-sqlite';
import * as schema from './schema';

export const expo = openDatabaseSync('db.db', { enableChangeListener: true });
export const db = drizzle(expo, { schema });
`,
        'App.tsx': `import { useMigrations } from 'drizzle-orm/expo-sqlite/migrator';
import { useLiveQuery } from 'drizzle-orm/expo-sqlite';
import { eq, sql } from 'drizzle-orm';
import { db, expo } from './src/db/client';
import { tasks } from './src/db/schema';
import migrations from './drizzle/migrations';

export default function App() {
  const { success, error } = useMigrations(db, migrations);
  const { data } = useLiveQuery(db.select().from(tasks));
  const done = (id: number) => db.update(tasks).set({ done: true }).where(eq(tasks.id, id));
  const raw = () => db.all(sql\`SELECT count(*) FROM \${tasks}\`);
  const viaExpo = () => expo.getAllSync('SELECT name FROM tasks WHERE done = ?', 0);
  return null;
}
`,
        'drizzle/migrations.js': `import journal from './meta/_journal.json';
import m0000 from './0000_first.sql';

export default { journal, migrations: { m0000 } };
`,
      },
      { 'expo-sqlite': '57.0.3', 'drizzle-orm': '0.44.0' },
    ))

  it('a switch that falls through, in one transaction', () =>
    expectNoFindings(
      {
        'src/migrate.ts': `import { type SQLiteDatabase } from 'expo-sqlite';

const LATEST_VERSION = 4;

export async function migrate(db: SQLiteDatabase): Promise<void> {
  const result = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version;');
  const version = result?.user_version ?? 0;
  if (version === LATEST_VERSION) return;

  await db.withExclusiveTransactionAsync(async tx => {
    switch (version) {
      case 0:
        await tx.execAsync('CREATE TABLE settings (key TEXT PRIMARY KEY NOT NULL, value TEXT)');
      // falls through
      case 1:
        await tx.execAsync('CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author TEXT)');
      // falls through
      case 2:
        await tx.execAsync('ALTER TABLE books RENAME COLUMN author TO writer');
      // falls through
      case 3:
        await tx.execAsync(\`
          CREATE TABLE books_new (id INTEGER PRIMARY KEY, title TEXT NOT NULL, writer TEXT NOT NULL DEFAULT '');
          INSERT INTO books_new (id, title, writer) SELECT id, title, COALESCE(writer, '') FROM books;
          DROP TABLE books;
          ALTER TABLE books_new RENAME TO books;
        \`);
    }
    await tx.execAsync(\`PRAGMA user_version = \${LATEST_VERSION}\`);
  });
}
`,
        'App.tsx': `import { SQLiteProvider } from 'expo-sqlite';
import { Suspense } from 'react';
import { migrate } from './src/migrate';
import { Books } from './src/Books';

export default () => (
  <Suspense fallback={<Loading />}>
    <SQLiteProvider databaseName="books.db" onInit={migrate} useSuspense>
      <Books />
    </SQLiteProvider>
  </Suspense>
);
`,
        'src/Books.tsx': `import { useSQLiteContext } from 'expo-sqlite';
import { useCallback, useEffect, useState } from 'react';

export function useBooks(search = '') {
  const db = useSQLiteContext();
  const [books, setBooks] = useState<{ id: number; title: string; writer: string }[]>([]);
  const reload = useCallback(async () => {
    const rows = search
      ? await db.getAllAsync<any>("SELECT id, title, writer FROM books WHERE title LIKE '%' || ? || '%'", search)
      : await db.getAllAsync<any>('SELECT id, title, writer FROM books ORDER BY title');
    setBooks(rows);
  }, [db, search]);
  useEffect(() => {
    reload();
  }, [reload]);
  const add = async (title: string, writer: string) => {
    const { lastInsertRowId } = await db.runAsync('INSERT INTO books (title, writer) VALUES (?, ?)', [title, writer]);
    await reload();
    return lastInsertRowId;
  };
  const getSetting = (key: string) => db.getFirstAsync<{ value: string }>('SELECT value FROM settings WHERE key = ?', key);
  const setSetting = (key: string, value: string) =>
    db.runAsync('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', key, value);
  return { books, add, reload, getSetting, setSetting };
}
export function Books() {
  return useBooks().books.map(book => book.title);
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))
})
