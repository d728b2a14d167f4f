// The tests of a layer, which are the app's from then on: they run in Node, with the store and the server in memory.
import type { LayerFile, SyncEntity, SyncField, SyncPlan, SyncSchema } from './layer.ts'
import { literal, propertyName } from './names.ts'
import { templateFiles } from './template-files.ts'
import { testHead, words } from './test-words.ts'

const folder = 'testing'

/** The tests and what they stand on. */
export function testFiles(plan: SyncPlan, schema: SyncSchema): readonly LayerFile[] {
  const [entity] = schema.entities
  if (entity === undefined) return []
  const own = (name: string, text: string, followsSchema = false): LayerFile => ({
    path: `${folder}/${name}`,
    text,
    followsSchema,
  })
  return [
    ...templateFiles('testing/fake-device.ts', 'testing/fake-server.ts'),
    own('rules.ts', rulesText(plan)),
    own('samples.ts', samplesText(schema, entity), true),
    own('migration.test.ts', migrationTest(plan)),
    own('integrity.test.ts', integrityTest(plan)),
    own('conflict.test.ts', conflictTest(plan)),
    own('offline.test.ts', offlineTest(plan)),
  ]
}

const rulesText = ({ audit }: SyncPlan): string => `// The app's own rules, as the sync of the tests uses them.
import { conflictPolicy } from '../conflicts'
import { createConflictStrategy } from '../core/conflict-strategy'
import { knownFields, payloads, schemaVersion } from '../entities'
import type { AppRules } from './fake-device'

export const rules: AppRules = {
  payloads: { entities: payloads, upgrade: knownFields },
  schemaVersion,
  onConflict: createConflictStrategy(conflictPolicy),
  keepsAudit: ${audit},
}
`

/** All that the tests know of the schema, so that a change of it touches no test. */
function samplesText({ entities }: SyncSchema, entity: SyncEntity): string {
  const field = entity.fields.find(one => one.type === 'text' && one.refersTo === undefined) ?? entity.fields[0]
  const key = propertyName(field?.name ?? 'name')
  const [ours, theirs] = valuesFor(field)
  return `// A record of each entity, for tests.
import type { Entities } from '../entities'

export const samples: Entities = {
${entities.map(sampleOf).join('\n')}
}

/** The record that the tests edit, and what each side makes of it. */
export const edited = {
  entity: ${literal(entity.name)},
  ours: { ${key}: ${ours} },
  theirs: { ${key}: ${theirs} },
} as const
`
}

function sampleOf({ name, fields }: SyncEntity): string {
  const lines = fields.map(field => `    ${propertyName(field.name)}: ${sampleValue(field)},`)
  return lines.length === 0 ? `  ${propertyName(name)}: {},` : `  ${propertyName(name)}: {\n${lines.join('\n')}\n  },`
}

function sampleValue({ name, type, optional }: SyncField): string {
  if (optional) return 'null'
  switch (type) {
    case 'integer':
    case 'milliseconds':
    case 'number':
      return '1'
    case 'boolean':
      return 'false'
    case 'date':
      return "'2025-01-01T00:00:00.000Z'"
    case 'decimal':
      return "'1'"
    case 'json':
    case 'unknown':
      return '{}'
    default:
      return typeof type === 'object' ? '[]' : literal(name)
  }
}

