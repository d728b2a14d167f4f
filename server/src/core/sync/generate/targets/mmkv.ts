// The outbox in MMKV, for records that the app keeps in another store.
import type { Store } from '../../../catalog/catalog.ts'
import { conflictsFile } from '../conflicts-file.ts'
import { editMethods, givenFunction } from '../edit-methods.ts'
import { entitiesFile } from '../entities-file.ts'
import type { LayerFile, SyncPlan, SyncSchema, SyncTarget } from '../layer.ts'
import { literal, propertyName } from '../names.ts'
import { indexFiles, indexPackages, type StoreParts } from '../queue-files.ts'
import { screenFiles } from '../screen-files.ts'
import { templateFiles } from '../template-files.ts'
import { testFiles } from '../test-files.ts'

const mmkv = 'react-native-mmkv'

export const mmkvTarget: SyncTarget = {
  id: 'mmkv',
  engine: 'mmkv',
  title: 'Outbox in MMKV',
  transports: ['rest', 'graphql'],
  usesRemote: true,
  fits: (store: Store, { packages }) => store.engine !== 'mmkv' && packages.includes(mmkv),
  unfit:
    'MMKV holds values by key, not records: a queue in it carries the records of another store, and this package has none',
  problem: ({ fields }) => {
    const key = fields.find(field => field.isPrimary)
    return key?.type && /int/i.test(key.type.text)
      ? `its key \`${key.name.text}\` is a number that each device counts for itself; give it a text key that the client makes`
      : undefined
  },
  packages: (_plan, { packages }) => [mmkv, 'zod', ...indexPackages(packages)],
  files: (plan, schema) => [
    ...templateFiles('adopting-transport.ts', 'mmkv-adoption.ts', 'mmkv-records.ts', 'mmkv-store.ts'),
    entitiesFile(plan, schema),
    parentsFile(schema),
    conflictsFile(plan),
    createFile(plan),
    ...indexFiles(plan, schema, partsOf(schema)),
    ...screenFiles(plan, schema),
    ...testFiles(plan, schema),
  ],
}

function parentsFile({ entities }: SyncSchema): LayerFile {
  const text = `// Which records must be on the server before others, and in which order entities are written.
import type { EntityRef, JsonObject } from './core/types'

/** Parents before their children. */
export const order: readonly string[] = [${entities.map(({ name }) => literal(name)).join(', ')}]

/** The fields of each entity that hold the id of another record, with its entity. */
const parents: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${entities.map(one => `  ${propertyName(one.name)}: {${one.parents.length === 0 ? '' : ` ${one.parents.map(parent => `${propertyName(parent.field)}: ${literal(parent.entity)}`).join(', ')} `}},`).join('\n')}
}

export function parentsOf(entity: string, values: JsonObject): readonly EntityRef[] {
  return Object.entries(parents[entity] ?? {}).flatMap(([field, parent]) => {
    const entityId = values[field]
    return typeof entityId === 'string' ? [{ entity: parent, entityId }] : []
  })
}
`
  return { path: 'parents.ts', text, followsSchema: true }
}

/** Version 4 comes with nitro-modules, has \`createMMKV\` for \`new MMKV\`, and calls \`delete\` \`remove\`. */
function partsOf({ packages }: SyncSchema): StoreParts {
  const isFour = packages.includes('react-native-nitro-modules')
  const types = "import type { AppRecords } from './core/mmkv-records'"
  return {
    imports: `import { ${isFour ? 'createMMKV' : 'MMKV'} } from '${mmkv}'\n${types}`,
    option: '  /** The records, in the store where the app keeps them. */\n  readonly records: AppRecords',
    given: `storage: ${isFour ? '' : 'outboxStorage('}${isFour ? 'createMMKV(' : 'new MMKV('}{ id: \`outbox-\${options.userId}\` })${isFour ? '' : ')'},\n    records: options.records,`,
    ...(isFour
      ? {}
      : {
          after: `
function outboxStorage(mmkv: MMKV) {
  return {
    getString: (key: string) => mmkv.getString(key),
    set: (key: string, value: string) => mmkv.set(key, value),
    remove: (key: string) => mmkv.delete(key),
    getAllKeys: () => mmkv.getAllKeys(),
  }
}
`,
        }),
  }
}

