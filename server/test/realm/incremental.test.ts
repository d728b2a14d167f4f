// One edit reads again only what it touches, and no text whatever makes the reader throw.
import assert from 'node:assert/strict'
import { realm12, realmApp } from '../../src/core/engines/realm/example-app.ts'
import type { ClassInStore, RealmStore } from '../../src/core/engines/realm/types.ts'
import type { AnyRule, Rule } from '../../src/core/rules/rule.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'
import { listing, realmsOf } from './listing.ts'

const model = (name: string, type: string) => `import Realm from 'realm'
export class ${name} extends Realm.Object {
  static schema = { name: '${name}', properties: { a: '${type}', next: '${name}' } }
}
`
const names = Array.from({ length: 150 }, (_, i) => `M${i}`)
const files = realmApp({ models: Object.fromEntries(names.map(name => [name, model(name, 'int')])) })

describe('Realm, while one types', () => {
  it('asks rules about the class that was edited, and about no other', () => {
    const asked: string[] = []
    const rule: Rule<ClassInStore> = {
      id: 'realm/test-asked',
      severity: 'warning',
      on: 'class',
      docs: { what: '', why: '', fix: '' },
      examples: [],
      check(subject) {
        asked.push(subject.class.name.text)
        return []
      },
    }
    const app = runApp(files, { rules: [rule as unknown as AnyRule], project: realm12 })
    assert.equal(asked.length, names.length)
    asked.length = 0
    app.analyzer.set(`${appRoot}/src/models/M7.ts`, model('M7', 'string'))
    assert.deepEqual(asked, ['M7'])
  })

  it('keeps every other class the same object, and the store too', () => {
    const { app, stores } = realmsOf(files, realm12)
    const [store] = stores
    const before = store!.classes
    app.analyzer.set(`${appRoot}/src/models/M7.ts`, model('M7', 'string'))
    assert.equal(app.analyzer.stores()[0], store)
    const changed = store!.classes.filter((one, i) => one !== before[i]).map(one => one.name.text)
    assert.deepEqual(changed, ['M7'])
    assert.equal(store!.class('M7')?.properties.get('a')?.type?.text, 'string')
  })

  it('keeps its names while an opening moves', () => {
    const { app, stores } = realmsOf(realmApp({ config: "path: 'kept.realm'," }), realm12)
    const file = `${appRoot}/src/db/realm.ts`
    app.analyzer.set(file, `// more\n${app.texts.get(file)}`)
    assert.deepEqual(
      app.analyzer.stores().map(store => [store === (stores[0] as RealmStore), store.name]),
      [[true, 'kept']],
    )
  })
})

describe('Realm sources that are cut anywhere', () => {
  const whole: Readonly<Record<string, string>> = {
    ...realmApp({
      classes: {
        Task: `primaryKey: '_id',
properties: { _id: 'objectId', a: { type: 'list', objectType: 'User' }, b: \`\${'User'}[]\`, c: { type: 'linkingObjects', objectType: 'User', property: 'd' } },`,
        User: "properties: { d: 'Task', ...more },",
      },
      config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 3) {
    const a = oldRealm.objects('Task'), b = newRealm.objects('Task')
    for (let i = 0; i < a.length; i++) b[i].a = a[i].b
    newRealm.objects('User').forEach(user => { user.d.b.push(helper(newRealm, { user })) })
  }
},`,
    }),
    'src/Note.ts': `import Realm, { index, List, Types } from 'realm'
export class Note extends Realm.Object<Note> {
  static primaryKey = 'id'
  @index('full-text') id!: Types.Int | undefined
  list!: List<Realm.List<Note>>
  back!: Realm.Types.LinkingObjects<Note, 'list'>
}
export const realm = new Realm({ schema: [Note, ...Object.values({ Note })], path: \`\${dir}/a.realm\` })
`,
    'src/use.tsx': `import { createRealmContext } from '@realm/react'
import { config } from './db/realm'
const { RealmProvider, useQuery, useRealm } = createRealmContext(config)
export const App = () => <RealmProvider {...config} schemaVersion={2}><Tasks /></RealmProvider>
function Tasks() {
  const tasks = useQuery('Task', all => all.filtered('a.d.@count > $0 SORT(b ASC)', 1).sorted([['c', true]]))
  const realm = useRealm()
  realm.write(() => { realm.create('Task', { _id: 1, a: [{ d: null }] }).b[0].d = tasks[0] })
}
`,
  }

  it('are read without an error, and what is read of them can be asked', () => {
    let seed = 7
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % below
    }
    const paths = Object.keys(whole)
    for (let round = 0; round < 150; round++) {
      const cut = { ...whole }
      const path = paths[random(paths.length)]!
      const text = whole[path]!
      const from = random(text.length)
      cut[path] = text.slice(0, from) + (round % 2 ? text.slice(from + random(text.length - from)) : '')
      const { app, stores } = realmsOf(cut, realm12)
      const catalog = app.analyzer.catalog(() => undefined)
      for (const file of app.texts.keys())
        for (const { at } of catalog.mentions(file)) {
          assert.equal(at.file, file)
          assert.ok(at.span.start <= at.span.end && at.span.end <= app.texts.get(file)!.length, path)
        }
      for (const store of stores) {
        catalog.relations(store)
        for (const step of store.migration?.steps ?? []) assert.ok(step.className)
        catalog.snapshot(store)
      }
      assert.ok(listing(cut, realm12).length >= 0)
    }
  })
})
