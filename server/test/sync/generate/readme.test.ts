// The README of a generated layer: it tells the truth about this layer, and what it draws can be drawn.
import assert from 'node:assert/strict'
import type { Answers } from '../../../../shared/scaffolds.ts'
import { stateOf } from '../../../src/core/sync/generate/fingerprint.ts'
import { exampleFiles } from '../../../testkit/example-files.ts'
import { needOracle } from '../../../testkit/oracle/installed.ts'
import { kindOfMermaid } from '../../../testkit/read-mermaid.ts'
import { typeErrors } from '../../../testkit/sync/compile-app.ts'
import { expoNotes, mmkvNotes, mmkvTasks, opOrders } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { blocksIn, examplesIn } from '../../../testkit/sync/readme-blocks.ts'

const path = 'src/sync/README.md'
const plan = { plan: 'src/sync' }
const people: Answers = { conflicts: 'manual', deletes: 'ask' }

const layers: readonly (readonly [string, Readonly<Record<string, string>>, Answers])[] = [
  ['expo-sqlite, REST', expoNotes, {}],
  ['expo-sqlite, GraphQL, people decide', expoNotes, { transport: 'graphql', ...people }],
  ['op-sqlite, REST, a function decides', opOrders, { conflicts: 'custom', audit: 'no' }],
  ['MMKV beside SQLite', mmkvNotes, { target: 'mmkv' }],
  ['MMKV beside WatermelonDB', mmkvTasks, { target: 'mmkv', conflicts: 'lww' }],
  ['WatermelonDB, REST', exampleFiles('notes'), { target: 'watermelondb' }],
  ['WatermelonDB, GraphQL, people decide', exampleFiles('notes'), { transport: 'graphql', ...people }],
  ['Realm, REST', exampleFiles('tasks-realm'), { deletes: 'editWins' }],
  ['Realm, GraphQL, people decide', exampleFiles('tasks-realm'), { transport: 'graphql', ...people }],
]