function migrationTest(plan: SyncPlan): string {
  const { same } = words[plan.tests]
  return `${testHead(
    plan,
    'migrations',
    'Operations that an older release of the app has queued.',
    `import { checkPayload } from '../core/payloads'
import type { OutboxOp } from '../core/types'
import { isEntityName, payloads, schemaVersion } from '../entities'
import { createFakeDevice } from './fake-device'
import { createFakeServer } from './fake-server'
import { rules } from './rules'
import { edited, samples } from './samples'`,
  )}
function queued(entity: string, change: Partial<OutboxOp>): OutboxOp {
  return {
    seq: 1,
    id: 'op-1',
    userId: 'ann',
    entity,
    entityId: 'r1',
    kind: 'create',
    payload: isEntityName(entity) ? { ...samples[entity] } : {},
    baseVersion: null,
    base: null,
    dependsOn: [],
    stamp: null,
    state: 'pending',
    attempts: 0,
    nextAt: 0,
    sentAt: null,
    lastError: null,
    remote: null,
    schemaVersion,
    createdAt: 0,
    ...change,
  }
}

describe('an operation of another release', () => {
  for (const entity of Object.keys(payloads)) {
    it(\`of \${entity} is sent without the fields that are gone\`, () => {
      const old = queued(entity, { schemaVersion: schemaVersion - 1 })
      const checked = checkPayload({ ...old, payload: { ...old.payload, field_of_old: 1 } }, rules.payloads, schemaVersion)
      ${same("typeof checked === 'string' ? checked : checked.payload", 'old.payload')}
    })
  }

  it('is kept when it comes from a newer release', () => {
    const checked = checkPayload(queued(edited.entity, { schemaVersion: schemaVersion + 1 }), rules.payloads, schemaVersion)
    ${same('typeof checked', "'string'")}
  })

  it('goes to the dead letter, with its payload, when it has become invalid', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, rules)
    await device.sync.enqueue({ kind: 'create', entity: 'unknown', entityId: 'r1', payload: { name: 'kept' } })
    await device.pass(1000)
    const [failed] = await device.sync.failed()
    ${same('failed?.payload', "{ name: 'kept' }")}
    ${same('server.applied.size', '0')}
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
    `import { isEntityName, payloads } from '../entities'
import { createFakeDevice } from './fake-device'
import { createFakeServer, type Fate } from './fake-server'
import { rules } from './rules'
import { samples } from './samples'`,
  )}
const fates: readonly Fate[] = ['fine', 'fine', 'fine', 'unavailable', 'lost request', 'lost answer', 'hang']

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
    it(\`brings every edit to the server exactly once (\${seed})\`, async () => {
      const random = createRandom(seed)
      const server = createFakeServer()
      const device = await createFakeDevice(server, rules)
      server.fate = () => fates[Math.floor(random() * fates.length)] ?? 'fine'
      for (let index = 0; index < 12; index++) {
        const entities = Object.keys(payloads).filter(isEntityName)
        const entity = entities[index % entities.length]
        if (entity === undefined) continue
        await device.edit('create', entity, \`r\${index}\`, { ...samples[entity] })
        await device.pass(Math.floor(random() * 3000))
        if (random() < 0.3) device.setOnline(!device.isOnline)
        if (random() < 0.2) await device.restart()
      }
      server.fate = () => 'fine'
      device.setOnline(true)
      await device.pass(60 * 60 * 1000)

      ${same('await device.sync.waiting()', '[]')}
      ${same('await device.sync.failed()', '[]')}
      ${same('[...server.applied.values()]', 'Array.from({ length: 12 }, () => 1)')}
    })
  }
})
`
}

