// What is answered at a caret in SQL: hover, completion, definition, references and rename, in the forms of every library.
import assert from 'node:assert/strict'
import { definitionAt } from '../../src/core/answers/definition.ts'
import { hoverAt } from '../../src/core/answers/hover.ts'
import { toMarkdown } from '../../src/core/answers/prose.ts'
import { referencesAt } from '../../src/core/answers/references.ts'
import { renameAt } from '../../src/core/answers/rename.ts'
import { expoSqlite, sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import type { SqlPackage } from '../../src/core/engines/sqlite/imports.ts'
import { applyFix } from '../../testkit/run-example.ts'
import { type Asked, askFiles, shown, textOf } from '../answers/ask.ts'
import { choose, completeFiles, itemOf } from '../answers/complete.ts'

type Files = Readonly<Record<string, string>>

/** The forms in which each library is given SQL. */
const forms: Readonly<Record<SqlPackage, readonly ((sql: string) => string)[]>> = {
  'expo-sqlite': [
    sql => `await db.getAllAsync('${sql}')`,
    sql => `db.getFirstSync(\`\n  ${sql}\n\`)`,
    sql => `for await (const row of db.getEachAsync("${sql}")) use(row)`,
    sql => `await db.runAsync('${sql}', [1])`,
    sql => `await db.execAsync(\`PRAGMA journal_mode = WAL; ${sql}; SELECT 1\`)`,
    sql => `const all = await db.sql\`${sql}\``,
    sql => `const statement = await db.prepareAsync('${sql}')`,
    sql => `await db.withTransactionAsync(async () => {\n  await db.runAsync('${sql}')\n})`,
    sql => `await db.withExclusiveTransactionAsync(async txn => {\n  await txn.runAsync('${sql}')\n})`,
    sql => `const sql = \`${sql}\`\nawait db.getAllAsync(sql)`,
    sql => `await db.getAllAsync('' + '${sql}')`,
  ],
  'op-sqlite': [
    sql => `await db.execute('${sql}')`,
    sql => `db.executeSync(\`${sql}\`)`,
    sql => `await db.executeBatch([['SELECT 1'], ['${sql}', [1]]])`,
    sql => `await db.transaction(async tx => {\n  await tx.execute('${sql}')\n})`,
    sql => `const statement = db.prepareStatement('${sql}')`,
    sql => `db.reactiveExecute({ query: '${sql}', arguments: [], fireOn: [], callback: () => {} })`,
  ],
  'quick-sqlite': [
    sql => `db.execute('${sql}')`,
    sql => `await db.executeAsync('${sql}', [])`,
    sql => `await db.executeBatchAsync([['${sql}', []]])`,
    sql => `await db.transaction(tx => {\n  tx.execute('${sql}')\n})`,
  ],
  'nitro-sqlite': [
    sql => `db.execute('${sql}')`,
    sql => `db.executeBatch([{ query: '${sql}', params: [] }])`,
    sql => `await db.transaction(async tx => {\n  tx.execute('${sql}')\n})`,
  ],
  'sqlite-storage': [
    sql => `await db.executeSql('${sql}', [])`,
    sql => `db.transaction(tx => {\n  tx.executeSql('${sql}', [], () => {})\n})`,
    sql => `await db.sqlBatch(['${sql}'])`,
    sql => `db.readTransaction(tx => tx.executeSql(\`${sql}\`))`,
  ],
}

const everywhere = (Object.keys(forms) as SqlPackage[]).flatMap(name =>
  forms[name].map((form, i) => ({
    name: `${name} ${i}`,
    of: (sql: string) => sqliteApp({ package: name, code: form(sql) }),
  })),
)

const inCode = (code: string, schema?: string) => sqliteApp({ code, ...(schema !== undefined && { schema }) })

const labels = (marked: Files) => completeFiles(marked).labels

function hover({ app, catalog, file, offset }: Asked): readonly [on: string, says: string] | undefined {
  const found = hoverAt(catalog, file, offset)
  return found && [textOf(app, file, found.span), toMarkdown(found.blocks, () => undefined)]
}

describe('sqlite: answers', () => {
  describe('in every form of every library', () => {
    for (const { name, of } of everywhere) {
      it(`${name}: hover, completion and definition`, () => {
        const [on, says] = hover(askFiles(of('SELECT tit$0le FROM tasks'))) ?? []
        assert.equal(on, 'title')
        assert.match(says ?? '', /title TEXT NOT NULL[\s\S]*column `tasks\.title`: TEXT/)
        assert.deepEqual(labels(of('SELECT $0 FROM tasks')), ['id', 'title', 'done'])
        assert.deepEqual(labels(of('SELECT * FROM $0')), ['tasks'])
        const asked = askFiles(of('SELECT * FROM tas$0ks'))
        const found = definitionAt(asked.catalog, asked.file, asked.offset)
        assert.match(found?.targets.map(one => shown(asked.app, one.at)).join() ?? '', /^src\/db\.ts:\d+ tasks$/)
      })
    }
  })

  const two = `CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE tasks (id INTEGER PRIMARY KEY, list_id INTEGER REFERENCES lists(id), title TEXT);`
  const at = (sql: string, quote = '`') => inCode(`await db.getAllAsync(${quote}${sql}${quote})`, two)

  describe('completion', () => {
    const cases: readonly (readonly [sql: string, expected: readonly string[]])[] = [
      ['SELECT t.$0 FROM tasks t', ['id', 'list_id', 'title']],
      ['SELECT t.$0\n  FROM tasks AS t JOIN lists l ON l.id = t.list_id', ['id', 'list_id', 'title']],
      ['SELECT t.ti$0 FROM tasks t', ['title', 'id', 'list_id']],
      ['SELECT * FROM tasks WHERE $0', ['id', 'list_id', 'title']],
      ['SELECT * FROM tasks WHERE title = ? AND $0', ['id', 'list_id', 'title']],
      ['SELECT * FROM tasks WHERE ti$0', ['title', 'id', 'list_id']],
      ['SELECT * FROM tasks ORDER BY $0', ['id', 'list_id', 'title']],
      ['SELECT * FROM tasks t JOIN lists l ON l.$0', ['id', 'name']],
      ['SELECT * FROM tasks t JOIN lists l ON t.list_id = l.$0', ['id', 'name']],
      ['SELECT * FROM tasks JOIN $0', ['lists', 'tasks']],
      ['INSERT INTO $0', ['lists', 'tasks']],
      ['INSERT INTO tasks ($0) VALUES (?)', ['id', 'list_id', 'title']],
      ['INSERT INTO tasks (title, $0) VALUES (?, ?)', ['id', 'list_id', 'title']],
      ['INSERT INTO tasks (title, $0', ['id', 'list_id', 'title']],
      ['UPDATE tasks SET $0', ['id', 'list_id', 'title']],
      ['UPDATE tasks SET title = ?, $0', ['id', 'list_id', 'title']],
      ['UPDATE tasks SET $0 WHERE id = ?', ['id', 'list_id', 'title']],
      ['DELETE FROM $0', ['lists', 'tasks']],
      ['DELETE FROM tasks WHERE $0', ['id', 'list_id', 'title']],
      ['SELECT (SELECT l.$0 FROM lists l WHERE l.id = t.list_id) FROM tasks t', ['id', 'name']],
      [`SELECT title FROM tasks WHERE title = \${title} AND $0`, ['id', 'list_id', 'title']],
      ['SELECT * FROM ta$0', ['tasks', 'lists']],
      ['SELECT count($0) FROM tasks', ['id', 'list_id', 'title']],
      ['SELECT * FROM tasks GROUP BY $0', ['id', 'list_id', 'title']],
      ['SELECT\n      $0\n    FROM tasks', ['id', 'list_id', 'title']],
      ['SELECT *\n    FROM tasks\n    WHERE id = ?\n      AND\n    $0\n', ['id', 'list_id', 'title']],
      ['SELECT title FROM tasks LIMIT $0', []],
      ["SELECT * FROM tasks WHERE title = '$0'", []],
    ]
    for (const [sql, expected] of cases) it(sql, () => assert.deepEqual(labels(at(sql)), expected))

    it('tells the type of a column and the size of a table', () => {
      assert.equal(itemOf(completeFiles(at('SELECT t.$0 FROM tasks t')), 'list_id').detail, 'INTEGER, optional')
      assert.equal(itemOf(completeFiles(at('SELECT * FROM $0')), 'tasks').detail, '3 columns')
    })

    it('works in a text that is never closed', () => {
      assert.deepEqual(labels(inCode("await db.getAllAsync('SELECT * FROM $0", two)), ['lists', 'tasks'])
      assert.deepEqual(labels(inCode('await db.getAllAsync(`SELECT t.$0 FROM tasks t', two)), [
        'id',
        'list_id',
        'title',
      ])
      assert.deepEqual(labels(inCode("await db.getAllAsync('SELECT * FROM tasks WHERE $0)", two)), [
        'id',
        'list_id',
        'title',
      ])
    })

    it('writes what is chosen', () => {
      const files = choose(completeFiles(at('SELECT t.ti$0 FROM tasks t')), 'title')
      assert.match(files['src/tasks.ts']!, /SELECT t\.title FROM tasks t/)
    })
  })

  describe('parameters', () => {
    const code = (sql: string, given: string) => inCode(`await db.runAsync(${sql}, ${given})`, two)
    const update = "'UPDATE tasks SET title = $title WHERE id = $id'"

    it('are the keys of the object', () => {
      const marked = code("'UPDATE tasks SET title = $$0 WHERE id = $id'", '{ $title: 1, $id: 2 }')
      assert.deepEqual(labels(marked), ['$title', '$id'])
      assert.deepEqual(labels(code("'UPDATE tasks SET title = $ti$0'", '{ $title: 1 }')), ['$title'])
      assert.deepEqual(labels(code("'UPDATE tasks SET title = :$0'", "{ ':title': 1 }")), [':title'])
    })

    it('are offered as keys where the object lacks them', () => {
      assert.deepEqual(labels(code(update, '{ $0 }')), ['$title', '$id'])
      assert.deepEqual(labels(code(update, '{ $title: 1, $0 }')), ['$id'])
      assert.deepEqual(labels(code("'UPDATE tasks SET title = :title'", '{ $0 }')), ["':title'"])
      assert.match(choose(completeFiles(code(update, '{ $0 }')), '$id')['src/tasks.ts']!, /\{ \$id: {2}\}/)
      assert.deepEqual(
        labels(inCode(`const s = await db.prepareAsync(${update})\nawait s.executeAsync({ $0 })`, two)),
        ['$title', '$id'],
      )
    })
  })

  /** A ladder of two steps, and code that asks for what they make. */
  const ladder = (query: string, table = 'id INTEGER PRIMARY KEY NOT NULL, title TEXT NOT NULL'): Files => ({
    'src/db.ts': `import * as SQLite from 'expo-sqlite'
import { migrate } from './migrate'

export const db = SQLite.openDatabaseSync('app.db')
export const ready = migrate(db)
export const all = () => db.getAllAsync(\`${query}\`)
export const add = () => db.runAsync('INSERT INTO tasks (title) VALUES (?)', 'a')
`,
    'src/migrate.ts': `import type { SQLiteDatabase } from 'expo-sqlite'

export async function migrate(db: SQLiteDatabase) {
  await db.withTransactionAsync(async () => {
    const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
    let version = row?.user_version ?? 0
    if (version < 1) {
      await db.execAsync('CREATE TABLE tasks (${table})')
      version = 1
    }
    if (version < 2) {
      await db.execAsync('ALTER TABLE tasks ADD COLUMN done INTEGER NOT NULL DEFAULT 0')
      version = 2
    }
    await db.execAsync('PRAGMA user_version = 2')
  })
}
`,
  })

  it('databases that a hook gives, and those that functions and classes are given', () => {
    const handles = [
      "import { useSQLiteContext } from 'expo-sqlite'\nexport function Tasks() {\n  const db = useSQLiteContext()\n  db.getAllSync(SQL)\n}",
      "import type { SQLiteDatabase } from 'expo-sqlite'\nexport const all = (db: SQLiteDatabase) => db.getAllAsync(SQL)",
      "import * as SQLite from 'expo-sqlite'\nexport class Tasks {\n  constructor(private readonly db: SQLite.SQLiteDatabase) {}\n  all() {\n    return this.db.getAllAsync(SQL)\n  }\n}",
    ]
    for (const code of handles) {
      const files = (sql: string) => sqliteApp({ files: { 'src/use.tsx': code.replace('SQL)', `'${sql}')`) } })
      assert.match(hover(askFiles(files('SELECT tit$0le FROM tasks')))?.[1] ?? '', /column `tasks\.title`/, code)
      assert.deepEqual(labels(files('SELECT $0 FROM tasks')), ['id', 'title', 'done'], code)
    }
  })

  it('a column that a step adds leads to the step, and is told with its version', () => {
    const asked = askFiles(ladder('SELECT do$0ne FROM tasks'))
    const found = definitionAt(asked.catalog, asked.file, asked.offset)
    assert.deepEqual(
      found?.targets.map(one => shown(asked.app, one.at)),
      ['src/migrate.ts:12 done'],
    )
    assert.match(hover(asked)?.[1] ?? '', /column `tasks\.done`: INTEGER[\s\S]*since version 2/)
  })

  it('references are all places of a name, whatever it is qualified with', () => {
    const asked = askFiles(ladder('SELECT t.title, (SELECT max(title) FROM tasks) FROM tasks t ORDER BY "tit$0le"'))
    assert.deepEqual(
      referencesAt(asked.catalog, asked.file, asked.offset, true)
        .map(place => shown(asked.app, place))
        .sort(),
      ['src/db.ts:6 title', 'src/db.ts:6 title', 'src/db.ts:6 title', 'src/db.ts:7 title', 'src/migrate.ts:8 title'],
    )
  })

  describe('rename', () => {
    /** The files after the name at the caret is given another one, and what is told; or why not. */
    function renamed(marked: Files, to: string, released?: Files) {
      const { app, catalog, file, offset } = askFiles(marked, { project: expoSqlite, ...(released && { released }) })
      const answer = app.analyzer.settled(() =>
        renameAt(catalog, file, offset, to, ({ store }) => ({
          renames: app.analyzer.renames(store),
          context: app.context,
          hasError: one => app.analyzer.facts(one)?.error !== undefined,
        })),
      )
      assert.ok(answer)
      if ('problem' in answer) return { problem: answer.problem, files: {} as Files, told: '' }
      const files = applyFix(app, { title: '', safe: false, edits: answer.edits })
      return { problem: '', files, told: answer.note?.description ?? '' }
    }

    it('of a released column writes the step and leaves the steps before as they were', () => {
      const { files, told } = renamed(
        ladder('SELECT t.ti$0tle FROM tasks t WHERE t.title = ?'),
        'name',
        ladder('SELECT 1'),
      )
      assert.match(told, /migration to version 3/)
      assert.match(files['src/db.ts']!, /SELECT t\.name FROM tasks t WHERE t\.name = \?/)
      assert.match(files['src/db.ts']!, /INSERT INTO tasks \(name\)/)
      assert.match(
        files['src/migrate.ts']!,
        /CREATE TABLE tasks \(id INTEGER PRIMARY KEY NOT NULL, title TEXT NOT NULL\)/,
      )
      assert.match(files['src/migrate.ts']!, /ALTER TABLE tasks RENAME COLUMN title TO name/)
      const again = askFiles({ ...files, 'src/caret.ts': '$0' })
      const columns = again.catalog.stores()[0]!.entities[0]!.fields.map(field => field.name.text)
      assert.deepEqual(columns, ['id', 'name', 'done'])
    })

    it('of a released table, too', () => {
      const { files } = renamed(ladder('SELECT tasks.title FROM ta$0sks'), 'todos', ladder('SELECT 1'))
      assert.match(files['src/db.ts']!, /SELECT todos\.title FROM todos/)
      assert.match(
        files['src/migrate.ts']!,
        /CREATE TABLE tasks[\s\S]*ALTER TABLE tasks ADD[\s\S]*ALTER TABLE tasks RENAME TO todos/,
      )
    })

    it('is refused to words of SQL, and to names that are taken', () => {
      assert.match(renamed(ladder('SELECT ti$0tle FROM tasks'), 'select').problem, /word of SQL/)
      assert.match(renamed(ladder('SELECT ti$0tle FROM tasks'), 'done').problem, /already/)
    })
  })
})
