// The tests that a layer brings along: they pass on the layer, and fail on one with a fault.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { opOrders } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { virtualFiles } from '../../../testkit/sync/load-generated.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js')

interface Outcome {
  readonly passes: number
  readonly failures: readonly string[]
}

/** Bundles the tests of a layer and runs them with mocha in a process of their own. */
async function runTests(files: Readonly<Record<string, string>>): Promise<Outcome> {
  const names = Object.keys(files).filter(name => name.endsWith('.test.ts'))
  const folder = mkdtempSync(path.join(tmpdir(), 'layer-tests-'))
  try {
    for (const name of names) {
      const built = await build({
        stdin: { contents: `import './${name}'`, resolveDir: root },
        ...{ bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20' },
        plugins: [virtualFiles(files)],
      })
      const file = path.join(folder, `${path.basename(name, '.ts')}.cjs`)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, built.outputFiles[0]?.text ?? '')
    }
    const output = await new Promise<string>(resolve => {
      const args = [mocha, '--no-config', '--reporter', 'json', `${folder}/*.cjs`]
      execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, stdout) => resolve(stdout))
    })
    const report = JSON.parse(output.slice(output.indexOf('{\n  "stats"'))) as {
      stats: { passes: number }
      failures: { fullTitle: string }[]
    }
    return { passes: report.stats.passes, failures: report.failures.map(one => one.fullTitle) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the tests of a generated layer', function () {
  this.timeout(120_000)

  for (const [conflicts, deletes] of [
    ['lww', 'deleteWins'],
    ['fieldMerge', 'editWins'],
    ['manual', 'ask'],
    ['custom', 'deleteWins'],
  ] as const) {
    it(`pass for ${conflicts} and ${deletes}`, async () => {
      const { files } = generateLayer(opOrders, { conflicts, deletes, audit: conflicts === 'lww' ? 'no' : 'yes' })
      const { passes, failures } = await runTests(files)
      assert.deepEqual(failures, [])
      assert.ok(passes >= 30, `only ${passes}`)
    })
  }

  for (const [fault, file, find, put] of [
    [
      'the key changes with each attempt',
      'core/drain.ts',
      'send(checked, inner)',
      'send({ ...checked, id: String(clock.now()) }, inner)',
    ],
    [
      'nothing is sent when the network returns',
      'core/triggers.ts',
      'online ? options.onReason()',
      'online ? undefined',
    ],
    ['a hanging request holds the queue', 'core/deadline.ts', 'clock.after(timeoutMs, giveUp)', '() => undefined'],
    ['nothing is sent again after a failure', 'core/drain.ts', 'alarm.set(mayServe()', 'alarm.set(false'],
    ['the payload of an older release is sent as it is', 'entities.ts', 'known.includes(name)', 'name !== ""'],
    [
      'conflicts are taken for success',
      'core/classify-error.ts',
      "{ kind: 'conflict' }\n  return { kind: 'permanent' }",
      "{ kind: 'done' }\n  return { kind: 'permanent' }",
    ],
  ] as const) {
    it(`fail when ${fault}`, async () => {
      const { files } = generateLayer(
        { ...opOrders, 'src/database.ts': plainStyle(opOrders['src/database.ts'] ?? '') },
        {},
      )
      const name = `src/sync/${file}`
      const before = files[name] ?? ''
      assert.ok(before.includes(find), `${file} holds no ${find}`)
      const { failures } = await runTests({ ...files, [name]: before.replace(find, () => put) })
      assert.notDeepEqual(failures, [])
    })
  }
})

/** The style of the templates, so that a fault can be named as they are written. */
const plainStyle = (text: string): string =>
  text
    .replace(/;$/gm, '')
    .replace(/^ +/gm, lead => ' '.repeat(lead.length / 2))
    .replace(/"/g, "'")
