// Asks the real Realm (realm-core 13.13 in WebAssembly) about schemas, queries, writes and migrations.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { oracleFolder } from './installed.ts'

/** A class as `static schema` has it; wrong ones are welcome. */
export type RealmObjectSchema = Readonly<Record<string, unknown>>

/** Values of one object by property. A link is written as a nested object, or as one that `insert` gave back. */
export type RealmValues = Readonly<Record<string, unknown>>

/** How something ended: with its value, or with what Realm said. `crashed` when Realm itself stopped. */
export type RealmAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly crashed: boolean }

/** The old or the new realm, as a migration function gets it. */
export interface RealmHandle {
  readonly schemaVersion: number
  objects(className: string): RealmResults
  create(className: string, values: RealmValues): RealmRow
  delete(rows: unknown): void
  deleteModel(className: string): void
  objectForPrimaryKey(className: string, key: unknown): RealmRow | null
}

/** An object of the database: a getter and a setter per property. */
export type RealmRow = Record<string, unknown>

/** What a query gives, or a class. */
export type RealmResults = Iterable<RealmRow> & {
  readonly length: number
  readonly [index: number]: RealmRow
  filtered(query: string, ...args: readonly unknown[]): RealmResults
  sorted(...args: readonly unknown[]): RealmResults
}

export type OnMigration = (oldRealm: RealmHandle, newRealm: RealmHandle) => void

/** A database in memory; it is gone when it is closed. Close it: an open one keeps the process alive. */
export interface OpenedRealm {
  /** Creates an object in a transaction of its own. */
  insert(className: string, values: RealmValues): RealmAnswer<RealmRow>
  /** Runs a query and reads all it finds: some faults show only then. The value is the number of objects. */
  query(className: string, text: string, args?: readonly unknown[]): RealmAnswer<number>
  /** `results.sorted(…)`, read to the end. */
  sorted(className: string, ...args: readonly unknown[]): RealmAnswer<number>
  /** All objects of a class as plain values: an object as its primary key, else as `{…}`; a collection as an array. */
  read(className: string): readonly RealmValues[]
  /**
   * Changes the schema of the open database, as reopening its file with another version would. Objects that were given
   * out before are dead afterwards.
   */
  migrate(schema: readonly RealmObjectSchema[], version: number, onMigration?: OnMigration): RealmAnswer<undefined>
  readonly schemaVersion: number
  /** For what has no method here. */
  readonly realm: RealmHandle
  close(): void
}

/** Opens a new database. The answer is not ok where Realm does not take the schema. */
export async function openRealm(schema: readonly RealmObjectSchema[], version = 0): Promise<RealmAnswer<OpenedRealm>> {
  const Realm = await loadRealm()
  return answer(() => opened(Realm, openNew(Realm, schema, version)))
}

/** Closes a database when the work with it is done. @throws when Realm does not take the schema, and what `work` throws. */
export async function withRealm<T>(
  schema: readonly RealmObjectSchema[],
  work: (realm: OpenedRealm) => T | Promise<T>,
  version = 0,
): Promise<T> {
  const realm = await openRealm(schema, version)
  if (!realm.ok) throw new Error(realm.message)
  try {
    return await work(realm.value)
  } finally {
    realm.value.close()
  }
}

/** The library's own BSON types, to give them as values and arguments. */
export async function realmBson(): Promise<RealmBson> {
  return (await loadRealm()).BSON
}

/** The library's own `Realm.Object`, to extend it. */
export async function realmObject(): Promise<RealmObjectClass> {
  return (await loadRealm()).Object
}

export type RealmObjectClass = new (realm: RealmHandle, values: unknown) => RealmRow

export interface RealmBson {
  readonly ObjectId: new (hex?: string) => object
  readonly UUID: new (text?: string) => object
  readonly Decimal128: { fromString(text: string): object }
}

interface Library {
  readonly BSON: RealmBson
  readonly Object: RealmObjectClass
  new (config: unknown, internal?: unknown): LibraryRealm
}

interface LibraryRealm extends RealmHandle {
  readonly schema: readonly { readonly name: string; readonly primaryKey?: string; readonly properties: object }[]
  readonly internal: {
    readonly schema: readonly InternalClass[]
    updateSchema(schema: unknown, version: bigint, migrate: unknown, initialize: null, inTransaction: boolean): void
    $resetSharedPtr(): void
  }
  write<T>(work: () => T): T
  close(): void
}

type InternalClass = Readonly<Record<string, unknown>> & {
  readonly persistedProperties: readonly InternalProperty[]
  readonly computedProperties: readonly InternalProperty[]
}
type InternalProperty = Readonly<Record<string, unknown>>

let library: Promise<Library> | undefined
let loading = 0
let opening = 0

/**
 * Loads the library anew, for the databases that are opened from now on: some queries spoil its memory, which shows only
 * hundreds of queries later.
 */
export function renewRealm(): void {
  library = undefined
}

const loadRealm = (): Promise<Library> => {
  library ??= importRealm()
  return library
}

