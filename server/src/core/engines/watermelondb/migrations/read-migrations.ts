// Reads a `schemaMigrations({ migrations: [...] })` call and its steps.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue } from '../../../source/value.ts'
import type { Library } from '../imports.ts'
import { readColumns, readTable } from '../schema/read-table.ts'
import { leavesShape, readOutline, sqlOutline } from '../sql/sql-outline.ts'
import type { Migration, Migrations, Step } from '../types.ts'

/** Reads what an adapter's `migrations` option leads to; undefined when that is not known. */
export function readMigrations(scope: Scope, library: Library, option: Located): Migrations | undefined {
  const found = scope.follow(option)
  const { value, file } = found
  const isCall = value.kind === 'call' && library.calleeOf(scope, { value, file }) === 'schemaMigrations'
  if (!isCall && value.kind !== 'object') return undefined
  const argument = value.kind === 'call' ? value.args[0] : value
  const shape = scope.shape(argument && { value: argument, file })
  const listEntry = shape?.entries.get('migrations')
  const items = scope.items(listEntry?.value)
  return {
    at: placeOf(found),
    list: (items?.items ?? []).map(item => readMigration(scope, library, item)),
    complete: shape?.complete === true && items?.complete === true,
    listValue: listEntry && scope.follow(listEntry.value),
    isCall,
  }
}

function readMigration(scope: Scope, library: Library, item: Located): Migration {
  const found = scope.follow(item)
  const shape = scope.shape(found)
  const toEntry = shape?.entries.get('toVersion')
  const to = scope.number(toEntry?.value)
  const stepsEntry = shape?.entries.get('steps')
  const { steps, complete } = readSteps(scope, library, stepsEntry?.value)
  return {
    toVersion: to?.value,
    to,
    toEntry,
    steps,
    stepsEntry,
    complete: shape?.complete === true && complete && steps.every(isReadable),
    at: placeOf(found),
    located: found,
    isObject: shape !== undefined,
  }
}

const isReadable = (step: Step): boolean =>
  step.kind === 'create'
    ? step.table.isNamed && step.table.complete
    : step.kind === 'add'
      ? step.table !== undefined && step.complete
      : step.kind === 'sql' &&
        (step.sql !== undefined || (step.outline !== undefined && readOutline(step.outline) !== undefined))

/** Steps in their order, and whether all of them are known. */
interface StepsRead {
  readonly steps: readonly Step[]
  readonly complete: boolean
}

function readSteps(scope: Scope, library: Library, list: Located | undefined): StepsRead {
  const found = list && scope.follow(list)
  if (found?.value.kind === 'call') return readMapped(scope, library, found.value, found.file)
  if (found?.value.kind !== 'array') return { steps: [], complete: false }
  const { file } = found
  const parts = found.value.items.map(item =>
    item.kind === 'spread'
      ? readSteps(scope, library, { value: item.value, file })
      : { steps: readStep(scope, library, { value: item, file }), complete: true },
  )
  return { steps: parts.flatMap(part => part.steps), complete: parts.every(part => part.complete) }
}

/**
 * `list.map(one => unsafeExecuteSql(`update …`))`: nobody knows how many steps that makes, but where none of them changes
 * a table's shape, one says as much as many.
 */
function readMapped(scope: Scope, library: Library, call: CallValue, file: string): StepsRead {
  const { callee } = call
  const [callback] = call.args
  const isMapping = callee.kind === 'member' && (callee.name === 'map' || callee.name === 'flatMap')
  const fn = isMapping && callback?.kind === 'function' ? scope.usage(file)?.functions[callback.id] : undefined
  const result = fn?.returns[0]
  if (!fn || !result || fn.returns.length > 1 || fn.isAsync || fn.isGenerator) return { steps: [], complete: false }
  const located: Located = { value: result, file }
  const followed = scope.follow(located).value
  const isStep =
    followed.kind === 'object' ||
    (followed.kind === 'call' && library.calleeOf(scope, { value: followed, file }) !== undefined)
  const read = isStep
    ? { steps: readStep(scope, library, located), complete: true }
    : readSteps(scope, library, located)
  const text = (step: Step): string | undefined => (step.kind === 'sql' ? (step.sql?.text ?? step.outline) : undefined)
  return read.complete && read.steps.every(step => leavesShape(text(step) ?? '?'))
    ? read
    : { steps: [], complete: false }
}

function readStep(scope: Scope, library: Library, item: Located): Step[] {
  const found = scope.follow(item)
  const { value, file } = found
  const at = placeOf(found)
  const unknown: Step = { kind: 'unknown', at, located: found }
  if (value.kind === 'call') {
    const call: Located<CallValue> = { value, file }
    const argument = value.args[0] && { value: value.args[0], file }
    if (!argument) return [unknown]
    switch (library.calleeOf(scope, call)) {
      case 'createTable':
        return [readCreate(scope, argument, at, call) ?? unknown]
      case 'addColumns':
        return [readAdd(scope, argument, at, call) ?? unknown]
      case 'unsafeExecuteSql':
        return [readSqlStep(scope, argument, false, at)]
      default:
        return [unknown]
    }
  }
  return [readRawStep(scope, found) ?? unknown]
}

/** `{type: 'create_table' | 'add_columns' | 'sql', …}`: what the step functions return (`src/Schema/migrations/index.js`). */
function readRawStep(scope: Scope, found: Located): Step | undefined {
  const shape = scope.shape(found)
  if (!shape) return undefined
  const at = placeOf(found)
  const type = scope.text(shape.entries.get('type')?.value)
  if (type?.text === 'sql') {
    const sql = shape.entries.get('sql')?.value
    return sql ? readSqlStep(scope, sql, true, at) : { kind: 'sql', sql: undefined, isRaw: true, at }
  }
  if (type?.text === 'add_columns') return readAdd(scope, found, at, undefined)
  const schema = shape.entries.get('schema')
  if (type?.text === 'create_table' && schema) return readCreate(scope, schema.value, at, undefined)
  return { kind: 'unknown', at, located: found, ...(type && { rawType: type }) }
}

function readSqlStep(scope: Scope, argument: Located, isRaw: boolean, at: Step['at']): Step {
  const sql = scope.text(argument)
  const outline = sql ? undefined : sqlOutline(scope, argument)
  return { kind: 'sql', sql, ...(outline !== undefined && { outline }), argument, isRaw, at }
}

function readCreate(
  scope: Scope,
  argument: Located,
  at: Step['at'],
  call: Located<CallValue> | undefined,
): Step | undefined {
  const table = readTable(scope, argument, at)
  return table && { kind: 'create', table, at, call }
}

function readAdd(
  scope: Scope,
  argument: Located,
  at: Step['at'],
  call: Located<CallValue> | undefined,
): Step | undefined {
  const shape = scope.shape(argument)
  if (!shape) return undefined
  const columnsEntry = shape.entries.get('columns')
  const read = readColumns(scope, columnsEntry?.value)
  return {
    kind: 'add',
    table: scope.text(shape.entries.get('table')?.value),
    columns: read.columns,
    nameless: read.nameless,
    complete: shape.complete && read.complete,
    columnsValue: columnsEntry && scope.follow(columnsEntry.value),
    spec: scope.follow(argument),
    hasTable: shape.entries.has('table'),
    unsafeSql: shape.entries.has('unsafeSql'),
    at,
    call,
  }
}
