// Two phones and a server: random edits while offline, with lost answers and crashes, until all agree.

import { createRandom } from '../../templates/queue-testing/random.ts'
import type { SyncedRealm } from '../../templates/realm/realm-types.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import { realmBson, withRealm } from '../oracle/realm.ts'
import type { RealmLayer, WholeRealm } from './realm-app.ts'
import { rowsOf } from './realm-app.ts'
import type { GraphqlContract } from './realm-graphql-front.ts'
import { classes, type Phone, type PhoneOptions, phoneSchema, startPhone } from './realm-phone.ts'
import { type RecordServer, startRecordServer } from './record-server.ts'

export interface Scene {
  readonly server: RecordServer
  readonly a: Phone
  readonly b: Phone
  readonly bson: Awaited<ReturnType<typeof realmBson>>
}

/** What a scene is played with: the layer, and how its phones reach the server, by REST where nothing is said. */
export interface Stage {
  readonly layer: RealmLayer
  readonly graphql?: { readonly contract: GraphqlContract; readonly remote: (url: string) => Remote }
}

/** Opens two phones and a server, and closes them when the work is done. */
export async function withScene<T>(
  { layer, graphql }: Stage,
  work: (scene: Scene) => Promise<T>,
  options: Partial<PhoneOptions> = {},
): Promise<T> {
  const bson = await realmBson()
  const links = { Task: { owner: 'Person' } }
  const server = await startRecordServer({ links, pageSize: 3, ...(graphql && { graphql: graphql.contract }) })
  try {
    return await withRealm(phoneSchema, first =>
      withRealm(phoneSchema, async second => {
        const about = { layer, bson, url: server.url, ...(graphql && { remote: graphql.remote }), ...options }
        const a = await startPhone({ ...about, realm: first.realm as WholeRealm, name: 'a' })
        const b = await startPhone({ ...about, realm: second.realm as WholeRealm, name: 'b', skewMs: 3 * 60 * 1000 })
        try {
          return await work({ server, a, b, bson })
        } finally {
          await a.stop()
          await b.stop()
        }
      }),
    )
  } finally {
    await server.close()
  }
}

/** Plays a random scene and gives what is wrong at its end. */
export async function playScene(seed: number, stage: Stage): Promise<string[]> {
  const random = createRandom(seed)
  let isFaulty = true
  let deaths = 0
  const dies = () => {
    if (!isFaulty || deaths >= 4 || random() > 0.03) return 'no'
    deaths += 1
    return random() < 0.5 ? 'before' : 'after'
  }
  return withScene(
    stage,
    async scene => {
      const { server, a, b, bson } = scene
      server.fault = () => {
        const dice = isFaulty ? random() : 1
        return dice < 0.05 ? 'unavailable' : dice < 0.15 ? 'lost answer' : 'none'
      }
      const ids = Array.from({ length: 4 }, (_, index) => `${index}`.padStart(24, '0'))
      for (let step = 0; step < 40; step++) {
        const phone = random() < 0.5 ? a : b
        if (random() < 0.3) await phone.sync()
        else if (random() < 0.08) writePast(phone, bson, ids[Math.floor(random() * ids.length)] ?? '')
        else await phone.use(app => edit(app.writes, bson, ids, random))
      }
      isFaulty = false
      let problems = ['nothing was synced']
      for (let round = 0; round < 12 && problems.length > 0; round++) {
        await a.sync()
        await b.sync()
        problems = differences(scene)
      }
      return problems
    },
    { dies },
  )
}

/** The app makes an object without the layer. */
function writePast({ realm }: Phone, bson: Scene['bson'], id: string): void {
  const _id = new bson.ObjectId(id)
  if (realm.objectForPrimaryKey('Task', _id as never)) return
  realm.write(() => (realm as SyncedRealm).create('Task', { _id, title: 'past', done: false, tags: ['past'] }))
}

async function edit(
  writes: ReturnType<Phone['app']>['writes'],
  bson: Scene['bson'],
  ids: readonly string[],
  random: () => number,
): Promise<void> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const people = [...writes.objects('Person')]
  if (random() < 0.2) {
    const id = pick(['p0', 'p1', 'p2'])
    const isThere = people.some(row => row['id'] === id)
    if (!isThere) return writes.create('Person', id, { name: pick(['Ann', 'Bob']) })
    return random() < 0.3 ? writes.delete('Person', id) : writes.update('Person', id, { name: pick(['Cid', 'Dan']) })
  }
  const id = pick(ids)
  const isThere = [...writes.objects('Task')].some(row => String(row['_id']) === id)
  const changes = {
    title: pick(['milk', 'bread', 'tea']),
    count: Math.floor(random() * 5),
    due: pick([null, new Date(Math.floor(random() * 1e12))]),
    price: pick([null, bson.Decimal128.fromString(`${Math.floor(random() * 100)}.50`)]),
    ticket: pick([null, new bson.UUID()]),
    tags: pick([[], ['a'], ['a', 'b']]),
    place: pick([null, { street: pick(['High', 'Low']), since: null }]),
    owner: pick([null, ...people]),
  }
  if (!isThere) return writes.create('Task', id, changes)
  if (random() < 0.2) return writes.delete('Task', id)
  const kept = Object.entries(changes).filter(() => random() < 0.4)
  return writes.update('Task', id, Object.fromEntries(kept))
}

/** What is not the same on both phones and on the server, or is left over. */
export function differences({ server, a, b }: Scene): string[] {
  const problems: string[] = []
  for (const name of classes) {
    const live = server.live(name)
    const known = new Map(live.map(({ id, values }) => [id, textOf(values)]))
    for (const phone of [a, b]) {
      const own = new Map(Object.entries(phone.visible(name)).map(([id, values]) => [id, textOf(values)]))
      for (const id of new Set([...known.keys(), ...own.keys()]))
        if (own.get(id) !== known.get(id))
          problems.push(`${name} ${id}: ${own.get(id)} on ${phone === a ? 'a' : 'b'}, ${known.get(id)} on the server`)
      for (const row of rowsOf(phone.realm, name)) {
        const version = live.find(record => record.id === String(row['_id'] ?? row['id']))?.version
        const dirty = [...(row['_dirtyFields'] as Iterable<string>)]
        if (row['_deletedAt'] !== null || row['_base'] !== null || dirty.length > 0 || row['_version'] !== version)
          problems.push(`${name} has marks: ${JSON.stringify(row)}, the server has version ${version}`)
      }
    }
  }
  for (const phone of [a, b]) {
    if (phone.ops().length > 0) problems.push(`waiting: ${phone.ops().join(', ')}`)
    if (rowsOf(phone.realm, 'SyncMissingLink').length > 0)
      problems.push(`links are missing: ${JSON.stringify(rowsOf(phone.realm, 'SyncMissingLink'))}`)
  }
  return problems
}

const textOf = (value: unknown): string => JSON.stringify(sorted(value))

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
