// What a release leaves on phones, how classes belong together, and that all of it survives a round trip.
import assert from 'node:assert/strict'
import { snapshotSchema } from '../../src/core/baseline/snapshot.ts'
import { realm12, realmApp } from '../../src/core/engines/realm/example-app.ts'
import { shapeOfField } from '../../src/core/engines/realm/migrations/snapshot-of.ts'
import { realmsOf } from './listing.ts'

const app = realmApp({
  classes: {
    Task: `primaryKey: '_id',
properties: {
  _id: 'objectId',
  title: { type: 'string', mapTo: 't', default: '', indexed: 'full-text' },
  count: 'int?[]',
  owner: 'User',
  notes: 'Note[]',
  counter: 'counter',
},`,
    User: "properties: { tasks: { type: 'linkingObjects', objectType: 'Task', property: 'owner' }, home: 'Note' },",
    Note: "embedded: true,\nproperties: { text: 'string' },",
  },
  version: 4,
  config: 'onMigration: (oldRealm, newRealm) => { if (oldRealm.schemaVersion < 4) newRealm.deleteModel("Old") },',
})

describe('Realm snapshots', () => {
  it('hold classes by name, with what a migration compares', () => {
    const { app: running, stores } = realmsOf(app, realm12)
    const snapshot = running.analyzer.snapshot(stores[0]!)
    assert.deepEqual(snapshotSchema.parse(JSON.parse(JSON.stringify(snapshot))), {
      format: 'offline-storage/snapshot',
      formatVersion: 1,
      engine: 'realm',
      store: 'default',
      version: 4,
      complete: true,
      entities: [
        { name: 'Note', complete: true, embedded: true, fields: [{ name: 'text', type: 'string' }] },
        {
          name: 'Task',
          complete: true,
          primaryKey: '_id',
          fields: [
            { name: '_id', type: 'objectId', indexed: true },
            { name: 'title', type: 'string', indexed: true, mapTo: 't', fullText: true, default: true },
            { name: 'count', type: 'int?[]', optional: true },
            { name: 'owner', type: 'User', optional: true, target: 'User' },
            { name: 'notes', type: 'Note[]', target: 'Note' },
            { name: 'counter', type: 'counter' },
          ],
        },
        {
          name: 'User',
          complete: true,
          fields: [
            { name: 'tasks', type: 'linkingObjects<Task.owner>', target: 'Task', origin: 'owner' },
            { name: 'home', type: 'Note', optional: true, target: 'Note' },
          ],
        },
      ],
      migrations: [{ toVersion: 4, steps: [{ kind: 'unknown' }] }],
    })
  })

  it('give back the shape of each property', () => {
    const { app: running, stores } = realmsOf(app, realm12)
    const snapshot = running.analyzer.snapshot(stores[0]!)
    for (const entity of snapshot!.entities)
      for (const field of entity.fields)
        assert.deepEqual(
          shapeOfField(field),
          stores[0]!.class(entity.name)?.properties.get(field.name)?.shape,
          field.name,
        )
    assert.equal(shapeOfField({ name: 'a', type: 'unknown' }), undefined)
  })

  it('are not taken of what leaves nothing that a version migrates', () => {
    for (const config of ['inMemory: true,', 'sync: { user, flexible: true },', 'schemaVersion: version(),']) {
      const { app: running, stores } = realmsOf(realmApp({ config, version: null }), realm12)
      assert.equal(running.analyzer.snapshot(stores[0]!), undefined, config)
    }
  })

  it('were written before these keys came are still read', () => {
    const old = {
      format: 'offline-storage/snapshot',
      formatVersion: 1,
      engine: 'watermelondb',
      store: 'watermelon',
      version: 1,
      complete: true,
      entities: [{ name: 'posts', complete: true, fields: [{ name: 'title', type: 'string', indexed: true }] }],
      migrations: [],
    }
    assert.deepEqual(snapshotSchema.parse(old), old)
  })
})

describe('Realm relations', () => {
  it('are each told once, with the names of both sides', () => {
    const { app: running, stores } = realmsOf(app, realm12)
    const relations = running.analyzer.catalog(() => undefined).relations(stores[0]!)
    assert.deepEqual(
      relations.map(({ at, ...relation }) => relation),
      [
        { from: 'Task', field: 'owner', to: 'User', fromEnd: 'many', toEnd: 'zero-or-one', names: ['owner', 'tasks'] },
        { from: 'Task', field: 'notes', to: 'Note', fromEnd: 'one', toEnd: 'many', names: ['notes'] },
        { from: 'User', field: 'home', to: 'Note', fromEnd: 'one', toEnd: 'zero-or-one', names: ['home'] },
      ],
    )
  })
})
