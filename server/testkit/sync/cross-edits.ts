// Two devices edit one record at the same time, one of them is refused, and what is refused is given up.
import { serveOpenApi } from './openapi-server.ts'
import { noteTables } from './random-life.ts'
import { createDevice, type DeviceKind, type DeviceLayer } from './two-devices.ts'

/** What a person would complain of; empty when each side keeps its own edit and the server gets both. Fields are merged. */
export async function crossEdits(
  layer: DeviceLayer,
  document: Readonly<Record<string, unknown>>,
  kind: DeviceKind = 'expo',
): Promise<readonly string[]> {
  const server = await serveOpenApi(document)
  const device = (name: string) => createDevice(layer, { name, kind, server, tables: noteTables })
  const [a, b] = [await device('a'), await device('b')]
  const problems: string[] = []
  const note = { folder_id: null, title: 'old', body: null, pinned: false, tags: null, updated_at: 1 }
  const id = await a.sync.create('notes', note)
  await a.settle()
  await b.settle()
  b.isOnline = false
  await b.sync.update('notes', id, { title: 'of b' })
  await a.sync.update('notes', id, { body: 'of a' })
  await a.settle()

  // The page comes through, the edit does not.
  const fates = ['none'] as const
  let requests = 0
  server.fate = () => fates[requests++] ?? 'unavailable'
  b.isOnline = true
  await b.sync.syncNow()
  if ((await b.rows('notes'))[0]?.['title'] !== 'of b') problems.push('an unsent edit has gone from the device')

  server.fate = () => 'none'
  for (const one of [b, a]) await one.settle()
  if (!server.log.includes('PATCH /notes/{id} 412')) problems.push('an edit was sent without its version')
  for (const [name, one] of [
    ['a', a],
    ['b', b],
  ] as const) {
    const [row] = await one.rows('notes')
    if (row?.['title'] !== 'of b' || row['body'] !== 'of a') problems.push(`${name} has ${JSON.stringify(row)}`)
  }
  await b.sync.update('notes', id, { title: 'POISON' })
  await b.settle()
  for (const failed of await b.sync.failed()) await b.sync.discard(failed.id)
  await b.settle()
  if ((await b.rows('notes'))[0]?.['title'] !== 'of b') problems.push('a discarded edit has stayed')
  for (const one of [a, b]) await one.close()
  await server.close()
  return [...problems, ...server.complaints]
}
