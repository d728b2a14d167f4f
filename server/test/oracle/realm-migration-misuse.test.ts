// What rules say of code in migrations, asked of the real core: what throws, what is lost, what runs again.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type OnMigration, type RealmHandle, withRealm } from '../../testkit/oracle/realm.ts'

const released = [
  { name: 'A', properties: { name: 'string', x: 'int' } },
  { name: 'Old', properties: { y: 'int' } },
]
const now = [{ name: 'A', properties: { title: 'string', note: 'string?', x: 'int' } }]

const migrate = (onMigration: OnMigration) =>
  withRealm(released, realm => {
    realm.insert('A', { name: 'one', x: 1 })
    const answer = realm.migrate(now, 1, onMigration)
    return answer.ok ? realm.read('A') : answer.message
  })

const refused = async (onMigration: OnMigration, words: RegExp) =>
  assert.match(String(await migrate(onMigration)), words)

/** Methods that the realm has beyond those of the handle. */
const writer = (realm: RealmHandle) => realm as RealmHandle & { write(work: () => void): void }

describe('oracle: misuse of Realm migrations', function () {
  this.timeout(30_000)
  before(function () {
    needOracle(this)
  })

  it('what comes after an await is lost', async () => {
    const after = await migrate(((oldRealm: RealmHandle, newRealm: RealmHandle) => {
      newRealm.objects('A')[0]!['note'] = 'first'
      return Promise.resolve()
        .then(() => {
          newRealm.objects('A')[0]!['title'] = oldRealm.objects('A')[0]!['name']
        })
        .catch(() => undefined)
    }) as OnMigration)
    assert.deepEqual(after, [{ title: '', note: 'first', x: 1 }])
  })

  it('the new realm is in a transaction', () =>
    refused((_old, newRealm) => writer(newRealm).write(() => undefined), /already in a write transaction/))

  it('rows of the old realm are read-only', () =>
    refused(oldRealm => {
      oldRealm.objects('A')[0]!['name'] = 'two'
    }, /Cannot modify managed objects outside of a write transaction/))

  it('the old realm writes nothing', async () => {
    const words = /transaction|read-only|immutable/i
    await refused(oldRealm => oldRealm.create('A', { name: 'two', x: 2 }), words)
    await refused(oldRealm => oldRealm.delete(oldRealm.objects('A')), words)
    await refused(oldRealm => oldRealm.deleteModel('Old'), words)
    await refused(oldRealm => writer(oldRealm).write(() => undefined), words)
  })

  it('the new realm knows the new classes only', () =>
    refused((_old, newRealm) => newRealm.objects('Old'), /Object type 'Old' not found in schema/))

  it('a property that is gone is undefined in the new realm', async () => {
    let read: unknown = 'nothing'
    await migrate((_old, newRealm) => {
      read = newRealm.objects('A')[0]!['name']
    })
    assert.equal(read, undefined)
  })

  it('a copy without a test runs at every version', async () => {
    const copy =
      (to: string): OnMigration =>
      (oldRealm, newRealm) => {
        const olds = oldRealm.objects('A')
        const news = newRealm.objects('A')
        for (let i = 0; i < olds.length; i++) news[i]![to] = olds[i]!['name']
      }
    await withRealm(released, realm => {
      realm.insert('A', { name: 'one', x: 1 })
      assert.ok(realm.migrate(now, 1, copy('note')).ok)
      assert.deepEqual(realm.read('A'), [{ title: '', note: 'one', x: 1 }])
      assert.ok(realm.migrate(now, 2, copy('note')).ok)
      assert.deepEqual(realm.read('A'), [{ title: '', note: null, x: 1 }], 'an optional value is overwritten')
      const required = realm.migrate(now, 3, copy('title'))
      assert.match(required.ok ? '' : required.message, /to be a string, got undefined/)
    })
  })

  it('a version cannot go down', () =>
    withRealm(
      released,
      realm => {
        const lowered = realm.migrate(released, 3)
        assert.match(lowered.ok ? '' : lowered.message, /schema version 3 is less than last set version 5/)
      },
      5,
    ))

  it('a class that comes back meets its old shape', () =>
    withRealm(released, realm => {
      realm.insert('Old', { y: 1 })
      assert.ok(realm.migrate([released[0]!], 0).ok)
      const back = realm.migrate([released[0]!, { name: 'Old', properties: { z: 'string' } }], 0)
      assert.match(back.ok ? '' : back.message, /'Old.y' has been removed/)
    }))
})
