import assert from 'node:assert/strict'
import type { DiagramView } from '../../../shared/diagram.ts'
import { compareVersions } from '../../src/core/views/compare.ts'
import { diagramOf } from '../../src/core/views/diagram.ts'
import { type MadeStore, madeSnapshot, madeSource } from './made-catalog.ts'

const first = madeSnapshot(1, {
  posts: { title: 'string', body: 'string' },
  drafts: { text: 'string' },
})
const second = madeSnapshot(
  2,
  { posts: { title: 'string', body: 'string?', pinned: 'boolean' }, drafts: { text: 'string' } },
  [{ toVersion: 2, steps: [{ kind: 'add-fields', entity: 'posts', fields: [{ name: 'pinned', type: 'boolean' }] }] }],
)
const present = madeSnapshot(3, {}, [
  ...second.migrations,
  {
    toVersion: 3,
    steps: [
      { kind: 'create-entity', entity: 'comments', fields: [] },
      { kind: 'sql', sql: 'drop  table\n drafts;' },
      { kind: 'unknown' },
    ],
  },
])
const store: MadeStore = {
  version: 3,
  entities: {
    posts: { title: 'number', body: 'string?', pinned: 'boolean' },
    comments: { post_id: 'string!', text: 'string' },
  },
  relations: ['comments.post_id > posts'],
  released: [first, second],
  snapshot: present,
}

const changes = (view: DiagramView) =>
  Object.fromEntries(
    view.entities.map(({ name, change, fields }) => [
      name,
      [
        change,
        ...fields.flatMap(field => (field.change ? [`${field.name} ${field.change} ${field.was ?? ''}`.trim()] : [])),
      ],
    ]),
  )

describe('compareVersions', () => {
  it('lists what can be compared, oldest first', () => {
    const versions = (made: MadeStore) => diagramOf([madeSource([made])]).stores[0]!.versions
    assert.deepEqual(versions(store), [
      { id: 'v1', title: 'version 1' },
      { id: 'v2', title: 'version 2 (offline-storage/app/v2.json)' },
      { id: 'now', title: 'now (version 3)' },
    ])
    const { released: _released, ...rest } = store
    assert.deepEqual(versions({ ...rest, committed: second }), [
      { id: 'v2', title: 'last commit (HEAD, version 2)' },
      { id: 'now', title: 'now (version 3)' },
    ])
  })

  it('shows what came, went and changed between a release and now, and the steps between', () => {
    const view = compareVersions([madeSource([store])], { store: 'app', from: 'v1', to: 'now' })
    assert.deepEqual(changes(view), {
      posts: ['changed', 'title changed string', 'body changed string', 'pinned added'],
      comments: ['added'],
      drafts: ['removed', 'text removed'],
    })
    assert.deepEqual(
      view.relations.map(({ name, change }) => [name, change]),
      [['post', 'added']],
    )
    assert.deepEqual(view.steps, [
      { version: 2, text: 'add column pinned to posts' },
      { version: 3, text: 'create table comments' },
      { version: 3, text: 'SQL: drop table drafts;' },
      { version: 3, text: 'a step that could not be read' },
    ])
    assert.deepEqual(view.notes, [])
  })

  it('compares two releases', () => {
    const view = compareVersions([madeSource([store])], { store: 'app', from: 'v1', to: 'v2' })
    assert.deepEqual(changes(view), { posts: ['changed', 'body changed string', 'pinned added'], drafts: [undefined] })
    assert.deepEqual(view.steps, [{ version: 2, text: 'add column pinned to posts' }])
    assert.deepEqual(view.relations, [])
  })

  it('turns around: what was added is removed', () => {
    const view = compareVersions([madeSource([store])], { store: 'app', from: 'now', to: 'v2' })
    assert.deepEqual(changes(view)['comments'], ['removed', 'post_id removed', 'text removed'])
    assert.deepEqual(view.relations[0]?.change, 'removed')
    assert.deepEqual(view.steps, [])
  })

  it('gives what stayed the same sizes and says that nothing differs', () => {
    const view = compareVersions([madeSource([store])], { store: 'app', from: 'now', to: 'now' })
    assert.deepEqual(view.notes, ['Nothing differs between these two versions.'])
    const plain = diagramOf([madeSource([store])])
    assert.deepEqual(
      view.entities.map(({ id, x, y, width, height }) => [id, x, y, width, height]),
      plain.entities.map(({ id, x, y, width, height }) => [id, x, y, width, height]),
    )
  })

  it('does not call removed or added what could not be read', () => {
    const partly = {
      ...store,
      complete: false,
      partly: ['posts'],
      entities: { posts: { title: 'string' } },
      relations: [],
    }
    const view = compareVersions([madeSource([partly])], { store: 'app', from: 'v2', to: 'now' })
    assert.deepEqual(changes(view), { posts: [undefined] })
    assert.match(view.notes[0]!, /could be read in both versions/)
    const back = compareVersions([madeSource([partly])], { store: 'app', from: 'now', to: 'v2' })
    assert.deepEqual(changes(back), { posts: [undefined], drafts: [undefined] })
  })

  it('says that a store or a version is not there', () => {
    const source = [madeSource([store])]
    assert.deepEqual(compareVersions(source, { store: 'attic', from: 'v1', to: 'now' }).notes, [
      'There is no store “attic”.',
    ])
    const view = compareVersions(source, { store: 'app', from: 'v9', to: 'now' })
    assert.deepEqual(view.notes, ['There is no version “v9” of “app”.'])
    assert.equal(view.entities.length, 2)
  })
})
