// The Realm oracle itself: it opens, queries, migrates and translates as the library does.
import assert from 'node:assert/strict'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { openRealm, withRealm } from '../../testkit/oracle/realm.ts'
import { complaintOf20 } from '../../testkit/oracle/realm-20.ts'
import { translateClasses } from '../../testkit/oracle/realm-classes.ts'

const task = (properties: object) => [{ name: 'Task', primaryKey: 'id', properties: { id: 'int', ...properties } }]

describe('oracle: Realm', function () {
  this.timeout(30_000)
  before(function () {
    needOracle(this)
  })

  it('opens what Realm takes, and says what it does not take', async () => {
    const right = await openRealm(task({ name: 'string' }))
    assert.ok(right.ok)
    right.value.close()
    const wrong = await openRealm(task({ owner: 'Nobody' }))
    assert.match(wrong.ok ? '' : wrong.message, /unknown object type 'Nobody'/)
  })

  it('leaves no trace in the global scope', async () => {
    await withRealm(task({}), () => assert.equal('window' in globalThis, false))
  })

  it('inserts, reads and queries', async () => {
    await withRealm(task({ name: 'string', parent: 'Task?', tags: 'string[]' }), realm => {
      const first = realm.insert('Task', { id: 1, name: 'one', tags: ['a', 'b'] })
      assert.ok(first.ok)
      assert.ok(realm.insert('Task', { id: 2, name: 'two', parent: first.value }).ok)
      assert.deepEqual(realm.query('Task', 'parent.name == $0', ['one']), { ok: true, value: 1 })
      assert.deepEqual(realm.query('Task', 'name =='), {
        ok: false,
        message: `Invalid predicate: 'name ==': syntax error, unexpected end of file`,
        crashed: false,
      })
      assert.deepEqual(realm.read('Task'), [
        { id: 1, name: 'one', parent: null, tags: ['a', 'b'] },
        { id: 2, name: 'two', parent: 1, tags: [] },
      ])
      assert.match(JSON.stringify(realm.insert('Task', { id: 1, name: 'again' })), /existing primary key value/)
    })
  })

  it('migrates, with a migration function and without one', async () => {
    await withRealm(task({ name: 'string' }), realm => {
      realm.insert('Task', { id: 1, name: 'one' })
      const sameVersion = realm.migrate(task({ title: 'string' }), 0)
      assert.match(sameVersion.ok ? '' : sameVersion.message, /Migration is required/)
      assert.deepEqual(realm.read('Task'), [{ id: 1, name: 'one' }])

      const copied = realm.migrate(task({ title: 'string' }), 1, (oldRealm, newRealm) => {
        assert.equal(Number(oldRealm.schemaVersion), 0)
        newRealm.objects('Task')[0]!['title'] = oldRealm.objects('Task')[0]!['name']
      })
      assert.deepEqual(copied, { ok: true, value: undefined })
      assert.equal(realm.schemaVersion, 1)
      assert.deepEqual(realm.read('Task'), [{ id: 1, title: 'one' }])

      assert.ok(realm.migrate(task({ label: 'string' }), 2).ok)
      assert.deepEqual(realm.read('Task'), [{ id: 1, label: '' }], 'a rename without a copy loses the values')
    })
  })

  it('rolls a migration back that throws', async () => {
    await withRealm(task({ name: 'string' }), realm => {
      realm.insert('Task', { id: 1, name: 'one' })
      const failed = realm.migrate(task({ title: 'string' }), 1, () => {
        throw new Error('not today')
      })
      assert.match(failed.ok ? '' : failed.message, /not today/)
      assert.equal(realm.schemaVersion, 0)
      assert.deepEqual(realm.read('Task'), [{ id: 1, name: 'one' }])
    })
  })

  it('asks realm 20 about a configuration', () => {
    assert.equal(complaintOf20({ schema: task({ name: 'string?' }), schemaVersion: 1 }), undefined)
    assert.match(complaintOf20({ schemaVersion: -1 }) ?? '', /must be 0 or a positive integer/)
    assert.match(complaintOf20({ schema: task({ name: { type: 'string?' } }) }) ?? '', /Cannot use shorthand '\?'/)
  })

  it('translates classes by the Babel plugin', () => {
    const source = (field: string) =>
      `import Realm from 'realm'\nexport class Task extends Realm.Object<Task> {\n  ${field}\n  static primaryKey = 'id'\n}`
    const right = translateClasses(source('id!: Realm.Types.Int; name?: string'))
    assert.match(right.code, /type: "int"/)
    assert.match(right.code, /optional: true/)
    assert.deepEqual(right.warnings, [])
    const dropped = translateClasses(source('tags!: string[]'))
    assert.match(dropped.warnings.join(), /Unable to determine type of 'tags' property/)
    assert.doesNotMatch(dropped.code, /tags: \{/)
  })
})
