// Correct apps as people write them: no rule may find anything in them.
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of SQLite', () => {
  it('the migration of the expo docs, with a provider and a screen', () =>
    expectNoFindings(
      {
        'App.tsx': `import { SQLiteProvider, useSQLiteContext, type SQLiteDatabase } from 'expo-sqlite';
import { useEffect, useState } from 'react';
import { View, Text, StyleSheet } from 'react-native';

export default function App() {
  return (
    <View style={styles.container}>
      <SQLiteProvider databaseName="test.db" onInit={migrateDbIfNeeded}>
        <Header />
        <Content />
      </SQLiteProvider>
    </View>
  );
}

export function Header() {
  const db = useSQLiteContext();
  const [version, setVersion] = useState('');
  useEffect(() => {
    async function setup() {
      const result = await db.getFirstAsync<{ 'sqlite_version()': string }>('SELECT sqlite_version()');
      setVersion(result['sqlite_version()']);
    }
    setup();
  }, []);
  return <Text>SQLite version: {version}</Text>;
}

interface Todo {
  value: string;
  intValue: number;
}

export function Content() {
  const db = useSQLiteContext();
  const [todos, setTodos] = useState<Todo[]>([]);

  useEffect(() => {
    async function setup() {
      const result = await db.getAllAsync<Todo>('SELECT * FROM todos');
      setTodos(result);
    }
    setup();
  }, []);

  return (
    <View>
      {todos.map((todo, index) => (
        <Text key={index}>{\`\${todo.intValue} - \${todo.value}\`}</Text>
      ))}
    </View>
  );
}

async function migrateDbIfNeeded(db: SQLiteDatabase) {
  const DATABASE_VERSION = 1;
  let { user_version: currentDbVersion } = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version');
  if (currentDbVersion >= DATABASE_VERSION) {
    return;
  }
  await db.execAsync(\`PRAGMA journal_mode = 'wal';\`);
  await db.withTransactionAsync(async () => {
    if (currentDbVersion === 0) {
      await db.execAsync(\`
CREATE TABLE todos (id INTEGER PRIMARY KEY NOT NULL, value TEXT NOT NULL, intValue INTEGER);
\`);
      await db.runAsync('INSERT INTO todos (value, intValue) VALUES (?, ?)', 'hello', 1);
      await db.runAsync('INSERT INTO todos (value, intValue) VALUES (?, ?)', 'world', 2);
      currentDbVersion = 1;
    }
    // if (currentDbVersion === 1) {
    //   Add more migrations
    // }
    await db.execAsync(\`PRAGMA user_version = \${DATABASE_VERSION}\`);
  });
}

const styles = StyleSheet.create({ container: { flex: 1 } });
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('a repository class with a dynamic query builder', () =>
    expectNoFindings(
      {
        'src/db/client.ts': `import * as SQLite from 'expo-sqlite';

let database: SQLite.SQLiteDatabase | null = null;

export async function getDb(): Promise<SQLite.SQLiteDatabase> {
  if (database) return database;
  database = await SQLite.openDatabaseAsync('notes.db');
  await database.execAsync('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;');
  await database.execAsync(\`
    CREATE TABLE IF NOT EXISTS folders (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS notes (
      id TEXT PRIMARY KEY NOT NULL,
      folder_id TEXT REFERENCES folders(id) ON DELETE CASCADE,
      title TEXT NOT NULL DEFAULT '',
      body TEXT,
      pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS idx_notes_folder ON notes(folder_id, updated_at DESC);
  \`);
  return database;
}
`,
        'src/db/notes-repository.ts': `import type { SQLiteBindValue } from 'expo-sqlite';
import { getDb } from './client';

export interface NoteFilter {
  folderId?: string;
  search?: string;
  pinned?: boolean;
  ids?: string[];
  limit?: number;
  offset?: number;
  orderBy?: 'created_at' | 'updated_at' | 'title';
  direction?: 'ASC' | 'DESC';
}

const SORTABLE = ['created_at', 'updated_at', 'title'] as const;

export class NotesRepository {
  async find(filter: NoteFilter = {}) {
    const db = await getDb();
    const conditions: string[] = [];
    const params: SQLiteBindValue[] = [];

    if (filter.folderId) {
      conditions.push('folder_id = ?');
      params.push(filter.folderId);
    }
    if (filter.search) {
      conditions.push('(title LIKE ? OR body LIKE ?)');
      const like = \`%\${filter.search}%\`;
      params.push(like, like);
    }
    if (filter.pinned !== undefined) {
      conditions.push('pinned = ?');
      params.push(filter.pinned ? 1 : 0);
    }
    if (filter.ids && filter.ids.length > 0) {
      conditions.push(\`id IN (\${filter.ids.map(() => '?').join(', ')})\`);
      params.push(...filter.ids);
    }

    const where = conditions.length > 0 ? \`WHERE \${conditions.join(' AND ')}\` : '';
    const orderBy = SORTABLE.includes(filter.orderBy ?? 'updated_at') ? (filter.orderBy ?? 'updated_at') : 'updated_at';
    const direction = filter.direction === 'ASC' ? 'ASC' : 'DESC';
    let sql = \`SELECT * FROM notes \${where} ORDER BY \${orderBy} \${direction}\`;
    if (filter.limit !== undefined) {
      sql += ' LIMIT ? OFFSET ?';
      params.push(filter.limit, filter.offset ?? 0);
    }
    return db.getAllAsync<Note>(sql, params);
  }

  async findById(id: string): Promise<Note | null> {
    const db = await getDb();
    return db.getFirstAsync<Note>('SELECT * FROM notes WHERE id = ? LIMIT 1', [id]);
  }

  async update(id: string, changes: Partial<Pick<Note, 'title' | 'body' | 'pinned'>>) {
    const db = await getDb();
    const sets: string[] = [];
    const values: SQLiteBindValue[] = [];
    for (const [key, value] of Object.entries(changes)) {
      if (!['title', 'body', 'pinned'].includes(key)) continue;
      sets.push(\`\${key} = ?\`);
      values.push(value);
    }
    if (sets.length === 0) return;
    sets.push('updated_at = ?');
    values.push(Date.now(), id);
    await db.runAsync(\`UPDATE notes SET \${sets.join(', ')} WHERE id = ?\`, values);
  }

  async upsert(note: Note) {
    const db = await getDb();
    await db.runAsync(
      \`INSERT INTO notes (id, folder_id, title, body, pinned, created_at, updated_at)
       VALUES ($id, $folderId, $title, $body, $pinned, $createdAt, $updatedAt)
       ON CONFLICT(id) DO UPDATE SET
         folder_id = excluded.folder_id,
         title = excluded.title,
         body = excluded.body,
         pinned = excluded.pinned,
         updated_at = excluded.updated_at
       WHERE excluded.updated_at > notes.updated_at\`,
      {
        $id: note.id,
        $folderId: note.folder_id,
        $title: note.title,
        $body: note.body,
        $pinned: note.pinned,
        $createdAt: note.created_at,
        $updatedAt: note.updated_at,
      },
    );
  }

  async count(folderId: string): Promise<number> {
    const db = await getDb();
    const row = await db.getFirstAsync<{ n: number }>('SELECT COUNT(*) AS n FROM notes WHERE folder_id = ?', folderId);
    return row?.n ?? 0;
  }

  async remove(ids: readonly string[]) {
    if (ids.length === 0) return;
    const db = await getDb();
    const marks = new Array(ids.length).fill('?').join(',');
    await db.runAsync(\`DELETE FROM notes WHERE id IN (\${marks})\`, [...ids]);
  }
}

export interface Note {
  id: string;
  folder_id: string | null;
  title: string;
  body: string | null;
  pinned: number;
  created_at: number;
  updated_at: number;
}

export const notesRepository = new NotesRepository();
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('bulk inserts with generated groups of question marks', () =>
    expectNoFindings(
      {
        'src/db.ts': `import * as SQLite from 'expo-sqlite';

export const db = SQLite.openDatabaseSync('shop.db', { enableChangeListener: true });

export function init() {
  db.execSync(\`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS products (
      sku TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      price REAL NOT NULL DEFAULT 0.0
    ) WITHOUT ROWID;
  \`);
}
`,
        'src/import.ts': `import { db } from './db';

interface Product {
  sku: string;
  name: string;
  price: number;
}

const COLUMNS = ['sku', 'name', 'price'] as const;
const CHUNK = Math.floor(999 / COLUMNS.length);

export async function importProducts(products: Product[]) {
  await db.withExclusiveTransactionAsync(async txn => {
    for (let i = 0; i < products.length; i += CHUNK) {
      const chunk = products.slice(i, i + CHUNK);
      const placeholders = chunk.map(() => '(?, ?, ?)').join(', ');
      const values = chunk.flatMap(p => [p.sku, p.name, p.price]);
      await txn.runAsync(\`INSERT OR REPLACE INTO products (sku, name, price) VALUES \${placeholders}\`, values);
    }
  });
}

export async function importGeneric(rows: Product[]) {
  const group = \`(\${COLUMNS.map(() => '?').join(',')})\`;
  const sql = \`INSERT OR IGNORE INTO products (\${COLUMNS.join(', ')}) VALUES \${rows.map(() => group).join(',')}\`;
  await db.runAsync(
    sql,
    rows.flatMap(row => COLUMNS.map(column => row[column])),
  );
}

export async function importOneByOne(products: Product[]) {
  const statement = await db.prepareAsync('INSERT OR REPLACE INTO products (sku, name, price) VALUES ($sku, $name, $price)');
  try {
    await db.withTransactionAsync(async () => {
      for (const { sku, name, price } of products) {
        await statement.executeAsync({ $sku: sku, $name: name, $price: price });
      }
    });
  } finally {
    await statement.finalizeAsync();
  }
}

export function bySkus(skus: string[]) {
  const placeholders = skus.map(() => '?').join(',');
  return db.getAllSync<Product>(\`SELECT * FROM products WHERE sku IN (\${placeholders}) ORDER BY name COLLATE NOCASE\`, ...skus);
}

export const bySkusJson = (skus: string[]) =>
  db.getAllAsync<Product>('SELECT p.* FROM products p JOIN json_each(?) j ON j.value = p.sku', JSON.stringify(skus));
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('a search with FTS5 and triggers that keep it up to date', () =>
    expectNoFindings(
      {
        'src/search.ts': `import { openDatabaseSync } from 'expo-sqlite';

const db = openDatabaseSync('search.db');

db.execSync(\`
  CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL
  );

  CREATE VIRTUAL TABLE IF NOT EXISTS articles_fts USING fts5(
    title,
    body,
    content='articles',
    content_rowid='id',
    tokenize = 'unicode61 remove_diacritics 2'
  );

  CREATE TRIGGER IF NOT EXISTS articles_ai AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
  END;

  CREATE TRIGGER IF NOT EXISTS articles_ad AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
  END;

  CREATE TRIGGER IF NOT EXISTS articles_au AFTER UPDATE ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
    INSERT INTO articles_fts(rowid, title, body) VALUES (new.id, new.title, new.body);
  END;
\`);

const escapeFts = (query: string) => \`"\${query.replace(/"/g, '""')}"*\`;

export async function search(query: string, limit = 20) {
  return await db.getAllAsync<{ id: number; title: string; snippet: string; rank: number }>(
    \`SELECT a.id, a.title,
            snippet(articles_fts, 1, '<b>', '</b>', '…', 12) AS snippet,
            bm25(articles_fts) AS rank
     FROM articles_fts
     JOIN articles a ON a.id = articles_fts.rowid
     WHERE articles_fts MATCH ?
     ORDER BY rank
     LIMIT ?\`,
    [escapeFts(query), limit],
  );
}

export const highlight = (query: string) =>
  db.getAllAsync(\`SELECT highlight(articles_fts, 0, '[', ']') AS title FROM articles_fts(?) ORDER BY rank\`, query);

export function rebuild() {
  db.runSync(\`INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')\`);
  db.runSync(\`INSERT INTO articles_fts(articles_fts, rank) VALUES ('automerge', 8)\`);
}

export const addArticle = (title: string, body: string) =>
  db.runAsync('INSERT INTO articles (title, body) VALUES (?, ?)', title, body);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))
})
