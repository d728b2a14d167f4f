// The classes of the sync layer, which stand in the app's Realm schema, and the properties of each synced class.

/** An operation that the server has not confirmed. */
export const outboxOpSchema = {
  name: 'OutboxOp',
  primaryKey: 'seq',
  properties: {
    seq: 'int',
    id: { type: 'string', indexed: true },
    userId: 'string',
    entity: 'string',
    entityId: { type: 'string', indexed: true },
    kind: 'string',
    payload: 'string',
    baseVersion: 'string?',
    base: 'string?',
    dependsOn: 'string',
    stamp: 'string?',
    state: { type: 'string', indexed: true },
    attempts: 'int',
    nextAt: 'int',
    sentAt: 'int?',
    lastError: 'string?',
    remote: 'string?',
    schemaVersion: 'int',
    createdAt: 'int',
  },
} as const

/** What the layer keeps between its runs: the last place that was given away, and how far the pull has come. */
export const syncStateSchema = {
  name: 'SyncState',
  primaryKey: 'scope',
  properties: { scope: 'string', userId: 'string', checkpoint: 'string?', lastSeq: 'int', updatedAt: 'int' },
} as const

/** A line of the audit log. */
export const syncAuditSchema = {
  name: 'SyncAudit',
  properties: {
    userId: 'string',
    seq: 'int',
    at: { type: 'int', indexed: true },
    entity: 'string',
    entityId: 'string',
    strategy: 'string',
    local: 'string?',
    remote: 'string?',
    base: 'string?',
    resolved: 'string?',
    actor: 'string',
  },
} as const

/** A link to an object that has not been pulled yet. */
export const missingLinkSchema = {
  name: 'SyncMissingLink',
  primaryKey: 'id',
  properties: { id: 'string', entity: 'string', entityId: 'string', field: 'string', value: 'string' },
} as const

/** They stand in the `schema` of the app's configuration. */
export const syncSchemas = [outboxOpSchema, syncStateSchema, syncAuditSchema, missingLinkSchema]

/** They stand in the properties of each synced class. Each has a value for objects that are there already. */
export const trackedProperties = {
  /** The server's version of the object; null while the server does not know it. */
  _version: 'string?',
  /** Properties with changes that the server has not confirmed. */
  _dirtyFields: 'string[]',
  /** Set when the object was deleted here: it is kept until the server knows, and must not be shown. */
  _deletedAt: 'date?',
  /** The server's record below the changes, as JSON. */
  _base: 'string?',
} as const

/** What a schema lacks for these classes to be synced, in words; undefined where it lacks nothing. */
export function missingInSchema(
  schema: readonly { readonly name: string; readonly properties: object }[],
  classes: readonly string[],
): string | undefined {
  const of = (name: string) => schema.find(one => one.name === name)?.properties
  const lacking = [
    ...syncSchemas.map(one => one.name).filter(name => of(name) === undefined),
    ...classes.flatMap(name =>
      Object.keys(trackedProperties)
        .filter(property => !Object.hasOwn(of(name) ?? {}, property))
        .map(property => `${name}.${property}`),
    ),
  ]
  return lacking.length === 0 ? undefined : lacking.join(', ')
}

/** True for a property that never leaves the device. */
export function isTrackedProperty(name: string): boolean {
  return Object.hasOwn(trackedProperties, name)
}
