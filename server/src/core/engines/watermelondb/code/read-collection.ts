// Which database and which table an expression in the code stands for.
import type { Named } from '../../../catalog/catalog.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import { contains } from '../../../text/span.ts'
import { refId, type StoreCore } from '../store.ts'
import type { ClassRef, CodeOfFile, Model, WatermelonStore } from '../types.ts'

/** A collection of records: a table of one of `stores`. Where several stores could be meant, a rule must hold in all. */
export interface Collection {
  readonly table: Named
  readonly stores: readonly WatermelonStore[]
}

/** The stores that a database expression may mean; undefined where it is no database as far as can be told. */
export function storesOf(
  code: CodeOfFile,
  expression: Located,
  fn: number | undefined,
): readonly WatermelonStore[] | undefined {
  const { scope } = code
  const found = scope.follow(expression)
  if (found.value.kind === 'call') {
    const call = { value: found.value, file: found.file }
    const name = code.library.calleeOf(scope, call)
    if (name === 'Database') {
      const own = code.stores().filter(store => store.databases.some(one => isSame(one.call, call)))
      return own.length > 0 ? own : undefined
    }
    if (name === 'useDatabase') return projectStores(code)
    // An instance of some other class is no database of the library; a Proxy may stand for one.
    if (call.value.isNew && !isGlobal(call.value.callee, 'Proxy')) return undefined
    const callee = scope.target({ value: call.value.callee, file: call.file })
    // Nor is what another package makes, unless React only hands it on.
    if (callee.kind === 'external' && callee.from !== 'react') return undefined
  }
  const { value } = expression
  if (value.kind === 'member' && value.name === 'collections') {
    const model = value.of.kind === 'this' ? modelAround(code, fn, value) : undefined
    if (model) return storesOfModel(code, model)
    // Every record has the collections of its database, and nothing else is known to be named so.
    return (
      storesOf(code, { ...expression, value: value.of }, fn) ?? (usesLibrary(code) ? projectStores(code) : undefined)
    )
  }
  if (value.kind === 'member' && value.of.kind === 'this' && (value.name === 'database' || value.name === 'db')) {
    const model = modelAround(code, fn, value)
    if (model) return storesOfModel(code, model)
  }
  const isBelieved = () => usesLibrary(code) || comesFromLibrary(code, expression)
  if (value.kind === 'member') return isDatabaseName(value.name) && isBelieved() ? projectStores(code) : undefined
  if (value.kind !== 'name' || value.key === undefined) return undefined
  const binding = scope.binding(expression.file, value.key)
  const types = binding?.type?.parts.filter(part => part !== 'null' && part !== 'undefined' && part !== 'any')
  if (types && types.length > 0)
    return types.every(type => isDatabaseType(type) || isAppsType(code, expression.file, type))
      ? projectStores(code)
      : undefined
  const target = scope.target(expression)
  const isOther = target.kind === 'external' || (target.kind === 'value' && !openKinds.has(target.located.value.kind))
  if (isOther || !isBelieved()) return undefined
  const isNamedSo =
    isDatabaseName(value.name) || (/(?:database|db)$/i.test(value.name) && comesFromLibrary(code, expression))
  return isNamedSo ? projectStores(code) : undefined
}

const isGlobal = (value: Value, name: string): boolean =>
  value.kind === 'name' && value.key === undefined && value.name === name

const isDatabaseName = (name: string | undefined): boolean => /^(?:watermelon)?(?:database|db)$/i.test(name ?? '')

const isDatabaseType = (type: string): boolean => /^(?:typeof )?(?:Watermelon)?(?:DB)?Database$/i.test(type)

/** What a name may stand for that could still be a database. */
const openKinds: ReadonlySet<Value['kind']> = new Set([
  'name',
  'member',
  'call',
  'conditional',
  'binary',
  'await',
  'unknown',
  'null',
])

/** A name alone says little: it is believed in files that import the library, or where such a file has what it stands for. */
const usesLibrary = (code: CodeOfFile, file = code.file): boolean =>
  code.scope.module(file)?.imports.some(one => code.library.isWatermelon(one.from)) === true

/** Names that stand for one another longer than this are taken for cycles. */
const deepest = 10

/** True where the name that an expression begins with is imported, maybe by way of constants, from a file that imports the library. */
function comesFromLibrary(code: CodeOfFile, { value, file }: Located, depth = 0): boolean {
  if (value.kind === 'member') return comesFromLibrary(code, { value: value.of, file }, depth)
  if (value.kind !== 'name' || value.key === undefined || depth > deepest) return false
  const binding = code.scope.binding(file, value.key)
  if (!binding?.import)
    return binding?.value !== undefined && comesFromLibrary(code, { value: binding.value, file }, depth + 1)
  const target = code.scope.target({ value, file })
  if (target.kind === 'external') return false
  const home = target.kind === 'value' ? target.located.file : target.kind === 'result' ? target.call.file : undefined
  return [home, ...importedFiles(code, file, binding.import.from)].some(
    one => one !== undefined && usesLibrary(code, one),
  )
}

