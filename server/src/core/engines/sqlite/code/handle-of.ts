// Which database, transaction or prepared statement an expression in the code stands for.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Binding, ClassFact, FunctionFact } from '../../../facts/file-facts.ts'
import type { CallValue, JsxValue, MemberValue, NameValue, Value } from '../../../source/value.ts'
import type { Span } from '../../../text/span.ts'
import type { Library } from '../imports.ts'
import { isOpening, opensDatabase } from '../openings/read-opening.ts'
import type { Callers } from './callers.ts'
import { type ClassRef, classBehind, methodBehind } from './classes.ts'
import { functionBehind, nameOfFunction } from './functions.ts'
import type { Handle } from './handle.ts'
import { handleOfType } from './handle-types.ts'
import { methodOf } from './methods.ts'
import { callsIt } from './possible-values.ts'
import { type GivenPart, usesOf } from './uses.ts'

/** What handles are found by. */
export interface HandleWorld {
  readonly scope: Scope
  readonly library: Library
  readonly callers: Callers
  /** The only `<SQLiteProvider>` of the project that a file belongs to; undefined where there are others or none. */
  providerOf(file: string): Located<JsxValue> | undefined
}

/** Names that lead to one another deeper than this are taken for cycles. */
const deepest = 16

/** What an expression stands for; undefined where it is nothing of SQLite as far as can be told. */
export function handleOf(world: HandleWorld, located: Located): Handle | undefined {
  return find(world, located, { depth: 0, seen: new Set() })
}

interface Way {
  readonly depth: number
  /** Names that were asked for on the way. */
  readonly seen: Set<string>
}

const further = ({ depth, seen }: Way): Way => ({ depth: depth + 1, seen })

/** The first that says which database it is, else the first at all; none that say different ones. */
function best(found: Iterable<Handle | undefined>): Handle | undefined {
  let first: Handle | undefined
  for (const one of found) {
    if (!one) continue
    if (!first || (!first.opening && one.opening)) first = one
    else if (one.opening && first.opening && one.opening.value !== first.opening.value)
      return { package: first.package, kind: first.kind }
  }
  return first
}

function find(world: HandleWorld, { value, file }: Located, way: Way): Handle | undefined {
  if (way.depth > deepest) return undefined
  const inner = (part: Value) => find(world, { value: part, file }, further(way))
  switch (value.kind) {
    case 'await':
      return inner(value.value)
    case 'name':
      return ofName(world, { value, file }, way)
    case 'member':
      return ofMember(world, { value, file }, way)
    case 'call':
      return ofCall(world, { value, file }, way)
    case 'conditional':
      return best([inner(value.whenTrue), inner(value.whenFalse)])
    case 'binary':
      return ['||', '??', '&&'].includes(value.op) ? best([inner(value.left), inner(value.right)]) : undefined
    default:
      return undefined
  }
}

function ofName(world: HandleWorld, { value, file }: Located<NameValue>, way: Way): Handle | undefined {
  return value.key === undefined ? undefined : ofKey(world, file, value.key, way)
}

function ofKey(world: HandleWorld, file: string, key: string, way: Way): Handle | undefined {
  const { scope } = world
  const id = idOf(file, key)
  const binding = scope.binding(file, key)
  if (!binding || way.seen.has(id) || way.depth > deepest) return undefined
  way.seen.add(id)
  const found = best(ways(world, file, key, binding, further(way)))
  way.seen.delete(id)
  return found
}

function* ways(
  world: HandleWorld,
  file: string,
  key: string,
  binding: Binding,
  way: Way,
): Generator<Handle | undefined> {
  const { scope, library } = world
  if (binding.import) {
    const behind = importedFrom(scope, file, binding.import, 0)
    if (behind?.kind === 'key') yield ofKey(world, behind.file, behind.key, way)
    if (behind?.kind === 'value') yield find(world, behind.located, way)
    return
  }
  if (binding.value) yield find(world, { value: binding.value, file }, way)
  for (const fact of usesOf(file, scope.usage(file)).assigned.get(key) ?? [])
    yield find(world, { value: fact.value, file }, way)
  const typed = binding.type && handleOfType(scope, library, file, binding.type.text)
  if (binding.param) {
    const given = ofParameter(world, file, binding.param, way)
    const plain = given?.handle ?? typed
    yield given?.isUncertain && plain ? { package: plain.package, kind: plain.kind, isUncertain: true } : given?.handle
    if (given?.isUncertain) return
  }
  yield typed
}

