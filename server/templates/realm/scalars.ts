// The values of Realm that JSON does not have: ids, decimals, dates and bytes are sent as text.
import type { JsonValue } from '../sync/types.ts'
import { fromBase64, toBase64 } from './base64.ts'

/** `Realm.BSON`, or what is needed of it. */
export interface Bson {
  readonly ObjectId: new (hex?: string) => object
  readonly UUID: new (text?: string) => object
  readonly Decimal128: { fromString(text: string): object }
}

export function encodeScalar(type: string, value: unknown): JsonValue {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'objectId':
    case 'uuid':
    case 'decimal128':
      return String(value)
    case 'date':
      return new Date(value as string | Date).toISOString()
    case 'data':
      return toBase64(bytesOf(value as ArrayBuffer | ArrayBufferView))
    case 'int':
      // A counter is an object with its number inside.
      return Number(typeof value === 'object' ? (value as { value?: unknown }).value : value)
    case 'float':
    case 'double':
      // JSON has no NaN and no infinity.
      return Number.isFinite(value) ? (value as number) : String(value)
    default:
      return value as JsonValue
  }
}

export function decodeScalar(type: string, value: JsonValue, bson: Bson): unknown {
  if (value === null) return null
  switch (type) {
    case 'objectId':
      return new bson.ObjectId(String(value))
    case 'uuid':
      return new bson.UUID(String(value))
    case 'decimal128':
      return bson.Decimal128.fromString(String(value))
    case 'date':
      return new Date(value as string | number)
    case 'data':
      return fromBase64(String(value)).buffer
    case 'int':
    case 'float':
    case 'double':
      return Number(value)
    default:
      return value
  }
}

function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)
}
