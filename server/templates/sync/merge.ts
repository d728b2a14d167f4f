// The three-way merge of a record's fields: what was changed on one side only is taken from that side.
import type { JsonObject, JsonValue } from './types.ts'

/** One side of a merge: its fields, and the time of its last edit by the hybrid logical clock if it is known. */
export interface MergeSide {
  readonly values: JsonObject
  readonly stamp: string | null
}

/**
 * What to do with a field that both sides have changed.
 * `newer`: the later stamp wins; without stamps a fixed order of values decides, so that all devices agree.
 * `max`, `min`: the greater or the smaller value. `set`: an array is merged as a set.
 * A function is given the base and both values, and must not care which side is which.
 */
export type FieldPolicy =
  | 'newer'
  | 'max'
  | 'min'
  | 'set'
  | ((base: JsonValue | undefined, one: JsonValue | undefined, other: JsonValue | undefined) => JsonValue | undefined)

export type FieldPolicies = Readonly<Record<string, FieldPolicy>>

/**
 * Merges two edits of one record. The result is the same when the sides are exchanged; a side that has changed nothing
 * gives the other side back; two equal edits give that edit. A field that is missing counts as removed.
 */
export function mergeFields(
  base: JsonObject,
  one: MergeSide,
  other: MergeSide,
  policies: FieldPolicies = {},
): JsonObject {
  const names = new Set([...Object.keys(base), ...Object.keys(one.values), ...Object.keys(other.values)])
  const merged: [string, JsonValue][] = []
  for (const name of [...names].sort()) {
    const policy = fieldOf(policies, name) ?? 'newer'
    const value = mergeField(
      fieldOf(base, name),
      [fieldOf(one.values, name), one.stamp],
      [fieldOf(other.values, name), other.stamp],
      policy,
    )
    if (value !== undefined) merged.push([name, value])
  }
  // Unlike an assignment, this makes a field of `__proto__` too.
  return Object.fromEntries(merged)
}

/** The fields in which `values` differs from `record`; one that is missing in `values` is not among them. */
export function overrides(record: JsonObject, values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isEqual(fieldOf(record, name), value)))
}

type Stamped = readonly [value: JsonValue | undefined, stamp: string | null]

function mergeField(
  base: JsonValue | undefined,
  one: Stamped,
  other: Stamped,
  policy: FieldPolicy,
): JsonValue | undefined {
  if (isEqual(one[0], other[0])) return one[0]
  if (isEqual(base, one[0])) return other[0]
  if (isEqual(base, other[0])) return one[0]
  if (typeof policy === 'function') return policy(base, one[0], other[0])
  if (policy === 'set' && Array.isArray(one[0]) && Array.isArray(other[0])) return mergeSets(base, one[0], other[0])
  if (policy === 'max') return order(one[0], other[0]) > 0 ? one[0] : other[0]
  if (policy === 'min') return order(one[0], other[0]) < 0 ? one[0] : other[0]
  const [a, b] = [one[1] ?? '', other[1] ?? '']
  if (a !== b) return a > b ? one[0] : other[0]
  return order(one[0], other[0]) > 0 ? one[0] : other[0]
}

/** What either side has added stays, what either side has removed goes; sorted, so that both sides get the same array. */
function mergeSets(base: JsonValue | undefined, one: readonly JsonValue[], other: readonly JsonValue[]): JsonValue {
  const before = new Set(Array.isArray(base) ? base.map(canonical) : [])
  const [a, b] = [new Set(one.map(canonical)), new Set(other.map(canonical))]
  const kept = [...new Set([...a, ...b])].filter(item => (before.has(item) ? a.has(item) && b.has(item) : true))
  return kept.sort().map(item => JSON.parse(item) as JsonValue)
}

/** Numbers by size, everything else by its text. A value comes before a missing one. */
function order(one: JsonValue | undefined, other: JsonValue | undefined): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  const [a, b] = [canonical(one), canonical(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

export function isEqual(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return one === other || canonical(one) === canonical(other)
}

/** JSON with sorted keys: equal for equal values. A missing value is the empty text. */
function canonical(value: JsonValue | undefined): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value as JsonObject).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

function fieldOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
