// Which objects of a realm an expression in the code stands for: results, lists, single objects.
import type { Located } from '../../../catalog/scope.ts'
import type { Binding } from '../../../facts/file-facts.ts'
import type { CallValue, MemberValue, NameValue, Value } from '../../../source/value.ts'
import type { CodeOfFile, RealmStore } from '../types.ts'
import { callIndex } from './call-index.ts'
import { candidates, classOf } from './class-of.ts'
import { methodCall } from './method-call.ts'
import { ofContext, projectStores, realmOf } from './realm-of.ts'
import { libraryType, nameIn, onlyPart } from './type-names.ts'

/** Objects of a realm. */
export interface ObjectsFound {
  /** `results`: Realm's own collection of objects; `values`: its collection of values; `array`: a plain list of objects. */
  readonly shape: 'results' | 'values' | 'array' | 'object'
  /** The name of their class; undefined where they certainly are a realm's and it is not known of which class. */
  readonly className: string | undefined
  /** The realms that they may belong to. */
  readonly stores: readonly RealmStore[]
  /** True where they certainly come out of a realm; false where only a type says what they are. */
  readonly isManaged: boolean
}

/** Names that lead to one another deeper than this are taken for cycles. */
const deepest = 24

/** Methods that give another view of the same collection. */
const views = new Set(['filtered', 'sorted', 'snapshot'])
const copies = new Set(['slice', 'filter', 'concat', 'reverse', 'toReversed', 'toSorted', 'sort', 'flat', 'values'])
const picks = new Set(['find', 'findLast', 'at', 'pop', 'shift'])
/** Methods that call their argument with each object. */
const iterating = new Set(['forEach', 'map', 'flatMap', 'filter', 'find', 'findLast', 'some', 'every', 'findIndex'])
const collections = new Set(['Results', 'List', 'Set', 'Collection', 'OrderedCollection'].map(name => `Realm.${name}`))

/** What `located`, standing in function `fn`, is; undefined where that is not certain. */
export function objectsOf(code: CodeOfFile, located: Located, fn: number | undefined): ObjectsFound | undefined {
  return find(code, located, fn, 0)
}

function find(
  code: CodeOfFile,
  { value, file }: Located,
  fn: number | undefined,
  depth: number,
): ObjectsFound | undefined {
  if (depth > deepest) return undefined
  const inner = (part: Value) => find(code, { value: part, file }, fn, depth + 1)
  switch (value.kind) {
    case 'await':
      return inner(value.value)
    case 'name':
      return ofName(code, { value, file }, fn, depth)
    case 'member':
      return ofMember(code, { value, file }, fn, depth)
    case 'call':
      return ofCall(code, { value, file }, fn, depth)
    case 'this':
      return ofThis(code, file, fn)
    case 'array': {
      const [first] = value.items
      const spread = value.items.length === 1 && first?.kind === 'spread' ? inner(first.value) : undefined
      return spread && spread.shape !== 'object' ? { ...spread, shape: 'array' } : undefined
    }
    case 'conditional':
      return either(value.whenTrue, value.whenFalse, inner)
    case 'binary':
      return value.op === '||' || value.op === '??' ? either(value.left, value.right, inner) : undefined
    default:
      return undefined
  }
}

/** What one of two values is, where the other one is the same or nothing. */
function either(a: Value, b: Value, of: (value: Value) => ObjectsFound | undefined): ObjectsFound | undefined {
  const isNothing = (value: Value) =>
    value.kind === 'null' || value.kind === 'undefined' || (value.kind === 'array' && value.items.length === 0)
  if (isNothing(a)) return of(b)
  const first = of(a)
  if (isNothing(b) || !first) return first
  const second = of(b)
  return second && second.className === first.className && second.shape === first.shape ? first : undefined
}

function ofName(
  code: CodeOfFile,
  { value, file }: Located<NameValue>,
  fn: number | undefined,
  depth: number,
): ObjectsFound | undefined {
  const { scope } = code
  const binding = value.key === undefined ? undefined : scope.binding(file, value.key)
  if (!binding) return undefined
  if (binding.import) {
    const target = scope.target({ value, file })
    return target.kind === 'value' ? find(code, target.located, undefined, depth + 1) : undefined
  }
  const part = onlyPart(binding.type)
  const typed = part === undefined ? undefined : ofType(code, file, part)
  // A list that the code fills itself, or a draft.
  if (binding.value?.kind === 'object' || binding.value?.kind === 'array')
    return find(code, { value: binding.value, file }, fn, depth + 1)
  const found = binding.value
    ? find(code, { value: binding.value, file }, binding.fn, depth + 1)
    : ofParameter(code, file, binding, depth)
  if (!found || !typed || found.className !== undefined) return found ?? typed
  return { ...found, className: typed.className }
}

