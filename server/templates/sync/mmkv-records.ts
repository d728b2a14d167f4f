// What is known of each record on the server, in MMKV, beside records that the app keeps elsewhere.
// MMKV and the app's store have no transaction in common: after a crash in between, a page is applied once more.
import type { OutboxStorage } from './mmkv-store.ts'
import type { OutboxRows } from './outbox-store.ts'
import type { RecordStore } from './remote.ts'
import type { EntityRef, JsonObject, LocalWrite, NewOperation, OutboxOp, RemoteRecord } from './types.ts'

/** The app's records, wherever they are kept. Each call may be repeated. */
export interface AppRecords {
  /** Null when there is no such record. */
  read(ref: EntityRef): Promise<JsonObject | null>
  /** Changes the given fields, or makes the record. */
  write(ref: EntityRef, values: JsonObject): Promise<void>
  remove(ref: EntityRef): Promise<void>
  /**
   * The ids of all records of an entity that are the signed-in user's. Those that the server was never told of, from the
   * time before the sync or written past it, are sent to it; an empty list keeps them on the device.
   */
  ids(entity: string): Promise<readonly string[]>
}

/** The app's records, read without fields that are not synced. */
export function onlyKnown(app: AppRecords, known: (entity: string, values: JsonObject) => JsonObject): AppRecords {
  return {
    read: async ref => {
      const values = await app.read(ref)
      return values === null ? null : known(ref.entity, values)
    },
    write: (ref, values) => app.write(ref, values),
    remove: ref => app.remove(ref),
    ids: entity => app.ids(entity),
  }
}

export interface MmkvRecordsOptions {
  readonly storage: OutboxStorage
  readonly outbox: Pick<OutboxRows, 'unfinished'>
  readonly app: AppRecords
  /** Parents before their children. */
  readonly entities: readonly string[]
  /** The records that a record refers to. */
  readonly parentsOf: (entity: string, values: JsonObject) => readonly EntityRef[]
}

export interface MmkvRecords extends RecordStore {
  /** The change of the app's record that belongs to an operation. */
  writeOf(operation: NewOperation): LocalWrite<void>
  /** True for a record of which the server has told, or may know. */
  isTold(ref: EntityRef): boolean
}

const versionPrefix = 'version:'
/** Records whose state on the server is not known for sure. */
const doubtPrefix = 'doubt:'
const checkpointKey = 'checkpoint'

export function createMmkvRecords(options: MmkvRecordsOptions): MmkvRecords {
  const { storage, outbox, app, entities } = options
  /** The keys of doubts, read once: each pull asks for them, and the storage holds a key for each record besides. */
  let doubts: Set<string> | undefined

  function knownDoubts(): Set<string> {
    doubts ??= new Set(storage.getAllKeys().filter(key => key.startsWith(doubtPrefix)))
    return doubts
  }

  function doubt(ref: EntityRef): void {
    const key = keyOf(doubtPrefix, ref)
    storage.set(key, '')
    knownDoubts().add(key)
  }

  function trust(ref: EntityRef): void {
    const key = keyOf(doubtPrefix, ref)
    storage.remove(key)
    knownDoubts().delete(key)
  }

  async function isEdited(ref: EntityRef): Promise<boolean> {
    return (await outbox.unfinished(ref)).length > 0
  }

  async function take(ref: EntityRef, remote: RemoteRecord | null): Promise<void> {
    // An unsent edit would be lost; what the server says is asked for again when it has been sent.
    if (await isEdited(ref)) return doubt(ref)
    if (remote === null) await app.remove(ref)
    else await app.write(ref, remote.values)
    know(ref, remote?.version ?? null)
    trust(ref)
  }

  function know(ref: EntityRef, version: string | null): void {
    if (version === null) storage.remove(keyOf(versionPrefix, ref))
    else storage.set(keyOf(versionPrefix, ref), version)
  }

  /** The fields that edits behind this one have changed; null when there is none behind it. */
  async function laterFields(op: OutboxOp): Promise<ReadonlySet<string> | null> {
    const later = (await outbox.unfinished(op)).filter(one => one.seq > op.seq)
    return later.length === 0 ? null : new Set(later.flatMap(one => Object.keys(one.payload)))
  }

  return {
    checkpoint: async () => storage.getString(checkpointKey) ?? null,
    apply: async page => {
      for (const entity of entities) {
        for (const { id, values, version, stamp = null } of page.changes[entity]?.upserted ?? [])
          await take({ entity, entityId: id }, { values, version, stamp })
      }
      for (const entity of [...entities].reverse()) {
        for (const entityId of page.changes[entity]?.deleted ?? []) await take({ entity, entityId }, null)
      }
      // Last, so that a crash repeats the page but never skips it.
      storage.set(checkpointKey, page.checkpoint)
    },
    doubtful: async () => {
      const refs: EntityRef[] = []
      for (const key of knownDoubts()) {
        // A logout has emptied the storage.
        if (storage.getString(key) === undefined) continue
        const [entity = '', entityId = ''] = JSON.parse(key.slice(doubtPrefix.length)) as string[]
        if (!(await isEdited({ entity, entityId }))) refs.push({ entity, entityId })
      }
      return refs
    },
    put: take,
    local: {
      delivered: async (op, result) => {
        const later = await laterFields(op)
        if (op.kind === 'delete') return know(op, null)
        const version = result.version ?? null
        if (version === null) doubt(op)
        else know(op, version)
        if (result.values !== undefined && (await app.read(op)) !== null)
          await app.write(op, without(result.values, later))
      },
      settled: async (op, values, version) => {
        const later = await laterFields(op)
        if (values === null) await app.remove(op)
        else await app.write(op, without(values, later))
        know(op, version)
      },
      discarded: async op => doubt(op),
    },
    isTold: ref => [versionPrefix, doubtPrefix].some(prefix => storage.getString(keyOf(prefix, ref)) !== undefined),
    writeOf: operation => async () => {
      const { kind, entity, entityId, payload } = operation
      const base = await app.read(operation)
      const baseVersion = storage.getString(keyOf(versionPrefix, operation)) ?? null
      if (kind !== 'create' && base === null) throw new Error(`There is no ${entity} ${entityId}.`)
      if (kind === 'delete') await app.remove(operation)
      else await app.write(operation, payload)
      return { base, baseVersion, dependsOn: kind === 'delete' ? [] : options.parentsOf(entity, payload) }
    },
  }
}

function without(values: JsonObject, names: ReadonlySet<string> | null): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names?.has(name) !== true))
}

function keyOf(prefix: string, { entity, entityId }: EntityRef): string {
  return `${prefix}${JSON.stringify([entity, entityId])}`
}