/** The package is made for browsers: it looks for `window`, and fetches its WebAssembly. */
async function importRealm(): Promise<Library> {
  const scope = globalThis as Record<string, unknown>
  const before = Object.fromEntries(
    ['window', 'navigator', 'fetch'].map(key => [key, Object.getOwnPropertyDescriptor(scope, key)]),
  )
  const define = (key: string, value: unknown) =>
    Object.defineProperty(scope, key, { value, configurable: true, writable: true })
  const fetchBefore = globalThis.fetch
  define('window', globalThis)
  define('navigator', { userAgent: 'node' })
  define('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const url = String(input instanceof Request ? input.url : input)
    if (!url.startsWith('file:')) return fetchBefore(input, init)
    return new Response(await readFile(fileURLToPath(url)), { headers: { 'content-type': 'application/wasm' } })
  })
  // It would make itself global for good, and then could not be loaded a second time.
  const { defineProperty } = Object
  Object.defineProperty = (target, key, descriptor) =>
    Object.is(target, globalThis) && key === 'Realm' ? target : defineProperty(target, key, descriptor)
  try {
    const file = join(oracleFolder, 'node_modules', 'realm-oracle', 'dist', 'bundle.browser.mjs')
    const loaded = (await import(`${pathToFileURL(file).href}?${++loading}`)) as {
      readonly Realm?: Library
      readonly default: Library
    }
    return loaded.Realm ?? loaded.default
  } finally {
    Object.defineProperty = defineProperty
    for (const [key, descriptor] of Object.entries(before)) {
      if (descriptor) Object.defineProperty(scope, key, descriptor)
      else delete scope[key]
    }
  }
}

const openNew = (Realm: Library, schema: readonly RealmObjectSchema[], schemaVersion: number): LibraryRealm =>
  new Realm({ path: `oracle-${++opening}`, inMemory: true, schemaVersion, schema })

function opened(Realm: Library, first: LibraryRealm): OpenedRealm {
  let realm = first
  return {
    get realm() {
      return realm
    },
    insert: (className, values) => answer(() => realm.write(() => realm.create(className, values))),
    query: (className, text, args = []) => answer(() => readAll(realm.objects(className).filtered(text, ...args))),
    sorted: (className, ...args) => answer(() => readAll(realm.objects(className).sorted(...args))),
    read: className => [...realm.objects(className)].map(row => plainRow(row, realm, className)),
    migrate: (schema, version, onMigration) =>
      answer(() => {
        migrate(Realm, realm, schema, version, onMigration)
        // The classes of the library are made for one schema, so they are made anew.
        realm = new Realm(null, { internal: realm.internal, schemaExtras: {} })
        return undefined
      }),
    get schemaVersion() {
      return Number(realm.schemaVersion)
    },
    close: () => realm.close(),
  }
}

/** What is wrong with a sort shows only when there is something to sort. */
function readAll(results: RealmResults): number {
  return [...results].length
}

function migrate(
  Realm: Library,
  realm: LibraryRealm,
  schema: readonly RealmObjectSchema[],
  version: number,
  onMigration: OnMigration | undefined,
): void {
  const target = openNew(Realm, schema, version)
  const classes = target.internal.schema.map(plainClass)
  target.close()
  const callback = (oldInternal: LibraryRealm['internal'], newInternal: LibraryRealm['internal']) => {
    const oldRealm = new Realm(null, { internal: oldInternal, schemaExtras: {} })
    const newRealm = new Realm(null, { internal: newInternal, schemaExtras: {} })
    try {
      onMigration?.(oldRealm, newRealm)
    } finally {
      oldRealm.close()
      oldRealm.internal.$resetSharedPtr()
      newRealm.internal.$resetSharedPtr()
    }
  }
  realm.internal.updateSchema(classes, BigInt(version), onMigration ? callback : null, null, false)
}

/** A class without the keys that belong to one database. */
const plainClass = (one: InternalClass) => ({
  ...picked(one, ['name', 'alias', 'tableType', 'primaryKey']),
  persistedProperties: one.persistedProperties.map(plainProperty),
  computedProperties: one.computedProperties.map(plainProperty),
})

const plainProperty = (property: InternalProperty) =>
  picked(property, [
    'name',
    'publicName',
    'type',
    'objectType',
    'linkOriginPropertyName',
    'isPrimary',
    'isIndexed',
    'isFulltextIndexed',
  ])

const picked = (from: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(keys.map(key => [key, from[key]]))

function plainRow(row: RealmRow, realm: LibraryRealm, className: string): RealmValues {
  const names = Object.keys(realm.schema.find(({ name }) => name === className)?.properties ?? {})
  return Object.fromEntries(names.map(name => [name, plainValue(row[name])]))
}

function plainValue(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date || value instanceof ArrayBuffer) return value
  const { _bsontype: bson, objectSchema } = value as { _bsontype?: string; objectSchema?(): { primaryKey?: string } }
  if (bson) return String(value)
  if (objectSchema) {
    const key = objectSchema.call(value).primaryKey
    const row = value as RealmRow
    return key ? row[key] : Object.fromEntries(Object.keys(row).map(name => [name, plainValue(row[name])]))
  }
  if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map(plainValue)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]))
}

/** Realm prints where it stopped; the message is what counts here. */
function answer<T>(work: () => T): RealmAnswer<T> {
  const { error: print, warn } = console
  console.error = console.warn = () => undefined
  try {
    return { ok: true, value: work() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, message, crashed: error instanceof Error && error.name === 'RuntimeError' }
  } finally {
    console.error = print
    console.warn = warn
  }
}
