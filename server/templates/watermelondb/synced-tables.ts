// What the layer knows of the tables that it syncs, and how their records change form at the line.
import { z } from 'zod'
import type { JsonObject, JsonValue } from '../sync/types.ts'
import type { Row } from './types.ts'

export interface SyncedTable {
  /** Checks a record of the server and gives it as WatermelonDB stores it. */
  readonly row: z.ZodType<Row>
  /** Columns that hold JSON as text; it crosses the line as JSON. */
  readonly json: readonly string[]
}

/** By name, parents before their children: in this order the server is told of them. */
export type SyncedTables = Readonly<Record<string, SyncedTable>>

/** JSON of the server as the text that a column holds. */
export const jsonText = z.json().transform(value => JSON.stringify(value))

/** A record as it is sent: without the marks of WatermelonDB, JSON as JSON. */
export function toWire(raw: Readonly<Record<string, unknown>>, table: SyncedTable): JsonObject {
  const fields = Object.entries(raw).filter(([name]) => name !== '_status' && name !== '_changed')
  return Object.fromEntries(
    fields.map(([name, value]) => [name, table.json.includes(name) ? parsed(value) : (value as JsonValue)]),
  )
}

/** Text that is no JSON is sent as it is. */
function parsed(text: unknown): JsonValue {
  if (typeof text !== 'string') return null
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}