describe('the README of a generated layer', function () {
  this.timeout(60_000)

  for (const [name, app, answers] of layers) {
    describe(`for ${name}`, () => {
      let files: Readonly<Record<string, string>>
      let text: string
      before(() => {
        const { files: all } = generateLayer(app, answers)
        files = Object.fromEntries(Object.entries(all).filter(([file]) => file.startsWith('src/sync/')))
        text = files[path] ?? ''
      })

      it('names files that the layer has, and links to them', () => {
        const named = [...text.matchAll(/(?<![\w./*-])[\w./-]+\.(?:tsx?|json|graphql)(?![\w/-])/g)].map(
          ([file]) => file,
        )
        const own = new Set(Object.keys(examplesIn(text, '.')).map(file => file.slice(2)))
        const missing = named.filter(file => !own.has(file) && !isThere(file, files))
        assert.deepEqual(missing, [])
        assert.ok(named.length > 15)
      })

      it('names functions that the layer has', () => {
        const code = Object.entries(files).flatMap(([file, one]) => (/\.tsx?$/.test(file) ? [one] : []))
        const prose = text.replace(/^```tsx?\n[\s\S]*?^```$/gm, '')
        const named = new Set([...prose.matchAll(/\b([a-z]\w*)\(/g)].map(([, one = '']) => one))
        const missing = [...named].filter(one => !code.some(file => new RegExp(`\\b${one}\\b`).test(file)))
        assert.deepEqual(missing, [])
        assert.ok(named.size > 8)
      })

      it('draws what Mermaid understands', async () => {
        const [flow = '', states = '', ...others] = blocksIn(text, 'mermaid')
        assert.deepEqual(others, [])
        assert.match(await kindOfMermaid(flow), /^flowchart/)
        assert.match(await kindOfMermaid(states), /^stateDiagram/)
      })

      it('draws each box with its words, and leads a way to each and from each', () => {
        const [flow = '', states = ''] = blocksIn(text, 'mermaid')
        const boxes = [...flow.matchAll(/^ {2}(\w+)[[({]/gm)].map(([, box = '']) => box)
        const ways = [...flow.matchAll(/(\w+) -->(?:\|[^|]*\|)? (?=(\w+))/g)].map(([, from = '', to = '']) => [
          from,
          to,
        ])
        assert.deepEqual([...new Set(ways.flat())].sort(), [...boxes].sort())
        for (const box of boxes)
          assert.ok(ways.some(([, to]) => to === box) && ways.some(([from]) => from === box), box)
        const steps = [...states.matchAll(/^ {2}(\S+) --> (\S+):/gm)].map(([, from = '', to = '']) => [from, to])
        for (const state of new Set(steps.flat()))
          assert.ok(steps.some(([from]) => from === state) && steps.some(([, to]) => to === state), state)
      })

      it('shows screens only where the layer has them', () => {
        const asks = Object.keys(files).some(file => file.endsWith('ConflictScreen.tsx'))
        assert.equal(/ConflictScreen/.test(text), asks)
        assert.equal(/resolve\(\)/.test(text), asks || answers['conflicts'] === 'custom')
      })
    })
  }

  const backgrounds = [
    ['expo-background-task', expoNotes, {}],
    ['react-native-background-fetch', opOrders, { transport: 'graphql' }],
  ] as const
  for (const [name, app, answers] of backgrounds) {
    it(`has examples that compile with ${name}`, function () {
      needOracle(this)
      const { files } = generateLayer(app, answers)
      const layer = Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith('src/sync/')))
      const examples = examplesIn(files[path] ?? '', 'src')
      assert.ok('src/background.ts' in examples)
      assert.deepEqual(typeErrors({ ...layer, ...examples }), [])
    })
  }

  it('says what stays on the device, and why', () => {
    const { files } = generateLayer(opOrders, { exclude: ['order_lines'] })
    const text = files[path] ?? ''
    assert.match(text, /\*\*Synced:\*\* `customers`, `orders`, parents before their children\./)
    assert.match(text, /as you chose:\*\* `order_lines`\./)
    assert.match(text, /`counters`, because its key `day` is a number that SQLite does not count/)
    const bytes = { ...expoNotes, 'src/db.ts': (expoNotes['src/db.ts'] ?? '').replace('  tags JSON,', '  photo BLOB,') }
    assert.match(generateLayer(bytes).files[path] ?? '', /bytes do not go over the line:\*\* `notes\.photo`\./)
  })

  it('promises the later edit only where the layer can tell which it is', () => {
    for (const conflicts of ['lww', 'fieldMerge'])
      for (const [target, app] of [
        ['expo-sqlite', expoNotes],
        ['mmkv', mmkvNotes],
      ] as const) {
        const { files } = generateLayer(app, { target, conflicts })
        const keepsTimes = Object.keys(files).some(file => file.endsWith('hlc.ts') && !file.endsWith('core/hlc.ts'))
        assert.equal(keepsTimes, target === 'expo-sqlite')
        assert.equal(/the later edit wins/.test(files[path] ?? ''), keepsTimes)
        assert.equal(/later edit/.test((files['src/sync/conflicts.ts'] ?? '').replace(/\n \* /g, ' ')), keepsTimes)
      }
  })

  it('follows the schema and the choices', () => {
    const once = generateLayer(expoNotes)
    const config = once.files['offline-storage.config.json'] ?? ''
    const chosen = config.replace('"fieldMerge"', '"manual"').replace('"exclude": []', '"exclude": ["folders"]')
    const { files, written } = generateLayer({ ...once.files, 'offline-storage.config.json': chosen }, plan)
    assert.ok(written.includes(path))
    assert.match(files[path] ?? '', /a person decides, on `ConflictScreen`/)
    assert.match(files[path] ?? '', /as you chose:\*\* `folders`/)
  })

  it('is kept as a person or a formatter has left it', () => {
    const once = generateLayer(expoNotes)
    const text = once.files[path] ?? ''
    const [mark = '', ...rest] = text.split('\n')
    const broken = rest.join('\n').replace(/(?<=[,.;]) (?=\w)/g, '\n')
    const formatted = `${mark}\n${broken.replace(/'/g, '"')}`
    assert.notEqual(formatted, text)
    assert.equal(stateOf(path, formatted), 'ours')
    const own = text.replace('It encrypts nothing', 'It encrypts nothing (we do)')
    const db = (once.files['src/db.ts'] ?? '').replaceAll('folders', 'shelves')
    const { files, message } = generateLayer({ ...once.files, [path]: own, 'src/db.ts': db }, plan)
    assert.equal(files[path], own)
    assert.match(message, /Kept as you changed them: .*README\.md/)
  })

  it('never replaces a README of the app', () => {
    const { files, message } = generateLayer({ ...expoNotes, [path]: '# Ours\n' })
    assert.equal(files[path], '# Ours\n')
    assert.match(message, /Kept as you changed them: README\.md\./)
  })

  it('has the line ends of the app', () => {
    const { 'src/db.ts': db = '', ...rest } = expoNotes
    const { files } = generateLayer({ ...rest, 'src/db.ts': db.replace(/\n/g, '\r\n') })
    const text = files[path] ?? ''
    assert.ok(text.includes('\r\n') && !/[^\r]\n/.test(text))
    assert.equal(stateOf(path, text), 'ours')
  })

  it('can be drawn whatever the server and the store are called', async () => {
    const endpoint = 'https://x.example/a?b=";%%{init}%%<b>#]})|-->`'
    const { files } = generateLayer(expoNotes, { endpoint })
    for (const block of blocksIn(files[path] ?? '', 'mermaid')) assert.ok(await kindOfMermaid(block))
  })
})

/** True for a file of the layer, or beside one that is named with its folder. */
const isThere = (file: string, files: Readonly<Record<string, string>>): boolean =>
  file.endsWith('offline-storage.config.json') ||
  ['', 'watermelondb/'].some(folder => `src/sync/${folder}${file}` in files)
