// The emulator gives what the real MMKV core was measured to give.
import assert from 'node:assert/strict'
import { createPhone, type EmulatedMmkv } from '../../testkit/mmkv/emulator.ts'
import { type Stored, truthTable } from '../../testkit/mmkv/truth-table.ts'

const store = (storage: EmulatedMmkv, key: string, value: Stored): void =>
  storage.set(key, typeof value === 'object' ? Uint8Array.from(value).buffer : value)

const bytes = (buffer: ArrayBuffer | undefined) => buffer && [...new Uint8Array(buffer)]

describe('mmkv emulator: truth table', () => {
  for (const row of truthTable)
    it(`${JSON.stringify(row.stored) ?? 'nothing'} as every type`, () => {
      const storage = createPhone().createMMKV()
      if (row.stored !== undefined) store(storage, 'k', row.stored)
      const { getString, getNumber, getBoolean, getBuffer } = row
      assert.deepEqual(
        {
          getString: storage.getString('k'),
          getNumber: storage.getNumber('k'),
          getBoolean: storage.getBoolean('k'),
          getBuffer: bytes(storage.getBuffer('k')),
        },
        { getString, getNumber, getBoolean, getBuffer },
      )
      assert.equal(storage.contains('k'), row.stored !== undefined)
    })

  for (const number of [Number.NaN, Number.POSITIVE_INFINITY, -0, 5e-324])
    it(`${Object.is(number, -0) ? '-0' : number} comes back as it is`, () => {
      const storage = createPhone().createMMKV()
      storage.set('k', number)
      assert.ok(Object.is(storage.getNumber('k'), number))
    })

  it('long texts have a length of several bytes', () => {
    const storage = createPhone().createMMKV()
    for (const length of [127, 128, 16_384]) {
      storage.set('k', 'é'.repeat(length))
      assert.equal(storage.getString('k'), 'é'.repeat(length))
    }
  })
})

describe('mmkv emulator: encryption', () => {
  const old = 'abcdefghijklmnop'
  /** A phone with an encrypted and a plain store, each with one value, freshly started. */
  const phoneWithData = () => {
    const phone = createPhone()
    phone.createMMKV({ id: 'plain' }).set('k', 'v')
    phone.createMMKV({ id: 'secret', encryptionKey: old }).set('k', 'v')
    phone.restart()
    return phone
  }
  const openings = [
    { name: 'a plain store with a key', wrong: { id: 'plain', encryptionKey: old }, right: { id: 'plain' } },
    { name: 'an encrypted store without', wrong: { id: 'secret' }, right: { id: 'secret', encryptionKey: old } },
    {
      name: 'an encrypted store with another key',
      wrong: { id: 'secret', encryptionKey: 'other' },
      right: { id: 'secret', encryptionKey: old },
    },
    {
      name: 'AES-128 as AES-256',
      wrong: { id: 'secret', encryptionKey: old, encryptionType: 'AES-256' as const },
      right: { id: 'secret', encryptionKey: old },
    },
  ]
  for (const { name, wrong, right } of openings) {
    it(`${name}: reads empty, and leaves the data until something is written`, () => {
      const phone = phoneWithData()
      assert.deepEqual(phone.createMMKV(wrong).getAllKeys(), [])
      phone.restart()
      assert.equal(phone.createMMKV(right).getString('k'), 'v')
    })
    it(`${name}: the first write destroys the data`, () => {
      const phone = phoneWithData()
      phone.createMMKV(wrong).set('other', 1)
      phone.restart()
      assert.equal(phone.createMMKV(right).getString('k'), undefined)
      phone.restart()
      assert.deepEqual(phone.createMMKV(wrong).getAllKeys(), ['other'])
    })
  }

  it('opened right, then encrypted anew or decrypted: everything is kept', () => {
    const phone = phoneWithData()
    const again = (configuration: Parameters<typeof phone.createMMKV>[0]) => {
      phone.restart()
      return phone.createMMKV(configuration)
    }
    phone.createMMKV({ id: 'plain' }).encrypt('first')
    const first = again({ id: 'plain', encryptionKey: 'first' })
    assert.deepEqual([first.getString('k'), first.isEncrypted], ['v', true])
    first.encrypt('second', 'AES-256')
    const second = again({ id: 'plain', encryptionKey: 'second', encryptionType: 'AES-256' })
    assert.equal(second.getString('k'), 'v')
    second.recrypt('third')
    const third = again({ id: 'plain', encryptionKey: 'third' })
    assert.equal(third.getString('k'), 'v')
    third.decrypt()
    assert.deepEqual([again({ id: 'plain' }).getString('k'), third.isEncrypted], ['v', false])
  })

  it('a store that reads empty and is encrypted has lost its data', () => {
    const phone = phoneWithData()
    phone.createMMKV({ id: 'secret' }).encrypt('new')
    phone.restart()
    assert.deepEqual(phone.createMMKV({ id: 'secret', encryptionKey: old }).getAllKeys(), [])
  })

  it('keys end behind 16 bytes, with AES-256 behind 32', () => {
    const phone = createPhone()
    const longer = [
      { encryptionKey: 'abcdefghijklmnopQRST', same: 'abcdefghijklmnopXXXX', other: 'abcdefghijklmnoXQRST' },
      ...[33, 40, 64].map(length => ({
        encryptionKey: 'a'.repeat(length),
        encryptionType: 'AES-256' as const,
        same: 'a'.repeat(32),
        other: 'a'.repeat(31),
      })),
    ]
    for (const [i, { same, other, ...configuration }] of longer.entries()) {
      const id = `store-${i}`
      phone.createMMKV({ id, ...configuration }).set('k', 'v')
      phone.restart()
      assert.equal(phone.createMMKV({ id, ...configuration, encryptionKey: same }).getString('k'), 'v')
      phone.restart()
      assert.equal(phone.createMMKV({ id, ...configuration, encryptionKey: other }).getString('k'), undefined)
      phone.restart()
    }
  })
})

