// The rules about steps by `user_version`, over every shape in which people write them.
import assert from 'node:assert/strict'
import { applyFix, appRoot, runApp } from '../../testkit/run-example.ts'
import { type Step, shapes } from './ladder-apps.ts'

const project = { versions: { 'expo-sqlite': '57.0.3' } }
const file = `${appRoot}/src/db.ts`
const appOf = (text: string) => runApp({ 'src/db.ts': text }, { project })
const found = (text: string, rule?: string): readonly string[] =>
  appOf(text)
    .analyzer.findings(file)
    .filter(one => rule === undefined || one.rule === `sqlite/${rule}`)
    .map(one => one.message)

const tasks: Step = {
  version: 1,
  statements: ['CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, list INTEGER)'],
}
const second = (...statements: readonly string[]): readonly Step[] => [tasks, { version: 2, statements }]

/** What SQLite says of a step, where the table has rows; `sqlite.md` has the table of what was measured. */
const refused: Readonly<Record<string, RegExp>> = {
  'ALTER TABLE tasks ADD COLUMN a TEXT NOT NULL': /Cannot add a NOT NULL column with default value NULL/,
  'ALTER TABLE tasks ADD COLUMN a TEXT DEFAULT CURRENT_TIMESTAMP': /Cannot add a column with non-constant default/,
  'ALTER TABLE tasks ADD COLUMN a INTEGER PRIMARY KEY': /every phone.*Cannot add a PRIMARY KEY column/,
  'ALTER TABLE tasks ADD COLUMN a INTEGER UNIQUE': /every phone.*Cannot add a UNIQUE column/,
  'ALTER TABLE tasks ADD COLUMN a INTEGER AS (id + 1) STORED': /cannot add a STORED column/,
  'ALTER TABLE tasks ADD COLUMN a INTEGER NOT NULL DEFAULT 0 CHECK (a > 0)': /CHECK constraint failed/,
  'ALTER TABLE tasks ADD COLUMN title TEXT': /every phone.*duplicate column name: title/,
  'ALTER TABLE tasks DROP COLUMN id': /cannot drop PRIMARY KEY column/,
  'CREATE INDEX by_list ON tasks (list); ALTER TABLE tasks DROP COLUMN list':
    /error in index by_list after drop column/,
  'ALTER TABLE tasks ALTER COLUMN title INTEGER': /syntax error/,
  'CREATE UNIQUE INDEX by_title ON tasks (title)':
    /two rows have the same values.*UNIQUE constraint failed: tasks.title/,
  'ALTER TABLE notes ADD COLUMN a': /every phone.*no such table: notes/,
}

const accepted: readonly string[] = [
  'ALTER TABLE tasks ADD COLUMN a TEXT',
  "ALTER TABLE tasks ADD COLUMN a TEXT NOT NULL DEFAULT ''",
  'ALTER TABLE tasks ADD COLUMN a INTEGER REFERENCES tasks (id)',
  'ALTER TABLE tasks ADD COLUMN a INTEGER AS (id + 1) VIRTUAL',
  'ALTER TABLE tasks RENAME TO jobs; ALTER TABLE jobs RENAME COLUMN title TO label',
  'ALTER TABLE tasks DROP COLUMN list',
  // What rows hold, nobody knows.
  'CREATE TABLE names (name TEXT PRIMARY KEY); INSERT INTO names SELECT title FROM tasks',
  'CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY)',
  'DELETE FROM tasks WHERE id NOT IN (SELECT min(id) FROM tasks GROUP BY title); CREATE UNIQUE INDEX u ON tasks (title)',
  'CREATE TABLE t2 (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO t2 SELECT id, title FROM tasks; DROP TABLE tasks; ALTER TABLE t2 RENAME TO tasks',
]

describe('sqlite: rules of the ladder', () => {
  it('what SQLite refuses of a step, in every shape', () => {
    for (const [statement, message] of Object.entries(refused))
      for (const write of [shapes.ifBelow!, shapes.list!, shapes.texts!]) {
        const [first, more] = found(write(second(statement)), 'failing-migration')
        assert.match(first ?? '', message)
        assert.equal(more, undefined)
      }
  })

  it('what SQLite takes of a step', () => {
    for (const statement of accepted)
      for (const write of Object.values(shapes))
        assert.deepEqual(found(write(second(statement)), 'failing-migration'), [], statement)
  })

  it('both ways to mend a column that may not be empty', () => {
    const app = appOf(shapes.ifBelow!(second('ALTER TABLE tasks ADD COLUMN a INTEGER NOT NULL')))
    const [finding] = app.analyzer.findings(file).filter(one => one.rule === 'sqlite/failing-migration')
    const fixes = app.analyzer.settled(() => app.analyzer.fixes(finding!, app.context))
    assert.deepEqual(
      fixes.map(fix => fix.title),
      ['Add DEFAULT 0', 'Make "tasks" anew with the column'],
    )
    for (const fix of fixes) assert.deepEqual(found(applyFix(app, fix)['src/db.ts']!, 'failing-migration'), [])
  })

  it('steps in order have no fault in any shape, with a branch for new databases or without', () => {
    const steps = [...second('ALTER TABLE tasks ADD COLUMN a'), { version: 3, statements: ['CREATE TABLE notes (id)'] }]
    const fresh = [
      'CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, list INTEGER, a)',
      'CREATE TABLE notes (id)',
    ]
    for (const [name, write] of Object.entries(shapes))
      for (const text of [write(steps), write(steps, fresh)])
        for (const rule of [
          'broken-version-ladder',
          'schema-drift',
          'failing-migration',
          'version-gap',
          'fresh-install-stamp',
        ])
          assert.deepEqual(found(text, rule), [], `${name} ${rule}`)
  })

  it('the version that is wanted is below the last step', () => {
    const text = shapes.ifEqual!(second('ALTER TABLE tasks ADD COLUMN a')).replace('LATEST = 2', 'LATEST = 1')
    assert.match(found(text, 'broken-version-ladder')[0] ?? '', /go up to version 2, and the code stops at 1/)
    const written = shapes.falling!(second('ALTER TABLE tasks ADD COLUMN a')).replace(
      'user_version = 2',
      'user_version = 1',
    )
    assert.match(found(written, 'broken-version-ladder')[0] ?? '', /the steps above 1 run again at every start/)
  })

  it('the version is never written', () => {
    const text = shapes.falling!(second('ALTER TABLE tasks ADD COLUMN a'))
    const without = text.replace(/ {2}await db.execAsync\('PRAGMA user_version = 2'\)\n/, '')
    assert.notEqual(without, text)
    assert.match(found(without, 'broken-version-ladder')[0] ?? '', /nothing ever writes it/)
  })

  it('a case that leaves the switch stops an update over several versions', () => {
    const text = shapes.falling!([
      ...second('ALTER TABLE tasks ADD COLUMN a'),
      { version: 3, statements: ['CREATE TABLE n (id)'] },
    ])
    const left = text.replace('    case 1:', '      break\n    case 1:')
    assert.match(found(left, 'broken-version-ladder')[0] ?? '', /stops after one/)
  })
})
