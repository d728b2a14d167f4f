// How a field crosses the line: what its value is as JSON, for zod and for a JSON schema.
import type { PlainType } from '../../catalog/catalog.ts'
import type { SyncField, SyncPlan } from './layer.ts'

type Scalar = Exclude<PlainType, object>

/** The zod schema of a field, as our templates write it. */
export function zodOf(field: SyncField, plan: SyncPlan): string {
  const { type } = field
  const schema = typeof type === 'object' ? `z.array(${zodOfScalar(type.list, plan)})` : zodOfScalar(type, plan)
  return field.optional ? `${schema}.nullable().default(null)` : schema
}

/** The JSON schema of a field. */
export function jsonSchemaOf(field: SyncField, plan: SyncPlan): Json {
  const { type } = field
  const schema: Json =
    typeof type === 'object' ? { type: 'array', items: jsonOfScalar(type.list, plan) } : jsonOfScalar(type, plan)
  if (!field.optional) return schema
  const types = schema['type']
  if (types === undefined) return schema
  return { ...schema, type: [...(Array.isArray(types) ? types : [types]), 'null'] }
}

export type Json = { readonly [key: string]: unknown }

/** SQLite has no type for a point in time: the app keeps a text or a number, and that is what crosses the line. */
const hasFreeDates = ({ target }: SyncPlan): boolean => target === 'expo-sqlite' || target === 'op-sqlite'

function zodOfScalar(type: Scalar, plan: SyncPlan): string {
  switch (type) {
    case 'integer':
    case 'milliseconds':
      return 'z.int()'
    case 'number':
      return 'z.number()'
    case 'boolean':
      return 'z.boolean()'
    case 'date':
      return hasFreeDates(plan) ? 'z.union([z.string(), z.number()])' : 'z.string()'
    case 'json':
    case 'unknown':
      return 'z.json()'
    default:
      return 'z.string()'
  }
}

function jsonOfScalar(type: Scalar, plan: SyncPlan): Json {
  switch (type) {
    case 'integer':
      return { type: 'integer' }
    case 'milliseconds':
      return { type: 'integer', description: 'Milliseconds since 1970.' }
    case 'number':
      return { type: 'number' }
    case 'boolean':
      return { type: 'boolean' }
    case 'date':
      return hasFreeDates(plan) ? { type: ['string', 'number'] } : { type: 'string', format: 'date-time' }
    case 'decimal':
      return { type: 'string', description: 'A decimal number.' }
    case 'bytes':
      return { type: 'string', contentEncoding: 'base64' }
    case 'json':
    case 'unknown':
      return {}
    default:
      return { type: 'string' }
  }
}
