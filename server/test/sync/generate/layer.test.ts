// "Generate Sync Layer": what is asked, what is written, and what becomes of it when the schema or a person changes it.
import assert from 'node:assert/strict'
import { exampleFiles } from '../../../testkit/example-files.ts'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { typeErrors } from '../../../testkit/sync/compile-app.ts'
import { expoNotes, mmkvTasks, opOrders } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'

const plan = { plan: 'src/sync' }

describe('Generate Sync Layer', function () {
  this.timeout(60_000)

  const apps = [
    ['notes in expo-sqlite', expoNotes, { conflicts: 'manual' }],
    ['orders in op-sqlite', opOrders, { conflicts: 'custom', deletes: 'ask', audit: 'no' }],
    ['a queue in MMKV for WatermelonDB', mmkvTasks, { target: 'mmkv', conflicts: 'lww' }],
  ] as const

  for (const [name, app, answers] of apps) {
    describe(`for ${name}`, () => {
      before(function () {
        needOracle(this)
      })

      it('writes code that strict TypeScript accepts', () => {
        const { files } = generateLayer(app, answers)
        const layer = Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('src/sync/')))
        assert.deepEqual(typeErrors(layer), [])
      })

      it('changes nothing when it is run again', () => {
        const once = generateLayer(app, answers)
        const again = generateLayer(once.files, plan)
        assert.deepEqual(again.written, [])
        assert.match(again.message, /is up to date/)
        assert.deepEqual(
          again.asked.map(question => question.id),
          ['plan'],
        )
      })
    })
  }

  it('asks for everything that has a choice, and for nothing else', () => {
    const { asked } = generateLayer(expoNotes, { target: 'expo-sqlite' })
    const ids = asked.map(question => question.id)
    for (const id of ['endpoint', 'folder', 'exclude', 'conflicts', 'deletes', 'audit']) assert.ok(ids.includes(id), id)
    assert.ok(!ids.includes('store'), 'there is only one')
    assert.ok(!ids.includes('target'), 'there is only one')
  })

  it('keeps the plan in the config file, beside what stands there', () => {
    const config = '{\n  // Ours.\n  "exclude": ["legacy/"]\n}\n'
    const { files } = generateLayer({ ...expoNotes, 'offline-storage.config.json': config })
    const text = files['offline-storage.config.json'] ?? ''
    assert.match(text, /\/\/ Ours\.\n {2}"exclude": \["legacy\/"\],\n {2}"sync": \[/)
    assert.match(text, /"store": "notes"/)
    const two = generateLayer({ ...files }, { plan: 'another', folder: 'src/other', conflicts: 'lww' })
    const { sync } = JSON.parse((two.files['offline-storage.config.json'] ?? '').replace('// Ours.', '')) as {
      sync: { folder: string }[]
    }
    assert.deepEqual(
      sync.map(plan => plan.folder),
      ['src/sync', 'src/other'],
    )
  })

  it('touches only what follows from the schema when a column is added', () => {
    const once = generateLayer(expoNotes)
    const db = once.files['src/db.ts'] ?? ''
    const grown = { ...once.files, 'src/db.ts': db.replace('  tags JSON,', '  tags JSON,\n  color TEXT,') }
    const { written, files } = generateLayer(grown, plan)
    assert.deepEqual(written, [
      'src/sync/entities.ts',
      'src/sync/openapi.json',
      'src/sync/tables.ts',
      'src/sync/testing/samples.ts',
    ])
    assert.match(files['src/sync/tables.ts'] ?? '', /color: 'plain'/)
  })

  it('leaves out what the person leaves out', () => {
    const { files } = generateLayer(expoNotes, { exclude: ['folders'] })
    assert.doesNotMatch(files['src/sync/tables.ts'] ?? '', /entity: 'folders'/)
    assert.match(files['src/sync/tables.ts'] ?? '', /parents: \{\}/)
  })

  it('keeps a file that a person has changed, and says so where it is behind the schema', () => {
    const once = generateLayer(expoNotes)
    const own = (once.files['src/sync/entities.ts'] ?? '').replace('title: z.string()', 'title: z.string().max(80)')
    const db = (once.files['src/db.ts'] ?? '').replace('  tags JSON,', '  tags JSON,\n  color TEXT,')
    const { files, written, message } = generateLayer(
      { ...once.files, 'src/sync/entities.ts': own, 'src/db.ts': db },
      plan,
    )
    assert.equal(files['src/sync/entities.ts'], own)
    assert.ok(written.includes('src/sync/tables.ts'))
    assert.match(message, /Kept as you changed them: entities\.ts\./)
  })

  it('takes a file that a formatter has been over for unchanged', () => {
    const once = generateLayer(expoNotes)
    const formatted = (text: string) => text.replace(/'/g, '"').replace(/^ +/gm, lead => lead + lead)
    const drain = formatted(once.files['src/sync/conflicts.ts'] ?? '')
    const tables = formatted(once.files['src/sync/tables.ts'] ?? '')
    const db = (once.files['src/db.ts'] ?? '').replace('  tags JSON,', '  tags JSON,\n  color TEXT,')
    const { files, message } = generateLayer(
      { ...once.files, 'src/sync/conflicts.ts': drain, 'src/sync/tables.ts': tables, 'src/db.ts': db },
      plan,
    )
    assert.equal(files['src/sync/conflicts.ts'], drain)
    assert.match(files['src/sync/tables.ts'] ?? '', /color: 'plain'/)
    assert.doesNotMatch(message, /Kept/)
  })

  it('never replaces a file that it did not write', () => {
    const own = 'export const mine = true\n'
    const { files, message } = generateLayer({ ...expoNotes, 'src/sync/tables.ts': own })
    assert.equal(files['src/sync/tables.ts'], own)
    assert.match(message, /Kept as you changed them: tables\.ts\./)
  })

  it('writes as the app is written', () => {
    const { files } = generateLayer(opOrders)
    const drain = files['src/sync/core/drain.ts'] ?? ''
    assert.match(drain, /^import \{ backoffMs \} from "\.\/backoff";$/m)
    assert.match(drain, /^ {4}const \{ outbox, clock, limits, status \} = options;$/m)
    assert.doesNotMatch(drain, /^import .* from '/m)
  })

  it('says of a table that devices number for themselves why it stays', () => {
    const { message, files } = generateLayer(opOrders)
    assert.match(message, /counters stays on the device: its key `id` is a number that each device counts for itself/)
    assert.doesNotMatch(files['src/sync/entities.ts'] ?? '', /counters/)
  })

  it('is written for an app of React Native in JavaScript, and says why for no other', () => {
    const { 'src/db.ts': db = '' } = expoNotes
    const app = (...packages: readonly string[]) => ({
      'src/db.js': db,
      'package.json': JSON.stringify({ dependencies: Object.fromEntries(packages.map(name => [name, '1.0.0'])) }),
    })
    assert.ok(generateLayer(app('react-native', 'expo-sqlite'), {}, {}).files['src/sync/index.ts'])
    assert.throws(() => generateLayer(app('expo-sqlite'), {}, {}), /written in TypeScript/)
  })

  it('says why nothing fits a store', () => {
    const instance = {
      'src/storage.ts': "import { createMMKV } from 'react-native-mmkv'\n\nexport const storage = createMMKV()\n",
    }
    const versions = { 'react-native-mmkv': '4.3.2', 'react-native': '0.80.0' }
    assert.throws(
      () => generateLayer(instance, {}, { versions }),
      /^Error: A sync layer for ".*" cannot be written: MMKV holds/,
    )
    const other = {
      'src/db.ts': `import SQLite from 'react-native-sqlite-storage'

const db = SQLite.openDatabase({ name: 'notes.db' }, () => undefined, () => undefined)
db.executeSql('CREATE TABLE notes (id TEXT PRIMARY KEY, title TEXT)')
`,
    }
    const olds = { 'react-native-sqlite-storage': '6.0.1', 'react-native': '0.80.0' }
    assert.throws(
      () => generateLayer(other, {}, { versions: olds }),
      /of SQLite, databases of expo-sqlite and op-sqlite/,
    )
  })

  it('leaves a table whose name cannot be read where it is', () => {
    const named = Object.fromEntries(
      Object.entries(exampleFiles('notes')).map(([file, text]) => [
        file,
        text.replace("name: 'tags'", 'name: nameOf(tags)'),
      ]),
    )
    const { files, message } = generateLayer(named)
    assert.match(
      message,
      /carries notebooks, notes: .* A table or class stays on the device: its name cannot be read\./,
    )
    assert.doesNotMatch(files['src/sync/tables.ts'] ?? '', /''/)
  })

  it('asks nothing where nothing can be synced, and says why', () => {
    const counted = Object.fromEntries(
      Object.entries(expoNotes).map(([file, text]) => [
        file,
        text.replaceAll('TEXT PRIMARY KEY', 'INTEGER PRIMARY KEY'),
      ]),
    )
    assert.throws(() => generateLayer(counted), { message: /^Nothing of .* can be synced/, cause: [] })
  })
})
