// Finds the payloads of operations in what a queue stores or sends, however deep it has put them.
import { markersOf } from './fault-server.ts'
import type { Payload } from './queue-under-test.ts'

/** The objects in `value` that carry a marker `m<number>`; texts are looked into where they hold JSON. */
export function payloadsIn(value: unknown): readonly Payload[] {
  if (typeof value === 'string') {
    const parsed = parsedJson(value)
    return typeof parsed === 'object' ? payloadsIn(parsed) : []
  }
  if (Array.isArray(value)) return value.flatMap(payloadsIn)
  if (!isObject(value)) return []
  return isPayload(value) ? [value] : Object.values(value).flatMap(payloadsIn)
}

/** The value of a text in JSON; undefined for other texts. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isPayload = (value: Readonly<Record<string, unknown>>): value is Payload =>
  Object.keys(value).some(name => /^m\d+$/.test(name)) && markersOf(value as Payload).length > 0
