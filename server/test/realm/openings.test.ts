// Every form in which apps open realms, and which openings are one realm.
import assert from 'node:assert/strict'
import { realm } from '../../src/core/engines/realm/engine.ts'
import { realm12, realmApp, realmProject } from '../../src/core/engines/realm/example-app.ts'
import { realmsOf, storeLine } from './listing.ts'

const schema = `export const Task = { name: 'Task', properties: {} }
export const User = { name: 'User', properties: {} }
`

const stores = (text: string, files: Readonly<Record<string, string>> = {}, project = realm12): readonly string[] =>
  realmsOf({ 'src/schema.ts': schema, 'src/app.tsx': text, ...files }, project).stores.map(storeLine)

const head = "import Realm from 'realm'\nimport { Task, User } from './schema'\n"

describe('Realm openings', () => {
  it('by new Realm, Realm.open and the global Realm', () => {
    assert.deepEqual(stores(`${head}new Realm({ schema: [Task], schemaVersion: 3, path: 'a.realm' })`), [
      'a v3 (new): Task',
    ])
    assert.deepEqual(
      stores(`${head}export const open = async () => await Realm.open({ schema: [Task], schemaVersion: 3 })`),
      ['default v3 (open): Task'],
    )
    assert.deepEqual(stores("import { Task } from './schema'\nRealm.open({ schema: [Task], schemaVersion: 3 })"), [
      'default v3 (open): Task',
    ])
    assert.deepEqual(stores("import { Task } from './schema'\nclass Realm {}\nnew Realm({ schema: [Task] })"), [])
    assert.deepEqual(
      stores("const Realm = require('realm')\nconst { Task } = require('./schema')\nRealm.open({ schema: [Task] })"),
      ['default v0 (open): Task'],
    )
  })

  it('by a context, its provider, and the provider of the package', () => {
    const context = `import { createRealmContext } from '@realm/react'
import { Task } from './schema'
export const { RealmProvider, useRealm } = createRealmContext({ schema: [Task], schemaVersion: 2 })
`
    const use =
      'import { RealmProvider } from \'./context\'\nexport const App = () => <RealmProvider path="b.realm" schemaVersion={4} />\n'
    assert.deepEqual(stores(use, { 'src/context.ts': context }), ['b v4 (provider, context): Task'])
    const member = `import { createRealmContext } from '@realm/react'
import { Task } from './schema'
const Tasks = createRealmContext({ schema: [Task] })
export const App = () => <Tasks.RealmProvider schemaVersion={1} fallback={null} />
`
    assert.deepEqual(stores(member), ['default v1 (context, provider): Task'])
    const plain = `import { RealmProvider as Provider } from '@realm/react'
import { Task } from './schema'
const more = { schemaVersion: 7 }
export const App = () => <Provider schema={[Task]} {...more}><A /></Provider>
`
    assert.deepEqual(stores(plain), ['default v7 (provider): Task'])
    assert.deepEqual(
      stores(
        `import { RealmProvider } from '@realm/react'\nexport const App = ({ realm }) => <RealmProvider realm={realm} />`,
      ),
      [],
    )
  })

  it('with a configuration by name, by function, by spread, in a class, and by memo', () => {
    const forms = [
      'const config = { schema: [Task], schemaVersion: 5 }\nRealm.open(config)',
      'const config = () => ({ schema: [Task], schemaVersion: 5 })\nRealm.open(config())',
      'const config = (key: string) => { return { schema: [Task], schemaVersion: 5, encryptionKey: key } }\nRealm.open(config("k"))',
      'const config = async (key) => ({ schema: [Task], schemaVersion: 5, encryptionKey: key })\nRealm.open(await config(k))',
      'const base = { schema: [Task] }\nRealm.open({ ...base, schemaVersion: 5 })',
      'const base = (v) => ({ schema: [Task], shouldCompact: v })\nRealm.open({ ...base(1), schemaVersion: 5 })',
      'class Db { static version = 5\n static config = { schema: [Task], schemaVersion: Db.version }\n open() { return Realm.open(Db.config) } }',
      'import { useMemo } from "react"\nconst use = (k) => { const c = useMemo(() => ({ schema: [Task], schemaVersion: 5, encryptionKey: k }), [k]); new Realm(c) }',
      'const old = 3\nconst one = old + 1\nRealm.open({ schema: [Task], schemaVersion: one + 1 })',
      'Realm.open({ schema: [Task], schemaVersion: 10 / 2 } as Realm.Configuration)',
    ]
    for (const form of forms)
      assert.deepEqual(
        stores(head + form).map(line => line.replace('(new)', '(open)')),
        ['default v5 (open): Task'],
        form,
      )
  })

  it('that open one realm are one, wherever they stand', () => {
    const same = `${head}export const config = { schema: [Task], schemaVersion: 2 }
export const a = () => Realm.open(config)
`
    const other =
      "import { createRealmContext } from '@realm/react'\nimport { config } from './app'\nexport default createRealmContext(config)\n"
    assert.deepEqual(stores(same, { 'src/context.ts': other }), ['default v2 (open, context): Task'])
    assert.deepEqual(
      stores(`${head}const p = 'x.realm'
Realm.open({ path: p, schema: [Task], schemaVersion: 1 })
Realm.open({ path: 'x.realm', schema: [Task, User], schemaVersion: 2 })
Realm.deleteFile({ path: 'x.realm' })`),
      ['x v2 (open, open, other): Task, User'],
    )
  })

  it('that open different realms are apart: by path, in memory, by a path that is not known', () => {
    assert.deepEqual(
      stores(`${head}Realm.open({ path: 'a.realm', schema: [Task] })
Realm.open({ path: 'b.realm', schema: [User] })
Realm.open({ path: 'a.realm', schema: [User], inMemory: true })`),
      ['a-schema v0 (open): Task', 'b v0 (open): User', 'a-schema-2 v0 (open) memory: User'],
    )
    assert.deepEqual(
      stores(`${head}const dir = folder()
const path = \`\${dir}/kept.realm\`
Realm.open({ path, schema: [Task] })
Realm.exists({ path })
export const open = (file) => Realm.open({ path: file, schema: [User] })`),
      ['kept v0 (open, other): Task', 'realm v0 (open): User'],
    )
  })

  it('that sync have a path of their own, and none of the tests', () => {
    assert.deepEqual(
      stores(`${head}Realm.open({ schema: [Task], sync: { user, flexible: true } })
Realm.open({ schema: [User] })`),
      ['synced v0 (open) sync: Task', 'default v0 (open): User'],
    )
    assert.deepEqual(stores('', { 'src/__tests__/a.ts': `${head}new Realm({ schema: [Task] })` }), [])
    assert.deepEqual(stores('', { 'tests/src/a.ts': `${head}new Realm({ schema: [Task] })` }), [])
  })

  it('of which too little is known', () => {
    assert.deepEqual(stores(`${head}export const open = config => Realm.open(config)`), ['realm v? (open):  ?'])
    assert.deepEqual(stores(`${head}Realm.open({ schema: [Task], schemaVersion: version() })`), [
      'default v? (open): Task',
    ])
    assert.deepEqual(stores(`${head}Realm.open({ schema: [Task], ...more() })`), ['realm v? (open): Task'])
    assert.deepEqual(stores(`${head}Realm.open()`), [])
    assert.deepEqual(stores(`${head}new Realm('x.realm')`), ['x v0 (new):  ?'])
  })

  it('keeps longest list first, and each list by itself', () => {
    const { stores: found } = realmsOf(
      {
        'src/schema.ts': schema,
        'src/app.ts': `${head}const Other = { name: 'Task', properties: { a: 'int' } }
Realm.open({ schema: [Other] })
Realm.open({ schema: [Task, User] })`,
      },
      realm12,
    )
    const [store] = found
    assert.deepEqual(
      store?.schemaLists.map(list => list.elements.map(one => one.class?.name.text)),
      [['Task', 'User'], ['Task']],
    )
    assert.equal(store?.class('Task')?.fields.length, 0)
    assert.equal(store?.classes.length, 3)
  })

  it('reads the version of realm from the project', () => {
    const [store] = realmsOf(realmApp({}), realmProject('20.2.0', '0.20.0')).stores
    assert.deepEqual(store?.project.versions, { realm: '20.2.0', '@realm/react': '0.20.0' })
  })

  it('are told from the text alone, by whatever name', () => {
    const { holdsStore } = realm()
    for (const text of [
      'Realm.open({ schema })',
      'const { open } = Realm\nopen({ schema })',
      'new Realm({ schema })',
      'new Library.Realm({ schema })',
      "import { RealmProvider } from '@realm/react'",
      "import Database from 'realm'\nnew Database({ schema })",
      "import * as Database from 'realm'",
      "import { Realm as Database } from 'realm'",
      "const Database = require('realm')\nnew Database({ schema })",
      "import { createRealmContext } from '@realm/react'",
    ])
      assert.equal(holdsStore?.(text), true, text)
    for (const text of [
      "import Realm from 'realm'\nexport class Task extends Realm.Object<Task> {}",
      "import { Realm } from 'realm'\nexport const Task: Realm.ObjectSchema = { name: 'Task', properties: {} }",
      "import type Realm from 'realm'\nexport const finish = (realm: Realm) => realm.write(() => {})",
      "const Realm = require('realm')\nmodule.exports = class Task extends Realm.Object {}",
      'open(file)',
    ])
      assert.equal(holdsStore?.(text), false, text)
  })
})