type Behind =
  | { readonly kind: 'key'; readonly file: string; readonly key: string }
  | { readonly kind: 'value'; readonly located: Located }

/** What an import leads to, also where it is a variable that is assigned later. */
function importedFrom(
  scope: Scope,
  file: string,
  { from, name }: { readonly from: string; readonly name: string },
  depth: number,
): Behind | undefined {
  const found = scope.workspace().resolve(file, from)[0]
  if (found === undefined || name === '*' || depth > deepest) return undefined
  const entry = scope.exportOf(found, name)
  if (entry?.kind === 'value') return { kind: 'value', located: { value: entry.value, file: found } }
  if (entry?.kind === 'from') return importedFrom(scope, found, entry, depth + 1)
  if (entry?.kind === 'binding') return { kind: 'key', file: found, key: entry.key }
  if (name === 'default') return undefined
  for (const star of scope.stars(found)) {
    const behind = importedFrom(scope, found, { from: star.from, name }, depth + 1)
    if (behind) return behind
  }
  return undefined
}

interface Given {
  readonly handle: Handle | undefined
  /** True where some caller gives something that is not known. */
  readonly isUncertain: boolean
}

const idOf = (file: string, key: string | undefined): string => `${file} ${key}`

/** What a function is given: by who calls it, and by what it is given to. */
function ofParameter(
  world: HandleWorld,
  file: string,
  { fn, index }: { readonly fn: number; readonly index: number },
  way: Way,
): Given | undefined {
  const { scope } = world
  let isUncertain = false
  const home = usesOf(file, scope.usage(file)).homes.get(fn)
  const direct = home && ofGift(world, home, index, way)
  if (direct) return { handle: direct, isUncertain }
  const name = nameOfFunction(scope, file, fn)
  if (name === undefined) return undefined
  const isGiven = (value: Value, at: string): boolean => {
    const found = functionBehind(scope, { value, file: at })
    return found?.file === file && found.fn === fn
  }
  function* given(): Generator<Handle | undefined> {
    for (const part of world.callers.calls(name!)) {
      const argument = part.call.args[index]
      if (!argument || !callsIt(world, part, file, fn)) continue
      const located = { value: argument, file: part.file }
      const isKnown = argument.kind === 'name' && way.seen.has(idOf(part.file, argument.key))
      const found = isKnown ? undefined : find(world, located, further(way))
      if (!isKnown && (!found || found.isUncertain)) isUncertain = true
      yield found
    }
    for (const part of world.callers.given(name!))
      if (isGiven(part.value, part.file)) yield ofGift(world, part, index, way)
  }
  const handle = best(given())
  return { handle, isUncertain }
}

/** Parameter `index` of a function that is given to something. */
function ofGift(world: HandleWorld, { file, to }: GivenPart, index: number, way: Way): Handle | undefined {
  const { scope, library } = world
  if (to.kind === 'prop') {
    const found = library.nameOf(scope, { value: to.element.tag, file })
    const isInit = found?.name === 'SQLiteProvider' && to.prop === 'onInit' && index === 0
    return isInit ? { package: found.package, kind: 'database', opening: { value: to.element, file } } : undefined
  }
  const { call } = to
  const { callee } = call
  if (callee.kind !== 'member' || callee.name === undefined) return undefined
  if (callee.name === 'then' && to.index === 0 && index === 0)
    return find(world, { value: callee.of, file }, further(way))
  if (!/transaction|executeSql/i.test(callee.name) || index !== 0) return undefined
  const of = find(world, { value: callee.of, file }, further(way))
  if (!of) {
    const static_ = library.calleeOf(scope, { value: call, file })
    const isStatic = static_?.name === 'QuickSQLite.transaction' && to.index === 1
    return isStatic ? { package: static_.package, kind: 'transaction', transaction: { value: call, file } } : undefined
  }
  const { opening } = of
  if (callee.name === 'executeSql') {
    // `tx.executeSql(sql, args, (tx, result) => …)`
    return of.kind === 'transaction' && to.index >= 2 ? of : undefined
  }
  const kind = methodOf(of.package, callee.name)?.kind
  if (kind !== 'transaction' || to.index !== 0) return undefined
  return {
    package: of.package,
    kind: 'transaction',
    ...(opening && { opening }),
    transaction: { value: call, file },
  }
}

