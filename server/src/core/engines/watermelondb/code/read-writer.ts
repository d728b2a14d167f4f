// Writers: which functions are the work of `database.write()` or of a @writer method, what opens one, and what writes.

import { type CallIndex, nameOfCall } from '../../../catalog/call-index.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { FunctionFact } from '../../../facts/file-facts.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { Span } from '../../../text/span.ts'
import type { CodeOfFile, Model, WatermelonStore } from '../types.ts'
import { callIndex } from './call-index.ts'
import { collectionOf, methodCall, modelAround, storesOf, storesOfModel } from './read-collection.ts'
import { functionFact, functionRef } from './read-sync.ts'
import { createRecordReader, memberOfAll, type RecordReader } from './record-of.ts'

/** A database as far as code shows it. `path` tells expressions apart: two with one path are one database. */
export interface DatabaseFound {
  readonly stores: readonly WatermelonStore[]
  readonly path: string
}

/** A function that runs as a writer or reader. */
export interface Work {
  readonly fn: number
  readonly kind: 'write' | 'read'
  readonly database: DatabaseFound
  /** The call it is given to; undefined for a decorated method. */
  readonly call: CallValue | undefined
  /** For a decorated method: its model. */
  readonly model: Model | undefined
}

/** A call that waits for a writer or reader of its own. */
export interface Opening {
  readonly kind: 'write' | 'read' | 'sync'
  readonly database: DatabaseFound
  /** How people call it: `database.write()`, `rename()`, `synchronize()`. */
  readonly title: string
  /** False where something else is awaited before, so that `callWriter()` is of no help. */
  readonly isImmediate: boolean
}

/** A call that changes records at once. */
export interface Write {
  readonly kind: 'record' | 'collection' | 'database'
  readonly name: string
  readonly nameAt: Span
  readonly of: Value
}

/** What one file says of writers; made anew for each check. */
export interface WriterReader {
  readonly index: CallIndex
  readonly records: RecordReader
  functionOf(id: number): FunctionFact | undefined
  /** The database that an expression certainly is. */
  databaseOf(value: Value, fn: number | undefined): DatabaseFound | undefined
  /** The writer or reader that function `fn` is the work of. */
  workOf(fn: number): Work | undefined
  /** The innermost writer or reader around `fn`, itself included. */
  workAround(fn: number | undefined): Work | undefined
  /** The writer or reader that a call waits for, maybe through a function of the app. */
  openingOf(value: Value, fn: number | undefined): Opening | undefined
  /** The same for calls that open it themselves. */
  directOpening(value: Value, fn: number | undefined): Opening | undefined
  writeOf(value: Value, fn: number | undefined): Write | undefined
}

/** Changes of records, by the library's names for them. */
export const recordWrites: ReadonlySet<string> = new Set([
  'update',
  'markAsDeleted',
  'destroyPermanently',
  'experimentalMarkAsDeleted',
  'experimentalDestroyPermanently',
])

/** Methods that are nearly always the library's: to ask models about them would tie all code to all models. */
const librarys: ReadonlySet<string> = new Set([
  'update',
  'create',
  'batch',
  'find',
  'query',
  'fetch',
  'fetchCount',
  'get',
])

const openers: Readonly<Record<string, Work['kind']>> = { write: 'write', action: 'write', read: 'read' }

