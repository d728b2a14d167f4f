// Where a file has room for another table, column, migration, step, association, property or model class.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import { listBlank } from '../../../catalog/list-blank.ts'
import type { Blank, Offer } from '../../../catalog/mention.ts'
import { keyed } from '../../../catalog/remembered.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { hasTestName } from '../../../catalog/test-file.ts'
import { type CallValue, childrenOf, type Value } from '../../../source/value.ts'
import { contains } from '../../../text/span.ts'
import { snippetStyle } from '../../../write/snippet.ts'
import type { Style } from '../../../write/style.ts'
import { packageOf } from '../migrations/write-migration.ts'
import { readColumns } from '../schema/read-table.ts'
import type { WatermelonStore } from '../types.ts'
import type { BlankSources } from './blank-sources.ts'
import { modelBlanks } from './model-blanks.ts'
import { offerColumns } from './offer-columns.ts'
import { offerMigrations, offerSteps } from './offer-migrations.ts'
import { offerModelClasses } from './offer-model-classes.ts'
import { offerTables } from './offer-tables.ts'

/** The blanks of each file, outermost first, remembered until the file changes. */
export function createBlanks(sources: BlankSources): (file: string) => readonly Blank[] {
  return keyed((file: string) =>
    hasTestName(file) ? [] : [...modelBlanks(sources, file), ...callBlanks(sources, file)],
  )
}

function* callBlanks(sources: BlankSources, file: string): Generator<Blank> {
  for (const { value } of sources.scope.usage(file)?.calls ?? []) yield* blanksIn(sources, file, value)
}

function* blanksIn(sources: BlankSources, file: string, value: Value): Generator<Blank> {
  if (value.kind === 'call') {
    const call = { value, file }
    const name = sources.library.calleeOf(sources.scope, call)
    const read = name !== undefined && Object.hasOwn(readers, name) ? readers[name] : undefined
    if (read) return yield* read(sources, call)
  }
  for (const child of childrenOf(value)) yield* blanksIn(sources, file, child)
}

type CallReader = (sources: BlankSources, call: Located<CallValue>) => Generator<Blank>

const readers: Readonly<Record<string, CallReader>> = {
  *appSchema(sources, call) {
    const list = entryOf(sources.scope, call, 'tables')
    const stores = (): readonly WatermelonStore[] =>
      sources.stores().filter(one => one.schema?.call.value === call.value)
    yield* room(list, call.file, style => offerTables(stores(), rootOf(sources, stores()), style))
    yield* insideItems(sources, list)
  },
  *tableSchema(sources, call) {
    yield* columnsRoom(sources, call, 'tableSchema')
  },
  *createTable(sources, call) {
    yield* columnsRoom(sources, call, 'createTable')
  },
  *addColumns(sources, call) {
    yield* columnsRoom(sources, call, 'addColumns')
  },
  *schemaMigrations(sources, call) {
    const { scope } = sources
    const list = entryOf(scope, call, 'migrations')
    const stores = () => storesOfMigrations(sources, call)
    const from = () => `${rootOf(sources, stores())}/Schema/migrations`
    yield* room(list, call.file, style => offerMigrations(stores(), from(), style))
    for (const item of list?.file === call.file && list.value.kind === 'array' ? list.value.items : []) {
      const steps = scope.shape({ value: item, file: call.file })?.entries.get('steps')?.value
      const found = steps && scope.follow(steps)
      yield* room(found, call.file, style => offerSteps(stores(), from(), style))
      yield* insideItems(sources, found)
    }
  },
  *Database(sources, call) {
    const list = entryOf(sources.scope, call, 'modelClasses')
    const stores = () => sources.stores().filter(one => one.databases.some(site => site.call.value === call.value))
    const names = () =>
      new Set((list ? childrenOf(list.value) : []).flatMap(one => (one.kind === 'name' ? one.name : [])))
    yield* room(list, call.file, () => offerModelClasses(stores(), names()))
  },
}

function* columnsRoom(
  sources: BlankSources,
  call: Located<CallValue>,
  kind: 'tableSchema' | 'createTable' | 'addColumns',
): Generator<Blank> {
  const { scope } = sources
  const list = entryOf(scope, call, 'columns')
  yield* room(list, call.file, style => {
    const argument = call.value.args[0]
    const shape = scope.shape(argument && { value: argument, file: call.file })
    const table = scope.text(shape?.entries.get(kind === 'addColumns' ? 'table' : 'name')?.value)?.text
    const present = new Set(readColumns(scope, list).columns.map(column => column.name.text))
    return offerColumns({ call: kind, stores: storesWith(sources, table, call.file), table, present }, style)
  })
}

/** Entries written where they are listed may have room themselves. */
function* insideItems(sources: BlankSources, list: Located | undefined): Generator<Blank> {
  if (list?.value.kind !== 'array') return
  for (const item of list.value.items) yield* blanksOfItem(sources, list.file, item)
}

/** By item, as lists are long and an edit changes one. */
const known = new WeakMap<BlankSources, WeakMap<Value, ReadonlySignal<readonly Blank[]>>>()

function blanksOfItem(sources: BlankSources, file: string, item: Value): readonly Blank[] {
  const items = known.get(sources) ?? new WeakMap<Value, ReadonlySignal<readonly Blank[]>>()
  known.set(sources, items)
  const cell = items.get(item) ?? computed(() => [...blanksIn(sources, file, item)])
  items.set(item, cell)
  return cell.value
}

/** What the key of a call's first argument leads to. */
function entryOf(scope: Scope, { value, file }: Located<CallValue>, key: string): Located | undefined {
  const argument = value.args[0]
  const entry = scope.shape(argument && { value: argument, file })?.entries.get(key)
  return entry && scope.follow(entry.value)
}

/** The blank of a list that is written out in `file`. */
function* room(list: Located | undefined, file: string, offers: (style: Style) => readonly Offer[]): Generator<Blank> {
  if (list?.value.kind !== 'array' || list.file !== file) return
  const { at, items } = list.value
  yield listBlank(
    file,
    at,
    items.map(item => item.at),
    text => offers(snippetStyle(text, at)),
  )
}

/** The stores that have a table of that name; those of the file's own project where there are any. */
function storesWith(
  { scope, stores }: BlankSources,
  table: string | undefined,
  file: string,
): readonly WatermelonStore[] {
  const { project } = scope.workspace()
  const own = stores().filter(one => one.project === project(file))
  return own.length > 1 && table !== undefined ? own.filter(one => one.table(table)) : own
}

/** The stores whose migrations stand in a call; the only one of the project where no store is given them yet. */
function storesOfMigrations(sources: BlankSources, call: Located<CallValue>): readonly WatermelonStore[] {
  const all = storesWith(sources, undefined, call.file)
  const given = all.filter(
    ({ migrationsRead: read }) => read?.at.file === call.file && contains(read.at.span, call.value.at),
  )
  if (given.length > 0) return given
  return all.length === 1 ? all : []
}

/** The package that a store is made with. */
const rootOf = ({ library }: BlankSources, [store]: readonly WatermelonStore[]): string =>
  store ? packageOf(store) : library.packages[0]!