function createFile(plan: SyncPlan): LayerFile {
  const text = `// The sync of one user, with everything around it handed in: the app and its tests each bring their own.
// The outbox is in MMKV and the records are elsewhere, so that no transaction holds both: after a crash in the moment
// between them an edit may be on the device and not in the outbox. An outbox in the records' own store has no such moment.
// Records that the server was never told of, from before the sync or written past it, are sent when everything was pulled.
import { adoptingTransport } from './core/adopting-transport'
import { createConflictStrategy } from './core/conflict-strategy'
import { createSync, type Sync, type SyncOptions } from './core/create-sync'
import { createMmkvAdoption } from './core/mmkv-adoption'
import { type AppRecords, createMmkvRecords, onlyKnown } from './core/mmkv-records'
import { createMmkvStore, type OutboxStorage } from './core/mmkv-store'
import { type Remote, remoteTransport } from './core/remote'
import { defaultLimits, type JsonObject, type NewOperation } from './core/types'
import { conflictPolicy } from './conflicts'
import { type Entities, type EntityName, knownFields, payloads, schemaVersion } from './entities'
import { order, parentsOf } from './parents'

type Around = Pick<
  SyncOptions<void>,
  'userId' | 'auth' | 'net' | 'clock' | 'app' | 'newId' | 'random' | 'limits' | 'onEvent'
>

export interface AppSyncOptions extends Around {
  /** An instance for this user alone: a logout empties it. */
  readonly storage: OutboxStorage
  readonly records: AppRecords
  readonly remote: Remote
}

export interface AppSync extends Sync {
  /** Makes a record here and, as soon as it can be, on the server. It gives the new id. */
  create<Name extends EntityName>(entity: Name, values: Entities[Name], id?: string): Promise<string>
  /** Changes some fields of a record. */
  update<Name extends EntityName>(entity: Name, id: string, values: Partial<Entities[Name]>): Promise<void>
  remove(entity: EntityName, id: string): Promise<void>
  /**
   * Ends the sync and empties the outbox. The records are the app's to remove: what is left would be sent as the next
   * user's, unless \`ids\` leaves it out.
   */
  signOut(): Promise<void>
}

export function createAppSync(options: AppSyncOptions): AppSync {
  const { clock, remote, storage } = options
  const limits = { ...defaultLimits, ...options.limits }
  const store = createMmkvStore({ storage, now: clock.now })
  const app = onlyKnown(options.records, (entity, payload) => knownFields({ entity, payload }))
  const about = { storage, outbox: store, app, entities: order, parentsOf }
  const records = createMmkvRecords(about)
  const adoption = createMmkvAdoption({
    ...about,
    records,
    maxOps: limits.maxOps,
    enqueue: (operation, write) => sync.enqueue(operation, write),
  })
  const transport = remoteTransport({ remote, records, clock, requestTimeoutMs: limits.requestTimeoutMs })
  const sync: Sync = createSync({
    ...options,
    limits,
    store,
    transport: adoptingTransport(transport, adoption),
    local: records.local,
    onConflict: createConflictStrategy(conflictPolicy),
    payloads: { entities: payloads, upgrade: knownFields },
    schemaVersion,
    keepsAudit: ${plan.audit},
  })
  const edit = async (operation: NewOperation) => {
    await adoption.adoptFor(operation)
    await sync.enqueue(operation, records.writeOf(operation))
  }

  return {
    ...sync,
${editMethods}
    signOut: () => sync.stop({ wipe: true }),
  }
}

${givenFunction}
`
  return { path: 'create-app-sync.ts', text, followsSchema: false }
}
