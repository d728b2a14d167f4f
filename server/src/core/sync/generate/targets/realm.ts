// The layer over Realm: the outbox is a class of the app's realm, written in the same transaction as the data.
import type { Entity, Field } from '../../../catalog/catalog.ts'
import { conflictsFile } from '../conflicts-file.ts'
import { entitiesFile } from '../entities-file.ts'
import type { LayerFile, SyncPlan, SyncSchema, SyncTarget } from '../layer.ts'
import { literal, propertyName } from '../names.ts'
import { indexFiles, indexPackages, type StoreParts } from '../queue-files.ts'
import { broughtToRealm, layerClasses, layerProperties } from '../realm/brought.ts'
import { screenFiles } from '../screen-files.ts'
import { templateFiles } from '../template-files.ts'
import { testFiles } from '../test-files.ts'

export const realmTarget: SyncTarget = {
  id: 'realm',
  engine: 'realm',
  title: 'Outbox in Realm',
  transports: ['rest', 'graphql'],
  usesRemote: true,
  skips: (entity, field) => (field ? isNothingToSend(field) : isOwn(entity)),
  problem,
  packages: (_plan, { packages }) => ['realm', 'zod', ...indexPackages(packages)],
  files: (plan, schema) => [
    ...templateFiles(
      'adopting-transport.ts',
      'realm/adopt-objects.ts',
      'realm/realm-records.ts',
      'realm/realm-store.ts',
      'realm/record-marks.ts',
      'realm/serialisers.ts',
      'realm/sync-schema.ts',
      'realm/sync-states.ts',
      'realm/tracked-writes.ts',
    ),
    entitiesFile(plan, schema),
    classesFile(schema),
    conflictsFile(plan),
    createFile(plan),
    ...indexFiles(plan, schema, parts),
    ...screenFiles(plan, schema),
    ...testFiles(plan, schema),
  ],
  brings: (_plan, { entities }) => broughtToRealm(entities.map(entity => entity.name)),
}

const ownClasses: ReadonlySet<string> = new Set(layerClasses)
const ownProperties: ReadonlySet<string> = new Set(layerProperties.map(property => property.name))

/** The layer's classes, and embedded ones, which go with the objects that hold them. */
const isOwn = (entity: Entity): boolean =>
  ownClasses.has(entity.name.text) || ('embedded' in entity && entity.embedded === true)

/** Backlinks follow from the links of the other side. */
const isNothingToSend = ({ name, type }: Field): boolean =>
  ownProperties.has(name.text) || type?.text.startsWith('linkingObjects<') === true

function problem({ fields }: Entity): string | undefined {
  const key = fields.find(field => field.isPrimary)
  if (key?.type?.text.startsWith('int'))
    return `its key \`${key.name.text}\` is a number that each device counts for itself; give it an objectId, a uuid or a string that the client makes`
  // Bytes are left out, and Realm takes no object without a value that it must have.
  const bytes = fields.find(field => field.type?.text === 'data' && !field.optional)
  return bytes && `its property \`${bytes.name.text}\` must hold bytes, which do not go over the line; make it optional`
}

/** What the app's schema has for the layer. It says what a person must do only where that could not be written. */
const takenInText = `// The schema of the realm ends with \`...syncSchemas\` of ./realm/sync-schema, and each class below has the properties
// of \`trackedProperties\` there. A class that is to be synced later needs them as well, and a higher \`schemaVersion\`:
// generate the layer again. The objects that are there already need no step in \`onMigration\`; they are sent after the first
// pull, unless the server has them.
`
const byHandText = `// In the configuration of the realm:
// - \`schema\`: \`[...your classes, ...syncSchemas]\`, from './realm/sync-schema';
// - each class below: \`properties: { ..., ...trackedProperties }\`, from there too. A class that the Babel plugin reads
//   declares them: \`_version?: string\`, \`_dirtyFields!: Realm.List<string>\`, \`_deletedAt?: Date\`, \`_base?: string\`;
// - \`schemaVersion\`: one more. The objects that are there need no step in \`onMigration\`.
`

function classesFile({ entities, isTakenIn }: SyncSchema): LayerFile {
  const text = `// The classes that are synced, those that others link to first, and their properties that go over the line.
// An object that was deleted here stays until the server knows: screens show \`objects(...)\` of the sync, or filter by
// \`_deletedAt == null\`.
${isTakenIn === true ? takenInText : byHandText}import type { EntityName } from './entities'

export const syncedProperties: Readonly<Record<EntityName, readonly string[]>> = {
${entities.map(({ name, fields }) => `  ${propertyName(name)}: [${fields.map(field => literal(field.name)).join(', ')}],`).join('\n')}
}

export const syncedClasses = Object.keys(syncedProperties)
`
  return { path: 'classes.ts', text, followsSchema: true }
}