function ofMember(world: HandleWorld, { value, file }: Located<MemberValue>, way: Way): Handle | undefined {
  const { scope } = world
  const { of, name } = value
  if (name === undefined) {
    // `const [db, setDb] = useState<SQLiteDatabase>()`
    return of.kind === 'call' && isFirst(scope, value, file) ? ofTypes(world, of, file) : undefined
  }
  if (name === 'current') return find(world, { value: of, file }, further(way))
  const target = scope.target({ value, file })
  if (target.kind === 'external') return undefined
  if (target.kind === 'value' && target.located.value !== value) {
    const found = find(world, target.located, further(way))
    if (found) return found
  }
  if (target.kind === 'result') {
    const found = ofResult(world, target.call, target.name, way)
    if (found) return found
  }
  const holder = classBehind(scope, { value: of, file })
  return holder && ofClassMember(world, holder, name, way)
}

const isFirst = (scope: Scope, { index }: MemberValue, file: string): boolean =>
  index !== undefined && scope.number({ value: index, file })?.value === 0

/** What the type arguments of a call of React say. */
function ofTypes({ scope, library }: HandleWorld, call: CallValue, file: string): Handle | undefined {
  const name = call.callee.kind === 'name' || call.callee.kind === 'member' ? call.callee.name : undefined
  const text = call.types?.[0]
  return text !== undefined && /^(?:useState|useRef|createContext)$/.test(name ?? '')
    ? handleOfType(scope, library, file, text)
    : undefined
}

/** `const { db } = useDatabase()` */
function ofResult(world: HandleWorld, call: Located<CallValue>, name: string, way: Way): Handle | undefined {
  const fn = functionBehind(world.scope, { value: call.value.callee, file: call.file })
  const fact = fn && world.scope.usage(fn.file)?.functions[fn.fn]
  if (!fn || !fact) return undefined
  return best(
    fact.returns.map(value => {
      const entry = world.scope.shape({ value, file: fn.file })?.entries.get(name)
      return entry && find(world, entry.value, further(way))
    }),
  )
}

/** A field, a getter or a static field of a class. */
function ofClassMember(world: HandleWorld, { file, fact }: ClassRef, name: string, way: Way): Handle | undefined {
  const { scope, library } = world
  const id = `${file} ${fact.name}.${name}`
  if (way.seen.has(id) || way.depth > deepest) return undefined
  way.seen.add(id)
  function* all(): Generator<Handle | undefined> {
    const usage = scope.usage(file)
    for (const member of fact.members) {
      if (member.name !== name) continue
      if (member.initializer) yield find(world, { value: member.initializer, file }, further(way))
      const getter = member.kind === 'getter' && member.fn !== undefined ? usage?.functions[member.fn] : undefined
      if (getter) yield ofFunction(world, file, getter, way)
    }
    for (const { target, value, at } of usage?.assigns ?? []) {
      const isOwn = target.kind === 'member' && target.name === name && isWithin(fact, at)
      if (isOwn) yield find(world, { value, file }, further(way))
    }
    // `constructor(private readonly db: SQLiteDatabase)`
    const constructors = (usage?.functions ?? []).filter(one => one.kind === 'constructor' && isWithin(fact, one.at))
    for (const one of constructors)
      for (const key of one.params.flat())
        if (scope.binding(file, key)?.name === name) yield ofKey(world, file, key, further(way))
    for (const member of fact.members)
      if (member.name === name && member.type) yield handleOfType(scope, library, file, member.type.text)
  }
  const found = best(all())
  way.seen.delete(id)
  return found
}

