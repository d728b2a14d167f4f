// `entities.ts` of a layer: the types of what is synced, and the checks of what is sent and received.
import type { LayerFile, SyncEntity, SyncPlan, SyncSchema } from './layer.ts'
import { literal, lowerFirst, propertyName } from './names.ts'
import { zodOf } from './wire.ts'

/** The file; it follows the schema. */
export function entitiesFile(plan: SyncPlan, schema: SyncSchema): LayerFile {
  const { entities } = schema
  const text = `// What is synced: the fields of each record, their types, and the checks of what is sent and received.
import { z } from 'zod'
import type { PulledPage } from './core/pull'
import type { EntityPayloads } from './core/payloads'
import type { JsonObject, OutboxOp } from './core/types'

/** The version of the schema that operations are written in. */
export const schemaVersion = ${schema.version}

${entities.map(entity => recordOf(entity, plan)).join('\n')}
/** The records by the names of their entities. */
export interface Entities {
${entities.map(({ name, typeName }) => `  ${propertyName(name)}: ${typeName}`).join('\n')}
}

export type EntityName = keyof Entities

/** The part of the address that belongs to each entity. */
export const paths: Readonly<Record<EntityName, string>> = {
${entities.map(({ name, path }) => `  ${propertyName(name)}: ${literal(path)},`).join('\n')}
}

/** The checks of payloads: the whole record for a create, some of its fields for an update. */
export const payloads: Readonly<Record<EntityName, EntityPayloads>> = {
${entities.map(({ name, typeName }) => `  ${propertyName(name)}: { create: ${schemaName(typeName)}, update: ${schemaName(typeName)}.partial() },`).join('\n')}
}

const records: Readonly<Record<EntityName, z.ZodType<JsonObject>>> = {
${entities.map(({ name, typeName }) => `  ${propertyName(name)}: ${schemaName(typeName)},`).join('\n')}
}

/** The fields that each entity has in this release. */
const fields: Readonly<Record<EntityName, readonly string[]>> = {
${entities.map(({ name, typeName }) => `  ${propertyName(name)}: Object.keys(${schemaName(typeName)}.shape),`).join('\n')}
}

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(paths, name)
}

/** The payload without fields that this release no longer has. */
export function knownFields(op: Pick<OutboxOp, 'entity' | 'payload'>): JsonObject {
  const known = isEntityName(op.entity) ? fields[op.entity] : []
  return Object.fromEntries(Object.entries(op.payload).filter(([name]) => known.includes(name)))
}

const envelope = z.object({ id: z.string(), version: z.string(), stamp: z.string().nullish() })

/** Checks a record as the server gives it. Fields of a newer server are passed over. */
export function parseRecord(entity: string, body: unknown) {
  if (!isEntityName(entity)) throw new Error(\`\${entity} is not synced.\`)
  const { id, version, stamp = null, values } = envelope.extend({ values: records[entity] }).parse(body)
  return { id, version, stamp, values }
}

const page = z.object({
  changes: z.record(z.string(), z.object({ upserted: z.array(z.unknown()), deleted: z.array(z.string()) })),
  checkpoint: z.string().min(1),
  hasMore: z.boolean(),
})

/** Checks a page of changes, which names entities by their paths. */
export function parsePage(body: unknown): PulledPage {
  const { changes, checkpoint, hasMore } = page.parse(body)
  const entries = Object.entries(paths).flatMap(([entity, path]) => {
    const one = changes[path]
    if (one === undefined) return []
    return [[entity, { upserted: one.upserted.map(record => parseRecord(entity, record)), deleted: one.deleted }] as const]
  })
  return { changes: Object.fromEntries(entries), checkpoint, hasMore }
}
`
  return { path: 'entities.ts', text, followsSchema: true }
}

const schemaName = (typeName: string): string => `${lowerFirst(typeName)}Schema`

function recordOf({ typeName, fields }: SyncEntity, plan: SyncPlan): string {
  return `export const ${schemaName(typeName)} = z.object({
${fields.map(field => `  ${propertyName(field.name)}: ${zodOf(field, plan)},`).join('\n')}
})
export type ${typeName} = z.infer<typeof ${schemaName(typeName)}>
`
}
