// SQL in files of its own, which code imports as texts.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { completionsAt } from '../../src/core/answers/completion.ts'
import { definitionAt } from '../../src/core/answers/definition.ts'
import { engines, rules } from '../../src/core/rules/all.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import { applyEdits } from '../../src/core/text/edit.ts'
import { loadWorkspace } from '../../src/host/load-workspace.ts'
import { disableFile, disableLine } from '../../src/lsp/disable-edits.ts'
import { answerSql } from '../../testkit/answer-sql.ts'
import { applyFix, appRoot, runApp } from '../../testkit/run-example.ts'
import { askFiles, shown } from '../answers/ask.ts'
import { removeTempFolders, tempFolder } from '../host/temp-folder.ts'

const project = { versions: { 'expo-sqlite': '57.0.3' } }
const schema = `-- The tables of the app; it's all there is.
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
);
`
const files = (query: string, sql = schema) => ({
  'src/schema.sql': sql,
  'src/db.ts': `import * as SQLite from 'expo-sqlite'
import schema from './schema.sql'
import queries from './query.sql'

export const db = SQLite.openDatabaseSync('app.db')
db.execSync(schema)
export const all = () => db.getAllSync(queries)
`,
  'src/query.sql': query,
})

const found = (app: ReturnType<typeof runApp>) =>
  [...app.texts].flatMap(([file, text]) =>
    app.analyzer
      .findings(file)
      .map(({ rule, span }) => `${file.slice(appRoot.length + 1)} ${rule} ${text.slice(span.start, span.end)}`),
  )

describe('sqlite: SQL in files of its own', () => {
  afterEach(removeTempFolders)

  it('makes the schema and is judged at its own places', () => {
    const app = runApp(files('SELECT id,\n  titel FROM tasks'), { project })
    assert.deepEqual(
      app.analyzer.stores().map(store => [store.complete, store.entities.map(one => one.name.text), store.schemaFile]),
      [[true, ['tasks'], '/app/src/schema.sql']],
    )
    assert.deepEqual(found(app), ['src/query.sql sqlite/rejected-statement titel'])
    const [finding] = app.analyzer.findings('/app/src/query.sql')
    const [fix] = app.analyzer.fixes(finding!, app.context)
    assert.equal(applyFix(app, fix!)['src/query.sql'], 'SELECT id,\n  title FROM tasks')
  })

  it('follows edits, also while nothing in it can be read', () => {
    const app = runApp(files('SELECT title FROM tasks'), { project })
    assert.deepEqual(found(app), [])
    const now = (text: string) => {
      app.analyzer.set('/app/src/query.sql', text)
      app.analyzer.settle()
      return app.analyzer
        .findings('/app/src/query.sql')
        .map(one => [one.rule, text.slice(one.span.start, one.span.end)])
    }
    assert.deepEqual(now('SELECT title FORM tasks'), [['sqlite/syntax-error', 'tasks']])
    assert.deepEqual(now('-- more\nSELECT title FROM task'), [['sqlite/rejected-statement', 'task']])
    assert.deepEqual(now('-- more\nSELECT title FROM tasks'), [])
  })

  it('has definitions and completions', () => {
    const asked = askFiles(files('SELECT ti$0tle FROM tasks'))
    const leads = definitionAt(asked.catalog, asked.file, asked.offset)
    assert.deepEqual(
      leads?.targets.map(one => shown(asked.app, one.at)),
      ['src/schema.sql:4 title'],
    )
    const typed = askFiles(files('SELECT * FROM $0'))
    const items = completionsAt(typed.catalog, typed.file, typed.offset)?.items
    assert.deepEqual(
      items?.map(item => item.label),
      ['tasks'],
    )
  })

  it('is silenced by comments of SQL', () => {
    const query = 'SELECT id,\n  titel FROM tasks\n'
    const offset = query.indexOf('titel')
    for (const edit of [
      disableLine('/app/src/query.sql', query, offset, 'sqlite/rejected-statement'),
      disableFile('/app/src/query.sql', query, 'sqlite/rejected-statement'),
    ]) {
      const text = applyEdits(query, [edit!])
      assert.match(text, /^ *-- offline-storage-disable/m)
      assert.deepEqual(found(runApp(files(text), { project })), [])
    }
    const twice = '-- offline-storage-disable a/b -- why\nSELECT 1'
    assert.match(
      applyEdits(twice, [disableFile('a.sql', twice, 'c/d')]),
      /^-- offline-storage-disable a\/b, c\/d -- why\n/,
    )
    assert.equal(disableLine('a.sql', "SELECT 'a\nb'", 11, 'c/d'), undefined)
    assert.deepEqual(
      found(runApp(files(`-- offline-storage-disable sqlite/rejected-statement\nSELECT 1`), { project })).length,
      1,
    )
  })

  it('is read from disk where code imports it, and nowhere else', async () => {
    const root = tempFolder({
      ...files('SELECT title FROM task'),
      'package.json': JSON.stringify({ dependencies: { 'expo-sqlite': '57.0.3' } }),
      'server/migrations/0001.sql': 'CREATE TABLE users (id SERIAL PRIMARY KEY)',
    })
    const analyzer = createAnalyzer({ engines, rules, answerNow: answerSql })
    await loadWorkspace({ root, analyzer, settings: defaultSettings })
    analyzer.settle()
    assert.deepEqual(
      [analyzer.has(`${root}/src/schema.sql`), analyzer.has(`${root}/server/migrations/0001.sql`)],
      [true, false],
    )
    assert.deepEqual(
      analyzer.findings(`${root}/src/query.sql`).map(one => one.rule),
      ['sqlite/rejected-statement'],
    )
  })
})
