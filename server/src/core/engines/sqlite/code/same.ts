// Keeps what was read of code for as long as it says the same, so that nobody is asked again about what did not change.

import { sameItems } from '../../../catalog/remembered.ts'
import type { WrittenText } from '../../../catalog/written-text.ts'
import type { Parameters, SqlCall, Transaction } from '../types.ts'

/** Gives items of the list before wherever the new ones are the same; equal lists are the same list. */
export function reuse<T>(same: (a: T, b: T) => boolean): (items: readonly T[]) => readonly T[] {
  let last: readonly T[] = []
  return items => {
    const next = items.map((item, index) => {
      const near = last[index]
      if (near !== undefined && same(near, item)) return near
      return last.find(one => same(one, item)) ?? item
    })
    if (!sameItems(last, next)) last = next
    return last
  }
}

/** True for the same SQL in the same call. */
export function sameCall(a: SqlCall, b: SqlCall): boolean {
  return (
    a.call.value === b.call.value &&
    a.argument.value === b.argument.value &&
    a.fact === b.fact &&
    a.store === b.store &&
    a.transaction === b.transaction &&
    a.method.name === b.method.name &&
    a.method.package === b.method.package &&
    sameText(a.sql, b.sql) &&
    sameParameters(a.parameters, b.parameters) &&
    (a.executions?.length ?? 0) === (b.executions?.length ?? 0) &&
    (a.executions ?? []).every((one, i) => one.call.value === b.executions?.[i]?.call.value)
  )
}

/** True for the same transaction. */
export const sameTransaction = (a: Transaction, b: Transaction): boolean =>
  a.call.value === b.call.value &&
  a.fact === b.fact &&
  a.store === b.store &&
  a.body?.fn === b.body?.fn &&
  a.body?.file === b.body?.file &&
  a.ownHandle === b.ownHandle

function sameText(a: WrittenText | undefined, b: WrittenText | undefined): boolean {
  if (!a || !b) return a === b
  return (
    a.text === b.text &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, i) => {
      const other = b.parts[i]!
      return (
        part.isHole === other.isHole &&
        part.end === other.end &&
        part.value?.value === other.value?.value &&
        part.literal?.span === other.literal?.span
      )
    })
  )
}

function sameParameters(a: Parameters, b: Parameters): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'list' && b.kind === 'list')
    return a.items.length === b.items.length && a.items.every((one, i) => one.value === b.items[i]!.value)
  if (a.kind === 'object' && b.kind === 'object')
    return sameItems(
      [...a.entries].flatMap(([key, entry]) => [key, entry.value.value]),
      [...b.entries].flatMap(([key, entry]) => [key, entry.value.value]),
    )
  return true
}
