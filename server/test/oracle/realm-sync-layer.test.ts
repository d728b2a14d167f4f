// "Generate Sync Layer" for an app with Realm: what is written, that it compiles, and that its schema opens.
import assert from 'node:assert/strict'
import type { Answers } from '../../../shared/scaffolds.ts'
import { missingInSchema, trackedProperties } from '../../templates/realm/sync-schema.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { withRealm } from '../../testkit/oracle/realm.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { typeErrors } from '../../testkit/sync/compile-app.ts'
import { generateLayer } from '../../testkit/sync/generated-layer.ts'
import { phoneSchema } from '../../testkit/sync/realm-phone.ts'

const project = { versions: { realm: '20.2.0' }, tsconfig: { file: `${appRoot}/tsconfig.json` } }

const classes = (more = '', fields = '') => `import Realm from 'realm'
${more}
export class Person extends Realm.Object {
  static schema: Realm.ObjectSchema = { name: 'Person', primaryKey: '_id', properties: { _id: 'objectId', name: 'string'${fields} } }
}

export class Task extends Realm.Object {
  static schema: Realm.ObjectSchema = {
    name: 'Task',
    primaryKey: '_id',
    properties: {
      _id: 'uuid',
      title: 'string',
      done: { type: 'bool', default: false },
      due: 'date?',
      price: 'decimal128?',
      count: 'int',
      tags: 'string[]',
      holes: 'int?[]',
      photo: 'data?',
      place: 'Place',
      owner: 'Person',
      watchers: 'Person[]',
      any: 'mixed'${fields},
    },
  }
}

export const Place: Realm.ObjectSchema = { name: 'Place', embedded: true, properties: { street: 'string' } }
export const Counter: Realm.ObjectSchema = { name: 'Counter', primaryKey: 'id', properties: { id: 'int', n: 'int' } }
export const Photo: Realm.ObjectSchema = { name: 'Photo', primaryKey: 'id', properties: { id: 'string', bytes: 'data' } }
`
const app = (more?: string, fields?: string, schema = '') => ({
  'src/models.ts': classes(more, fields),
  'src/realm.ts': `import Realm from 'realm'
import { Counter, Person, Photo, Place, Task } from './models'
${more ?? ''}
export const openRealm = () => Realm.open({ schema: [Person, Task, Place, Counter, Photo${schema}], schemaVersion: 3 })
`,
})

describe('a sync layer for Realm', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  const choices: readonly Answers[] = [
    {},
    { conflicts: 'manual', deletes: 'ask' },
    { conflicts: 'lww', transport: 'graphql' },
  ]
  for (const answers of choices)
    it(`compiles with realm 20 for ${JSON.stringify(answers)}`, () => {
      const { files } = generateLayer(app(), answers, project)
      assert.deepEqual(typeErrors(files), [])
    })

  it('carries what can be sent, and says why the rest stays', () => {
    const { files, message } = generateLayer(app(), {}, project)
    const text = files['src/sync/classes.ts'] ?? ''
    assert.match(text, /Person: \['name'\]/)
    const own = /Task: \[([^\]]*)\]/
      .exec(text.replace(/\s+/g, ' '))?.[1]
      ?.replace(/[', ]+/g, ' ')
      .trim()
    assert.equal(own, 'title done due price count tags holes place owner watchers any')
    assert.ok(text.indexOf('Person:') < text.indexOf('Task:'))
    assert.match(message, /Counter stays on the device: its key `id` is a number/)
    assert.match(message, /Photo stays on the device: its property `bytes` must hold bytes/)
    assert.doesNotMatch(message, /Place/)
    assert.doesNotMatch(Object.values(files).join('\n'), /\bsync:\s*\{\s*(?:user|flexible)/)
  })

  it('does not sync itself once its classes and properties are in the schema', () => {
    const once = generateLayer(app(), {}, project)
    const more = "import { syncSchemas, trackedProperties } from './sync/realm/sync-schema'"
    const byHand = app(more, ', ...trackedProperties', ', ...syncSchemas')
    const raised = byHand['src/realm.ts'].replace('schemaVersion: 3', 'schemaVersion: 4')
    const grown = { ...once.files, ...byHand, 'src/realm.ts': raised }
    const again = generateLayer(grown, { plan: 'src/sync' }, project)
    assert.deepEqual(again.written, [])
    assert.doesNotMatch(again.message, /OutboxOp|Sync/)
  })

  it('has a schema that Realm opens, and to which objects of the release before can be upgraded without a step', async () => {
    const before = phoneSchema
      .filter(one => ['Person', 'Task', 'Place'].includes(String(one['name'])))
      .map(one => {
        const properties = Object.entries(one['properties'] as object).filter(([name]) => !(name in trackedProperties))
        return { ...one, properties: Object.fromEntries(properties) as object }
      })
    await withRealm(
      before,
      realm => {
        assert.equal(realm.insert('Person', { id: 'p1', name: 'Ann' }).ok, true)
        assert.deepEqual(realm.migrate(phoneSchema, 2), { ok: true, value: undefined })
        assert.deepEqual(realm.read('Person'), [
          { id: 'p1', name: 'Ann', _version: null, _dirtyFields: [], _deletedAt: null, _base: null },
        ])
      },
      1,
    )
  })

  it('says what a schema lacks', () => {
    assert.match(
      missingInSchema([{ name: 'Task', properties: { _version: '' } }], ['Task']) ?? '',
      /OutboxOp.*Task\._base/,
    )
  })
})
