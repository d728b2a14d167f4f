// Two devices whose rows are numbered live through random edits, statements past the layer, cascades, faults and crashes.

import { createRandom } from '../../templates/queue-testing/random.ts'
import { countedJournals } from './example-apps.ts'
import { type OpenApiServer, serveOpenApi } from './openapi-server.ts'
import { fateOf, makePeace } from './random-life.ts'
import { createDevice, type Device, type DeviceLayer } from './two-devices.ts'

/** The statements that make the tables of the journals app. */
export const journalTables: readonly string[] = [
  ...(countedJournals['src/db.ts'] ?? '').matchAll(/CREATE TABLE[^;]+/g),
].map(([statement]) => statement)

export const journalParents = {
  entries: { journal_id: 'journals', answers: 'entries' },
  labels: { entry_id: 'entries' },
}

/**
 * What went wrong in the end; empty when both devices hold what the server holds. Each row has a mark at the beginning of
 * its text, which no edit changes: by it the test knows the row without believing in any map of ids.
 */
export async function liveNumbered(
  layer: DeviceLayer,
  document: Readonly<Record<string, unknown>>,
  seed: number,
  kind: 'expo' | 'op',
): Promise<readonly string[]> {
  const random = createRandom(seed)
  const server = await serveOpenApi(document, journalParents, true)
  const marks = createMarks(server)
  let isMortal = true
  const make = (name: string) =>
    createDevice(layer, {
      name: `${name}${seed}`,
      kind,
      server,
      tables: [...journalTables, ...pastOf(name)],
      skewMs: Math.floor(random() * 200_000),
      dies: () => isMortal && random() < 0.006,
    })
  const devices = [await make('a'), await make('b')]
  server.fate = () => fateOf(random())
  const names = createNames()
  for (let step = 0; step < 30; step++) {
    const device = devices[Math.floor(random() * 2)]!
    // What is under way ends first: the one connection of the test would be in its transaction.
    device.isOnline = false
    await device.use(sync => sync.syncNow())
    await changeSomething(device, random, names)
    device.isOnline = random() < 0.7
    if (random() < 0.5) await device.use(sync => sync.syncNow())
    marks.look()
  }
  server.fate = () => 'none'
  isMortal = false
  await makePeace(devices, random)
  marks.look()
  const differences = [...server.complaints, ...marks.problems]
  for (const [index, device] of devices.entries())
    differences.push(...(await journalDifferences(device, server)).map(text => `device ${index}: ${text}`))
  for (const device of devices) await device.close()
  await server.close()
  return differences.map(text => `seed ${seed}: ${text}`)
}

/** Rows of a release without sync, with the same numbers on both devices for different things. */
const pastOf = (device: string): readonly string[] => [
  `INSERT INTO journals VALUES (1, 'j-${device}1|'), (7, 'j-${device}7|')`,
  `INSERT INTO entries VALUES (1, 7, NULL, 'e-${device}1@j-${device}7|', 0), (2, 1, 1, 'e-${device}2@j-${device}1|', 1)`,
  `INSERT INTO labels VALUES ('l-${device}1', 2, 'l-${device}1@e-${device}2|')`,
]

const createNames = (): ((kind: string) => string) => {
  let made = 0
  return kind => {
    made += 1
    return `${kind}-${made}`
  }
}