/** What a callback is called with. */
function ofParameter(
  code: CodeOfFile,
  file: string,
  { param, name }: Binding,
  depth: number,
): ObjectsFound | undefined {
  const { scope } = code
  const usage = scope.usage(file)
  const keys = param?.index === 0 ? usage?.functions[param.fn]?.params[0] : undefined
  const [key] = keys ?? []
  // Of a parameter that is taken apart, nothing is known here.
  if (!param || keys?.length !== 1 || key === undefined || scope.binding(file, key)?.name !== name) return undefined
  const home = callIndex(usage).homes.get(param.fn)
  if (!home?.call) return undefined
  const call: Located<CallValue> = { value: home.call, file }
  if (code.library.calleeOf(scope, call) === 'useQuery') {
    const isQuery = home.prop === undefined ? home.index === 1 : home.prop === 'query' && home.index === 0
    return isQuery ? ofCall(code, call, home.fact.fn, depth + 1) : undefined
  }
  const method = methodCall(home.call)
  if (!method || home.index !== 0 || home.prop !== undefined) return undefined
  if (method.name === 'addListener') return find(code, { value: method.of, file }, home.fact.fn, depth + 1)
  if (!iterating.has(method.name)) return undefined
  return element(find(code, { value: method.of, file }, home.fact.fn, depth + 1))
}

const element = (found: ObjectsFound | undefined): ObjectsFound | undefined =>
  found && (found.shape === 'results' || found.shape === 'array') ? { ...found, shape: 'object' } : undefined

function ofMember(
  code: CodeOfFile,
  { value, file }: Located<MemberValue>,
  fn: number | undefined,
  depth: number,
): ObjectsFound | undefined {
  const of = find(code, { value: value.of, file }, fn, depth + 1)
  if (!of) {
    const target = code.scope.target({ value, file })
    const isElsewhere = target.kind === 'value' && target.located.value.kind !== 'member'
    return isElsewhere ? find(code, target.located, undefined, depth + 1) : undefined
  }
  if (value.index || /^\d+$/.test(value.name ?? '')) return element(of)
  if (of.shape !== 'object' || value.name === undefined) return undefined
  const shapes = candidates(of.stores, of.className).map(one => one.class.properties.get(value.name!)?.shape)
  const [shape] = shapes
  if (!shape || shapes.some(one => one?.kind !== shape.kind || one.target !== shape.target)) return undefined
  if (shape.kind === 'object') return { ...of, className: shape.target }
  if (shape.kind === 'linkingObjects') return { ...of, shape: 'results', className: shape.target }
  if (shape.kind !== 'list' && shape.kind !== 'set') return undefined
  return shape.element === 'object'
    ? { ...of, shape: 'results', className: shape.target }
    : { ...of, shape: 'values', className: undefined }
}

function ofCall(
  code: CodeOfFile,
  call: Located<CallValue>,
  fn: number | undefined,
  depth: number,
): ObjectsFound | undefined {
  const { scope, library } = code
  const { value, file } = call
  const [first] = value.args
  const argument = first && first.kind !== 'spread' ? { value: first, file } : undefined
  const name = library.calleeOf(scope, call)
  if (name === 'useQuery' || name === 'useObject') {
    const type = argument?.value.kind === 'object' ? scope.shape(argument)?.entries.get('type')?.value : argument
    const stores = ofContext(code, { value: value.callee, file })
    return made(code, name === 'useQuery' ? 'results' : 'object', type, stores)
  }
  if (value.isNew) {
    const realm = argument && realmOf(code, argument)
    return realm && made(code, 'object', { value: value.callee, file }, realm.stores)
  }
  const method = methodCall(value)
  if (method) {
    const { of } = method
    const located = { value: of, file }
    if (method.name === 'objects' || method.name === 'objectForPrimaryKey' || method.name === 'create') {
      const realm = realmOf(code, located)
      return realm && made(code, method.name === 'objects' ? 'results' : 'object', argument, realm.stores)
    }
    const isCopy = of.kind === 'name' && of.key === undefined && of.name === 'Array' && method.name === 'from'
    const found = find(code, isCopy && argument ? argument : located, fn, depth + 1)
    if (isCopy) return found && found.shape !== 'object' ? { ...found, shape: 'array' } : undefined
    if (found && found.shape !== 'object') {
      if (views.has(method.name)) return found.shape === 'array' ? undefined : found
      if (copies.has(method.name)) return { ...found, shape: 'array' }
      return picks.has(method.name) ? element(found) : undefined
    }
  }
  return ofResult(code, call, depth)
}

