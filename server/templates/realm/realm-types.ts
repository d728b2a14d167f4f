// What the sync layer needs of Realm: a `Realm` from the package fits, and so does the one of `useRealm()`.

/** An object of the database: a getter and a setter per property. */
export type RealmRow = Record<string, unknown>

/** What a class or a query gives. It is live: it changes with what is written. */
export interface RealmResults extends Iterable<RealmRow> {
  readonly length: number
  filtered(query: string, ...values: unknown[]): RealmResults
  sorted(property: string, reverse?: boolean): RealmResults
}

/** A class of `realm.schema`, as Realm gives it back. */
export interface RealmClass {
  readonly name: string
  readonly primaryKey?: string | undefined
  readonly embedded?: boolean | undefined
  readonly properties: Readonly<Record<string, RealmProperty>>
}

export interface RealmProperty {
  /** `string`, `objectId`, `list`, `object` … */
  readonly type: string
  /** The class of an object; for a collection the type of its elements or their class. */
  readonly objectType?: string | undefined
  readonly optional?: boolean | undefined
  readonly default?: unknown
}

export interface SyncedRealm {
  readonly schema: readonly RealmClass[]
  /** Runs `work` in a transaction: all that it writes is stored, or nothing where it throws. */
  write<T>(work: () => T): T
  objects(className: string): RealmResults
  objectForPrimaryKey(className: string, key: string | number): unknown
  create(className: string, values: Record<string, unknown>, mode?: UpdateMode): unknown
  delete(rows: unknown): void
}

/** `Realm.UpdateMode`, or the older form of it: the package's own type is an enum that only the package can name. */
export type UpdateMode = string | boolean
