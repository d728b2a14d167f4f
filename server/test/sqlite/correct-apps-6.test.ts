// Correct apps as people write them: no rule may find anything in them (part 6).
import { expectNoFindings } from '../../testkit/expect-no-findings.ts'

describe('correct apps of SQLite, part 6', () => {
  it('numbers, paths and names that must stand in the text', () =>
    expectNoFindings(
      {
        'src/db.ts': `import * as SQLite from 'expo-sqlite';

const PAGE_SIZE = 20;
const BUSY_TIMEOUT = 5000;
const SORTS = { newest: 'created DESC', oldest: 'created ASC', name: 'name COLLATE NOCASE ASC' } as const;

const PRAGMAS = ['foreign_keys = ON', 'journal_mode = WAL', \`busy_timeout = \${BUSY_TIMEOUT}\`];

let db: SQLite.SQLiteDatabase;

export async function open() {
  db = await SQLite.openDatabaseAsync('photos.db');
  for (const pragma of PRAGMAS) await db.execAsync(\`PRAGMA \${pragma}\`);
  await db.execAsync(\`
    CREATE TABLE IF NOT EXISTS albums (id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, uuid UUID, meta JSON);
    CREATE TABLE IF NOT EXISTS photos (
      id INTEGER PRIMARY KEY,
      album_id BIGINT NOT NULL REFERENCES albums,
      created TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
      name NVARCHAR(100), lat DOUBLE PRECISION, size DECIMAL(10, 2), favorite BOOL DEFAULT 0, taken DATETIME, thumb BLOB
    );\`);
}

export const page = (index: number, sort: keyof typeof SORTS = 'newest') =>
  db.getAllAsync(\`SELECT * FROM photos ORDER BY \${SORTS[sort]} LIMIT \${PAGE_SIZE} OFFSET \${index * PAGE_SIZE}\`);

export const inAlbums = (ids: number[]) => db.getAllAsync(\`SELECT * FROM photos WHERE album_id IN (\${ids.join(',')})\`);

export const backup = (path: string) => db.runAsync('VACUUM INTO ?', path);
export const columns = (table: 'albums' | 'photos') => db.getAllAsync(\`PRAGMA table_info('\${table}')\`);
export const countIn = async (table: 'albums' | 'photos') =>
  (await db.getFirstAsync<{ n: number }>(\`SELECT COUNT(*) AS n FROM \${table}\`))?.n ?? 0;
export const recent = (days: number) =>
  db.getAllAsync(\`SELECT id FROM photos WHERE created > datetime('now', '-' || ? || ' days')\`, days);
export const favorites = (only: boolean) =>
  db.getAllAsync(\`SELECT id FROM photos \${only ? 'WHERE favorite = 1' : ''} ORDER BY taken IS NULL, taken\`);
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('parameters in arrays of many shapes', () =>
    expectNoFindings(
      {
        'src/people.ts': `import { openDatabaseSync, type SQLiteBindValue, type SQLiteVariadicBindParams } from 'expo-sqlite';

const db = openDatabaseSync('people.db');
db.execSync('CREATE TABLE IF NOT EXISTS people (id TEXT PRIMARY KEY, name TEXT, age INTEGER, city TEXT, active INTEGER, photo BLOB)');

interface Person {
  id: string;
  name?: string;
  age?: number;
  city?: string | null;
  active?: boolean;
  photo?: Uint8Array;
}

const toRow = (person: Person): SQLiteBindValue[] => [
  person.id,
  person.name ?? null,
  person.age ?? null,
  person.city ?? null,
  person.active ? 1 : 0,
  person.photo ?? null,
];

export const insert = (person: Person) => db.runAsync('INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)', toRow(person));
export const insertSpread = (person: Person) => db.runAsync('INSERT INTO people VALUES (?, ?, ?, ?, ?, ?);  -- all of it', ...toRow(person));

export const byCity = (city: string | undefined, minAge = 0) =>
  db.getAllAsync<Person>(
    \`SELECT * FROM people WHERE age >= ?\${city === undefined ? '' : ' AND city = ?'}\`,
    [minAge, ...(city === undefined ? [] : [city])],
  );

export const near = (cities: string[], age: number) =>
  db.getAllAsync<Person>(\`SELECT * FROM people WHERE city IN (\${Array(cities.length).fill('?')}) AND age > ?\`, [...cities].concat(String(age)));

export function all(...params: SQLiteVariadicBindParams) {
  return db.getAllAsync<Person>('SELECT * FROM people WHERE age > ? AND age < ?', ...params);
}
export const middle = () => all(20, 60);

export function patch(id: string, values: Record<string, SQLiteBindValue>) {
  const keys = Object.keys(values);
  return db.runAsync(\`UPDATE people SET \${keys.map(key => \`"\${key}" = ?\`)} WHERE id = ?\`, Object.values(values).concat(id));
}

export const named = (name: string, active: boolean) =>
  db.getAllAsync<Person>('SELECT * FROM people WHERE name = $name AND active = $active', { $name: name, $active: active });

const sql = 'SELECT * FROM people WHERE name = ? OR city = ?';
const args: [string, string] = ['a', 'b'];
export const both = () => db.getFirstAsync<Person>(sql, args);
export const search = (filter: { text?: string; ages?: [number, number] }) => {
  const parts = [
    filter.text && { sql: "name LIKE '%' || ? || '%'", args: [filter.text] },
    filter.ages && { sql: 'age BETWEEN ? AND ?', args: filter.ages },
  ].filter(part => !!part);
  const where = parts.map(part => \`(\${part.sql})\`).join(' AND ') || '1';
  return db.getAllAsync<Person>(\`SELECT * FROM people WHERE \${where}\`, parts.flatMap(part => part.args));
};
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('statements that go to another owner, or are given back elsewhere', () =>
    expectNoFindings(
      {
        'src/stream.ts': `import { openDatabaseSync, type SQLiteStatement } from 'expo-sqlite';
import { useEffect, useRef } from 'react';

const db = openDatabaseSync('stream.db');
db.execSync('CREATE TABLE IF NOT EXISTS points (x REAL, y REAL)');

const cache = new Map<string, SQLiteStatement>();

export function cached(sql: string) {
  let statement = cache.get(sql);
  if (!statement) {
    statement = db.prepareSync(sql);
    cache.set(sql, statement);
  }
  return statement;
}

export const release = () => {
  for (const statement of cache.values()) statement.finalizeSync();
  cache.clear();
};

export const prepareInsert = () => db.prepareAsync('INSERT INTO points (x, y) VALUES (?, ?)');

export async function withStatement<T>(sql: string, work: (statement: SQLiteStatement) => Promise<T>) {
  const statement = await db.prepareAsync(sql);
  return work(statement).finally(() => statement.finalizeAsync());
}

export function usePoints() {
  const ref = useRef<SQLiteStatement | null>(null);
  useEffect(() => {
    ref.current = db.prepareSync('SELECT x, y FROM points WHERE x > ?');
    return () => {
      ref.current?.finalizeSync();
    };
  }, []);
  return (min: number) => ref.current?.executeSync<{ x: number; y: number }>(min).getAllSync() ?? [];
}

export async function addAll(points: [number, number][]) {
  const insert = await prepareInsert();
  try {
    for (const [x, y] of points) await insert.executeAsync([x, y]);
  } finally {
    await insert.finalizeAsync();
  }
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('a whole schema for new databases beside steps for old ones', () =>
    expectNoFindings(
      {
        'src/database.ts': `import * as SQLite from 'expo-sqlite';

export const LATEST = 3;

const SCHEMA = \`
  CREATE TABLE lists (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL DEFAULT '#fff');
  CREATE TABLE items (id TEXT PRIMARY KEY NOT NULL, list_id TEXT NOT NULL, label TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0);
  CREATE INDEX items_list ON items (list_id);
\`;

const UPGRADES: { to: number; sql: string[] }[] = [
  { to: 2, sql: [\`ALTER TABLE lists ADD COLUMN color TEXT NOT NULL DEFAULT '#fff'\`] },
  { to: 3, sql: ['CREATE INDEX items_list ON items (list_id)'] },
];

export async function initialize(db: SQLite.SQLiteDatabase) {
  const version = (await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version'))!.user_version;
  const exists = await db.getFirstAsync("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'lists'");
  await db.withTransactionAsync(async () => {
    if (!exists) {
      await db.execAsync(SCHEMA);
    } else {
      for (const { to, sql } of UPGRADES) {
        if (version >= to) continue;
        for (const statement of sql) await db.execAsync(statement);
      }
    }
    await db.execAsync(\`PRAGMA user_version = \${LATEST}\`);
  });
}
`,
        'App.tsx': `import { SQLiteProvider } from 'expo-sqlite';
import { initialize } from './src/database';

export default () => <SQLiteProvider databaseName="lists.db" onInit={initialize}><Lists /></SQLiteProvider>;
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('two transactions one after the other, and one on each of two databases', () =>
    expectNoFindings(
      {
        'src/both.ts': `import { openDatabaseSync, type SQLiteDatabase } from 'expo-sqlite';

const main = openDatabaseSync('main.db');
const stats = openDatabaseSync('stats.db');
main.execSync('CREATE TABLE IF NOT EXISTS games (id INTEGER PRIMARY KEY, score INTEGER)');
stats.execSync('CREATE TABLE IF NOT EXISTS totals (day TEXT PRIMARY KEY, n INTEGER NOT NULL)');

const insertGame = (db: SQLiteDatabase, score: number) => db.runAsync('INSERT INTO games (score) VALUES (?)', score);

export async function finish(scores: number[]) {
  await main.withTransactionAsync(async () => {
    for (const score of scores) await insertGame(main, score);
  });
  await stats.withTransactionAsync(async () => {
    await stats.runAsync("INSERT INTO totals VALUES (date('now'), ?) ON CONFLICT DO UPDATE SET n = n + excluded.n", scores.length);
  });
  await Promise.all([
    main.withExclusiveTransactionAsync(async txn => {
      await txn.runAsync('DELETE FROM games WHERE score < 0');
    }),
    stats.withExclusiveTransactionAsync(async txn => {
      await txn.runAsync('DELETE FROM totals WHERE n = 0');
    }),
  ]);
}

export async function finishEach(groups: number[][]) {
  for (const group of groups) await finish(group);
  main.withTransactionSync(() => {
    const best = main.getFirstSync<{ best: number | null }>('SELECT MAX(score) AS best FROM games');
    if (best?.best == null) main.runSync('INSERT INTO games (score) VALUES (0)');
    setTimeout(() => finish([1]).catch(console.error), 0);
  });
}
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('modules and functions that libraries are built with', () =>
    expectNoFindings(
      {
        'src/exotic.ts': `import { openDatabaseSync } from 'expo-sqlite';

const db = openDatabaseSync('exotic.db');

db.execSync(\`
  CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts4(word, meaning, tokenize=unicode61, prefix="2,3");
  CREATE VIRTUAL TABLE IF NOT EXISTS notes USING fts5(title, body UNINDEXED, tokenize='porter ascii', prefix='2 3');
  CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(notes, row);
  CREATE TABLE IF NOT EXISTS places (id INTEGER PRIMARY KEY, lat REAL, lng REAL, info TEXT);
\`);

export const words = (text: string) =>
  db.getAllSync('SELECT docid, word, snippet(words) AS part, offsets(words) AS at FROM words WHERE words MATCH ?', text);
export const notes = (text: string) => db.getAllSync("SELECT rowid, * FROM notes WHERE notes MATCH 'title : ' || ? ORDER BY bm25(notes, 10.0)", text);
export const column = (text: string) => db.getAllSync('SELECT rowid FROM notes WHERE title MATCH ?', text);
export const terms = () => db.getAllSync('SELECT term, doc, cnt FROM vocabulary ORDER BY cnt DESC');
export const optimize = () => db.execSync("INSERT INTO notes(notes) VALUES ('optimize'); INSERT INTO words(words) VALUES ('optimize')");
export const each = () => db.getAllSync(\`SELECT p.id, key, value, type FROM places p, json_each(p.info, '$.tags')\`);
export const tree = () => db.getAllSync('SELECT fullkey, atom FROM places, json_tree(places.info) WHERE json_valid(places.info)');
export const box = (a: number, b: number) =>
  db.getAllSync(
    \`WITH near AS MATERIALIZED (SELECT *, abs(lat - $a) + abs(lng - $b) AS d FROM places WHERE (lat, lng) > ($c, $c))
     SELECT id, printf('%.2f', d) AS d, iif(d < 1, 'near', 'far') AS how, lag(d, 1) OVER (ORDER BY d) AS before,
       unixepoch('now') AS now, total_changes() AS n, hex(randomblob(4)) AS salt, instr(info, 'x') AS x
     FROM near ORDER BY d LIMIT 5\`,
    { $a: a, $b: b, $c: -90 },
  );
export const move = () => db.runSync(\`UPDATE places SET lat = v.column1 FROM (VALUES (1.0, 2), (3.0, 4)) AS v WHERE places.id = v.column2\`);
export const change = (id: number) =>
  db.runSync(\`UPDATE places SET info = json_set(COALESCE(info, '{}'), '$.seen', json('true')), (lat, lng) = (0, 0) WHERE rowid = ?\`, id);
export const put = () => db.getFirstSync('INSERT INTO places DEFAULT VALUES RETURNING id, rowid AS r');
export const exists = () => db.getFirstSync("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'places') AS ok, changes() AS c, last_insert_rowid() AS l");
`,
      },
      { 'expo-sqlite': '57.0.3' },
    ))

  it('vectors in op-sqlite, with a function of its extension', () =>
    expectNoFindings(
      {
        'src/vectors.ts': `import { open } from '@op-engineering/op-sqlite';

const db = open({ name: 'vectors.db' });

export async function setup() {
  await db.execute('CREATE VIRTUAL TABLE IF NOT EXISTS embeddings USING vec0(id INTEGER PRIMARY KEY, embedding float[384])');
  await db.execute('CREATE VIRTUAL TABLE IF NOT EXISTS docs USING fts5(text)');
  await db.execute('CREATE VIRTUAL TABLE IF NOT EXISTS areas USING rtree(id, minX, maxX, minY, maxY)');
}

export const nearest = async (vector: Float32Array) =>
  (await db.execute('SELECT id, distance FROM embeddings WHERE embedding MATCH ? AND k = 5 ORDER BY distance', [vector.buffer])).rows;
export const version = () => db.executeSync('SELECT vec_version() AS version');
export const add = (id: number, vector: Float32Array, text: string) =>
  db.transaction(async tx => {
    await tx.execute('INSERT INTO embeddings (id, embedding) VALUES (?, ?)', [id, vector.buffer]);
    await tx.execute('INSERT INTO docs (rowid, text) VALUES (?, ?)', [id, text]);
  });
export const inside = (x: number, y: number) =>
  db.execute('SELECT id FROM areas WHERE minX <= ? AND maxX >= ? AND minY <= ? AND maxY >= ?', [x, x, y, y]);
`,
      },
      { '@op-engineering/op-sqlite': '18.2.5' },
    ))
})