/** What a function of the app, or the one given to `useMemo`, gives back. */
function ofResult(code: CodeOfFile, { value, file }: Located<CallValue>, depth: number): ObjectsFound | undefined {
  const { scope } = code
  const target = scope.target({ value: value.callee, file })
  const isMemo = target.kind === 'external' && /^(?:default\.|\*\.)?useMemo$/.test(target.name)
  const [first] = value.args
  const found =
    isMemo && first ? scope.follow({ value: first, file }) : target.kind === 'value' ? target.located : undefined
  if (found?.value.kind !== 'function') return undefined
  const fn = scope.usage(found.file)?.functions[found.value.id]
  const [result] = fn?.returns ?? []
  if (fn?.returns.length !== 1 || !result || fn.isGenerator) return undefined
  return find(code, { value: result, file: found.file }, found.value.id, depth + 1)
}

function made(
  code: CodeOfFile,
  shape: 'results' | 'object',
  type: Located | undefined,
  stores: readonly RealmStore[],
): ObjectsFound {
  return { shape, className: classOf(code, type)?.name.text, stores, isManaged: true }
}

/** The object whose class has the method around. */
function ofThis(code: CodeOfFile, file: string, fn: number | undefined): ObjectsFound | undefined {
  const functions = code.scope.usage(file)?.functions
  for (let at = fn; at !== undefined; ) {
    const one = functions?.[at]
    if (one?.inClass !== undefined) {
      const isObject = one.kind !== 'constructor'
      const model = isObject ? code.classes.ofModel({ file, key: one.inClass }) : undefined
      return model && ofModelName(code, model.isNamed ? model.name.text : undefined, 'object')
    }
    // `this` of a plain function is something else.
    if (one?.kind !== 'arrow') return undefined
    at = one.parent
  }
  return undefined
}

function ofModelName(
  code: CodeOfFile,
  name: string | undefined,
  shape: ObjectsFound['shape'],
): ObjectsFound | undefined {
  const stores = name === undefined ? [] : projectStores(code).filter(store => store.class(name))
  return stores.length > 0 ? { shape, className: name, stores, isManaged: false } : undefined
}

function ofType(code: CodeOfFile, file: string, text: string): ObjectsFound | undefined {
  const list = /^(?:readonly )?([\w$]+)\[\]$|^(?:Readonly)?Array<(.+)>$/s.exec(text)
  if (list) return ofModelName(code, modelName(code, file, (list[1] ?? list[2])!), 'array')
  const type = libraryType(code.scope, code.library, file, text)
  if (type && collections.has(type.name)) {
    const name = modelName(code, file, type.argument ?? '')
    const isValues = /^(?:string|number|boolean|Date|ArrayBuffer|null|undefined|\s|\|)+$/.test(type.argument ?? '')
    const found = ofModelName(code, name, 'results')
    return found ?? { shape: isValues ? 'values' : 'results', className: undefined, stores: [], isManaged: true }
  }
  return ofModelName(code, modelName(code, file, text), 'object')
}

/** The schema name of the class that a type means: `Task`, `Task & Realm.Object`, `Realm.Object<Task>`. */
function modelName(code: CodeOfFile, file: string, text: string): string | undefined {
  for (const part of text.split('&').map(one => one.trim())) {
    const type = libraryType(code.scope, code.library, file, part)
    const name = type?.name === 'Realm.Object' ? type.argument?.split(',')[0] : part
    if (name === undefined || !/^[\w$]+$/.test(name)) continue
    const ref = code.classes.refOf(nameIn(code.scope, file, name))
    const model = ref && code.classes.ofModel(ref)
    if (model?.isNamed && model.form !== 'missing') return model.name.text
  }
  return undefined
}
