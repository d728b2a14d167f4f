// What must happen on phones with Realm, told step by step.
import assert from 'node:assert/strict'
import type { SyncedRealm } from '../../templates/realm/realm-types.ts'
import { rowsOf } from './realm-app.ts'
import { differences, type Scene, type Stage, withScene } from './realm-scene.ts'

export interface Story {
  readonly name: string
  /** @throws where something else happens. */
  play(stage: Stage): Promise<void>
}

const id = '0123456789abcdef01234567'
const other = '0123456789abcdef0123456f'

const story = (name: string, work: (scene: Scene) => Promise<void>): Story => ({
  name,
  play: stage =>
    withScene(stage, async scene => {
      await work(scene)
      scene.server.fault = () => 'none'
      for (let round = 0; round < 3; round++) {
        await scene.a.sync()
        await scene.b.sync()
      }
      assert.deepEqual(differences(scene), [])
    }),
})

/** A task that both phones and the server know. */
async function shared({ a, b }: Scene): Promise<void> {
  await a.app().writes.create('Task', id, { title: 'milk', count: 1 })
  await a.sync()
  await b.sync()
}

/** Objects that the app has written without the layer. */
function past({ a, bson }: Pick<Scene, 'a' | 'bson'>): void {
  const { realm } = a
  realm.write(() => {
    const owner = (realm as SyncedRealm).create('Person', { id: 'p1', name: 'Ann' })
    const values = { _id: new bson.ObjectId(id), title: 'milk', done: false, tags: [], owner }
    ;(realm as SyncedRealm).create('Task', values)
  })
}

/** The server takes no request of this method. */
function refuse({ server }: Scene, method: string): void {
  server.fault = () => (server.log.at(-1)?.startsWith(method) ? 'unavailable' : 'none')
}

const task = (phone: Scene['a']) => phone.visible('Task')[id] as Record<string, unknown> | undefined