function conflictTest(plan: SyncPlan): string {
  const { same } = words[plan.tests]
  const start = `    const server = createFakeServer()
    const device = await createFakeDevice(server, rules)
    await device.edit('create', entity, 'r1', { ...samples[entity] })
    await device.pass(1000)
    device.setOnline(false)`
  const meet = `    device.setOnline(true)
    await device.pass(60_000)`
  const changed = `await device.edit('update', entity, 'r1', ours)
    server.edit(entity, 'r1', theirs)`
  const decision =
    plan.conflicts === 'manual'
      ? `
    const [conflict] = await device.sync.conflicts()
    ${same('conflict?.payload', `ours`)}
    await device.sync.resolve(conflict?.id ?? '', { choice: 'local' })
    await device.pass(60_000)
    ${same(`server.record(entity, 'r1')`, `{ ...samples[entity], ...ours }`)}`
      : ''
  const deletion =
    plan.deletes === 'ask'
      ? `${same('(await device.sync.conflicts()).length', '1')}`
      : same(`server.record(entity, 'r1')`, plan.deletes === 'deleteWins' ? 'null' : `{ ...samples[entity], ...ours }`)
  return `${testHead(
    plan,
    'conflicts',
    'Both sides have changed the same record.',
    `import { createFakeDevice } from './fake-device'
import { createFakeServer } from './fake-server'
import { rules } from './rules'
import { edited, samples } from './samples'`,
  )}
const { entity, ours, theirs } = edited

describe('a conflict', () => {
  it('ends with the same record on both sides', async () => {
${start}
    ${changed}
${meet}
${decision}
    ${same(`device.record(entity, 'r1')`, `server.record(entity, 'r1')`)}
    ${same('await device.sync.waiting()', '[]')}
    ${same('device.disk.audit.length', plan.audit ? '1' : '0')}
  })
${
  plan.conflicts === 'custom'
    ? ''
    : `
  it('of an edit and a deletion is decided as the app says', async () => {
${start}
    await device.edit('update', entity, 'r1', ours)
    server.remove(entity, 'r1')
${meet}
    ${deletion}
  })
`
}})
`.replace(/\n\n\n/g, '\n\n')
}

function valuesFor(field: SyncField | undefined): readonly [string, string] {
  switch (field?.type) {
    case 'boolean':
      return ['true', 'false']
    case 'integer':
    case 'number':
    case 'milliseconds':
      return ['2', '3']
    case 'date':
      return ["'2025-01-02T00:00:00.000Z'", "'2025-01-03T00:00:00.000Z'"]
    case 'decimal':
      return ["'2'", "'3'"]
    default:
      return ["'ours'", "'theirs'"]
  }
}

function offlineTest(plan: SyncPlan): string {
  const { same } = words[plan.tests]
  return `${testHead(
    plan,
    'offline',
    'The device has no network, and then it has.',
    `import { createFakeDevice } from './fake-device'
import { createFakeServer } from './fake-server'
import { rules } from './rules'
import { edited, samples } from './samples'`,
  )}
const { entity } = edited

describe('an offline device', () => {
  it('keeps edits over a restart and sends them when the network returns', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, rules)
    device.setOnline(false)
    await device.edit('create', entity, 'r1', { ...samples[entity] })
    await device.restart()
    await device.pass(60_000)
    ${same('device.sync.status$.get().phase', "'offline'")}
    ${same('device.sync.status$.get().counts.pending', '1')}
    device.setOnline(true)
    await device.pass(1000)
    ${same(`server.record(entity, 'r1')`, `{ ...samples[entity] }`)}
  })

  it('sends only the outcome of a record that was made and removed', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, rules)
    device.setOnline(false)
    await device.edit('create', entity, 'r1', { ...samples[entity] })
    await device.edit('delete', entity, 'r1')
    device.setOnline(true)
    await device.pass(1000)
    ${same('server.applied.size', '0')}
    ${same('await device.sync.waiting()', '[]')}
  })

  it('gives a request that hangs up, and sends it again under the same key', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, rules)
    server.fate = () => 'hang'
    await device.edit('create', entity, 'r1', { ...samples[entity] })
    await device.pass(10_000)
    server.fate = () => 'fine'
    await device.pass(10 * 60_000)
    ${same('[...server.applied.values()]', '[1]')}
  })

  it('sends nothing under the token of another user', async () => {
    const server = createFakeServer()
    const device = await createFakeDevice(server, rules)
    device.userId = 'ben'
    await device.edit('create', entity, 'r1', { ...samples[entity] })
    await device.pass(60_000)
    ${same('server.applied.size', '0')}
    ${same('device.sync.status$.get().phase', "'signedOut'")}
  })
})
`
}
