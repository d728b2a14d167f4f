// Databases of different libraries with one name: each has a name of its own, and answers tell them apart.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { hoverAt } from '../../src/core/answers/hover.ts'
import { createStoreNames, takeName } from '../../src/core/catalog/store-names.ts'
import { engines } from '../../src/core/rules/all.ts'
import { workspaceOf } from '../../testkit/workspace-of.ts'

const sql = `import * as SQLite from 'expo-sqlite'
export const cache = SQLite.openDatabaseSync('app.db')
`
const mmkv = `import { createMMKV } from 'react-native-mmkv'
export const storage = createMMKV({ id: 'app' })
`
const realm = `import Realm from 'realm'
export const open = () => Realm.open({ path: 'app.realm', schema: [{ name: 'Dog', properties: { name: 'string' } }] })
`
const watermelon = `import { appSchema, Database, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
const schema = appSchema({
  version: 1,
  tables: [tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] })],
})
export const database = new Database({ adapter: new SQLiteAdapter({ dbName: 'app', schema }), modelClasses: [] })
`

describe('names of stores', () => {
  const names = (files: Readonly<Record<string, string>>) => {
    const analyzer = createAnalyzer({ engines, rules: [] })
    analyzer.setWorkspace(workspaceOf(Object.keys(files)))
    for (const [file, text] of Object.entries(files)) analyzer.set(file, text)
    return { analyzer, of: () => Object.fromEntries(analyzer.stores().map(store => [store.engine, store.name])) }
  }

  it('are given once, the older engines first, in whatever order the files come', () => {
    const files = { '/app/a.ts': sql, '/app/b.ts': mmkv, '/app/c.ts': realm, '/app/d.ts': watermelon }
    const expected = { watermelondb: 'app', realm: 'app-2', sqlite: 'app-3', mmkv: 'app-4' }
    assert.deepEqual(names(files).of(), expected)
    assert.deepEqual(names(Object.fromEntries(Object.entries(files).reverse())).of(), expected)
  })

  it('follow the files that come and go', () => {
    const { analyzer, of } = names({ '/app/a.ts': sql })
    assert.deepEqual(of(), { sqlite: 'app' })
    analyzer.set('/app/d.ts', watermelon)
    assert.deepEqual(of(), { watermelondb: 'app', sqlite: 'app-2' })
    analyzer.drop('/app/d.ts')
    assert.deepEqual(of(), { sqlite: 'app' })
  })

  it('tell the tables of one apart from those of the other', () => {
    const { analyzer } = names({ '/app/a.ts': sql, '/app/d.ts': watermelon })
    const catalog = analyzer.catalog(() => undefined)
    assert.ok(hoverAt(catalog, '/app/d.ts', watermelon.indexOf('title') + 1))
  })
})

describe('takeName', () => {
  it('numbers what is taken, and remembers it', () => {
    const book = createStoreNames()
    book.add(0, () => ['app'])
    book.add(1, () => ['other'])
    const taken = new Set(book.before(1))
    assert.deepEqual(
      [takeName(taken, 'app'), takeName(taken, 'app'), takeName(taken, 'other')],
      ['app-2', 'app-3', 'other'],
    )
  })
})
