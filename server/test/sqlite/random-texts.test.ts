// No text whatever makes reading, rules or answers throw, and after any edits all is as if it had been read anew.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { completionsAt } from '../../src/core/answers/completion.ts'
import { definitionAt } from '../../src/core/answers/definition.ts'
import { hoverAt } from '../../src/core/answers/hover.ts'
import { sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Readonly<Record<string, string>>

const project = { versions: { 'expo-sqlite': '57.0.3', '@op-engineering/op-sqlite': '18.2.5' } }

const statements = `
await db.execute(\`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)
  SELECT t.*, (SELECT count(*) FROM tasks AS o WHERE o.done = t.done) FROM tasks t JOIN n ON n.i = t.id -- all\`)
await db.execute('INSERT INTO tasks (title, done) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title', ['a', 1])
await db.execute(\`CREATE TRIGGER IF NOT EXISTS mark AFTER UPDATE OF done ON tasks BEGIN
  UPDATE tasks SET title = "it's" || new.title WHERE id = old.id; SELECT CASE WHEN new.done THEN 1 ELSE 2 END;
END; CREATE VIRTUAL TABLE notes USING fts5(body, content='')\`)
await db.transaction(async tx => { await tx.execute('DELETE FROM ' + table + " WHERE title LIKE '%" + words + "%'") })
await db.executeBatch([['UPDATE tasks SET [done] = 1'], ["SELECT 'it''s' FROM \\"tasks\\"", []]])
const statement = db.prepareStatement('SELECT * FROM tasks WHERE id = $id'); statement.bind([1])
db.reactiveExecute({ query: 'SELECT * FROM tasks', arguments: [], fireOn: [{ table: 'tasks' }], callback: () => {} })
`

const { 'package.json': _, 'tsconfig.json': __, ...journal } = exampleFiles('journal-sqlite')
const apps: readonly Files[] = [journal, sqliteApp({ package: 'op-sqlite', code: statements })]

const noise = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    ...'\'"`;,.()[]{}?$:@\\\n=*-'.split(''),
    '${',
    `\${x}`,
    '--',
    '/*',
    '*/',
    "''",
    '\\u{1F600}',
    '😀',
    '\0',
  ),
  fc.constantFrom(
    ' SELECT ',
    ' FROM ',
    ' WITH ',
    ' CREATE TABLE ',
    ' BEGIN; ',
    ' END; ',
    ' REFERENCES ',
    ' user_version ',
    ' AS ',
  ),
)
const cut = fc.record({ file: fc.nat(20), at: fc.nat(4000), drop: fc.nat(30), put: noise, look: fc.nat(4000) })

/** Asks for everything that a person could. */
function askAll({ analyzer, context }: RunningApp, files: Files, look: number): void {
  const catalog = analyzer.catalog(() => undefined)
  analyzer.settled(() =>
    analyzer.stores().map(store => [store.entities, catalog.relations(store), catalog.snapshot(store)]),
  )
  for (const [path, text] of Object.entries(files)) {
    const file = `/app/${path}`
    const offset = look % (text.length + 1)
    for (const finding of analyzer.findings(file)) analyzer.fixes(finding, context)
    analyzer.settled(() => analyzer.asWritten(file, () => completionsAt(catalog, file, offset)))
    hoverAt(catalog, file, offset)
    definitionAt(catalog, file, offset)
    analyzer.queryPlan(file, offset)
  }
}

const found = ({ analyzer }: RunningApp, files: Files): readonly string[] =>
  Object.keys(files).flatMap(path =>
    analyzer
      .findings(`/app/${path}`)
      .map(({ rule, span, message }) => `${path}:${span.start}-${span.end} ${rule} ${message}`),
  )

const mentioned = ({ analyzer }: RunningApp, files: Files): readonly string[] =>
  Object.keys(files).flatMap(path =>
    analyzer.settled(() =>
      analyzer
        .catalog(() => undefined)
        .mentions(`/app/${path}`)
        .map(
          one =>
            `${path}:${one.at.span.start}-${one.at.span.end} ${one.kind === 'word' ? '' : `${one.entity}.${one.field} ${one.role}`}`,
        )
        .sort(),
    ),
  )

describe('sqlite: texts that are cut anywhere', function () {
  this.timeout(120_000)

  it('never make anything throw, and leave no trace', () => {
    fc.assert(
      fc.property(fc.constantFrom(...apps), fc.array(cut, { minLength: 1, maxLength: 4 }), (app, cuts) => {
        const files: Record<string, string> = { ...app }
        const running = runApp(files, { project })
        for (const { file, at, drop, put, look } of cuts) {
          const path = Object.keys(files)[file % Object.keys(files).length]!
          const text = files[path]!
          const from = at % (text.length + 1)
          files[path] = text.slice(0, from) + put + text.slice(from + drop)
          running.analyzer.set(`/app/${path}`, files[path])
          running.analyzer.settle()
          askAll(running, files, look)
        }
        // A text that does not parse leaves what was read before.
        if (Object.keys(files).some(path => running.analyzer.facts(`/app/${path}`)?.error)) return
        const anew = runApp(files, { project })
        assert.deepEqual(found(running, files), found(anew, files))
        assert.deepEqual(mentioned(running, files), mentioned(anew, files))
      }),
      { numRuns: 60 },
    )
  })
})
