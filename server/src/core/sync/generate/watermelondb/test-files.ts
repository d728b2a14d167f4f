// The tests of a layer for WatermelonDB, which are the app's from then on: they run in Node, over the real package in memory.
import { folderTemplates } from '../../templates.generated.ts'
import type { LayerFile, SyncEntity, SyncField, SyncPlan, SyncSchema } from '../layer.ts'
import { literal, propertyName } from '../names.ts'
import { testHead, words } from '../test-words.ts'
import { ownTables } from './own-tables.ts'

const folder = 'testing'

/** The tests and what they stand on. */
export function watermelonTestFiles(plan: SyncPlan, schema: SyncSchema): readonly LayerFile[] {
  const [entity] = schema.entities
  if (entity === undefined) return []
  const own = (name: string, text: string, followsSchema = false): LayerFile => ({
    path: `${folder}/${name}`,
    text,
    followsSchema,
  })
  const edited = schema.entities.find(one => editedField(one) !== undefined)
  return [
    ...(['watermelon-device.ts', 'watched-database.ts', 'changes-server.ts', 'fake-time.ts'] as const).map(name =>
      own(name, folderTemplates[`watermelondb-testing/${name}`]),
    ),
    own('app.ts', appText(plan, schema), true),
    own('migration.test.ts', migrationTest(plan, entity)),
    own('integrity.test.ts', integrityTest(plan)),
    ...(edited ? [own('conflict.test.ts', conflictTest(plan, edited))] : []),
    own('offline.test.ts', offlineTest(plan, entity)),
  ]
}

function appText(plan: SyncPlan, { entities, version }: SyncSchema): string {
  const tables = ownTables(plan)
  const imports = tables.map(({ schema }) => schema).sort()
  return `// The app's tables and its sync, as the tests use them, and a record of each table.
import { appSchema, tableSchema } from '@nozbe/watermelondb'
import { createAppSync } from '../create-app-sync'
import { tables } from '../tables'
import { ${imports.join(', ')} } from '../watermelondb/sync-tables'
import type { Row } from '../watermelondb/types'
import type { TestedApp } from './watermelon-device'

const schema = appSchema({
  version: ${version},
  tables: [
${entities.map(tableOf).join('\n')}
${tables.map(({ schema: name }) => `    ${name},`).join('\n')}
  ],
})

export const app: TestedApp = {
  schema,
  tableNames: [...Object.keys(tables), ${tables.map(({ name }) => literal(name)).join(', ')}],
  tables,
  createSync: createAppSync,
}

/** A record as it is stored. */
export function sampleOf(table: string, id: string): Row {
  return { ...samples[table], id }
}

const samples: Readonly<Record<string, Omit<Row, 'id'>>> = {
${entities.map(sampleOf).join('\n')}
}
`
}

function tableOf({ name, fields }: SyncEntity): string {
  const columns = fields.map(field => {
    const flag = field.optional ? ', isOptional: true' : ''
    return `        { name: ${literal(field.name)}, type: '${columnType(field)}'${flag} },`
  })
  return `    tableSchema({
      name: ${literal(name)},
      columns: [
${columns.join('\n')}
      ],
    }),`
}

function columnType({ type }: SyncField): 'string' | 'number' | 'boolean' {
  switch (type) {
    case 'boolean':
      return 'boolean'
    case 'integer':
    case 'number':
    case 'milliseconds':
      return 'number'
    default:
      return 'string'
  }
}

function sampleOf({ name, fields }: SyncEntity): string {
  const lines = fields.map(field => `    ${propertyName(field.name)}: ${sampleValue(field)},`)
  return lines.length === 0 ? `  ${propertyName(name)}: {},` : `  ${propertyName(name)}: {\n${lines.join('\n')}\n  },`
}

function sampleValue(field: SyncField): string {
  if (field.optional) return 'null'
  const type = columnType(field)
  if (type === 'boolean') return 'false'
  if (type === 'number') return '1'
  return field.type === 'json' ? "'{}'" : literal(field.name)
}

