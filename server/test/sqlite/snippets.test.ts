// Every SQLite snippet, left at its defaults, is code that the engine reads and has nothing to say against.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { expoSqlite, opSqlite, sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import type { SqliteStore } from '../../src/core/engines/sqlite/types.ts'
import { expandSnippet } from '../../testkit/expand-snippet.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'

interface Snippet {
  readonly prefix: string
  readonly description: string
  readonly body: readonly string[]
}

/** Where a snippet is typed: the app around it, the file it lands in, and the beginnings of the SQL that is read of it. */
interface Home {
  readonly files: (code: string) => Readonly<Record<string, string>>
  readonly file: string
  readonly runs: readonly RegExp[]
  readonly project?: typeof expoSqlite
}

const snippets: readonly Snippet[] = Object.values(
  JSON.parse(readFileSync(new URL('../../../snippets/sqlite.json', import.meta.url), 'utf8')),
)

const fullText = 'CREATE VIRTUAL TABLE IF NOT EXISTS tasks_fts USING fts5(title);'

const inCode = (runs: readonly RegExp[], before = '', more: Parameters<typeof sqliteApp>[0] = {}): Home => ({
  files: code => sqliteApp({ ...more, code: `${before}\n${code}` }),
  file: 'src/tasks.ts',
  runs,
  ...(more.package === 'op-sqlite' && { project: opSqlite }),
})

/** A function that is given the database, called by one that opens it. */
const ladder = (code: string): Readonly<Record<string, string>> => ({
  'src/migrate.ts': code,
  'src/db.ts': `import * as SQLite from 'expo-sqlite'
import { migrate } from './migrate'

export const db = SQLite.openDatabaseSync('app.db')
export const ready = migrate(db)
`,
})

const step = (code: string): string => `import type { SQLiteDatabase } from 'expo-sqlite'

export async function migrate(db: SQLiteDatabase) {
  await db.withTransactionAsync(async () => {
    const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
    let version = row?.user_version ?? 0
    if (version < 1) {
      await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY NOT NULL)')
      version = 1
    }
    if (version < 2) {
      await db.execAsync('ALTER TABLE tasks ADD COLUMN title TEXT')
      version = 2
    }
    ${code}
    await db.execAsync('PRAGMA user_version = 3')
  })
}
`

const homes: Readonly<Record<string, Home>> = {
  'sqlite-open-expo': { files: code => ({ 'src/db.ts': code }), file: 'src/db.ts', runs: [/^PRAGMA journal_mode/] },
  'sqlite-open-op': {
    files: code => ({ 'src/db.ts': code }),
    file: 'src/db.ts',
    runs: [/^PRAGMA journal_mode/, /^PRAGMA foreign_keys/],
    project: opSqlite,
  },
  'sqlite-provider': {
    files: code => ({ 'src/Database.tsx': code }),
    file: 'src/Database.tsx',
    runs: [/^PRAGMA journal_mode/],
  },
  'sqlite-migrations': {
    files: ladder,
    file: 'src/migrate.ts',
    runs: [/^PRAGMA user_version$/, /^\s*CREATE TABLE tasks/, /^ALTER TABLE tasks/, /^PRAGMA user_version = 2/],
  },
  'sqlite-migration-list': {
    files: ladder,
    file: 'src/migrate.ts',
    runs: [/^PRAGMA user_version$/, /^CREATE TABLE tasks/, /^PRAGMA user_version = /],
  },
  'sqlite-step': {
    files: code => ladder(step(code)),
    file: 'src/migrate.ts',
    runs: [
      /^PRAGMA/,
      /^CREATE/,
      /^ALTER TABLE tasks ADD COLUMN title/,
      /^ALTER TABLE tasks ADD COLUMN notes/,
      /^PRAGMA/,
    ],
  },
  'sqlite-transaction': inCode([/^DELETE FROM tasks/]),
  'sqlite-transaction-op': inCode([/^DELETE FROM tasks/], '', { package: 'op-sqlite' }),
  'sqlite-prepare': inCode([/^INSERT INTO tasks/], "const titles = ['a', 'b']"),
  'sqlite-select': inCode([/^SELECT id, title FROM tasks/]),
  'sqlite-insert': inCode([/^INSERT INTO tasks/], "const title = 'a'"),
  'sqlite-upsert': inCode([/^INSERT INTO tasks[\s\S]*ON CONFLICT/], "const id = 1\nconst title = 'a'"),
  'sqlite-fts5': inCode([/^\s*CREATE VIRTUAL TABLE/]),
  'sqlite-search': inCode([/^SELECT tasks\.id FROM tasks_fts/], `await db.execAsync('${fullText}')\nconst words = 'a'`),
  'sqlite-outbox': inCode([/^\s*CREATE TABLE IF NOT EXISTS outbox/]),
}

describe('SQLite snippets', () => {
  it('have prefixes of their own, a description, and a home in this test', () => {
    assert.deepEqual(snippets.map(snippet => snippet.prefix).sort(), Object.keys(homes).sort())
    for (const snippet of snippets) assert.ok(snippet.description.length > 10, snippet.prefix)
  })

  it('are offered in every language of apps', () => {
    const { contributes } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
    const languages = (contributes.snippets as readonly { readonly language: string; readonly path: string }[])
      .filter(one => one.path === './snippets/sqlite.json')
      .map(one => one.language)
    assert.deepEqual(languages.sort(), ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'])
  })

  for (const { prefix, body } of snippets)
    it(`${prefix} is read, and nothing is found`, () => {
      const { files, file, runs, project = expoSqlite } = homes[prefix]!
      const all = files(expandSnippet(body))
      const { analyzer } = runApp(all, { project })
      assert.equal(analyzer.facts(`${appRoot}/${file}`)?.error, undefined)
      const [store] = analyzer.stores() as readonly SqliteStore[]
      const read = analyzer.settled(() => store!.calls.filter(call => call.argument.file === `${appRoot}/${file}`))
      const texts = read.map(call => call.sql?.text ?? '')
      assert.deepEqual(
        runs.filter(beginning => !texts.some(text => beginning.test(text))),
        [],
        JSON.stringify(texts),
      )
      const findings = Object.keys(all).flatMap(path => analyzer.findings(`${appRoot}/${path}`))
      assert.deepEqual(
        findings.map(finding => `${finding.rule} in ${finding.file}: ${finding.message}`),
        [],
      )
    })
})