export const stories: readonly Story[] = [
  story('a pull leaves unsent fields and takes the others', async scene => {
    const { a, server } = scene
    await shared(scene)
    await a.app().writes.update('Task', id, { title: 'bread' })
    server.put('Task', id, { title: 'tea', count: 7 })
    refuse(scene, 'PATCH')
    await a.sync()
    assert.deepEqual([task(a)?.['title'], task(a)?.['count']], ['bread', 7])
  }),
  story('a deleted object stays away while its deletion waits, and is kept until then', async scene => {
    const { a, server } = scene
    await shared(scene)
    await a.app().writes.delete('Task', id)
    server.put('Task', id, { count: 7 })
    refuse(scene, 'DELETE')
    await a.sync()
    assert.equal(task(a), undefined)
    assert.equal(rowsOf(a.realm, 'Task').length, 1)
    server.fault = () => 'none'
    await a.sync()
    await a.sync()
    assert.deepEqual([rowsOf(a.realm, 'Task').length, server.live('Task').length], [0, 0])
  }),
  story('an unsent edit is kept when the server deletes the object, until its own conflict is decided', async scene => {
    const { a, server } = scene
    await shared(scene)
    await a.app().writes.update('Task', id, { title: 'bread' })
    server.remove('Task', id)
    refuse(scene, 'PATCH')
    await a.sync()
    assert.equal(task(a)?.['title'], 'bread')
  }),
  story('a link is made when its object has come on a later page', async ({ a, server }) => {
    server.put('Person', 'p1', { name: 'Ann' })
    const empty = { count: null, due: null, price: null, ticket: null, place: null }
    server.put('Task', id, { ...empty, title: 'milk', done: false, tags: [], owner: 'p1' })
    for (const other of ['p2', 'p3', 'p4']) server.put('Person', other, { name: other })
    server.put('Person', 'p1', { name: 'Anna' })
    await a.sync()
    assert.equal(task(a)?.['owner'], 'p1')
  }),
  story('a child waits for its parent', async ({ a, server }) => {
    await a.app().writes.create('Person', 'p1', { name: 'Ann' })
    await a.app().writes.create('Task', id, { title: 'milk', owner: 'p1' })
    server.fault = () => (server.log.at(-1) === 'POST Person' ? 'unavailable' : 'none')
    await a.sync()
    assert.deepEqual(
      server.log.filter(one => one.startsWith('POST')),
      ['POST Person'],
    )
    assert.deepEqual(a.ops(), ['pending create Person', 'pending create Task'])
  }),
  story('an answer leaves what was edited meanwhile', async scene => {
    const { a, server } = scene
    await shared(scene)
    await a.app().writes.update('Task', id, { title: 'bread' })
    refuse(scene, 'PATCH')
    await a.sync()
    await a.app().writes.update('Task', id, { title: 'tea', count: 3 })
    // The first edit goes, the second does not.
    let patches = 0
    server.fault = () => (server.log.at(-1)?.startsWith('PATCH') && ++patches > 1 ? 'unavailable' : 'none')
    await a.sync()
    assert.deepEqual([task(a)?.['title'], task(a)?.['count']], ['tea', 3])
  }),
  story('what is discarded is taken back', async scene => {
    const { a } = scene
    await shared(scene)
    await a.app().writes.update('Task', id, { owner: null, title: 'bread' })
    const { sync } = a.app()
    // The server refuses it for good.
    a.realm.write(() => {
      for (const row of rowsOf(a.realm, 'OutboxOp')) row['state'] = 'dead'
    })
    const [dead] = await sync.failed()
    assert.equal(await sync.discard(dead?.id ?? ''), true)
    assert.equal(task(a)?.['title'], 'milk')
  }),
  story('a wiped outbox leaves what the server knows', async scene => {
    const { a } = scene
    await shared(scene)
    await a.app().writes.update('Task', id, { title: 'bread' })
    await a.app().writes.create('Person', 'p9', { name: 'Ann' })
    await a.app().sync.stop({ wipe: true })
    assert.deepEqual([task(a)?.['title'], a.visible('Person'), a.ops()], ['milk', {}, []])
    await a.restart()
  }),
  story('a logout takes objects and what waits in one write', async scene => {
    const { a } = scene
    await shared(scene)
    await a.app().writes.update('Task', id, { title: 'bread' })
    await a.app().records.wipe()
    assert.deepEqual([a.visible('Task'), a.ops()], [{}, []])
    await a.restart()
  }),
  story('what was there before the sync counts as unsent until it is sent', async scene => {
    past(scene)
    const { adoption } = scene.a.app()
    assert.equal(adoption.hasUntold(), true)
    await scene.a.sync()
    assert.equal(adoption.hasUntold(), false)
  }),
  story('a deletion is known although the answer to an earlier request comes after it', async ({ a, server }) => {
    await a.app().writes.create('Task', id, { title: 'milk' })
    server.fault = () => (server.log.at(-1)?.startsWith('POST') ? 'lost answer' : 'none')
    await a.sync()
    assert.equal(server.live('Task').length, 1)
    server.remove('Task', id)
    server.fault = () => 'none'
    await a.sync()
    await a.sync()
    assert.deepEqual(a.visible('Task'), {})
  }),
  story('what was there before the sync goes to the server, parents first', async ({ a, server, bson }) => {
    past({ a, bson })
    await a.sync()
    assert.deepEqual(
      server.log.filter(one => one.startsWith('POST')),
      ['POST Person', 'POST Task'],
    )
    assert.equal(server.live('Task')[0]?.values['title'], 'milk')
  }),
  story('an edit of what was there before goes behind it', async ({ a, server, bson }) => {
    past({ a, bson })
    await a.app().writes.update('Task', id, { title: 'bread' })
    await a.app().writes.create('Task', other, { title: 'tea', owner: 'p1' })
    assert.equal(a.ops()[0], 'pending create Person')
    await a.sync()
    assert.deepEqual(
      server
        .live('Task')
        .map(one => one.values['title'])
        .sort(),
      ['bread', 'tea'],
    )
    assert.equal(a.realm.objects('Task').length, 2)
  }),
  story('of what was there before on both sides the server has the word', async ({ a, server, bson }) => {
    past({ a, bson })
    const empty = { count: null, due: null, price: null, ticket: null, place: null, owner: null }
    server.put('Task', id, { ...empty, title: 'tea', done: false, tags: [] })
    await a.sync()
    assert.deepEqual([task(a)?.['title'], server.live('Task')[0]?.values['title']], ['tea', 'tea'])
  }),
  {
    name: 'a crash before or after any transaction changes nothing of the outcome',
    play: async stage => {
      let died = true
      for (let step = 1; died; step++)
        for (const end of ['before', 'after'] as const) died = await crashAt(stage, step, end)
    },
  },
]

/** Plays a fixed scene in which one process dies at the given transaction; false when there are not so many. */
async function crashAt(stage: Stage, step: number, end: 'before' | 'after'): Promise<boolean> {
  let count = 0
  const dies = () => (++count === step ? end : 'no')
  await withScene(
    stage,
    async scene => {
      const { a, b, server } = scene
      for (const name of ['p1', 'p2', 'p3', 'p4']) server.put('Person', name, { name })
      await b.use(app => app.writes.create('Task', id, { title: 'milk', owner: null }))
      await b.sync()
      await b.use(async app => {
        if (task(b)) await app.writes.update('Task', id, { title: 'bread' })
      })
      server.put('Person', 'p5', { name: 'p5' })
      await b.sync()
      await b.use(app => app.writes.delete('Task', id))
      for (let round = 0; round < 3; round++) {
        await b.sync()
        await a.sync()
      }
      assert.deepEqual(differences(scene), [], `dies ${end} transaction ${step}`)
    },
    { dies },
  )
  return count >= step
}
