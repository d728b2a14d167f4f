// Two devices live through random edits, breaks of the network and faults of the server, and end in peace.

import { createRandom } from '../../templates/queue-testing/random.ts'
import type { JsonObject } from '../../templates/sync/types.ts'
import { expoNotes } from './example-apps.ts'
import { type Fate, type OpenApiServer, serveOpenApi } from './openapi-server.ts'
import { createDevice, type Device, type DeviceKind, type DeviceLayer } from './two-devices.ts'

/** The statements that make the tables of the notes app. */
export const noteTables: readonly string[] = [...(expoNotes['src/db.ts'] ?? '').matchAll(/CREATE TABLE[^;]+/g)].map(
  ([statement]) => statement,
)

/** How the devices and the server differ at the end, and what went over the line against the document; empty when all is well. */
export async function liveTogether(
  layer: DeviceLayer,
  document: Readonly<Record<string, unknown>>,
  seed: number,
  kind: DeviceKind,
): Promise<readonly string[]> {
  const random = createRandom(seed)
  const server = await serveOpenApi(document, { notes: { folder_id: 'folders' } })
  const make = (name: string, skewMs: number) =>
    createDevice(layer, { name: `${name}${seed}`, kind, server, tables: noteTables, skewMs })
  // One of the clocks is wrong, by less than what is refused.
  const devices = [await make('a', 0), await make('b', Math.floor(random() * 400_000) - 200_000)]
  server.fate = () => fateOf(random())
  for (let step = 0; step < 24; step++) {
    const device = devices[Math.floor(random() * 2)]!
    device.isOnline = random() < 0.7
    await editSomething(device, random)
    if (random() < 0.1) server.rotateToken()
    if (random() < 0.3) await device.sync.syncNow()
  }
  server.fate = () => 'none'
  await makePeace(devices, random)
  const differences = [...server.complaints, ...(await differencesOf(devices, server))]
  for (const device of devices) await device.close()
  await server.close()
  return differences.map(text => `seed ${seed}: ${text}`)
}

export function fateOf(dice: number): Fate {
  if (dice < 0.08) return 'unavailable'
  if (dice < 0.12) return 'throttled'
  if (dice < 0.2) return 'lost request'
  return dice < 0.3 ? 'lost answer' : 'none'
}

async function editSomething({ sync, rows }: Device, random: () => number): Promise<void> {
  const folders = await rows('folders')
  const notes = await rows('notes')
  const some = (list: readonly Readonly<Record<string, unknown>>[]) =>
    String(list[Math.floor(random() * list.length)]?.['id'])
  const dice = random()
  const isRefused = random() < 0.05
  try {
    if (folders.length === 0 || dice < 0.1) await sync.create('folders', { name: `folder ${dice}` })
    else if (notes.length === 0 || dice < 0.3) await sync.create('notes', noteIn(some(folders), random))
    else if (dice < 0.45) await sync.update('folders', some(folders), { name: `renamed ${dice}` })
    else if (dice < 0.65) await sync.update('notes', some(notes), { title: isRefused ? 'POISON' : `title ${dice}` })
    else if (dice < 0.8) await sync.update('notes', some(notes), { body: `body ${dice}`, pinned: dice < 0.7 })
    else if (dice < 0.85) await sync.update('notes', some(notes), { folder_id: some(folders) })
    else if (dice < 0.95) await sync.remove('notes', some(notes))
    else await sync.remove('folders', some(folders))
  } catch (error) {
    // The device's own foreign keys refuse to remove a folder that has notes.
    if (!(error instanceof Error && /FOREIGN KEY/.test(error.message))) throw error
  }
}

const noteIn = (folder: string, random: () => number): JsonObject => ({
  folder_id: random() < 0.2 ? null : folder,
  title: `note ${random()}`,
  body: null,
  pinned: false,
  tags: ['new'],
  updated_at: 1,
})

/** Everything is sent, what failed is given up, what is asked is answered, until nothing moves any more. */
export async function makePeace(devices: readonly Device[], random: () => number): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const device of devices) {
      device.isOnline = true
      await device.settle()
      for (const { id } of await device.sync.conflicts())
        await device.sync.resolve(id, { choice: random() < 0.5 ? 'local' : 'remote' })
      for (const { id } of await device.sync.failed()) await device.sync.discard(id)
      await device.settle()
    }
  }
}

/** How the devices differ from the server, and what they have not sent. */
export async function differencesOf(devices: readonly Device[], server: OpenApiServer): Promise<readonly string[]> {
  const found: string[] = []
  for (const [index, device] of devices.entries()) {
    const { counts } = device.sync.status$.get()
    if (Object.values(counts).some(count => count > 0)) found.push(`device ${index} holds ${JSON.stringify(counts)}`)
    for (const table of ['folders', 'notes']) {
      const own = await device.rows(table)
      const served = server.records(table).map(({ id, values }) => ({ id, ...values }))
      const ours = JSON.stringify(own.map(asServed))
      const theirs = JSON.stringify(served.map(sorted).sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1)))
      if (ours !== theirs) found.push(`${table} of device ${index}:\n  ${ours}\n  ${theirs}`)
    }
  }
  return found
}

const asServed = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  sorted({
    ...row,
    ...('pinned' in row && { pinned: row['pinned'] === 1 || row['pinned'] === true }),
    ...(typeof row['tags'] === 'string' && { tags: JSON.parse(row['tags']) as unknown }),
  })

const sorted = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