/** A field that can take another value in a test. */
function editedField({ fields }: SyncEntity): SyncField | undefined {
  const plain = fields.filter(field => field.type !== 'json' && field.refersTo === undefined)
  return plain.find(field => field.type === 'text') ?? plain[0]
}

/** What every test needs; `more` is what it takes of the server besides. */
const device = (more = ''): string => `import { app, sampleOf } from './app'
import { createFakeServer${more} } from './changes-server'
import { createFakeDevice } from './watermelon-device'
`

function migrationTest(plan: SyncPlan, { name }: SyncEntity): string {
  const { same } = words[plan.tests]
  const table = literal(name)
  return `${testHead(
    plan,
    'integrity',
    'The server speaks for another release of the app.',
    `import { tables } from '../tables'
import { toWire } from '../watermelondb/synced-tables'
${device()}`,
  )}/** The sample as it crosses the line. */
function wireOf(table: string, id: string) {
  const synced = tables[table]
  if (synced === undefined) throw new Error(\`\${table} is not synced.\`)
  return toWire({ ...sampleOf(table, id) }, synced)
}

describe('a server of another release', () => {
  for (const table of Object.keys(tables)) {
    it(\`sends \${table} with columns that this one does not know: they are left out\`, async () => {
      const server = createFakeServer()
      server.edit(table, 'r1', { ...wireOf(table, 'r1'), column_of_later: 1 })
      const device = await createFakeDevice(server, app)
      await device.pass(1000)
      ${same("await device.record(table, 'r1')", "wireOf(table, 'r1')")}
    })
  }

  it('sends a record that is not valid here: nothing of the answer is written, and nothing is lost', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, app)
    await device.create(${table}, sampleOf(${table}, 'r1'))
    server.edit(${table}, 'r2', { id: '' })
    await device.pass(60_000)
    ${same(`await device.count(${table})`, '1')}
    ${same('typeof device.sync.status$.get().lastError', "'string'")}
    server.edit(${table}, 'r2', wireOf(${table}, 'r2'))
    await device.pass(60 * 60_000)
    ${same(`server.record(${table}, 'r1')`, `wireOf(${table}, 'r1')`)}
    ${same(`await device.record(${table}, 'r2')`, `wireOf(${table}, 'r2')`)}
  })
})
`
}

function integrityTest(plan: SyncPlan): string {
  const { same } = words[plan.tests]
  return `${testHead(
    plan,
    'integrity',
    'Nothing is lost and nothing is done twice, whatever the network and the process do.',
    `import { tables } from '../tables'
${device(', type Fate')}`,
  )}const fates: readonly Fate[] = ['fine', 'fine', 'fine', 'unavailable', 'lost request', 'lost answer', 'hang']

/** The same numbers from the same seed, so that a failure can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('the sync on a bad day', () => {
  for (let seed = 1; seed <= 20; seed++) {
    it(\`brings every record to the server exactly once (\${seed})\`, async () => {
      const random = createRandom(seed)
      const server = createFakeServer()
      const device = await createFakeDevice(server, app)
      const names = Object.keys(tables)
      const made: string[] = []
      server.fate = () => fates[Math.floor(random() * fates.length)] ?? 'fine'
      for (let index = 0; index < 12; index++) {
        const table = names[index % names.length]
        if (table === undefined) continue
        await device.create(table, sampleOf(table, \`r\${index}\`))
        made.push(\`\${table}/r\${index}\`)
        await device.pass(Math.floor(random() * 3000))
        if (random() < 0.3) device.setOnline(!device.isOnline)
        if (random() < 0.2) await device.restart()
      }
      server.fate = () => 'fine'
      device.setOnline(true)
      await device.pass(60 * 60 * 1000)

      ${same('await device.unsynced()', '0')}
      ${same('await device.sync.failed()', '[]')}
      ${same('[...server.writes].sort()', 'made.map(name => [name, 1] as [string, number]).sort()')}
    })
  }
})
`
}

