// Reads an `appSchema({ version, tables })` call.

import { computed, type ReadonlySignal } from '@preact/signals-core'
import { inBlocks, mapper } from '../../../catalog/long-lists.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Items, Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { Library } from '../imports.ts'
import type { Schema, Table } from '../types.ts'
import { readTable } from './read-table.ts'

/** Reads tables, each remembered by the value that makes it, so that an edit of one table reads only that one again. */
export interface SchemaReader {
  /** A reader of one schema, which is given its call again and again. */
  reader(): (call: Located<CallValue>) => Schema
}

/** A reader for one scope. */
export function createSchemaReader(scope: Scope, library: Library): SchemaReader {
  const known = new WeakMap<Value, ReadonlySignal<Table | undefined>>()

  /** `tableSchema(spec)`, or the spec itself, which the library takes as well. */
  const tableOf = (element: Located): Table | undefined => {
    const found = scope.follow(element)
    let table = known.get(found.value)
    if (!table) {
      table = computed(() => {
        const isCall = found.value.kind === 'call'
        if (
          found.value.kind === 'call' &&
          library.calleeOf(scope, { value: found.value, file: found.file }) !== 'tableSchema'
        )
          return undefined
        const spec = found.value.kind === 'call' ? found.value.args[0] : found.value
        if (!spec || (!isCall && spec.kind !== 'object')) return undefined
        return readTable(scope, { value: spec, file: found.file }, placeOf(found))
      })
      known.set(found.value, table)
    }
    return table.value
  }

  const reader = () => {
    const read = inBlocks((elements: readonly Located[]) => elements.map(tableOf), sameElement)
    const placed = new Map<string, (values: readonly Value[]) => readonly Located[]>()
    /** The elements of an array, each the same object as long as it is the same. */
    const itemsOf = (list: Located): Items | undefined => {
      const { value, file } = list
      if (value.kind !== 'array' || value.items.some(item => item.kind === 'spread')) return scope.items(list)
      const place = placed.get(file) ?? mapper((item: Value): Located => ({ value: item, file }))
      placed.set(file, place)
      return { items: place(value.items), complete: true }
    }
    return (call: Located<CallValue>): Schema => {
      const argument = call.value.args[0]
      const shape = scope.shape(argument && { value: argument, file: call.file })
      const versionEntry = shape?.entries.get('version')
      const tablesEntry = shape?.entries.get('tables')
      const items = tablesEntry && itemsOf(scope.follow(tablesEntry.value))
      const elements = items?.items ?? []
      const found = read(elements)
      const unread = elements.filter((_, index) => found[index] === undefined)
      const tables = unread.length === 0 ? (found as readonly Table[]) : found.filter(table => table !== undefined)
      const complete =
        shape?.complete === true &&
        items?.complete === true &&
        unread.length === 0 &&
        tables.every(table => table.isNamed)
      return {
        call,
        at: placeOf(call),
        version: scope.number(versionEntry?.value),
        versionEntry,
        tables,
        unread,
        complete,
        tablesValue: tablesEntry && scope.follow(tablesEntry.value),
        unsafeSql: shape?.entries.has('unsafeSql') ?? false,
      }
    }
  }

  return { reader }
}

const sameElement = (a: Located, b: Located): boolean => a.value === b.value && a.file === b.file