const parts: StoreParts = {
  imports: "import type Realm from 'realm'",
  option: '  /** Opened with the schema of the layer: see classes.ts. */\n  readonly realm: Realm',
  given: 'realm: options.realm,',
}

function createFile(plan: SyncPlan): LayerFile {
  const text = `// The sync of one user, with everything around it handed in: the app and its tests each bring their own.
import Realm from 'realm'
import { syncedClasses, syncedProperties } from './classes'
import { conflictPolicy } from './conflicts'
import { adoptingTransport } from './core/adopting-transport'
import { createConflictStrategy } from './core/conflict-strategy'
import { createSync, type Sync, type SyncOptions } from './core/create-sync'
import { type Remote, remoteTransport } from './core/remote'
import { defaultLimits } from './core/types'
import { type Entities, type EntityName, knownFields, payloads, schemaVersion } from './entities'
import { createAdoption } from './realm/adopt-objects'
import { createRealmRecords } from './realm/realm-records'
import { createRealmStore, type RealmTx } from './realm/realm-store'
import { createRecordMarks } from './realm/record-marks'
import { createSerialisers } from './realm/serialisers'
import { missingInSchema } from './realm/sync-schema'
import { createSyncStates } from './realm/sync-states'
import { createTrackedWrites } from './realm/tracked-writes'

type Around = Pick<
  SyncOptions<RealmTx>,
  'userId' | 'auth' | 'net' | 'clock' | 'app' | 'newId' | 'random' | 'limits' | 'onEvent'
>

export interface AppSyncOptions extends Around {
  readonly realm: Realm
  readonly remote: Remote
}

/** Values as Realm has them (dates, ids, objects for links), or as JSON has them. */
export type Values<Name extends EntityName> = { [Field in keyof Entities[Name]]?: Entities[Name][Field] | object }

export interface AppSync extends Sync<RealmTx> {
  /** The objects of a class, without those that are deleted and only wait for the server. */
  objects<T = Record<string, unknown>>(entity: EntityName): Realm.Results<Realm.Object<T> & T>
  /** Makes an object here and, as soon as it can be, on the server. It gives the new key. */
  create<Name extends EntityName>(entity: Name, values: Values<Name>, key?: string): Promise<string>
  /** Changes some properties of an object. */
  update<Name extends EntityName>(entity: Name, key: string, values: Values<Name>): Promise<void>
  remove(entity: EntityName, key: string): Promise<void>
  /** False while something of the user is on this device alone: what waits or has failed, and objects that the server was never told of. */
  isAllSent(): Promise<boolean>
  /** Ends the sync and removes the user's objects and operations from the device. */
  signOut(): Promise<void>
}

export function createAppSync(options: AppSyncOptions): AppSync {
  const { realm, userId, clock, remote } = options
  const { now } = clock
  const lacking = missingInSchema(realm.schema, syncedClasses)
  if (lacking !== undefined) throw new Error(\`The schema of the realm lacks \${lacking}. See classes.ts.\`)
  const limits = { ...defaultLimits, ...options.limits }
  const serialisers = createSerialisers({ realm, bson: Realm.BSON, fields: syncedProperties })
  const states = createSyncStates(realm, userId, now)
  const about = { realm, serialisers, states, classes: syncedClasses }
  const records = createRealmRecords({ ...about, userId, now, policies: entity => conflictPolicy(entity).fields })
  const adoption = createAdoption({
    ...about,
    userId,
    now,
    enqueue: (operation, write) => sync.enqueue(operation, write),
  })
  const transport = remoteTransport({ remote, records, clock, requestTimeoutMs: limits.requestTimeoutMs })
  const sync: Sync<RealmTx> = createSync<RealmTx>({
    ...options,
    limits,
    store: createRealmStore({ realm, userId, now, marks: createRecordMarks(about) }),
    transport: adoptingTransport(transport, adoption),
    local: records.local,
    onConflict: createConflictStrategy(conflictPolicy),
    payloads: { entities: payloads, upgrade: knownFields },
    schemaVersion,
    keepsAudit: ${plan.audit},
  })
  const writes = createTrackedWrites({ realm, serialisers, states, now, enqueue: sync.enqueue, adoption })

  return {
    ...sync,
    objects: <T>(entity: EntityName) => realm.objects<T>(entity).filtered('_deletedAt == null'),
    create: async (entity, values, key = serialisers.newKey(entity, options.newId)) => {
      await writes.create(entity, key, { ...values })
      return key
    },
    update: (entity, key, values) => writes.update(entity, key, { ...values }),
    remove: writes.delete,
    isAllSent: async () => (await sync.waiting()).length + (await sync.failed()).length === 0 && !adoption.hasUntold(),
    signOut: async () => {
      await sync.stop()
      await records.wipe()
      await sync.stop({ wipe: true })
    },
  }
}
`
  return { path: 'create-app-sync.ts', text, followsSchema: false }
}
