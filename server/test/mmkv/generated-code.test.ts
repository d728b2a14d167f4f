// What the palette writes for MMKV keeps every value on a phone, wherever the app is killed.
import assert from 'node:assert/strict'
import { createDevice, type Device, startApp } from '../../testkit/mmkv/device.ts'
import { filesAfter, scaffold } from '../../testkit/mmkv/scaffold.ts'

type Storage = ReturnType<Device['phone']['createMMKV']>

const majorOf = (version: string) => Number(version[0])

/** An app with one plain instance, and what is written into it. */
function appWith(version: string, id: string, answers: Record<string, string | readonly string[]>, code = '') {
  const maker = majorOf(version) >= 4 ? 'createMMKV' : 'MMKV'
  const files = {
    'src/storage.ts': `import { ${maker} } from 'react-native-mmkv'

export const storage = ${maker === 'MMKV' ? 'new ' : ''}${maker}({ id: 'user' })
`,
    'src/app.ts': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { storage } from './storage'
${code}
export const load = () => Promise.all([AsyncStorage.getItem('name'), AsyncStorage.getItem('empty')])
export { storage }
`,
  }
  return filesAfter(scaffold(files, { versions: { 'react-native-mmkv': version } }, id, answers))
}

describe('the copy of AsyncStorage', () => {
  const values = {
    name: 'Ada',
    empty: '',
    profile: '{"a":1}',
    'ключ 🔑': 'значение',
    flag: 'true',
    long: 'x'.repeat(5000),
  }
  const entry = 'src/copy-async-storage.ts'
  interface Copy {
    copyAsyncStorage(): Promise<readonly string[]>
  }
  const withValues = (): Device => {
    const device = createDevice()
    for (const [key, value] of Object.entries(values)) device.asyncStorage.set(key, value)
    return device
  }
  const stored = ({ phone }: Device) => {
    phone.restart()
    const storage = phone.createMMKV({ id: 'user' })
    return Object.fromEntries(storage.getAllKeys().map(key => [key, storage.getString(key)]))
  }

  for (const version of ['2.12.2', '3.3.3', '4.3.2']) {
    const files = appWith(version, 'mmkv.migrateAsyncStorage', { which: 'all' })
    const start = (device: Device, limit?: number) =>
      startApp<Copy>(device, files, { entry, major: majorOf(version), ...(limit !== undefined && { limit }) })

    it(`${version}: copies everything once`, async () => {
      const device = withValues()
      const first = start(device)
      assert.deepEqual(await first.exports.copyAsyncStorage(), [])
      const { '__migration:1': flag, ...copies } = stored(device)
      assert.deepEqual(copies, values)
      assert.notEqual(flag, null)
      assert.deepEqual(Object.fromEntries(device.asyncStorage), values, 'the source is kept')
      const second = start(device)
      await second.exports.copyAsyncStorage()
      assert.equal(second.calls(), 1, 'a later start asks for the flag alone')
    })

    it(`${version}: loses nothing wherever two starts are killed`, async () => {
      const whole = start(withValues())
      await whole.exports.copyAsyncStorage()
      const longest = whole.calls()
      assert.ok(longest > 30)
      for (let first = 0; first <= longest; first++)
        for (const second of [0, 1, 5, first, longest - 1]) {
          const device = withValues()
          for (const limit of [first, second]) {
            await start(device, limit)
              .exports.copyAsyncStorage()
              .catch(() => undefined)
            for (const [key, value] of Object.entries(stored(device)))
              if (key in values) assert.equal(value, values[key as keyof typeof values], `${key} after ${limit} calls`)
            if ('__migration:1' in stored(device))
              for (const key of Object.keys(values))
                assert.ok(key in stored(device), `${key} is missing, and all is done`)
          }
          assert.deepEqual(await start(device).exports.copyAsyncStorage(), [])
          for (const [key, value] of Object.entries(values)) assert.equal(stored(device)[key], value)
          assert.deepEqual(Object.fromEntries(device.asyncStorage), values)
        }
    })
  }

  const files = appWith('4.3.2', 'mmkv.migrateAsyncStorage', { which: 'all' })
  const copy = (device: Device) => startApp<Copy>(device, files, { entry, major: 4 }).exports.copyAsyncStorage()

  it('goes on without a key that cannot be read, and tries it again', async () => {
    const device = withValues()
    device.unreadable.add('long')
    assert.deepEqual(await copy(device), ['long'])
    device.phone.restart()
    const storage = device.phone.createMMKV({ id: 'user' })
    // The app goes on with what there is.
    storage.remove('name')
    storage.set('flag', 'newer')
    device.unreadable.clear()
    assert.deepEqual(await copy(device), [])
    const { name, flag, long } = stored(device)
    assert.deepEqual([name, flag, long], [undefined, 'newer', values.long])
  })

  it('keeps what stands in MMKV already', async () => {
    const device = withValues()
    device.phone.createMMKV({ id: 'user' }).set('name', 'Grace')
    await copy(device)
    assert.equal(stored(device)['name'], 'Grace')
  })

  it('may run twice at once', async () => {
    const device = withValues()
    const { copyAsyncStorage } = startApp<Copy>(device, files, { entry, major: 4 }).exports
    assert.deepEqual(await Promise.all([copyAsyncStorage(), copyAsyncStorage()]), [[], []])
    assert.equal(stored(device)['profile'], values.profile)
  })

  it('copies the chosen keys alone', async () => {
    const chosen = appWith('4.3.2', 'mmkv.migrateAsyncStorage', { which: 'used', keys: ['name', 'empty'] })
    const device = withValues()
    await startApp<Copy>(device, chosen, { entry, major: 4 }).exports.copyAsyncStorage()
    assert.deepEqual(Object.keys(stored(device)).sort(), ['__migration:1', 'empty', 'name'])
  })
})

describe('the numbered migrations', () => {
  it('run once each, and again where the app is killed in them', () => {
    const files = appWith('4.3.2', 'mmkv.migrateAsyncStorage', { which: 'all', later: 'yes' })
    const entry = 'src/migrate-storage.ts'
    const text = files[entry] ?? ''
    const steps = `[
  { version: 1, up: () => storage.set('count', Number(storage.getString('count.text') ?? 0)) },
  { version: 2, up: () => storage.set('total', (storage.getNumber('count') ?? 0) + 1) },
]`
    const written = { ...files, [entry]: text.replace(/= \[\];?\n/, `= ${steps}\n`) }
    assert.notEqual(written[entry], text)
    const run = (device: Device, limit?: number) => {
      const app = startApp<{ migrateStorage(): void }>(device, written, {
        entry,
        major: 4,
        ...(limit !== undefined && { limit }),
      })
      app.exports.migrateStorage()
      return app.calls()
    }
    for (let limit = 0; limit <= 8; limit++) {
      const device = createDevice()
      device.phone.createMMKV({ id: 'user' }).set('count.text', '41')
      try {
        run(device, limit)
      } catch (error) {
        assert.match(String(error), /killed/)
      }
      run(device)
      assert.equal(run(device), 1)
      device.phone.restart()
      const storage = device.phone.createMMKV({ id: 'user' })
      assert.equal(storage.getNumber('__schemaVersion'), 2)
      assert.equal(storage.getNumber('total'), 42, `killed after ${limit} calls`)
    }
  })
})

describe('a renamed key', () => {
  const values = { name: '', launches: 0, dark: false, profile: '{"a":1}' }
  const code = `
storage.set('name', 'Ada')
storage.set('launches', 1)
storage.set('dark', true)
storage.set('profile', JSON.stringify({ a: 1 }))
`

  for (const version of ['2.12.2', '3.3.3', '4.3.2'])
    for (const [key, value] of Object.entries(values))
      it(`${version}, ${key}: is moved on phones, wherever the app is killed`, () => {
        const files = appWith(version, 'mmkv.renameKey', { key, to: 'new' }, code)
        const start = (device: Device, limit?: number) =>
          startApp(device, files, {
            entry: 'src/storage.ts',
            major: majorOf(version),
            ...(limit !== undefined && { limit }),
          })
        for (let limit = 0; limit <= 4; limit++) {
          const device = createDevice()
          device.phone.createMMKV({ id: 'user' }).set(key, value)
          if (limit < 4) assert.throws(() => start(device, limit), /killed/)
          start(device)
          device.phone.restart()
          const storage = device.phone.createMMKV({ id: 'user' })
          const read = { name: storage.getString, launches: storage.getNumber, dark: storage.getBoolean }
          assert.deepEqual(storage.getAllKeys(), ['new'])
          assert.equal((read[key as keyof typeof read] ?? storage.getString)('new'), value)
        }
      })
})

describe('the encrypted instance', () => {
  for (const version of ['2.12.2', '3.3.3', '4.1.2', '4.3.2'])
    for (const encryption of ['expo-secure-store', 'react-native-keychain']) {
      const files = filesAfter(
        scaffold({}, { versions: { 'react-native-mmkv': version } }, 'mmkv.createInstance', {
          name: 'session',
          namespace: 'session',
          encryption,
          file: 'open-session.ts',
        }),
      )
      const open = async (device: Device, limit = Infinity): Promise<Storage> => {
        const app = startApp<{ openSession(): Promise<Storage> }>(device, files, {
          entry: 'open-session.ts',
          major: majorOf(version),
          limit,
        })
        return app.exports.openSession()
      }

      it(`${version}, ${encryption}: begins where nothing was, and where plain data is`, async () => {
        for (const before of [undefined, 'Ada']) {
          const device = createDevice()
          if (before !== undefined) device.phone.createMMKV({ id: 'app.session' }).set('name', before)
          const first = await open(device)
          assert.equal(first.getString('name'), before)
          first.set('token', 'secret')
          assert.equal((await open(device)).getString('token'), 'secret')
          assert.equal((await open(device)).getString('name'), before)
          device.phone.restart()
          assert.equal(
            device.phone.createMMKV({ id: 'app.session' }).getString('token'),
            undefined,
            'it is not encrypted',
          )
        }
      })

      it(`${version}, ${encryption}: loses nothing wherever two starts are killed`, async () => {
        let killed = 0
        for (let first = 0; first <= 8; first++)
          for (let second = 0; second <= 8; second++) {
            const device = createDevice()
            device.phone.createMMKV({ id: 'app.session' }).set('name', 'Ada')
            for (const limit of [first, second]) {
              const storage = await open(device, limit).catch(() => void killed++)
              if (storage) assert.equal(device.phone.createMMKV({ id: 'app.session' }).getString('name'), 'Ada')
            }
            // Where the last start left it open which key it has, one more start tells, and the next one goes on.
            const storage = await open(device).catch(() => open(device))
            assert.equal(storage.getString('name'), 'Ada', `killed after ${first} and ${second} calls`)
          }
        assert.ok(killed > 40, `${killed}`)
      })
    }
})

describe('the key module', () => {
  const app = `
storage.set('name', 'Ada')
storage.set('launches', 1)
storage.set('dark', true)
storage.set('bytes', new Uint8Array([1]))
storage.set('profile', JSON.stringify({ a: 1 }))
`
  interface Keys {
    getName(): string | undefined
    setName(value: string | undefined): void
    getLaunches(): number | undefined
    setLaunches(value: number | undefined): void
    getDark(): boolean | undefined
    setDark(value: boolean | undefined): void
    getBytes(): ArrayBuffer | Uint8Array | undefined
    setBytes(value: ArrayBuffer | Uint8Array | undefined): void
    getProfile(): unknown
    setProfile(value: unknown): void
  }

  for (const version of ['2.12.2', '3.3.3', '4.3.2'])
    it(`${version}: gives back what was set, forgets, and bears a text that is no JSON`, () => {
      const major = majorOf(version)
      const device = createDevice()
      const files = appWith(version, 'mmkv.createKeyModule', {}, app)
      const { exports: keys } = startApp<Keys>(device, files, { entry: 'src/keys.ts', major })
      assert.deepEqual(
        [keys.getName(), keys.getLaunches(), keys.getDark(), keys.getProfile()],
        Array(4).fill(undefined),
      )
      keys.setName('')
      keys.setLaunches(0)
      keys.setDark(false)
      keys.setProfile({ a: [1] })
      const bytes = new Uint8Array([7, 8])
      keys.setBytes(major === 2 ? bytes : bytes.buffer)
      assert.deepEqual(
        [keys.getName(), keys.getLaunches(), keys.getDark(), keys.getProfile()],
        ['', 0, false, { a: [1] }],
      )
      const back = keys.getBytes()
      assert.equal(back instanceof Uint8Array, major === 2)
      assert.deepEqual(back && [...new Uint8Array(back)], [7, 8])
      keys.setName(undefined)
      assert.equal(keys.getName(), undefined)
      device.phone.createMMKV({ id: 'user' }).set('profile', '{broken')
      assert.equal(keys.getProfile(), undefined)
    })
})
