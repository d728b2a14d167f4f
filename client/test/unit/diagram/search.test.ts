// What the search box finds, and what is said of it.
import assert from 'node:assert/strict'
import type { DiagramFinding } from '../../../../shared/diagram.ts'
import { detailAt, largestName } from '../../../webview/detail.ts'
import { hitsOf } from '../../../webview/search.ts'
import { engineMark, entityLabel, fieldLabel, gravest, termsFor, termsOf } from '../../../webview/words.ts'
import { entity, smallView } from './support.ts'

const { terms: tables, ...store } = smallView().stores[0]!
const found = (text: string) =>
  hitsOf(smallView().entities, text).map(({ entity, field }) => [entity.slice(4), field].filter(Boolean).join('.'))
const finding = (severity: DiagramFinding['severity']): DiagramFinding => ({
  rule: 'watermelondb/a',
  severity,
  message: 'A sentence.',
  at: { uri: 'file:///a.ts', start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
})

describe('hitsOf', () => {
  it('finds nothing for nothing', () => assert.deepEqual([found(''), found('  '), found('zebra')], [[], [], []]))
  it('finds entities before fields', () => assert.deepEqual(found('post'), ['posts', 'comments.post_id']))
  it('does not mind capitals', () => assert.deepEqual(found('EMAIL'), ['users.email']))
  it('finds the words of a name before the middle of others', () =>
    assert.deepEqual(found('i').slice(0, 2), ['posts.author_id', 'comments.post_id']))
  it('finds a column of a table', () => assert.deepEqual(found('comm.bo'), ['comments.body']))
  it('lists the columns of a table', () => assert.deepEqual(found('users.'), ['users.email', 'users.name']))
})

describe('what is said', () => {
  it('goes by the words of the engine, and by plain ones where engines differ', () => {
    const terms = { entity: ['object schema', 'object schemas'], field: ['property', 'properties'] } as const
    const realm = { ...store, id: 'realm', terms }
    assert.equal(entityLabel(entity('Task', 0, 0, ['a', 'b']), 1, terms), 'Task, 2 properties, 1 relation')
    assert.equal(termsOf({ stores: [realm] }).entity[1], 'object schemas')
    const both = { stores: [realm, ...smallView().stores] }
    assert.deepEqual([termsOf(both).entity, termsOf(both).field[1]], [['entity', 'entities'], 'fields'])
    assert.equal(termsFor(both, 'realm').field[0], 'property')
  })

  it('counts what an entity has', () => {
    const posts = { ...entity('posts', 0, 0, ['a', 'b', 'c', 'd', 'e', 'f']), findings: [finding('error')] }
    assert.equal(entityLabel(posts, 2, tables), 'posts, 6 columns, 2 relations, 1 problem')
    assert.equal(entityLabel(entity('tags', 0, 0, ['a']), 1, tables), 'tags, 1 column, 1 relation')
  })

  it('tells a change and what could not be read', () =>
    assert.equal(
      entityLabel({ ...entity('tags', 0, 0), change: 'removed', complete: false }, 0, tables),
      'tags, 0 columns, 0 relations, removed, not fully read',
    ))

  it('tells a field with its type and marks', () =>
    assert.equal(
      fieldLabel({
        name: 'a',
        type: 'number',
        optional: true,
        indexed: true,
        key: 'foreign',
        findings: [],
        change: 'changed',
        was: 'string',
      }),
      'a: number, optional, indexed, foreign key, changed (was string)',
    ))

  it('names the gravest', () => {
    assert.equal(gravest([finding('info'), finding('error'), finding('warning')]), 'error')
    assert.equal(gravest([]), undefined)
  })

  it('has a mark of its own for each engine', () => {
    const marks = ['WatermelonDB', 'Realm', 'MMKV', 'SQLite'].map(engineMark)
    assert.equal(new Set(marks).size, 4)
  })
})

describe('from afar', () => {
  it('shows less and less', () => assert.deepEqual([1, 0.3, 0.1].map(detailAt), ['fields', 'names', 'blocks']))
  it('has larger letters for shorter names', () =>
    assert.ok(largestName('users', 200, 200) > largestName('subscription_invoices', 200, 200)))
  it('breaks a name between its words where that makes it larger', () =>
    assert.ok(largestName('order_item_prices', 200, 200) > largestName('orderitemprices', 200, 200)))
})