/** A reader for one file. */
export function createWriterReader(code: CodeOfFile): WriterReader {
  const { scope, file, library } = code
  const usage = scope.usage(file)
  const index = callIndex(usage)
  const records = createRecordReader(code)
  const functionOf = (id: number): FunctionFact | undefined => usage?.functions[id]
  const here = (value: Value): Located => ({ value, file })

  const databaseOf = (value: Value, fn: number | undefined): DatabaseFound | undefined => {
    const path = pathOf(value)
    if (path === undefined || isOther(value)) return undefined
    const stores = storesOf(code, here(value), fn)
    return stores && stores.length > 0 ? { stores, path } : undefined
  }

  /** True for a name that certainly is no database of this library, whatever it is called. */
  const isOther = (value: Value): boolean => {
    if (value.kind !== 'name' || value.key === undefined) return false
    const type = scope.module(file)?.bindings[value.key]?.type
    if (type && !type.parts.some(part => /\bDatabase\b|^any$|^unknown$/.test(part))) return true
    const target = scope.target(here(value))
    if (target.kind === 'external') return !library.isWatermelon(target.from)
    if (target.kind !== 'value' || target.located.value.kind === 'name') return false
    const found = target.located
    if (found.value.kind !== 'call') return found.value.kind !== 'conditional' && found.value.kind !== 'binary'
    const callee = scope.target({ value: found.value.callee, file: found.file })
    return callee.kind === 'external' && !library.isWatermelon(callee.from)
  }

  const workOf = (fn: number): Work | undefined => {
    const home = index.homes.get(fn)
    const method = home?.index === 0 && home.prop === undefined && home.call ? methodCall(home.call) : undefined
    const kind = method && Object.hasOwn(openers, method.name) ? openers[method.name] : undefined
    if (method && kind) {
      const database = databaseOf(method.of, home?.fact.fn)
      return database && { fn, kind, database, call: method.call, model: undefined }
    }
    const one = functionOf(fn)
    if (one?.kind !== 'method' || one.inClass === undefined) return undefined
    const model = code.models.model({ file, key: one.inClass })
    const member = model?.members.find(candidate => candidate.file === file && candidate.fact.fn === fn)
    const decorated = kindOf(member?.decorators.map(decorator => decorator.name))
    return model && decorated && { fn, kind: decorated, database: ofModel(model), call: undefined, model }
  }

  const ofModel = (model: Model): DatabaseFound => ({ stores: storesOfModel(code, model), path: 'this.database' })

  const workAround = (fn: number | undefined): Work | undefined => {
    for (let at = fn; at !== undefined; at = functionOf(at)?.parent) {
      const work = workOf(at)
      if (work) return work
    }
    return undefined
  }

  const openingOf = (value: Value, fn: number | undefined): Opening | undefined =>
    directOpening(value, fn) ?? (value.kind === 'call' && !value.isNew ? throughFunction(value, fn) : undefined)

  /** A call of a function that certainly waits for a writer of its own. */
  const throughFunction = (call: CallValue, fn: number | undefined): Opening | undefined => {
    const ref = functionRef(code, here(call.callee), fn)
    if (!ref || functionFact(code, ref)?.isGenerator !== false) return undefined
    const inner = ref.file === file ? reader : createWriterReader({ ...code, file: ref.file })
    const facts = callIndex(scope.usage(ref.file)).byFunction.get(ref.id) ?? []
    for (const [i, { value, use, isConditional }] of facts.entries()) {
      if (isConditional || (use !== 'awaited' && use !== 'returned')) continue
      const found = inner.directOpening(promised(value), ref.id)
      // What is given as an argument may be another database.
      if (!found || code.scope.module(ref.file)?.bindings[found.database.path]?.kind === 'param') continue
      const path = `${ref.file}#${found.database.path}`
      const isImmediate = found.isImmediate && !facts.slice(0, i).some(one => one.use === 'awaited')
      return { ...found, database: { ...found.database, path }, title: `${nameOfCall(call) ?? ''}()`, isImmediate }
    }
    return undefined
  }

  const directOpening = (value: Value, fn: number | undefined): Opening | undefined => {
    if (value.kind !== 'call') return undefined
    const method = methodCall(value)
    if (method && (method.name === 'write' || method.name === 'read') && value.args.length > 0) {
      const database = databaseOf(method.of, fn)
      if (database) return { kind: method.name, database, title: `${method.name}()`, isImmediate: true }
    }
    if (library.calleeOf(scope, { value, file }) === 'synchronize') {
      const options = value.args[0]
      const given = options && scope.shape(here(options))?.entries.get('database')?.value
      const database = given?.file === file ? databaseOf(given.value, fn) : undefined
      return database && { kind: 'sync', database, title: 'synchronize()', isImmediate: false }
    }
    return method && !librarys.has(method.name) ? methodOpening(method.of, method.name, fn) : undefined
  }

  /** A @writer or @reader method of a record. */
  const methodOpening = (of: Value, name: string, fn: number | undefined): Opening | undefined => {
    const found = records.recordOf(of, fn)
    const member = memberOfAll(
      found,
      name,
      one => kindOf(one.decorators.map(decorator => decorator.name)) !== undefined,
    )
    const kind = kindOf(member?.decorators.map(decorator => decorator.name))
    if (!found || !kind) return undefined
    const stores = [...new Set(found.models.flatMap(model => storesOfModel(code, model)))]
    const path = of.kind === 'this' ? 'this.database' : `${pathOf(of)}.database`
    return { kind, database: { stores, path }, title: `${name}()`, isImmediate: true }
  }

  const writeOf = (value: Value, fn: number | undefined): Write | undefined => {
    const method = methodCall(value)
    if (method?.call.callee.kind !== 'member') return undefined
    const { name, of } = method
    const write = { name, of, nameAt: method.call.callee.nameAt }
    if (name === 'create') return isCollection(of, fn) ? { ...write, kind: 'collection' } : undefined
    if (name === 'batch') {
      const isDatabase = isWriterParameter(of) || (of.kind === 'this' ? modelAround(code, fn) : databaseOf(of, fn))
      return isDatabase ? { ...write, kind: 'database' } : undefined
    }
    if (!recordWrites.has(name)) return undefined
    const models = records.recordOf(of, fn)?.models
    return models?.every(model => isLibrarys(model, name)) ? { ...write, kind: 'record' } : undefined
  }

  /** A collection, even where its table is not known. */
  const isCollection = (of: Value, fn: number | undefined): boolean => {
    if (collectionOf(code, here(of), fn)) return true
    const found = of.kind === 'call' ? here(of) : scope.follow(here(of))
    const get = found.file === file ? methodCall(found.value, 'get') : undefined
    if (get?.call.args.length !== 1) return false
    return databaseOf(get.of.kind === 'member' && get.of.name === 'collections' ? get.of.of : get.of, fn) !== undefined
  }

  const isWriterParameter = (value: Value): boolean => {
    const key = value.kind === 'name' ? value.key : undefined
    const param = key === undefined ? undefined : scope.module(file)?.bindings[key]?.param
    return param?.index === 0 && workOf(param.fn)?.call !== undefined
  }

  const reader: WriterReader = {
    index,
    records,
    functionOf,
    databaseOf,
    workOf,
    workAround,
    openingOf,
    directOpening,
    writeOf,
  }
  return reader
}