const isWithin = ({ bodyAt }: ClassFact, at: { readonly start: number; readonly end: number }): boolean =>
  bodyAt.start <= at.start && at.end <= bodyAt.end

function ofCall(world: HandleWorld, { value, file }: Located<CallValue>, way: Way): Handle | undefined {
  const { scope, library } = world
  const name = library.calleeOf(scope, { value, file })
  if (name) {
    if (opensDatabase(name) && isOpening({ ...name, value: { value, file } }))
      return { package: name.package, kind: 'database', opening: { value, file } }
    if (name.name !== 'useSQLiteContext') return undefined
    const opening = world.providerOf(file)
    return { package: name.package, kind: 'database', ...(opening && { opening }) }
  }
  if (value.isNew) return undefined
  const typed = ofTypes(world, value, file)
  if (typed) return typed
  const { callee } = value
  if (callee.kind === 'member' && callee.name !== undefined) {
    const special = ofMethod(world, { value, file }, callee, way)
    if (special) return special
  }
  const [first] = value.args
  // `useContext(DatabaseContext)`, `use(…)`, `useMemo(() => openDatabaseSync(…))`, `memoize(open)`
  const isHook =
    callee.kind === 'name' || callee.kind === 'member' ? /^(?:use|useContext|useMemo)$/.test(callee.name ?? '') : false
  if (isHook && first?.kind === 'function') {
    const fact = scope.usage(file)?.functions[first.id]
    return fact && ofFunction(world, file, fact, way)
  }
  if (isHook && first) return find(world, { value: first, file }, further(way))
  const fn = functionBehind(scope, { value: callee, file })
  if (fn) {
    const fact = scope.usage(fn.file)?.functions[fn.fn]
    return fact && ofFunction(world, fn.file, fact, way)
  }
  const method = methodBehind(scope, { value: callee, file })
  return method && ofFunction(world, method.file, method.fact, way)
}

/** Methods of handles that give handles, and of promises. */
function ofMethod(
  world: HandleWorld,
  { value, file }: Located<CallValue>,
  { of, name = '' }: MemberValue,
  way: Way,
): Handle | undefined {
  if (name === 'catch' || name === 'finally') return find(world, { value: of, file }, further(way))
  if (!/^(?:prepareAsync|prepareSync|prepareStatement|bind|bindSync)$/.test(name)) return undefined
  const on = find(world, { value: of, file }, further(way))
  if (!on) return undefined
  if (on.kind === 'statement') return on
  return {
    package: on.package,
    kind: 'statement',
    ...(on.opening && { opening: on.opening }),
    ...(on.transaction && { transaction: on.transaction }),
    prepared: { value, file },
  }
}

/** What a function gives back, or promises. */
function ofFunction(world: HandleWorld, file: string, fn: FunctionFact, way: Way): Handle | undefined {
  if (fn.isGenerator) return undefined
  function* all(): Generator<Handle | undefined> {
    for (const value of fn.returns) {
      yield find(world, { value, file }, further(way))
      // `return (db ??= await open())`
      if (value.kind === 'unknown') yield* assignedWithin(world, file, value.at, way)
    }
    if (fn.returnType) yield handleOfType(world.scope, world.library, file, fn.returnType.text)
  }
  return best(all())
}

function* assignedWithin(world: HandleWorld, file: string, at: Span, way: Way): Generator<Handle | undefined> {
  for (const [key, facts] of usesOf(file, world.scope.usage(file)).assigned)
    if (facts.some(({ value }) => at.start <= value.at.start && value.at.end <= at.end))
      yield ofKey(world, file, key, further(way))
}
