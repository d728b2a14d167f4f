// "Generate Fault Tests for a Queue": what it asks, what it writes, what it leaves alone, and why it refuses.
import assert from 'node:assert/strict'
import type { Answers } from '../../../shared/scaffolds.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'
import { typeScriptProject } from '../../testkit/sync/generated-layer.ts'
import { rightApp, rightClass, rightQueue, sampleApp } from '../../testkit/sync/queue-apps.ts'
import { type GeneratedApp, runScaffold } from '../../testkit/sync/run-scaffold.ts'

type Files = Readonly<Record<string, string>>

const folder = 'src/sync/testing'

const generate = (app: Files, answers: Answers = { folder }): GeneratedApp =>
  runScaffold('sync.testQueue', app, answers, typeScriptProject)

const adapterOf = (app: Files): string => generate(app).files[`${folder}/adapter.ts`] ?? ''

/** A queue whose `enqueue` has the given head; `types` stand before the class. */
const queueWith = (head: string, types = ''): Files => ({
  'package.json': sampleApp['package.json'] ?? '',
  'src/api.ts': sampleApp['src/api.ts'] ?? '',
  'src/sync/SyncQueue.ts': (sampleApp['src/sync/SyncQueue.ts'] ?? '')
    .replace(
      /async enqueue\(.*\) \{\n[\s\S]*?this\.queue\.push\(op\);/,
      `async enqueue(${head}) {\n    this.queue.push(made());`,
    )
    .replace('interface SyncOperation', `${types}\ninterface SyncOperation`),
})

/** The call of `enqueue` in the adapter, on one line. */
const handOver = (app: Files): string =>
  /await queue\.enqueue\(([\s\S]*?)\);?\n {4}\}/
    .exec(adapterOf(app))?.[1]
    ?.replace(/\s+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(/,$/, '') ?? ''

const fields = '{...op.payload, id: op.entityId}'

describe('fault tests for a queue', () => {
  it('ask for the folder alone where there is one queue', () => {
    const { asked } = generate(sampleApp)
    assert.deepEqual(
      asked.map(one => [one.id, one.kind === 'text' && one.value]),
      [['folder', 'src/sync/testing']],
    )
  })

  it('ask which queue where there are several, and give each a folder', () => {
    const app = { ...sampleApp, 'src/sync/outbox.ts': rightQueue }
    const chosen = `${appRoot}/src/sync/outbox.ts`
    const { asked, files } = generate(app, { queue: chosen, folder: 'src/sync/testing/outbox' })
    const [which, where] = asked
    assert.ok(which?.kind === 'choice' && where?.kind === 'text')
    assert.deepEqual(
      which.choices.map(one => [one.value, one.label, one.detail]),
      [
        [`${appRoot}/src/sync/SyncQueue.ts#SyncQueue`, 'SyncQueue', 'src/sync/SyncQueue.ts'],
        [chosen, 'outbox', 'src/sync/outbox.ts'],
      ],
    )
    assert.equal(where.value, 'src/sync/testing/outbox')
    assert.match(files['src/sync/testing/outbox/adapter.ts'] ?? '', /'\.\.\/\.\.\/outbox'/)
  })

  it('carry the mark of the gates that they are for', () => {
    const text = generate(sampleApp).files[`${folder}/queue-faults.test.ts`] ?? ''
    assert.match(text, /^\/\/ offline-storage-gate: integrity, offline$/m)
  })

  it('replace what the files of the queue import, and nothing else', () => {
    const replaced = (app: Files) => [...adapterOf(app).matchAll(/jest\.doMock\('(.*?)'/g)].map(([, name]) => name)
    const always = ['@react-native-community/netinfo', 'axios', 'uuid']
    assert.deepEqual(replaced(sampleApp), ['@react-native-async-storage/async-storage', ...always])
    assert.deepEqual(replaced(rightApp(rightClass)), [
      '@react-native-community/netinfo',
      'axios',
      'react-native',
      'react-native-mmkv',
      'uuid',
    ])
  })

  it('start the queue as the app does', () => {
    assert.match(adapterOf(sampleApp), /new SyncQueue\(\)/)
    assert.match(adapterOf(rightApp()), /const ready = started\(env, queue\.start\(\)\)/)
    assert.match(adapterOf(rightApp(rightClass)), /const \{ outbox: queue \} = /)
    const single = rightClass.replace('export const outbox = new Outbox();', 'export default new Outbox();')
    assert.match(adapterOf(rightApp(single)), /const \{ default: queue \} = /)
    const shared = rightClass
      .replace('class Outbox {', 'export class Outbox {\n  static getInstance() {\n    return outbox;\n  }')
      .replace('export const outbox', 'const outbox')
    assert.match(adapterOf(rightApp(shared)), /const queue = Outbox\.getInstance\(\)/)
  })

  it('take no queue for what is given up because of its name', () => {
    const path = 'src/sync/SyncQueue.ts'
    const renamed = (sampleApp[path] ?? '').replace("'sync_queue'", "'failed_requests'")
    assert.match(adapterOf(sampleApp), /\/dead\|fail\|reject\|poison\/i\.test\(key\)/)
    assert.match(
      adapterOf({ ...sampleApp, [path]: renamed }),
      /\/\\\.\\w\*\(\?:dead\|fail\|reject\|poison\)\/i\.test\(key\)/,
    )
  })

  it('do what other files of the app do for the queue', () => {
    const app = {
      ...sampleApp,
      'src/sync/SyncQueue.ts': (sampleApp['src/sync/SyncQueue.ts'] ?? '').replace(
        'private async processQueue',
        'async processQueue',
      ),
      'src/App.tsx': `import NetInfo from '@react-native-community/netinfo';
import { SyncQueue } from './sync/SyncQueue';

const queue = new SyncQueue();
export function App() {
  useEffect(() => NetInfo.addEventListener(state => {
    if (state.isConnected) queue.processQueue();
  }), []);
  return null;
}
`,
    }
    assert.match(
      adapterOf(app),
      /\/\/ src\/App\.tsx does this when the network returns\.\n {2}fakeNetInfo\(env\)\.addEventListener\([\s\S]*?quietly\(\(\) => queue\.processQueue\(\)\)/,
    )
  })

  it('do not guess when other files call it, and say so', () => {
    const app = {
      ...rightApp(`${rightQueue}\nexport const flush = kick;\n`.replace('function kick', 'export function kick')),
      'src/Button.tsx': `import { kick } from './sync/outbox';
export const Button = () => <Pressable onPress={() => refresh()} />;
function refresh() {
  kick();
}
`,
    }
    const text = adapterOf(app)
    assert.match(text, /\/\/ Not simulated: src\/Button\.tsx calls kick as well\./)
    assert.doesNotMatch(text, /queue\.kick\(\)/)
  })

  for (const [name, app, wanted] of [
    ['the parts of an operation', sampleApp, `{ type: op.kind, entity: op.entity, payload: ${fields}, }`],
    [
      'other words for the kinds',
      queueWith("action: 'ADD' | 'EDIT' | 'REMOVE', data: unknown"),
      `({create: 'ADD', update: 'EDIT', delete: 'REMOVE'} as const)[op.kind], ${fields}`,
    ],
    [
      'a method, an address and a text',
      queueWith('method: string, url: string, body: string'),
      `({create: 'POST', update: 'PUT', delete: 'DELETE'} as const)[op.kind], op.kind === 'create' ? \`/\${op.entity}\` : \`/\${op.entity}/\${op.entityId}\`, JSON.stringify(${fields})`,
    ],
    [
      'a type of its own, with what only the queue knows',
      queueWith(
        'operation: Partial<Extra> & Base',
        "interface Base { kind: 'create' | 'update' | 'delete'; table: string; recordId: string; data: object; createdAt: number; tags: string[] }\ntype Extra = { priority: number };",
      ),
      `{ kind: op.kind, table: op.entity, recordId: op.entityId, data: ${fields}, createdAt: Date.now(), tags: [], }`,
    ],
    [
      'what cannot be told, as a sentence',
      queueWith(
        'operation: Operation, user: User',
        "interface Operation { type: 'create' | 'update' | 'delete'; payload: any; owner: User }",
      ),
      `{ type: op.kind, payload: ${fields}, owner: fillIn('Say what "owner" is when enqueue of src/sync/SyncQueue.ts is called.'), }, fillIn('Say what "user" is`,
    ],
    [
      'nothing that is known',
      queueWith('operation: any'),
      "fillIn('Hand the operation over as enqueue of src/sync/SyncQueue.ts takes it",
    ],
  ] as const)
    it(`hand over ${name}`, () => {
      const found = handOver(app)
      assert.ok(found.startsWith(wanted) || found.includes(wanted), found)
    })

  it('say where something must be filled in', () => {
    assert.match(generate(queueWith('operation: any')).message, /calls fillIn where only you know/)
    assert.doesNotMatch(generate(sampleApp).message, /fillIn/)
  })

  it('are the same when they are generated again, and are no queue themselves', () => {
    const { files } = generate(sampleApp)
    const again = generate(files)
    assert.deepEqual(again.written, [])
    assert.match(again.message, /up to date/)
    const code = Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith('.ts')))
    const { analyzer } = runApp(code, { project: typeScriptProject })
    const judged = [...analyzer.filesWithFindings()].flatMap(file => analyzer.findings(file))
    assert.deepEqual(
      judged.filter(({ file }) => file.includes('/testing/')).map(({ file, rule }) => `${file} ${rule}`),
      [],
    )
    assert.ok(judged.some(({ file }) => file.endsWith('/SyncQueue.ts')))
  })

  it('keep what a person has changed', () => {
    const { files } = generate(sampleApp)
    const path = `${folder}/adapter.ts`
    const mine = {
      ...files,
      [path]: `${files[path]}const mine = 1\n`,
    }
    const again = generate(mine)
    assert.deepEqual(again.written, [])
    assert.equal(again.files[path], mine[path])
  })

  it('follow the queue where nobody has changed them', () => {
    const { files } = generate(rightApp())
    const renamed = rightQueue.replace('export async function start', 'export async function init')
    const again = generate({ ...files, 'src/sync/outbox.ts': renamed })
    assert.deepEqual(again.written, [`${folder}/adapter.ts`])
    assert.match(again.files[`${folder}/adapter.ts`] ?? '', /queue\.init\(\)/)
  })

  for (const [name, app, reason] of [
    ['there is no queue', { 'package.json': '{}', 'src/index.ts': 'export const one = 1\n' }, /no hand-written queue/],
    [
      'the class is not exported',
      {
        ...sampleApp,
        'src/sync/SyncQueue.ts': (sampleApp['src/sync/SyncQueue.ts'] ?? '').replace('export class', 'class'),
      },
      /SyncQueue in SyncQueue\.ts is not exported/,
    ],
    [
      'the tests run in mocha',
      { ...sampleApp, 'package.json': '{ "devDependencies": { "mocha": "11.0.0" } }' },
      /run in mocha/,
    ],
    [
      'the queue lies in SQLite',
      rightApp(
        rightQueue
          .replace(
            "import AsyncStorage from '@react-native-async-storage/async-storage'",
            "import { openDatabaseSync } from 'expo-sqlite'",
          )
          .replace(/AsyncStorage\.setItem\(storageKey, (.*)\);/, "db.runAsync('INSERT INTO outbox VALUES (?)', [$1]);")
          .replace('AsyncStorage.getItem(storageKey)', "db.getFirstAsync('SELECT text FROM outbox')"),
      ),
      /knows AsyncStorage and MMKV/,
    ],
    [
      'another adapter is there',
      { ...sampleApp, [`${folder}/adapter.ts`]: 'export const mine = 1\n' },
      /adapter\.ts is there already, and is not about SyncQueue/,
    ],
  ] as const)
    it(`refuse where ${name}, and write nothing`, () => assert.throws(() => generate(app), reason))
})
