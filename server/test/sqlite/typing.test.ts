// What is asked while somebody types SQL leaves no trace: once the text is as it was, so is what is known of it.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { completionsAt } from '../../src/core/answers/completion.ts'
import { engines } from '../../src/core/rules/all.ts'
import { answerSql } from '../../testkit/answer-sql.ts'
import { workspaceOf } from '../../testkit/workspace-of.ts'

const file = '/app/db.ts'
const text = `import * as SQLite from 'expo-sqlite'
const db = SQLite.openDatabaseSync('notes.db')
db.execSync('CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, body TEXT)')
const order = Math.random() > 0.5 ? 'ASC' : 'DESC'
export const add = (title: string, body: string) =>
  db.runAsync('INSERT INTO notes (title, body) VALUES (?, ?)', title, body)
export const all = () => db.getAllAsync(\`SELECT title, body FROM notes ORDER BY title \${ order }, body\`)
`

describe('SQL that is being typed', () => {
  it('is known again once it stands as it stood, after answers in between', () => {
    const analyzer = createAnalyzer({ engines, rules: [], answerNow: answerSql })
    analyzer.setWorkspace(workspaceOf([file], { versions: { 'expo-sqlite': '57.0.3' } }))
    analyzer.set(file, text)
    const catalog = analyzer.catalog(() => undefined)
    const names = () =>
      analyzer
        .settled(() => catalog.mentions(file))
        .map(({ at: { span } }) => `${span.start} ${text.slice(span.start, span.end)}`)
        .sort()
    const before = names()
    assert.equal(before.filter(name => name.endsWith(' body')).length, 4)
    for (let offset = text.indexOf('INSERT'); offset < text.length; offset++) {
      const end = text.indexOf('\n', offset)
      analyzer.set(file, text.slice(0, offset) + text.slice(end))
      analyzer.settled(() => analyzer.asWritten(file, () => completionsAt(catalog, file, offset)))
      analyzer.set(file, text)
      assert.deepEqual(names(), before, `after a cut at ${offset}`)
    }
  })
})
