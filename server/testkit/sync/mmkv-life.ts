// A phone with records from before its layer lives through edits, kills at any write and faults of the network, and ends in peace.

import { createRandom } from '../../templates/queue-testing/random.ts'
import type { JsonObject } from '../../templates/sync/types.ts'
import { Killed, type MmkvScene } from './mmkv-phone.ts'
import type { Fate } from './openapi-server.ts'
import type { AppSync } from './two-devices.ts'

const entities = ['folders', 'notes'] as const

/** A note by the schema of the notes app. */
export const note = (title: string, folder: string | null = null): JsonObject => ({
  ...{ folder_id: folder, title, body: null, pinned: false, tags: [], updated_at: 1 },
})

/** How phone and server differ at the end, and what was lost; empty when all is well. And how often the app was killed. */
export async function liveWithOldRecords(
  { phone, server }: MmkvScene,
  seed: number,
): Promise<{ readonly kills: number; readonly problems: readonly string[] }> {
  const random = createRandom(seed)
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
  const wanted = new Set<string>()
  const old = (id: string, folder: string | null) => {
    wanted.add(id)
    phone.rows('notes').set(id, note(`old ${id}`, folder))
  }
  for (let index = 0; index < 4; index++) {
    const id = `f${index}`
    wanted.add(id)
    if (random() < 0.5) server.put('folders', id, { name: 'theirs' })
    if (random() < 0.8 || server.records('folders').every(one => one.id !== id))
      phone.rows('folders').set(id, { name: 'ours' })
  }
  for (let index = 0; index < 8; index++) {
    const id = `n${index}`
    if (random() < 0.3) server.put('notes', id, note('theirs', pick(server.records('folders'))?.id ?? null))
    old(id, pick([...phone.rows('folders').keys(), null]) ?? null)
  }
  server.fate = () => fateOf(random())
  let kills = 0
  let sync: AppSync | undefined
  for (let step = 0; step < 12; step++) {
    phone.isOnline = random() < 0.8
    phone.killAt(random() < 0.5 ? Math.floor(random() * 12) : undefined)
    try {
      sync = sync === undefined || random() < 0.3 ? await phone.boot() : sync
      if (random() < 0.5) await sync.syncNow()
      if (random() < 0.4) {
        const id = `made${step}`
        await sync.create('notes', note(id, pick([...phone.rows('folders').keys()]) ?? null), id)
        wanted.add(id)
      }
      // An edit in whose moment the app is killed may be lost: that is said, and not what is looked at here.
      phone.killAt(undefined)
      const id = pick([...phone.rows('notes').keys()])
      if (random() < 0.4 && id !== undefined) await sync.update('notes', id, { title: `edited ${step}` })
      if (random() < 0.2) old(`past${step}`, pick([...phone.rows('folders').keys()]) ?? null)
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      kills += 1
      sync = undefined
    }
  }
  server.fate = () => 'none'
  phone.isOnline = true
  phone.killAt(undefined)
  // What is written past the layer is looked for after each start.
  for (let start = 0; start < 2; start++) {
    await phone.boot()
    sync = await phone.settle()
  }
  const onServer = new Map(entities.flatMap(one => server.records(one).map(({ id, values }) => [id, values] as const)))
  const onPhone = new Map(entities.flatMap(one => [...phone.rows(one)]))
  const problems = [
    ...server.complaints,
    ...(await (sync as AppSync).failed()).map(op => `${op.entityId} has failed: ${op.lastError}`),
    ...[...wanted].filter(id => !onServer.has(id)).map(id => `${id} is not on the server`),
    ...[...onServer].flatMap(([id, values]) => {
      const own = onPhone.get(id)
      return own && isSame(own, values) ? [] : [`${id}: ${JSON.stringify(own)} here, ${JSON.stringify(values)} there`]
    }),
    ...[...onPhone.keys()].filter(id => !onServer.has(id)).map(id => `${id} is only here`),
  ]
  return { kills, problems: problems.map(text => `seed ${seed}: ${text}`) }
}

const isSame = (one: JsonObject, other: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(other).every(([name, value]) => JSON.stringify(one[name]) === JSON.stringify(value))

function fateOf(dice: number): Fate {
  if (dice < 0.08) return 'unavailable'
  if (dice < 0.14) return 'lost request'
  return dice < 0.22 ? 'lost answer' : 'none'
}