function conflictTest(plan: SyncPlan, entity: SyncEntity): string {
  const { same } = words[plan.tests]
  const field = editedField(entity)
  const key = propertyName(field?.name ?? 'name')
  const [ours, theirs] = valuesFor(field)
  const table = literal(entity.name)
  const start = `    const server = createFakeServer()
    const device = await createFakeDevice(server, app)
    await device.create(${table}, sampleOf(${table}, 'r1'))
    await device.pass(5000)
    device.setOnline(false)
    await device.edit(${table}, 'r1', { ${key}: ${ours} })`
  const meet = `    device.setOnline(true)
    await device.pass(60_000)`
  const value = `server.record(${table}, 'r1')?.[${literal(field?.name ?? 'name')}]`
  const decision =
    plan.conflicts === 'manual'
      ? `    const [conflict] = await device.sync.conflicts()
    ${same('conflict?.id', "'r1'")}
    await device.sync.resolve(${table}, 'r1', { choice: 'local' })
    await device.pass(60_000)
`
      : ''
  const deletion = {
    ask: same('(await device.sync.conflicts()).length', '1'),
    deleteWins: same(`await device.record(${table}, 'r1')`, 'null'),
    editWins: same(value, ours),
  }[plan.deletes]
  return `${testHead(plan, 'conflicts', 'Both sides have changed the same record.', device())}describe('a conflict', () => {
  it('ends with the same record on both sides', async () => {
${start}
    server.edit(${table}, 'r1', { ${key}: ${theirs} })
${meet}
${decision}${plan.conflicts === 'custom' ? '' : `    ${same(value, plan.conflicts === 'lww' ? theirs : ours)}\n`}    ${same(`await device.record(${table}, 'r1')`, `server.record(${table}, 'r1')`)}
    ${same('await device.unsynced()', '0')}
${plan.audit ? `    ${same("await device.count('sync_audit')", '1')}\n` : ''}  })

  it('of an edit and a deletion is decided as the app says', async () => {
${start}
    server.remove(${table}, 'r1')
${meet}
    ${deletion}
  })
})
`
}

function valuesFor(field: SyncField | undefined): readonly [string, string] {
  switch (field && columnType(field)) {
    case 'boolean':
      return ['true', 'false']
    case 'number':
      return ['2', '3']
    default:
      return ["'ours'", "'theirs'"]
  }
}

function offlineTest(plan: SyncPlan, { name }: SyncEntity): string {
  const { same } = words[plan.tests]
  const table = literal(name)
  return `${testHead(plan, 'offline', 'The device has no network, and then it has.', device())}describe('an offline device', () => {
  it('keeps records over a restart and sends them when the network returns', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, app)
    device.setOnline(false)
    await device.create(${table}, sampleOf(${table}, 'r1'))
    await device.restart()
    await device.pass(60_000)
    ${same('device.sync.status$.get().phase', "'offline'")}
    ${same('await device.unsynced()', '1')}
    device.setOnline(true)
    await device.pass(1000)
    ${same(`server.record(${table}, 'r1')`, `await device.record(${table}, 'r1')`)}
    ${same('await device.unsynced()', '0')}
  })

  it('sends nothing that stays of a record that was made and removed', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, app)
    device.setOnline(false)
    await device.create(${table}, sampleOf(${table}, 'r1'))
    await device.remove(${table}, 'r1')
    device.setOnline(true)
    await device.pass(10_000)
    ${same(`server.record(${table}, 'r1')`, 'null')}
    ${same('await device.unsynced()', '0')}
  })

  it('gives a request that hangs up, and sends the set again under the same key', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, app)
    await device.pass(1000)
    server.fate = () => 'hang'
    await device.create(${table}, sampleOf(${table}, 'r1'))
    await device.pass(10_000)
    server.fate = () => 'lost answer'
    await device.pass(5 * 60_000)
    server.fate = () => 'fine'
    await device.pass(10 * 60_000)
    ${same('[...server.writes.values()]', '[1]')}
    ${same('await device.unsynced()', '0')}
  })

  it('sends nothing under the token of another user', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, app)
    await device.pass(1000)
    device.userId = 'ben'
    await device.create(${table}, sampleOf(${table}, 'r1'))
    await device.pass(60_000)
    ${same('server.applied.size', '0')}
    ${same('device.sync.status$.get().phase', "'signedOut'")}
  })
})
`
}