/** An app may replace the library's methods by its own, often by a @writer. */
const isLibrarys = (model: Model, name: string): boolean =>
  model.chainComplete && !model.members.some(one => one.name === name)

const kindOf = (names: readonly (string | undefined)[] | undefined): Work['kind'] | undefined => {
  if (!names || names.some(name => name === undefined)) return undefined
  return names.includes('writer') || names.includes('action') ? 'write' : names.includes('reader') ? 'read' : undefined
}

/** True when both certainly are one database. */
export const isSameDatabase = (a: DatabaseFound, b: DatabaseFound): boolean =>
  a.path === b.path || (a.stores.length === 1 && b.stores.length === 1 && a.stores[0] === b.stores[0])

/** `database`, `this.database` as a text; undefined for what may be something else at each use. */
function pathOf(value: Value): string | undefined {
  if (value.kind === 'this') return 'this'
  if (value.kind === 'name') return value.key ?? value.name
  if (value.kind === 'call') return `call@${value.at.start}`
  const of = value.kind === 'member' && value.name !== undefined ? pathOf(value.of) : undefined
  return value.kind === 'member' && of !== undefined ? `${of}.${value.name}` : undefined
}

/** The call behind `.then()`, `.catch()` and `.finally()`. */
export function promised(value: Value): Value {
  const method = methodCall(value)
  return method && /^(?:then|catch|finally)$/.test(method.name) ? promised(method.of) : value
}