/** True for a type that the app names after databases in a file that imports the library. */
function isAppsType(code: CodeOfFile, file: string, type: string): boolean {
  if (!/^\w*Database$/.test(type)) return false
  const from = code.scope.binding(file, type)?.import?.from
  return from !== undefined && importedFiles(code, file, from).some(one => usesLibrary(code, one))
}

const importedFiles = (code: CodeOfFile, file: string, from: string): readonly string[] =>
  code.scope.workspace().resolve(file, from).slice(0, 1)

/** The collection that an expression stands for; undefined where table or database are not known. */
export function collectionOf(code: CodeOfFile, expression: Located, fn: number | undefined): Collection | undefined {
  const { scope } = code
  const { value } = expression
  if (value.kind === 'member' && value.name === 'collection' && value.of.kind === 'this') {
    const model = modelAround(code, fn, value)
    return model?.table && { table: model.table, stores: storesOfModel(code, model) }
  }
  const found = value.kind === 'call' ? expression : scope.follow(expression)
  if (found.value.kind !== 'call' || found.value.callee.kind !== 'member') return undefined
  const { callee, args } = found.value
  const [name, ...others] = args
  // A call that is not finished yet seems to end in a spread.
  if (callee.name !== 'get' || !name || others.some(one => one.kind !== 'spread')) return undefined
  const binding =
    value.kind === 'name' && value.key !== undefined ? scope.binding(expression.file, value.key) : undefined
  const home = found.file !== code.file ? undefined : binding?.value ? binding.fn : fn
  const stores = storesOf(code, { value: callee.of, file: found.file }, home)
  const table = scope.text({ value: name, file: found.file })
  return stores && stores.length > 0 && table ? { table, stores } : undefined
}

/**
 * The model whose method, getter or arrow `fn` is in; undefined outside of models. `value` is some expression there: with
 * it initializers of properties are seen as well.
 */
export function modelAround(code: CodeOfFile, fn: number | undefined, value?: Value): Model | undefined {
  const functions = code.scope.usage(code.file)?.functions
  for (let at = fn; at !== undefined; ) {
    const one = functions?.[at]
    if (one?.inClass !== undefined) return code.models.model({ file: code.file, key: one.inClass })
    // `this` of a plain function is not the record.
    if (one?.kind !== 'arrow') return undefined
    at = one.parent
  }
  return value && modelOfInitializer(code, value)
}

/** The model in one of whose properties' initializers `value` stands. */
function modelOfInitializer(code: CodeOfFile, value: Value): Model | undefined {
  for (const key of code.scope.classKeys(code.file)) {
    const fact = code.scope.classOf(code.file, key)
    const isInside = fact?.members.some(
      one => !one.isStatic && one.initializer && contains(one.initializer.at, value.at),
    )
    if (isInside) return code.models.model({ file: code.file, key })
  }
  return undefined
}

/** The stores that a model belongs to. */
export const storesOfModel = (code: CodeOfFile, model: Model): readonly WatermelonStore[] =>
  code.stores().filter(store => idsOf((store as StoreCore).modelRefs).has(refId(model)))

const knownIds = new WeakMap<readonly ClassRef[], ReadonlySet<string>>()

/** The classes of a list as a set, made once for each list. */
function idsOf(refs: readonly ClassRef[]): ReadonlySet<string> {
  const ids = knownIds.get(refs) ?? new Set(refs.map(refId))
  knownIds.set(refs, ids)
  return ids
}

/** The stores of the project that a file belongs to. */
export function projectStores(code: CodeOfFile): readonly WatermelonStore[] {
  const project = code.scope.workspace().project(code.file)
  return code.stores().filter(store => store.project === project)
}

const isSame = (a: Located<CallValue>, b: Located<CallValue>): boolean =>
  a.file === b.file && a.value.at.start === b.value.at.start

/** The call of method `name` that `value` is, with what it is called on. */
export function methodCall(
  value: Value,
  name?: string,
): { readonly call: CallValue; readonly of: Value; readonly name: string } | undefined {
  if (value.kind !== 'call' || value.isNew || value.callee.kind !== 'member' || value.callee.name === undefined)
    return undefined
  return name === undefined || value.callee.name === name
    ? { call: value, of: value.callee.of, name: value.callee.name }
    : undefined
}