describe('mmkv emulator: instances', () => {
  it('the same id twice is one instance, whose first configuration holds', () => {
    const phone = createPhone()
    const first = phone.createMMKV({ id: 'a', encryptionKey: 'one' })
    const second = phone.createMMKV({ id: 'a', encryptionKey: 'two', readOnly: true })
    second.set('k', 'v')
    assert.deepEqual([first.getString('k'), second.isReadOnly], ['v', false])
    phone.restart()
    assert.equal(phone.createMMKV({ id: 'a', encryptionKey: 'one' }).getString('k'), 'v')
  })

  it('another id or another path is another store, and the old one stays', () => {
    const phone = createPhone()
    phone.createMMKV({ id: 'user-1' }).set('k', 'v')
    assert.equal(phone.createMMKV({ id: 'user-11' }).contains('k'), false)
    assert.equal(phone.createMMKV({ id: 'user-1', path: 'relative' }).contains('k'), false)
    assert.equal(phone.createMMKV({ id: 'user-1' }).getString('k'), 'v')
  })

  it('an empty id throws; 255 bytes can be written, 256 cannot; special signs are no matter', () => {
    const phone = createPhone()
    assert.throws(() => phone.createMMKV({ id: '' }), /`id` cannot be empty!/)
    phone.createMMKV({ id: 'a'.repeat(255) }).set('k', 1)
    assert.throws(() => phone.createMMKV({ id: 'a'.repeat(256) }).set('k', 1), /Failed to set value for key "k"!/)
    assert.throws(() => phone.createMMKV({ id: 'é'.repeat(128) }).set('k', 1), /Failed to set value/)
    phone.createMMKV({ id: 'a/b:*?"<>' }).set('k', 1)
  })

  it('an empty key and one of 65535 bytes cannot be set', () => {
    const storage = createPhone().createMMKV()
    assert.throws(() => storage.set('', 1), /Cannot set a value for an empty key!/)
    assert.throws(() => storage.set('k'.repeat(65_535), 1), /Failed to set value/)
    storage.set('k'.repeat(65_534), 1)
    assert.equal(storage.length, 1)
  })

  it('readOnly opens what is missing and writes nothing', () => {
    const phone = createPhone()
    const storage = phone.createMMKV({ id: 'a', readOnly: true })
    assert.throws(() => storage.set('k', 1), /Failed to set value/)
    assert.deepEqual([storage.isReadOnly, storage.remove('k'), phone.existsMMKV('a')], [true, false, false])
    assert.throws(() => storage.encrypt('key'), /Failed to encrypt/)
  })

  it('a path that cannot be written opens, and nothing can be set', () => {
    const storage = createPhone(['/system']).createMMKV({ id: 'a', path: '/system' })
    assert.throws(() => storage.set('k', 1), /Failed to set value/)
  })

  it('keys come in an order of their own', () => {
    const storage = createPhone().createMMKV()
    const inserted = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const key of inserted) storage.set(key, key)
    assert.notDeepEqual(storage.getAllKeys(), inserted)
    assert.deepEqual(storage.getAllKeys().sort(), inserted)
  })

  it('the last type written wins', () => {
    const storage = createPhone().createMMKV()
    storage.set('k', 'hello')
    storage.set('k', 1)
    assert.deepEqual([storage.getNumber('k'), storage.getString('k')], [1, ''])
  })

  it('imported values win; in an encrypted store they must not be touched again', () => {
    const phone = createPhone()
    const source = phone.createMMKV({ id: 'source' })
    source.set('common', 'theirs')
    source.set('new', 1)
    const plain = phone.createMMKV({ id: 'plain' })
    plain.set('common', 'ours')
    plain.set('own', true)
    assert.equal(plain.importAllFrom(source), 2)
    assert.deepEqual([plain.getString('common'), plain.getBoolean('own'), plain.getNumber('new')], ['theirs', true, 1])
    plain.set('common', 'again')
    assert.equal(source.getString('common'), 'theirs')

    const secret = phone.createMMKV({ id: 'secret', encryptionKey: 'key' })
    secret.importAllFrom(source)
    assert.equal(secret.getString('common'), 'theirs')
    assert.throws(() => secret.set('common', 'again'), /free\(\): invalid pointer/)
    phone.restart()
    const later = phone.createMMKV({ id: 'secret', encryptionKey: 'key' })
    later.set('common', 'again')
    assert.equal(later.getString('common'), 'again')
  })

  it('listeners of an id hear what is set, removed and cleared, through any handle', () => {
    const phone = createPhone()
    const storage = phone.createMMKV()
    const heard: string[] = []
    const listener = phone.createMMKV().addOnValueChangedListener(key => heard.push(key))
    storage.set('a', 1)
    storage.remove('a')
    storage.remove('a')
    storage.set('b', 1)
    storage.clearAll()
    listener.remove()
    storage.set('c', 1)
    assert.deepEqual(heard, ['a', 'a', 'b', 'b'])
  })

  it('stores exist once something is written, and can be deleted', () => {
    const phone = createPhone()
    const storage = phone.createMMKV({ id: 'a' })
    assert.equal(phone.existsMMKV('a'), false)
    storage.set('k', 1)
    assert.deepEqual([phone.existsMMKV('a'), phone.deleteMMKV('a'), phone.existsMMKV('a')], [true, true, false])
    assert.equal(phone.createMMKV({ id: 'a' }).length, 0)
  })
})