/** One edit, by the layer or past it. */
async function changeSomething(device: Device, random: () => number, name: (kind: string) => string): Promise<void> {
  const { query, use } = device
  const some = async (table: string) => {
    const rows = await query(`SELECT * FROM ${table}`)
    return rows[Math.floor(random() * rows.length)]
  }
  const [journal, entry, dice] = [await some('journals'), await some('entries'), random()]
  const markOf = (text: unknown) => String(text).split(/[@|]/)[0]
  const titled = () => `${name('e')}@${markOf(journal?.['name'])}|`
  if (journal === undefined || dice < 0.08) {
    const values = { name: `${name('j')}|` }
    if (random() < 0.5) await use(sync => sync.create('journals', values))
    else await query('INSERT INTO journals (name) VALUES (?)', [values.name])
    return
  }
  const journalId = Number(journal['id'])
  if (entry === undefined || dice < 0.25) {
    const answers = random() < 0.4 && entry !== undefined ? Number(entry['entry_id']) : null
    await use(sync =>
      sync.create('entries', { journal_id: journalId, answers, title: titled(), pinned: random() < 0.5 }),
    )
    return
  }
  const entryId = Number(entry['entry_id'])
  const [head] = String(entry['title']).split('|')
  if (dice < 0.45) {
    await query('INSERT INTO entries (journal_id, title) VALUES (?, ?)', [journalId, titled()])
    // A row that nobody has heard of, gone before anybody could: its number is free again.
    if (dice > 0.4) await query('DELETE FROM entries WHERE entry_id = (SELECT max(entry_id) FROM entries)')
  } else if (dice < 0.55)
    await use(sync => sync.create('labels', { entry_id: entryId, text: `${name('l')}@${markOf(head)}|` }))
  else if (dice < 0.72) await use(sync => sync.update('entries', entryId, { title: `${head}|${random()}` }))
  else if (dice < 0.8) await use(sync => sync.update('entries', entryId, { pinned: random() < 0.5 }))
  else if (dice < 0.85) await use(sync => sync.update('entries', entryId, { answers: null }))
  else if (dice < 0.96) await use(sync => sync.remove('entries', entryId))
  else await use(sync => sync.remove('journals', journalId))
}

/** Watches that no record of the server ever becomes another one, and that none is there twice. */
function createMarks(server: OpenApiServer) {
  const markOf = new Map<string, string>()
  const idOf = new Map<string, string>()
  const problems = new Set<string>()
  const expect = (known: Map<string, string>, key: string, value: string, what: string) => {
    const before = known.get(key) ?? value
    known.set(key, before)
    if (before !== value) problems.add(`${what}: ${key} was ${before} and is ${value}`)
  }
  return {
    look: () => {
      for (const path of ['journals', 'entries', 'labels'])
        for (const { id, values } of server.records(path)) {
          const [mark = ''] = String(values['name'] ?? values['title'] ?? values['text']).split('|')
          expect(markOf, `${path}/${id}`, mark, 'a record has become another one')
          expect(idOf, mark, `${path}/${id}`, 'a row is there twice')
        }
    },
    get problems() {
      return [...problems]
    },
  }
}

type Row = Readonly<Record<string, unknown>>

/** How a device differs from the server, by marks and by ids. */
export async function journalDifferences({ query, sync }: Device, server: OpenApiServer): Promise<readonly string[]> {
  const found: string[] = []
  const { counts } = sync.status$.get()
  if (Object.values(counts).some(count => count > 0)) found.push(`it holds ${JSON.stringify(counts)}`)
  const idOf = (entity: string, number: string) =>
    `(SELECT m.entity_id FROM sync_ids m WHERE m.entity = '${entity}' AND m.row_id = ${number})`
  const own: Readonly<Record<string, readonly Row[]>> = {
    journals: await query(`SELECT ${idOf('journals', 't.id')} AS id, name FROM journals t`),
    entries: await query(
      `SELECT ${idOf('entries', 't.entry_id')} AS id, ${idOf('journals', 't.journal_id')} AS journal_id,
        ${idOf('entries', 't.answers')} AS answers, title, pinned,
        (SELECT name FROM journals j WHERE j.id = t.journal_id) AS inJournal FROM entries t`,
    ),
    labels: await query(
      `SELECT id, ${idOf('entries', 't.entry_id')} AS entry_id, text,
        (SELECT title FROM entries e WHERE e.entry_id = t.entry_id) AS ofEntry FROM labels t`,
    ),
  }
  for (const [path, rows] of Object.entries(own)) {
    const ours = rows.map(({ inJournal, ofEntry, pinned, ...row }) =>
      textOf({ ...row, ...(pinned !== undefined && { pinned: pinned === 1 }) }),
    )
    const theirs = server.records(path).map(({ id, values }) => textOf({ id, ...values }))
    for (const row of ours) if (!theirs.includes(row)) found.push(`only here: ${path} ${row}`)
    for (const row of theirs) if (!ours.includes(row)) found.push(`only on the server: ${path} ${row}`)
    for (const { title, inJournal, text, ofEntry } of rows) {
      const [, wanted] = /@([^|]*)\|/.exec(String(title ?? text)) ?? []
      const [, got] = /^([^@|]*)/.exec(String(inJournal ?? ofEntry)) ?? []
      if (wanted !== undefined && wanted !== got) found.push(`${String(title ?? text)} refers to ${got}`)
    }
  }
  return found
}

const textOf = (row: Row): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
