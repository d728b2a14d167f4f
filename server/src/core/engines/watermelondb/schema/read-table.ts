// Reads `{ name, columns: [...] }`: the specification of a table, in a schema or in a migration.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import type { Place } from '../../../text/span.ts'
import type { Column, Table } from '../types.ts'

/** The columns of an array, and whether all of it could be read. */
export interface ColumnsRead {
  readonly columns: readonly Column[]
  readonly nameless: Table['nameless']
  readonly complete: boolean
}

/** Reads a table's specification; undefined when it is no object. `at` is what stands for the table where it is used. */
export function readTable(scope: Scope, spec: Located, at: Place): Table | undefined {
  const shape = scope.shape(spec)
  if (!shape) return undefined
  const nameEntry = shape.entries.get('name')
  const name = scope.text(nameEntry?.value)
  const columnsEntry = shape.entries.get('columns')
  const read = readColumns(scope, columnsEntry?.value)
  const columns = new Map<string, Column>()
  for (const column of read.columns) if (!columns.has(column.name.text)) columns.set(column.name.text, column)
  return {
    name: name ?? { text: '', at: nameEntry?.at ?? at },
    isNamed: name !== undefined,
    nameEntry,
    fields: read.columns,
    columns,
    nameless: read.nameless,
    complete: shape.complete && read.complete,
    at,
    spec: scope.follow(spec),
    columnsValue: columnsEntry && scope.follow(columnsEntry.value),
    unsafeSql: shape.entries.has('unsafeSql'),
  }
}

/** Reads an array of columns, or the one column that `addColumns` also takes. */
export function readColumns(scope: Scope, value: Located | undefined): ColumnsRead {
  const one = value && scope.shape(value)
  const items = one ? { items: [value], complete: true } : scope.items(value)
  if (!items) return { columns: [], nameless: [], complete: false }
  const columns: Column[] = []
  const nameless: Table['nameless'][number][] = []
  let complete = items.complete
  for (const item of items.items) {
    const column = readColumn(scope, item)
    if (column && 'fact' in column) columns.push(column.fact)
    else if (column) nameless.push(column.nameless)
    // A column whose name is not known could be any column.
    if (!column || (!('fact' in column) && !column.nameless.isEmptyKnown)) complete = false
  }
  return { columns, nameless, complete }
}

type ReadColumn = { readonly fact: Column } | { readonly nameless: Table['nameless'][number] }

const columnKeys = new Set(['name', 'type', 'isOptional', 'isIndexed'])

function readColumn(scope: Scope, item: Located): ReadColumn | undefined {
  const shape = scope.shape(item)
  if (!shape) return undefined
  const at = placeOf(scope.follow(item))
  const nameEntry = shape.entries.get('name')
  const name = scope.text(nameEntry?.value)
  if (!name) return { nameless: { at, name: nameEntry, isEmptyKnown: shape.complete && nameEntry === undefined } }
  const typeEntry = shape.entries.get('type')
  const type = scope.text(typeEntry?.value)
  const optional = flag(scope, shape.entries.get('isOptional'))
  const indexed = flag(scope, shape.entries.get('isIndexed'))
  const unclear = !shape.complete || optional === undefined || indexed === undefined || (typeEntry && !type) === true
  const fact: Column = {
    name,
    type,
    optional: optional ?? false,
    indexed: indexed ?? false,
    at,
    unclear,
    entries: shape.entries,
    otherKeys: [...shape.entries.keys()].filter(key => !columnKeys.has(key)),
  }
  return { fact }
}

/** A boolean key: false where it is not written, undefined where it cannot be known. */
function flag(scope: Scope, entry: Entry | undefined): boolean | undefined {
  if (!entry) return false
  const value = scope.follow(entry.value).value
  return value.kind === 'undefined' || value.kind === 'null' ? false : scope.boolean(entry.value)
}
