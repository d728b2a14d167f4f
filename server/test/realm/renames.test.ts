// Renaming a property or a class of a realm from the editor: what is stored stays.
import assert from 'node:assert/strict'
import { renameAt } from '../../src/core/answers/rename.ts'
import { realm12, realmApp } from '../../src/core/engines/realm/example-app.ts'
import { applyFix, appRoot, runApp } from '../../testkit/run-example.ts'

type Files = Record<string, string>

/** The app after the name at `|` is given another one, and what is told; or why not. */
function renamed(files: Files, to: string, released: Files | undefined = files) {
  const path = Object.keys(files).find(one => files[one]!.includes('|'))!
  const strip = (all: Files) =>
    Object.fromEntries(Object.entries(all).map(([one, text]) => [one, text.replace('|', '')]))
  const app = runApp(strip(files), { project: realm12, rules: [], ...(released && { released: strip(released) }) })
  const catalog = app.analyzer.catalog(file => app.texts.get(file))
  const answer = renameAt(catalog, `${appRoot}/${path}`, files[path]!.indexOf('|'), to, ({ store }) => ({
    renames: app.analyzer.renames(store),
    context: app.context,
    hasError: file => app.analyzer.facts(file)?.error !== undefined,
  }))
  assert.ok(answer)
  if ('problem' in answer) return { problem: answer.problem, files: strip(files), told: '' }
  return {
    problem: '',
    files: applyFix(app, { title: '', safe: false, edits: answer.edits }),
    told: answer.note?.description ?? '',
  }
}

const task = "primaryKey: 'id',\nproperties: {\n  id: 'int',\n  na|me: 'string',\n},"

describe('renames in a realm', () => {
  it('a released property goes on being stored under its name', () => {
    const { files, told } = renamed(realmApp({ classes: { Task: task } }), 'title')
    assert.ok(
      files['src/db/schema.ts']?.includes("title: { type: 'string', mapTo: 'name' }"),
      files['src/db/schema.ts'],
    )
    assert.match(told, /stored as "name"/)
  })

  it('a property that was never released is only renamed', () => {
    const before = realmApp({ classes: { Task: "primaryKey: 'id',\nproperties: { id: 'int' }," } })
    const { files } = renamed(realmApp({ classes: { Task: task } }), 'title', before)
    assert.ok(files['src/db/schema.ts']?.includes("title: 'string'"))
  })

  it('a primary key, and what is seen from the other side, are left to the author', () => {
    const key = realmApp({ classes: { Task: "primaryKey: 'id',\nproperties: { i|d: 'int' }," } })
    assert.match(renamed(key, 'key').problem, /primary key/)
    const linked = realmApp({
      classes: {
        Task: "properties: { own|er: 'User' },",
        User: "properties: { tasks: { type: 'linkingObjects', objectType: 'Task', property: 'owner' } },",
      },
    })
    assert.match(renamed(linked, 'user').problem, /"User.tasks" sees it/)
  })

  it('a released class is copied', () => {
    const classes = {
      Task: "{\n  name: 'Ta|sk',\n  primaryKey: 'id',\n  properties: { id: 'int', name: 'string' },\n}",
      User: "properties: { task: 'Task' },",
    }
    const { files, told, problem } = renamed(realmApp({ classes }), 'Todo')
    assert.equal(problem, '')
    assert.ok(files['src/db/schema.ts']?.includes("name: 'Todo'"))
    assert.ok(files['src/db/schema.ts']?.includes("task: 'Todo'"))
    const text = files['src/db/realm.ts'] ?? ''
    assert.match(text, /newRealm.create\('Todo', \{\n {10}id: row.id,\n {10}name: row.name,/)
    assert.match(
      text,
      /newUserRows\[i\].task = oldUserRows\[i\].task && newRealm.objectForPrimaryKey\('Todo', oldUserRows\[i\].task.id\)/,
    )
    assert.match(text, /newRealm.deleteModel\('Task'\)/)
    assert.match(told, /version 2 copies the objects/)
  })
})
