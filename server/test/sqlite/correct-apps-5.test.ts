// Correct apps as people write them: no rule may find anything in them (part 5).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of SQLite, part 5', () => {
  it('names of tables and columns in constants', () =>
    expectNoFindings(
      {
        'src/db/constants.ts': `export const TABLES = { USERS: 'users', POSTS: 'posts' } as const;

export enum Column {
  Id = 'id',
  Name = 'name',
  AuthorId = 'author_id',
}
`,
        'src/db/setup.ts': `import * as SQLite from 'expo-sqlite';
import { Column, TABLES } from './constants';

export const db = SQLite.openDatabaseSync('blog.db');

const createUsers = \`CREATE TABLE IF NOT EXISTS \${TABLES.USERS} (\${Column.Id} INTEGER PRIMARY KEY, \${Column.Name} TEXT NOT NULL COLLATE NOCASE);\`;
const createPosts =
  'CREATE TABLE IF NOT EXISTS ' +
  TABLES.POSTS +
  ' (id INTEGER PRIMARY KEY, ' +
  Column.AuthorId +
  ' INTEGER NOT NULL, body TEXT, tags TEXT, slug TEXT GENERATED ALWAYS AS (lower(body)) VIRTUAL);';

export const setup = () => {
  db.execSync(createUsers);
  db.execSync(createPosts);
  db.execSync(\`CREATE UNIQUE INDEX IF NOT EXISTS users_name ON \${TABLES.USERS} (\${Column.Name}) WHERE name <> ''\`);
};
`,
        'src/posts.ts': `import { Column, TABLES } from './db/constants';
import { db } from './db/setup';

export const postsOf = (name: string, tag?: string) => {
  let sql =
    \`SELECT p.*, u.\${Column.Name} AS author FROM \${TABLES.POSTS} p \` +
    \`JOIN \${TABLES.USERS} u ON u.id = p.\${Column.AuthorId} \` +
    'WHERE u.name = ?1 ';
  const params: (string | number)[] = [name];
  if (tag) {
    sql += \`AND EXISTS (SELECT 1 FROM json_each(p.tags) WHERE value = ?2) \`;
    params.push(tag);
  }
  return db.getAllSync(sql + 'ORDER BY p.id DESC NULLS LAST', params);
};

export const firstTag = () => db.getAllSync(\`SELECT id, tags ->> '$[0]' AS first, json_extract(tags, '$[1]') AS second FROM posts\`);
export const faq = () => db.getAllSync("SELECT id FROM posts WHERE body LIKE '%?%' -- a question mark?\\n AND author_id IS NOT DISTINCT FROM ?", [1]);
export const same = (text: string) => db.getAllSync('SELECT id FROM posts WHERE body = ?1 OR slug = lower(?1)', [text]);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('transactions by hand, with a rollback', () =>
    expectNoFindings(
      {
        'src/ledger.ts': `import * as SQLite from 'expo-sqlite';

const db = await SQLite.openDatabaseAsync('ledger.db');
await db.execAsync('CREATE TABLE IF NOT EXISTS lines (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, note TEXT)');

export async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  await db.execAsync('BEGIN IMMEDIATE');
  try {
    const result = await work();
    await db.execAsync('COMMIT');
    return result;
  } catch (error) {
    await db.execAsync('ROLLBACK');
    throw error;
  }
}

export const addBoth = (a: number, b: number) =>
  inTransaction(async () => {
    await db.runAsync('INSERT INTO lines (amount) VALUES (?)', a);
    await db.runAsync('INSERT INTO lines (amount) VALUES (?)', b);
  });

export const addAll = (amounts: number[]) =>
  db.withTransactionAsync(async () => {
    await Promise.all(amounts.map(amount => db.runAsync('INSERT INTO lines (amount, note) VALUES (?, NULL)', amount)));
  });

export async function add(amount: number, connection: Pick<SQLite.SQLiteDatabase, 'runAsync'> = db) {
  await connection.runAsync('INSERT INTO lines (amount) VALUES (?)', [amount]);
}

export const addInOwn = (amounts: number[]) =>
  db.withExclusiveTransactionAsync(async txn => {
    for (const amount of amounts) await add(amount, txn);
    const { total } = (await txn.getFirstAsync<{ total: number }>('SELECT TOTAL(amount) AS total FROM lines'))!;
    if (total < 0) throw new Error('Not enough');
  });
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('foreign keys that are off while a table is made anew', () =>
    expectNoFindings(
      {
        'src/migrate.ts': `import type { SQLiteDatabase } from 'expo-sqlite';

export async function migrate(db: SQLiteDatabase) {
  await db.execAsync('PRAGMA journal_mode = WAL');
  const version = (await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version'))?.user_version ?? 0;

  if (version < 1) {
    await db.withTransactionAsync(async () => {
      await db.execAsync(\`
        CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE books (
          id INTEGER PRIMARY KEY,
          author_id INTEGER REFERENCES authors (id),
          title TEXT
        );
        PRAGMA user_version = 1;
      \`);
    });
  }

  if (version < 2) {
    await db.execAsync('PRAGMA foreign_keys = OFF');
    await db.withTransactionAsync(async () => {
      await db.execAsync(\`
        CREATE TABLE new_books (
          id INTEGER PRIMARY KEY,
          author_id INTEGER NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
          title TEXT NOT NULL DEFAULT 'Untitled'
        );
        INSERT INTO new_books SELECT id, author_id, IFNULL(title, 'Untitled') FROM books WHERE author_id IS NOT NULL;
        DROP TABLE books;
        ALTER TABLE new_books RENAME TO books;
        CREATE INDEX books_author ON books (author_id);
        PRAGMA user_version = 2;
      \`);
    });
  }
  await db.execAsync('PRAGMA foreign_keys = ON');
}
`,
        'App.tsx': `import { SQLiteProvider, useSQLiteContext } from 'expo-sqlite';
import { migrate } from './src/migrate';

export default function App() {
  return <SQLiteProvider databaseName="library.db" onInit={migrate}><Books /></SQLiteProvider>;
}

function Books() {
  const db = useSQLiteContext();
  const remove = async (id: number) => void (await db.runAsync('DELETE FROM authors WHERE id = ?', id));
  const books = () =>
    db.getAllAsync(
      \`SELECT b.title, a.name FROM books b, authors a
       WHERE b.author_id = a.id AND (:search IS NULL OR b.title LIKE :search)
       ORDER BY a.name, b.title\`,
      { ':search': null },
    );
  return [remove, books];
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('the store of keys of expo-sqlite, and its old API', () =>
    expectNoFindings(
      {
        'src/kv.ts': `import Storage from 'expo-sqlite/kv-store';
import { openDatabase } from 'expo-sqlite/legacy';

export const theme = () => Storage.getItemSync('theme');
export const setTheme = (theme: string) => Storage.setItemSync('theme', theme);

const old = openDatabase('old.db');
export const oldItems = () =>
  new Promise(resolve => {
    old.transaction(tx => {
      tx.executeSql('SELECT * FROM items WHERE id = ?', [1], (_, { rows }) => resolve(rows._array));
    });
  });
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('op-sqlite with a factory and several databases, one of them encrypted', () =>
    expectNoFindings(
      {
        'src/factory.ts': `import { open, type DB, IOS_LIBRARY_PATH, ANDROID_DATABASE_PATH } from '@op-engineering/op-sqlite';
import { Platform } from 'react-native';

export type Rows<T> = Promise<T[]>;

export class Store {
  readonly #db: DB;

  constructor(name: string, encryptionKey?: string) {
    this.#db = open({ name, location: Platform.OS === 'ios' ? IOS_LIBRARY_PATH : ANDROID_DATABASE_PATH, encryptionKey });
    this.#db.executeSync('PRAGMA mmap_size=268435456');
    this.#db.executeSync('PRAGMA journal_mode = WAL;');
  }

  async select<T>(sql: string, params: any[] = []): Rows<T> {
    const result = await this.#db.execute(sql, params);
    return result.rows as T[];
  }

  run = async (sql: string, params?: any[]) => (await this.#db.execute(sql, params)).rowsAffected;

  batch(statements: [string, any[]][]) {
    return this.#db.executeBatch(statements);
  }
}
`,
        'src/podcasts.ts': `import { Store } from './factory';

const store = new Store('podcasts.sqlite');

export async function init() {
  await store.run('CREATE TABLE IF NOT EXISTS episodes (guid TEXT PRIMARY KEY, title TEXT, played INTEGER DEFAULT 0, feed TEXT)');
  await store.run('CREATE INDEX IF NOT EXISTS episodes_feed ON episodes(feed)');
}

export const unplayed = (feeds: string[]) =>
  store.select<{ guid: string; title: string }>(
    \`SELECT guid, title FROM episodes WHERE played = 0 AND feed IN (\${feeds.map(_ => '?').join()})\`,
    feeds,
  );

export const markPlayed = (...guids: string[]) =>
  store.batch(guids.map(guid => ['UPDATE episodes SET played = 1 WHERE guid = ?', [guid]]));

export const feeds = async () =>
  (await store.select<{ feed: string; n: number }>('SELECT feed, COUNT(*) n FROM episodes GROUP BY feed HAVING n > ?', [0])).map(
    ({ feed }) => feed,
  );
`,
      },
      { '@op-engineering/op-sqlite': '18.2.5' },
    ))

  it("a query builder of one's own", () =>
    expectNoFindings(
      {
        'src/query.ts': `import { openDatabaseSync, type SQLiteBindValue } from 'expo-sqlite';

const db = openDatabaseSync('crm.db');
db.execSync(\`CREATE TABLE IF NOT EXISTS leads (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  stage TEXT NOT NULL DEFAULT 'new',
  value NUMERIC,
  "order" INTEGER,
  [from] TEXT
)\`);

export class Query<T> {
  private readonly wheres: string[] = [];
  private readonly bindings: SQLiteBindValue[] = [];
  private orderBy = '';
  private max?: number;

  constructor(private readonly table: string) {}

  where(column: string, operator: '=' | '<' | '>' | 'LIKE', value: SQLiteBindValue): this {
    this.wheres.push(\`"\${column}" \${operator} ?\`);
    this.bindings.push(value);
    return this;
  }

  order(column: string, direction: 'ASC' | 'DESC' = 'ASC'): this {
    this.orderBy = \` ORDER BY "\${column}" \${direction}\`;
    return this;
  }

  limit(max: number): this {
    this.max = max;
    return this;
  }

  get(): Promise<T[]> {
    const where = this.wheres.length ? \` WHERE \${this.wheres.join(' AND ')}\` : '';
    const limit = this.max === undefined ? '' : \` LIMIT \${Number(this.max)}\`;
    return db.getAllAsync<T>(\`SELECT * FROM "\${this.table}"\${where}\${this.orderBy}\${limit}\`, this.bindings);
  }
}

export const openLeads = () => new Query<{ id: number }>('leads').where('stage', '=', 'open').order('order').limit(10).get();

export const move = (id: number, order: number) =>
  db.runAsync('UPDATE leads SET "order" = "order" + 1 WHERE "order" >= ? AND id <> ?', [order, id]);

const FIELDS = ['name', 'stage', 'value'] as const;
export const save = (lead: Record<(typeof FIELDS)[number], SQLiteBindValue> & { id?: number }) =>
  lead.id
    ? db.runAsync(\`UPDATE leads SET \${FIELDS.map(field => \`\${field} = ?\`).join(', ')} WHERE id = ?\`, [...FIELDS.map(field => lead[field]), lead.id])
    : db.runAsync(\`INSERT INTO leads (\${FIELDS}) VALUES (?, ?, ?)\`, [lead.name, lead.stage, lead.value]);

export const pipeline = () =>
  db.getAllAsync(\`
    SELECT stage, COUNT(*) AS n, SUM(value) AS value,
      ROUND(100.0 * COUNT(*) / (SELECT COUNT(*) FROM leads), 1) AS percent,
      ROW_NUMBER() OVER (PARTITION BY stage ORDER BY MAX(value) DESC) AS row
    FROM leads WHERE [from] IS NOT NULL
    GROUP BY stage
    UNION ALL
    SELECT 'total', COUNT(*), SUM(value), 100, 1 FROM leads
    ORDER BY 1\`);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('table versions that a table of migrations keeps', () =>
    expectNoFindings(
      {
        'src/migrator.ts': `import * as SQLite from 'expo-sqlite';

const migrations = [
  { name: '2024-01-create-plants', sql: 'CREATE TABLE plants (id TEXT PRIMARY KEY, name TEXT NOT NULL)' },
  { name: '2024-02-add-watered', sql: 'ALTER TABLE plants ADD COLUMN watered_at TEXT' },
  { name: '2024-03-drop-watered', sql: 'ALTER TABLE plants DROP COLUMN watered_at' },
  {
    name: '2024-04-waterings',
    sql: \`
      CREATE TABLE waterings (plant_id TEXT NOT NULL, at TEXT NOT NULL, amount REAL CHECK (amount > 0));
      CREATE TRIGGER delete_waterings AFTER DELETE ON plants FOR EACH ROW
      BEGIN
        DELETE FROM waterings WHERE plant_id = OLD.id;
      END;
    \`,
  },
];

export async function migrate(db: SQLite.SQLiteDatabase) {
  await db.execAsync(\`CREATE TABLE IF NOT EXISTS _migrations (
    name TEXT PRIMARY KEY,
    applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
  )\`);
  const applied = new Set((await db.getAllAsync<{ name: string }>('SELECT name FROM _migrations')).map(({ name }) => name));
  for (const { name, sql } of migrations) {
    if (applied.has(name)) continue;
    await db.withTransactionAsync(async () => {
      await db.execAsync(sql);
      await db.runAsync('INSERT INTO _migrations (name) VALUES (?)', name);
    });
  }
}
`,
        'src/plants.ts': `import * as SQLite from 'expo-sqlite';
import { migrate } from './migrator';

const promise = SQLite.openDatabaseAsync('plants.db').then(async db => {
  await migrate(db);
  return db;
});

export async function thirsty() {
  const db = await promise;
  return db.getAllAsync(\`
    SELECT p.id, p.name, MAX(w.at) AS last
    FROM plants p LEFT OUTER JOIN waterings w ON w.plant_id = p.id
    GROUP BY p.id
    HAVING last IS NULL OR julianday('now') - julianday(last) > 7\`);
}
export const water = async (id: string, amount = 0.5) =>
  (await promise).runAsync("INSERT INTO waterings VALUES (?, datetime('now'), ?)", [id, amount]);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('resetting the database, and copying rows', () =>
    expectNoFindings(
      {
        'src/reset.ts': `import * as SQLite from 'expo-sqlite';

const NAME = 'reset.db';
export let db = SQLite.openDatabaseSync(NAME);

const TABLES = ['sessions', 'events'];

export function create() {
  db.execSync(\`CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, started INTEGER);
    CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, session TEXT, kind TEXT, data TEXT);\`);
}

export async function wipe() {
  await db.withTransactionAsync(async () => {
    for (const table of TABLES) await db.execAsync(\`DELETE FROM \${table}\`);
    await db.runAsync("DELETE FROM sqlite_sequence WHERE name = 'nothing'").catch(() => {});
  });
}

export async function reset() {
  await db.closeAsync();
  await SQLite.deleteDatabaseAsync(NAME);
  db = SQLite.openDatabaseSync(NAME);
  create();
}

export async function dropAll() {
  const tables = await db.getAllAsync<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  for (const { name } of tables) await db.execAsync(\`DROP TABLE IF EXISTS "\${name}"\`);
}

export const archive = () =>
  db.execAsync(\`
    CREATE TABLE IF NOT EXISTS old_events AS SELECT * FROM events WHERE 0;
    INSERT INTO old_events SELECT * FROM events WHERE session IN (SELECT id FROM sessions WHERE started < strftime('%s', 'now', '-30 days'));
    DELETE FROM events WHERE id IN (SELECT id FROM old_events);
  \`);

export const oldOnes = () => db.getAllAsync<{ id: number; kind: string }>('SELECT id, kind FROM old_events');
export const record = (session: string, kind: string, data: object) =>
  db.runAsync('INSERT INTO events (session, kind, data) VALUES (?, ?, json(?))', session, kind, JSON.stringify(data));
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('prepared statements that a class keeps and gives back', () =>
    expectNoFindings(
      {
        'src/statements.ts': `import { openDatabaseAsync, type SQLiteDatabase, type SQLiteStatement } from 'expo-sqlite';

export class Logger {
  private insert: SQLiteStatement | null = null;
  private select?: SQLiteStatement;

  private constructor(private readonly db: SQLiteDatabase) {}

  static async open() {
    const db = await openDatabaseAsync('log.db');
    await db.execAsync('CREATE TABLE IF NOT EXISTS lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL, level INTEGER)');
    const logger = new Logger(db);
    await logger.prepare();
    return logger;
  }

  private async prepare() {
    this.insert = await this.db.prepareAsync('INSERT INTO lines (text, level) VALUES ($text, $level)');
    this.select = await this.db.prepareAsync('SELECT text FROM lines WHERE level >= ? ORDER BY id DESC LIMIT ?');
  }

  async log(text: string, level = 0) {
    const result = await this.insert!.executeAsync({ $text: text, $level: level });
    return result.lastInsertRowId;
  }

  async recent(level: number, limit = 10) {
    const result = await this.select!.executeAsync<{ text: string }>(level, limit);
    const rows = await result.getAllAsync();
    await result.resetAsync();
    return rows;
  }

  async close() {
    await this.insert?.finalizeAsync();
    await this.select?.finalizeAsync();
    await this.db.closeAsync();
  }
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))
})
