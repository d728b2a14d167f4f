// The opener that a fix writes keeps the data, wherever the app stops on the way.
import assert from 'node:assert/strict'
import { ts } from 'ts-morph'
import { createPhone, type EmulatedPhone, type MmkvConfiguration } from '../../testkit/mmkv/emulator.ts'
import { applyFix, findingsOf, runApp } from '../../testkit/run-example.ts'

const rule = 'mmkv/hardcoded-encryption-key'
const oldConfiguration = { id: 'user', encryptionKey: 'hunter2' }

/** An app of each kind whose key stands in its code. */
const apps = [
  {
    name: 'version 4, expo-secure-store',
    file: 'src/storage.ts',
    versions: { 'react-native-mmkv': '4.3.2' },
    text: `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'user', encryptionKey: 'hunter2' })
`,
  },
  {
    name: 'version 4.1, which has no long keys, react-native-keychain',
    file: 'src/storage.ts',
    versions: { 'react-native-mmkv': '4.1.2', 'react-native-keychain': '10.0.0' },
    text: `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'user', encryptionKey: 'hunter2' })
`,
  },
  {
    name: 'version 3, JavaScript',
    file: 'src/storage.js',
    versions: { 'react-native-mmkv': '3.3.3' },
    text: `import { MMKV } from 'react-native-mmkv'

export const storage = new MMKV({ id: 'user', encryptionKey: 'hunter2' })
`,
  },
] as const

/** A phone, its keychain, and how many steps that save something the app still makes before it stops. */
interface Device {
  readonly phone: EmulatedPhone
  readonly kept: Map<string, string>
  steps: number
}

describe('the opener with a key of the phone', () => {
  for (const app of apps) {
    const opener = openerOf(app)

    it(`${app.name}: encrypts what was stored, and opens it again`, async () => {
      const device = deviceWithData()
      assert.equal((await start(device, opener)).getString('name'), 'Ada')
      assert.equal((await start(device, opener)).getString('name'), 'Ada')
      device.phone.restart()
      assert.equal(device.phone.createMMKV(oldConfiguration).getString('name'), undefined, 'the old key opens it still')
    })

    it(`${app.name}: begins an instance that was never there`, async () => {
      const device: Device = { phone: createPhone(), kept: new Map(), steps: Infinity }
      const storage = await start(device, opener)
      storage.set('name', 'Ada')
      assert.equal((await start(device, opener)).getString('name'), 'Ada')
    })

    it(`${app.name}: loses nothing wherever two starts stop`, async () => {
      const longest = 8
      let stopped = 0
      for (let first = 0; first <= longest; first++)
        for (let second = 0; second <= longest; second++) {
          const device = deviceWithData()
          for (const steps of [first, second]) {
            device.steps = steps
            await start(device, opener).catch(() => stopped++)
          }
          device.steps = Infinity
          // Where the last start left it open which key it has, one more start tells, and the next one goes on.
          const storage = await start(device, opener).catch(() => start(device, opener))
          assert.equal(storage.getString('name'), 'Ada', `stopped after ${first} and ${second} steps`)
          assert.equal((await start(device, opener)).getString('name'), 'Ada')
        }
      assert.ok(stopped > longest, 'hardly any start was stopped')
    })
  }

  it('is nothing that another rule finds fault with', () => {
    for (const { file, text, versions } of apps) {
      const running = runApp({ [file]: text }, { project: { versions } })
      const [found] = findingsOf(running, rule)
      const fixes = found ? running.analyzer.fixes(found, running.context) : []
      assert.equal(fixes.length, 2, 'one for each package that could keep the key')
      for (const fix of fixes) {
        const { analyzer } = runApp(applyFix(running, fix), { project: { versions } })
        assert.deepEqual(
          analyzer
            .filesWithFindings()
            .flatMap(one => analyzer.findings(one).map(({ rule: id, message }) => [id, message])),
          [],
        )
      }
    }
  })

  it('is not offered where the instance is opened elsewhere as well', () => {
    const [{ file, text, versions }] = apps
    const running = runApp({ [file]: text, 'src/other.ts': text }, { project: { versions } })
    const found = findingsOf(running, rule)
    assert.equal(found.length, 2)
    assert.deepEqual(
      found.map(one => running.analyzer.fixes(one, running.context)),
      [[], []],
    )
  })
})

/** The file that the fix creates, as a module of CommonJS. */
function openerOf({ file, text, versions }: (typeof apps)[number]): string {
  const running = runApp({ [file]: text }, { project: { versions } })
  const [found] = findingsOf(running, rule)
  const [fix] = found ? running.analyzer.fixes(found, running.context) : []
  assert.ok(fix, 'no fix is offered')
  const created = Object.entries(applyFix(running, fix)).find(([path]) => path.includes('open-user-storage'))
  assert.ok(created, 'no file is created')
  return ts.transpileModule(created[1], { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText
}

function deviceWithData(): Device {
  const phone = createPhone()
  phone.createMMKV(oldConfiguration).set('name', 'Ada')
  return { phone, kept: new Map(), steps: Infinity }
}

/** Starts the app anew on a device, and opens the storage. */
async function start(device: Device, opener: string) {
  device.phone.restart()
  const exports: { openUserStorage?: () => Promise<ReturnType<EmulatedPhone['createMMKV']>> } = {}
  const load = (name: string) => modules(device)[name]
  new Function('exports', 'require', opener)(exports, load)
  assert.ok(exports.openUserStorage)
  return exports.openUserStorage()
}

/** The packages that the opener imports, as far as it uses them. */
function modules(device: Device): Record<string, unknown> {
  const { phone, kept } = device
  const step = () => {
    if (device.steps-- <= 0) throw new Error('The app has stopped.')
  }
  const create = (configuration: MmkvConfiguration) => {
    const storage = phone.createMMKV(configuration)
    return {
      ...storage,
      set(key: string, value: string | boolean) {
        step()
        storage.set(key, value)
      },
      encrypt(key: string, type?: 'AES-128' | 'AES-256') {
        step()
        storage.encrypt(key, type)
      },
      recrypt(key: string) {
        step()
        storage.recrypt(key)
      },
    }
  }
  class MMKV {
    constructor(configuration: MmkvConfiguration) {
      // biome-ignore lint/correctness/noConstructorReturn: the class of version 3 gives the instance of its id.
      return create(configuration)
    }
  }
  return {
    'react-native-mmkv': { createMMKV: create, MMKV },
    'react-native-get-random-values': {},
    'expo-crypto': { getRandomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) },
    'expo-secure-store': {
      AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY: 1,
      getItemAsync: async (name: string) => kept.get(name) ?? null,
      setItemAsync: async (name: string, value: string) => {
        step()
        kept.set(name, value)
      },
    },
    'react-native-keychain': {
      ACCESSIBLE: { AFTER_FIRST_UNLOCK_THIS_DEVICE_ONLY: 'x' },
      getGenericPassword: async ({ service }: { service: string }) => {
        const found = kept.get(service)
        return found === undefined ? false : JSON.parse(found)
      },
      setGenericPassword: async (username: string, password: string, { service }: { service: string }) => {
        step()
        kept.set(service, JSON.stringify({ username, password }))
        return { service, storage: 'keychain' }
      },
    },
  }
}
