// An app with its sync layer over a real Realm: the parts put together as a generated layer does it.

import type * as AdoptObjectsFile from '../../templates/realm/adopt-objects.ts'
import type * as RealmRecordsFile from '../../templates/realm/realm-records.ts'
import type * as RealmStoreFile from '../../templates/realm/realm-store.ts'
import type { RealmTx } from '../../templates/realm/realm-store.ts'
import type { RealmResults, RealmRow, SyncedRealm } from '../../templates/realm/realm-types.ts'
import type * as RecordMarksFile from '../../templates/realm/record-marks.ts'
import type { Bson } from '../../templates/realm/scalars.ts'
import type * as SerialisersFile from '../../templates/realm/serialisers.ts'
import type { Serialisers } from '../../templates/realm/serialisers.ts'
import { syncSchemas, trackedProperties } from '../../templates/realm/sync-schema.ts'
import type * as SyncStatesFile from '../../templates/realm/sync-states.ts'
import type * as TrackedWritesFile from '../../templates/realm/tracked-writes.ts'
import type { TrackedWrites } from '../../templates/realm/tracked-writes.ts'
import type * as AdoptingFile from '../../templates/sync/adopting-transport.ts'
import type * as ConflictStrategy from '../../templates/sync/conflict-strategy.ts'
import type * as CreateSync from '../../templates/sync/create-sync.ts'
import type { Sync, SyncOptions } from '../../templates/sync/create-sync.ts'
import type { FieldPolicies } from '../../templates/sync/merge.ts'
import type * as RemoteFile from '../../templates/sync/remote.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import type * as RestRemoteFile from '../../templates/sync/rest-remote.ts'
import type * as TransportErrors from '../../templates/sync/transport-error.ts'
import type { LocalWrite, NewOperation } from '../../templates/sync/types.ts'
import type { RealmHandle, RealmObjectSchema } from '../oracle/realm.ts'
import { loadTemplates } from './load-layer.ts'
import type { Replacement } from './replacements.ts'

/** The modules of a layer over Realm: as they are, or with a fault put in. */
export type RealmLayer = typeof CreateSync &
  typeof AdoptingFile &
  typeof ConflictStrategy &
  typeof RemoteFile &
  typeof RestRemoteFile &
  typeof TransportErrors &
  typeof AdoptObjectsFile &
  typeof RealmStoreFile &
  typeof RealmRecordsFile &
  typeof RecordMarksFile &
  typeof SerialisersFile &
  typeof SyncStatesFile &
  typeof TrackedWritesFile

const files = [
  'adopting-transport',
  'create-sync',
  'conflict-strategy',
  'remote',
  'rest-remote',
  'transport-error',
  ...[
    'adopt-objects',
    'realm-store',
    'realm-records',
    'record-marks',
    'serialisers',
    'sync-states',
    'tracked-writes',
  ].map(name => `../realm/${name}`),
]

export async function loadRealmLayer(replacements: readonly Replacement[] = []): Promise<RealmLayer> {
  return (await loadTemplates(files, replacements)) as RealmLayer
}

/** What the oracle's realm can do beyond what its other users need. */
export type WholeRealm = RealmHandle &
  SyncedRealm & {
    readonly isInTransaction: boolean
    beginTransaction(): void
    cancelTransaction(): void
  }

/** An app's schema with what the layer asks for: `classes` are synced, `others` are not. */
export function withSync(
  classes: readonly RealmObjectSchema[],
  others: readonly RealmObjectSchema[] = [],
): RealmObjectSchema[] {
  const synced = classes.map(one => ({
    ...one,
    properties: { ...(one['properties'] as object), ...trackedProperties },
  }))
  return [...synced, ...others, ...(syncSchemas as readonly RealmObjectSchema[])]
}

export interface RealmAppOptions extends Omit<SyncOptions<RealmTx>, 'store' | 'transport' | 'local'> {
  readonly layer: RealmLayer
  readonly realm: SyncedRealm
  readonly bson: Bson
  /** Parents first. */
  readonly classes: readonly string[]
  readonly remote: Remote
  readonly policies?: (className: string) => FieldPolicies | undefined
  /** False where the server has nothing to pull. */
  readonly pulls?: boolean
  readonly enqueue?: (operation: NewOperation, write: LocalWrite<RealmTx>) => Promise<void>
}

export interface RealmApp {
  readonly sync: Sync<RealmTx>
  readonly writes: TrackedWrites
  readonly serialisers: Serialisers
  readonly records: Pick<RealmRecordsFile.RealmRecords, 'wipe'>
  readonly adoption: Pick<ReturnType<typeof AdoptObjectsFile.createAdoption>, 'hasUntold'>
}

/** Puts the parts together. */
export function createRealmApp(options: RealmAppOptions): RealmApp {
  const { layer, realm, bson, classes, remote, clock, userId } = options
  const { now } = clock
  const serialisers = layer.createSerialisers({ realm, bson })
  const states = layer.createSyncStates(realm, userId, now)
  const about = { realm, serialisers, classes, states }
  const records = layer.createRealmRecords({ ...about, userId, now, policies: options.policies })
  const transport = layer.remoteTransport({ remote, records, clock, requestTimeoutMs: 30_000 })
  const enqueue = options.enqueue ?? ((operation, write) => sync.enqueue(operation, write))
  const adoption = layer.createAdoption({ ...about, userId, now, enqueue })
  const sync: Sync<RealmTx> = layer.createSync<RealmTx>({
    ...options,
    store: layer.createRealmStore({ realm, userId, now, marks: layer.createRecordMarks(about) }),
    transport:
      options.pulls === false
        ? { send: transport.send, fetchRemote: transport.fetchRemote }
        : layer.adoptingTransport(transport, adoption),
    local: records.local,
  })
  const writes = layer.createTrackedWrites({ realm, serialisers, states, now, enqueue, adoption })
  return { sync, serialisers, writes, records, adoption }
}

/** An object by its key, for a look at it. */
export function rowsOf(realm: { objects(name: string): RealmResults }, name: string): readonly RealmRow[] {
  return [...realm.objects(name)]
}
