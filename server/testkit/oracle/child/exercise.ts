// Uses an app as a screen would, and tells everything that went wrong on the way.
import type { ActionResult } from '../types.ts'
import type { App } from './app.ts'
import { attempt } from './attempt.ts'
import { guessArguments } from './guess-arguments.ts'
import type { Collection, LibraryDatabase, LibraryModel, ModelClass } from './library.ts'

export interface ExerciseOptions {
  /** Also writes each property that can be set, and the id of each relation, with a string. */
  readonly set: boolean
  /** Milliseconds that one step may take. */
  readonly limit: number
}

/** Gives the steps that failed, or one result that all went well. Stops at the first step that hangs: its writer blocks all others. */
export async function exercise(database: LibraryDatabase, app: App, options: ExerciseOptions): Promise<ActionResult[]> {
  const failed: ActionResult[] = []
  const step = async (name: string, work: () => unknown): Promise<boolean> => {
    const result = await attempt(name, options.limit, async () => settle(await work()))
    if (!result.ok) failed.push(result)
    if (result.message?.startsWith('timed out')) throw hung
    return result.ok
  }
  const tour: Tour = { database, records: new Map(), step, set: options.set }
  try {
    await createRecords(tour)
    for (const [name, record] of tour.records) await useRecord(name, record, tour)
    for (const collection of Object.values(database.collections.map)) if (collection) await join(collection, app, tour)
    await useFiles(app, tour)
    for (const [name, record] of tour.records)
      await step(`update ${name}`, () => database.write(() => record.update(() => undefined)))
  } catch (error) {
    if (error !== hung) throw error
  }
  return failed.length > 0 ? failed : [{ name: 'exercise', ok: true }]
}

/** What all parts of the exercise share; records by the name of their model. */
interface Tour {
  readonly database: LibraryDatabase
  readonly records: Map<string, LibraryModel>
  /** Tells whether it went well. */
  readonly step: (name: string, work: () => unknown) => Promise<boolean>
  readonly set: boolean
}

const hung = new Error('a step hangs')

async function createRecords({ database, records, step }: Tour): Promise<void> {
  for (const collection of Object.values(database.collections.map)) {
    if (!collection) continue
    const { name } = collection.modelClass
    await step(`create ${name}`, async () => {
      records.set(name, await database.write(() => collection.create(() => undefined)))
    })
  }
}

async function useRecord(name: string, record: LibraryModel, tour: Tour): Promise<void> {
  const { database, records, step } = tour
  const object = record as unknown as Record<string, unknown>
  for (const [key, descriptor] of ownMembers(record)) {
    const isReadable = !descriptor.get || (await step(`${name}.${key}`, () => object[key]))
    if (tour.set && descriptor.set && isReadable) await setProperty(`${name}.${key}`, record, key, tour)
    const method: unknown = descriptor.value
    if (typeof method === 'function')
      await step(`${name}.${key}()`, () => method.apply(record, guessArguments(String(method), database, records)))
  }
}

/** Writes a text into a field, or into the id of a relation; children cannot be written. */
async function setProperty(name: string, record: LibraryModel, key: string, { database, step }: Tour): Promise<void> {
  const object = record as unknown as Record<string, unknown>
  const write = (path: string, change: () => void) =>
    step(`${path} =`, () => database.write(() => record.update(change)))
  const present = isFetchable(object[key]) ? object[key] : undefined
  if (!present)
    await write(name, () => {
      object[key] = 'text'
    })
  else if ('id' in present)
    await write(`${name}.id`, () => {
      present.id = 'text'
    })
}

/** Members that the app itself has written: those of the classes between the record and the library's Model. */
function ownMembers(record: LibraryModel): [string, PropertyDescriptor][] {
  const members: [string, PropertyDescriptor][] = []
  for (
    let prototype = Object.getPrototypeOf(record);
    prototype && !Object.hasOwn(prototype, 'prepareUpdate');
    prototype = Object.getPrototypeOf(prototype)
  )
    members.push(...Object.entries(Object.getOwnPropertyDescriptors(prototype)))
  return members.filter(([key]) => key !== 'constructor')
}

/** Joins a table with each table that its model is associated with. */
async function join({ modelClass }: Collection, app: App, { database, step }: Tour): Promise<void> {
  const { Q } = app.require('@nozbe/watermelondb') as {
    Q: { on(table: string, column: string, value: string): object }
  }
  for (const table of Object.keys(modelClass.associations ?? {}))
    await step(`${modelClass.name} joins ${table}`, () =>
      database
        .get(modelClass.table)
        .query(Q.on(table, 'id', 'text'))
        .fetch(),
    )
}

async function useFiles(app: App, { database, records, step }: Tour): Promise<void> {
  for (const path of app.paths) {
    let exports: Record<string, unknown> = {}
    await step(`load ${path}`, () => {
      exports = app.load(path)
    })
    for (const [key, value] of Object.entries(exports))
      if (isModelOf(database, value)) await step(`fetch ${key}`, () => database.get(value.table).query())
      else if (typeof value === 'function' && !isClass(value))
        await step(`${path} ${key}()`, () => value(...guessArguments(String(value), database, records)))
  }
}

/** A model class of a table of this database, registered or not. */
const isModelOf = (database: LibraryDatabase, value: unknown): value is ModelClass =>
  typeof value === 'function' && 'table' in value && Object.hasOwn(database.schema.tables, String(value.table))

/** Classes of the language, and functions that inherit or have methods, as compiled classes do. */
function isClass(value: object): boolean {
  const prototype: unknown = 'prototype' in value ? value.prototype : undefined
  if (/^class\b/.test(String(value))) return true
  if (typeof prototype !== 'object' || prototype === null) return false
  return Object.getPrototypeOf(prototype) !== Object.prototype || Object.getOwnPropertyNames(prototype).length > 1
}

interface Fetchable {
  fetch(): unknown
  id?: string
}

const isFetchable = (value: unknown): value is Fetchable =>
  typeof value === 'object' && value !== null && 'fetch' in value && typeof value.fetch === 'function'

/** Fetches a relation, a query or children; subscribes to what can be observed; leaves anything else alone. */
async function settle(value: unknown): Promise<unknown> {
  if (isFetchable(value)) return value.fetch()
  const observable = value as { subscribe?: (next: () => void) => unknown } | null
  if (typeof value === 'object' && typeof observable?.subscribe === 'function') observable.subscribe(() => undefined)
  return undefined
}
