// Correct apps as people write them: no rule may find anything in them (part 3).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of SQLite, part 3', () => {
  it('statements in a loop, a generic base class for tables, and a subclass', () =>
    expectNoFindings(
      {
        'src/base-repository.ts': `import type { SQLiteDatabase, SQLiteBindValue } from 'expo-sqlite';

export abstract class BaseRepository<T extends { id: string }> {
  protected abstract readonly table: string;
  protected abstract readonly columns: readonly (keyof T & string)[];

  constructor(protected readonly db: SQLiteDatabase) {}

  all(): Promise<T[]> {
    return this.db.getAllAsync<T>(\`SELECT * FROM \${this.table}\`);
  }

  byId(id: string): Promise<T | null> {
    return this.db.getFirstAsync<T>(\`SELECT * FROM \${this.table} WHERE id = ?\`, [id]);
  }

  async insert(row: T): Promise<void> {
    const placeholders = this.columns.map(() => '?').join(', ');
    const values = this.columns.map(column => row[column] as SQLiteBindValue);
    await this.db.runAsync(\`INSERT INTO \${this.table} (\${this.columns.join(', ')}) VALUES (\${placeholders})\`, values);
  }

  async update(id: string, changes: Partial<T>): Promise<void> {
    const keys = Object.keys(changes).filter(key => (this.columns as readonly string[]).includes(key));
    const assignments = keys.map(key => \`\${key} = ?\`).join(', ');
    const values = keys.map(key => changes[key as keyof T] as SQLiteBindValue);
    await this.db.runAsync(\`UPDATE \${this.table} SET \${assignments} WHERE id = ?\`, [...values, id]);
  }

  async delete(id: string): Promise<void> {
    await this.db.runAsync(\`DELETE FROM \${this.table} WHERE id = ?\`, [id]);
  }

  async exists(id: string): Promise<boolean> {
    const row = await this.db.getFirstAsync<{ found: number }>(
      \`SELECT EXISTS(SELECT 1 FROM \${this.table} WHERE id = ?) AS found\`,
      id,
    );
    return row?.found === 1;
  }
}
`,
        'src/contacts.ts': `import { openDatabaseAsync, type SQLiteDatabase } from 'expo-sqlite';
import { BaseRepository } from './base-repository';

interface Contact {
  id: string;
  name: string;
  email: string | null;
}

class ContactRepository extends BaseRepository<Contact> {
  protected readonly table = 'contacts';
  protected readonly columns = ['id', 'name', 'email'] as const;

  async rename(id: string, name: string) {
    await this.db.runAsync('UPDATE contacts SET name = :name WHERE id = :id', { ':name': name, ':id': id });
  }

  async withoutEmail() {
    const rows: Contact[] = [];
    for await (const row of this.db.getEachAsync<Contact>('SELECT * FROM contacts WHERE email IS NULL')) {
      rows.push(row);
    }
    return rows;
  }
}

const db = await openDatabaseAsync('contacts.db');
await db.execAsync(\`CREATE TABLE IF NOT EXISTS contacts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT UNIQUE
);\`);

export const contacts = new ContactRepository(db);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('views, temporary tables, attached databases and pragmas', () =>
    expectNoFindings(
      {
        'src/reports.ts': `import * as SQLite from 'expo-sqlite';

const db = SQLite.openDatabaseSync('main.db');

export async function prepare(backupPath: string) {
  await db.execAsync(\`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA temp_store = MEMORY;
    CREATE TABLE IF NOT EXISTS sales (id INTEGER PRIMARY KEY, amount REAL NOT NULL, sold_on TEXT NOT NULL);
    CREATE VIEW IF NOT EXISTS monthly AS
      SELECT strftime('%Y-%m', sold_on) AS month, SUM(amount) AS total, COUNT(*) AS n
      FROM sales
      GROUP BY 1;
    CREATE TEMP TABLE IF NOT EXISTS selection (id INTEGER PRIMARY KEY);
  \`);
  await db.runAsync('ATTACH DATABASE ? AS backup', backupPath);
  await db.execAsync('CREATE TABLE IF NOT EXISTS backup.sales (id INTEGER PRIMARY KEY, amount REAL NOT NULL, sold_on TEXT NOT NULL)');
  await db.execAsync('INSERT OR IGNORE INTO backup.sales SELECT * FROM main.sales');
  await db.execAsync('DETACH DATABASE backup');
}

export const months = () => db.getAllAsync<{ month: string; total: number }>('SELECT month, total FROM monthly ORDER BY month DESC LIMIT 12');

export async function select(ids: number[]) {
  await db.runAsync('DELETE FROM selection');
  for (const id of ids) await db.runAsync('INSERT OR IGNORE INTO temp.selection (id) VALUES (?)', id);
  return db.getAllAsync('SELECT s.* FROM sales s JOIN selection USING (id)');
}

export async function check() {
  const rows = await db.getAllAsync<{ integrity_check: string }>('PRAGMA integrity_check');
  const columns = await db.getAllAsync<{ name: string }>('PRAGMA table_info(sales)');
  const hasAmount = columns.some(column => column.name === 'amount');
  const viaFunction = await db.getAllAsync<{ name: string }>("SELECT name FROM pragma_table_info('sales')");
  await db.execAsync('VACUUM');
  await db.execAsync('ANALYZE');
  return rows[0]?.integrity_check === 'ok' && hasAmount && viaFunction.length > 0;
}

export const quarters = () =>
  db.getAllAsync(\`
    SELECT CASE
        WHEN CAST(strftime('%m', sold_on) AS INTEGER) BETWEEN 1 AND 3 THEN 'Q1'
        WHEN CAST(strftime('%m', sold_on) AS INTEGER) BETWEEN 4 AND 6 THEN 'Q2'
        ELSE 'later'
      END AS quarter,
      SUM(amount) FILTER (WHERE amount > 0) AS income,
      GROUP_CONCAT(DISTINCT id) AS ids,
      json_group_array(json_object('id', id, 'amount', amount)) AS items
    FROM sales
    GROUP BY quarter
    HAVING income > 10
  \`);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('a database context that is built by hand, with a hook for queries', () =>
    expectNoFindings(
      {
        'src/DatabaseContext.tsx': `import * as SQLite from 'expo-sqlite';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

const Context = createContext<SQLite.SQLiteDatabase | null>(null);

export function DatabaseProvider({ children }: { children: ReactNode }) {
  const [db, setDb] = useState<SQLite.SQLiteDatabase | null>(null);

  useEffect(() => {
    let cancelled = false;
    (async () => {
      const opened = await SQLite.openDatabaseAsync('tracker.db', { useNewConnection: true });
      await opened.execAsync(SCHEMA);
      if (!cancelled) setDb(opened);
    })();
    return () => {
      cancelled = true;
    };
  }, []);

  const value = useMemo(() => db, [db]);
  if (!value) return null;
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useDatabase() {
  const db = useContext(Context);
  if (!db) throw new Error('useDatabase must be used inside DatabaseProvider');
  return db;
}

const SCHEMA = \`
  CREATE TABLE IF NOT EXISTS expenses (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the rowid
    amount_cents INTEGER NOT NULL,
    "group" TEXT,
    note TEXT DEFAULT '',
    spent_at DATETIME NOT NULL DEFAULT (datetime('now')),
    is_shared BOOLEAN NOT NULL DEFAULT FALSE
  );
  /* what people ask for most */
  CREATE INDEX IF NOT EXISTS expenses_by_date ON expenses (date(spent_at));
\`;
`,
        'src/useQuery.ts': `import { useCallback, useEffect, useState } from 'react';
import { addDatabaseChangeListener } from 'expo-sqlite';
import { useDatabase } from './DatabaseContext';

type Param = string | number | null;

export function useQuery<T>(sql: string, params: Param[] = []) {
  const db = useDatabase();
  const [rows, setRows] = useState<T[]>([]);
  const run = useCallback(() => db.getAllAsync<T>(sql, params).then(setRows), [db, sql, JSON.stringify(params)]);
  useEffect(() => {
    run();
    const subscription = addDatabaseChangeListener(() => run());
    return () => subscription.remove();
  }, [run]);
  return rows;
}

export const useExpenses = (group: string | null, from: Date) =>
  useQuery<{ id: number; amount_cents: number }>(
    'SELECT id, amount_cents FROM expenses WHERE "group" IS ? AND spent_at >= ? ORDER BY spent_at DESC',
    [group, from.toISOString()],
  );

export const useTotals = () =>
  useQuery<{ day: string; total: number }>(
    \`SELECT date(spent_at) AS day, SUM(amount_cents) / 100.0 AS total FROM expenses GROUP BY day ORDER BY day\`,
  );
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('kysely with its generated SQL beside some that is written', () =>
    expectNoFindings(
      {
        'src/db.ts': `import { Kysely, sql } from 'kysely';
import { ExpoDialect } from 'kysely-expo';
import { openDatabaseSync } from 'expo-sqlite';

interface Database {
  pets: { id: number; name: string; kind: string };
}

export const kysely = new Kysely<Database>({ dialect: new ExpoDialect({ database: 'pets.db' }) });

export async function up() {
  await kysely.schema
    .createTable('pets')
    .ifNotExists()
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('kind', 'text')
    .execute();
  await sql\`CREATE INDEX IF NOT EXISTS pets_kind ON pets (kind)\`.execute(kysely);
}

const raw = openDatabaseSync('pets.db');

export const compiled = () => {
  const query = kysely.selectFrom('pets').selectAll().where('kind', '=', 'cat').compile();
  return raw.getAllAsync(query.sql, query.parameters as (string | number)[]);
};

export const all = () => raw.getAllSync('SELECT * FROM pets');
`,
      },
      { 'expo-sqlite': '57.0.3', kysely: '0.28.0' },
    ))

  it('a wrapper with methods of its own, used all over the app', () =>
    expectNoFindings(
      {
        'src/lib/Database.ts': `import * as SQLite from 'expo-sqlite';

type Params = SQLite.SQLiteBindParams;

class Database {
  private static instance: Database;
  private db: SQLite.SQLiteDatabase | null = null;
  private initializing: Promise<void> | null = null;

  private constructor() {}

  static getInstance(): Database {
    if (!Database.instance) Database.instance = new Database();
    return Database.instance;
  }

  async init(): Promise<void> {
    if (this.db) return;
    if (this.initializing) return this.initializing;
    this.initializing = (async () => {
      this.db = await SQLite.openDatabaseAsync('messages.db');
      await this.db.execAsync(\`PRAGMA foreign_keys = ON\`);
      await this.createTables();
    })();
    await this.initializing;
    this.initializing = null;
  }

  private async createTables() {
    const statements = [
      \`CREATE TABLE IF NOT EXISTS threads (
        id TEXT PRIMARY KEY,
        subject TEXT NOT NULL,
        unread INTEGER DEFAULT 0
      )\`,
      \`CREATE TABLE IF NOT EXISTS messages (
        id TEXT PRIMARY KEY,
        thread_id TEXT NOT NULL,
        text TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        status TEXT NOT NULL CHECK(status IN ('pending', 'sent', 'failed')) DEFAULT 'pending',
        FOREIGN KEY(thread_id) REFERENCES threads(id) ON DELETE CASCADE ON UPDATE NO ACTION
      )\`,
      'CREATE INDEX IF NOT EXISTS idx_messages_thread ON messages(thread_id, sent_at)',
    ];
    for (const statement of statements) {
      await this.db!.execAsync(statement);
    }
  }

  private get connection() {
    if (!this.db) throw new Error('Database not initialized');
    return this.db;
  }

  query<T>(sql: string, params: Params = []): Promise<T[]> {
    return this.connection.getAllAsync<T>(sql, params);
  }

  queryOne<T>(sql: string, params: Params = []): Promise<T | null> {
    return this.connection.getFirstAsync<T>(sql, params);
  }

  execute(sql: string, params: Params = []) {
    return this.connection.runAsync(sql, params);
  }

  async transaction(work: (tx: Database) => Promise<void>): Promise<void> {
    await this.connection.withTransactionAsync(() => work(this));
  }
}

export const database = Database.getInstance();
export default database;
`,
        'src/messages.ts': `import database from './lib/Database';

export async function send(threadId: string, text: string) {
  const id = String(Math.random());
  await database.transaction(async tx => {
    await tx.execute('INSERT INTO messages (id, thread_id, text, sent_at) VALUES (?, ?, ?, ?)', [
      id,
      threadId,
      text,
      Date.now(),
    ]);
    await tx.execute('UPDATE threads SET unread = 0 WHERE id = ?', [threadId]);
  });
  return id;
}

export const markSent = (id: string) => database.execute("UPDATE messages SET status = 'sent' WHERE id = ?", [id]);

export const page = (threadId: string, before?: number) =>
  database.query(
    \`SELECT * FROM messages WHERE thread_id = ? \${before ? 'AND sent_at < ?' : ''} ORDER BY sent_at DESC LIMIT 50\`,
    before ? [threadId, before] : [threadId],
  );

export const latest = () =>
  database.query(\`
    SELECT t.*, m.text AS last_text
    FROM threads t
    LEFT JOIN messages m ON m.id = (SELECT id FROM messages WHERE thread_id = t.id ORDER BY sent_at DESC LIMIT 1)
  \`);

export const unread = async () =>
  (await database.queryOne<{ total: number }>('SELECT IFNULL(SUM(unread), 0) AS total FROM threads'))?.total ?? 0;
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('steps in files of their own, in a record by number', () =>
    expectNoFindings(
      {
        'src/db/steps/001.ts': `export default \`
CREATE TABLE IF NOT EXISTS workouts (
  id TEXT NOT NULL PRIMARY KEY,
  started_at TEXT NOT NULL
);
\`;
`,
        'src/db/steps/002.ts': `export const up = [
  'ALTER TABLE workouts ADD COLUMN finished_at TEXT',
  \`CREATE TABLE IF NOT EXISTS sets (
    id TEXT NOT NULL PRIMARY KEY,
    workout_id TEXT NOT NULL,
    reps INTEGER NOT NULL DEFAULT 0,
    weight REAL
  )\`,
];
`,
        'src/db/migrate.ts': `import type { SQLiteDatabase } from 'expo-sqlite';
import first from './steps/001';
import { up as second } from './steps/002';

const MIGRATIONS: Record<number, string[]> = {
  1: [first],
  2: second,
  3: ['CREATE INDEX IF NOT EXISTS sets_workout ON sets (workout_id)', 'DROP INDEX IF EXISTS old_index'],
};

export const CURRENT_VERSION = Math.max(...Object.keys(MIGRATIONS).map(Number));

export async function migrate(db: SQLiteDatabase) {
  const { user_version } = (await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version'))!;
  if (user_version >= CURRENT_VERSION) return;

  for (let version = user_version + 1; version <= CURRENT_VERSION; version++) {
    const statements = MIGRATIONS[version];
    if (!statements) continue;
    await db.withTransactionAsync(async () => {
      for (const sql of statements) {
        await db.execAsync(sql);
      }
      await db.execAsync(\`PRAGMA user_version = \${version}\`);
    });
  }
}
`,
        'src/workouts.ts': `import { openDatabaseSync } from 'expo-sqlite';
import { migrate } from './db/migrate';

const db = openDatabaseSync('workouts.db');
export const ready = migrate(db);

export const volume = () =>
  db.getAllAsync(
    \`SELECT w.id, SUM(s.reps * COALESCE(s.weight, 0)) AS volume
     FROM workouts AS w INNER JOIN sets AS s ON s.workout_id = w.id
     WHERE w.finished_at IS NOT NULL
     GROUP BY w.id\`,
  );
export const finish = (id: string) =>
  db.runAsync(\`UPDATE workouts SET finished_at = datetime('now') WHERE id = ?\`, id);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))
})
