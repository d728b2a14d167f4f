// What looks wrong and is right, as far as reading goes: nothing of it may be read as a fault, or as something else.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject } from '../../src/core/engines/realm/example-app.ts'
import { listing, realmsOf } from './listing.ts'

const head = "import Realm from 'realm'\n"

/** The faults of all properties. */
const faults = (files: Readonly<Record<string, string>>, project = realm12): readonly string[] =>
  realmsOf(files, project).stores.flatMap(store =>
    store.classes.flatMap(one =>
      one.fields.flatMap(field => (field.fault ? [`${field.name.text}: ${field.fault.message}`] : [])),
    ),
  )

describe('Realm traps of reading', () => {
  it('realm 10: `migration`, a plain class with a static schema, shorthands in the object form', () => {
    const files = {
      'src/realm.js': `${head}class Photo { static schema = { name: 'Photo', properties: { image: { type: 'Image?' }, all: { type: 'Image[]' } } } }
class Image {}
Image.schema = { name: 'Image', properties: { uri: 'string' } }
export default () => Realm.open({ schema: [Photo, Image], schemaVersion: 6, migration: (oldRealm, newRealm) => {} })
`,
    }
    assert.equal(
      listing(files, realmProject('10.2.0')),
      `default v6 (open): Photo, Image
  Photo static-schema
    image: Image
    all: Image[]
  Image assigned-schema
    uri: string`,
    )
    assert.ok(realmsOf(files, realmProject('10.2.0')).stores[0]?.migration?.complete)
    assert.deepEqual(faults(files, realmProject('11.0.0')), [])
    assert.equal(faults(files, realmProject('12.0.0')).length, 2)
  })

  it('declarations that look wrong and are right', () => {
    const files = realmApp({
      classes: {
        A: `primaryKey: 'id',
properties: {
  id: 'string?', a: 'int?[]', b: 'B{}', c: 'B?{}', d: 'B?', e: 'mixed?', f: 'counter?',
  g: { type: 'object', objectType: 'B', optional: true }, h: { type: 'string', optional: true, default: null },
  i: { type: 'list', objectType: 'int', optional: true }, j: { type: 'int', default: undefined, mapTo: undefined },
},`,
        B: "{ name: 'my class', embedded: true, properties: {} }",
        C: "{ name: 'Int', properties: { x: 'my class' } }",
      },
    })
    assert.deepEqual(faults(files), [])
    assert.match(
      listing(files, realm12),
      /id: string\? key\n.*a: int\?\[\]\n.*b: B\{\}\n.*c: B\{\}\n.*d: B\n.*e: mixed\n.*f: counter\?\n.*g: B\n/,
    )
  })

  it('one class name in different lists, and dead copies of a schema', () => {
    const { stores } = realmsOf(
      {
        ...realmApp({}),
        'src/db/old-schema.ts': `${head}export const TaskSchema = { name: 'Task', properties: { gone: 'int' } }\n`,
        'src/other.ts': `${head}const Task = { name: 'Task', properties: { other: 'int' } }
export const other = () => Realm.open({ path: 'other.realm', schema: [Task] })
`,
      },
      realm12,
    )
    assert.deepEqual(
      stores.map(store => [store.name, store.class('Task')?.fields.map(field => field.name.text)]),
      [
        ['default', ['title']],
        ['other', ['other']],
      ],
    )
  })

  it('schemas that come from packages or are built at run time leave the realm open', () => {
    for (const schema of [
      '[TaskSchema, ...sdkSchemas]',
      '[TaskSchema, SdkSchema]',
      '[TaskSchema, make()]',
      'make()',
      'schemas[i]',
    ]) {
      const [store] = realmsOf(
        realmApp({
          files: {
            'src/db/realm.ts': `${head}import { SdkSchema, sdkSchemas } from 'some-sdk/realm'
import { TaskSchema } from './schema'
export const open = (i: number) => Realm.open({ schema: ${schema}, schemaVersion: 1 })
`,
          },
        }),
        realm12,
      ).stores
      assert.equal(store?.complete, false, schema)
    }
  })

  it('a version that adds to one from a package is not known', () => {
    const [store] = realmsOf(realmApp({ version: 'SDK_VERSION + 1', files: {} }), realm12).stores
    assert.equal(store?.version, undefined)
  })

  it('an existing realm given to a provider opens none, and one with a schema besides is kept for its rule', () => {
    const app = (props: string) => ({
      'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { realm, Task } from './realm'
export const App = () => <RealmProvider ${props} />
`,
    })
    assert.equal(realmsOf(app('realm={realm}'), realm12).stores.length, 0)
    assert.equal(realmsOf(app('realm={realm} schema={[Task]}'), realm12).stores.length, 1)
  })

  it('an opener and its migration in other files of the package', () => {
    const [store] = realmsOf(
      realmApp({
        version: 3,
        config: 'onMigration: migrate,',
        files: {
          'src/db/realm.ts': `${head}import { TaskSchema } from './schema'
import { migrate } from './migrate'
export const config = { schema: [TaskSchema], schemaVersion: 3, onMigration: migrate }
`,
          'src/db/migrate.ts':
            "export default function () {}\nexport const migrate = (o, n) => { if (o.schemaVersion < 3) n.objects('Task')[0].title = '' }\n",
          'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { config } from './db/realm'
export const App = () => <RealmProvider {...config}><Tasks /></RealmProvider>
`,
        },
      }),
      realm12,
    ).stores
    assert.deepEqual([...(store?.migration?.assigned ?? [])], ['Task.title'])
  })
})
