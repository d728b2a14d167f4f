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
})
