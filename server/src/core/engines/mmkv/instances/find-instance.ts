// Which instance an expression in the code stands for.
import type { Located, Scope, Target } from '../../../catalog/scope.ts'
import type { Binding, CallFact, TypeFact, UsageFacts } from '../../../facts/file-facts.ts'
import type { CallValue, MemberValue, NameValue, Value } from '../../../source/value.ts'
import type { Library } from '../imports.ts'
import { calledFunction, classMember, classOfObject } from './called-function.ts'
import { type ClassMember, memberOf } from './class-members.ts'

/** An expression that is an instance. */
export interface Instance {
  /** The calls that open it: several where it depends on how the code runs. */
  readonly openings: readonly Located<CallValue>[]
  /** False where it may be an instance that is opened elsewhere. */
  readonly isKnown: boolean
}

/** Names that lead to one another more often than this are taken for cycles. */
const deepest = 20

const someInstance: Instance = { openings: [], isKnown: false }

/** The instance that an expression is; undefined where it is none as far as can be told. */
export function findInstance(scope: Scope, library: Library, located: Located): Instance | undefined {
  const find = ({ value, file }: Located, depth: number): Instance | undefined => {
    if (depth > deepest) return undefined
    const inner = (part: Value) => find({ value: part, file }, depth + 1)
    switch (value.kind) {
      case 'await':
        return inner(value.value)
      case 'name':
        return ofName({ value, file }, depth)
      case 'member':
        return ofMember({ value, file }, depth)
      case 'call':
        return ofCall({ value, file }, depth)
      case 'conditional':
        return any([value.whenTrue, value.whenFalse], file, depth)
      case 'binary':
        if (value.op === '&&') return inner(value.right)
        return value.op === '||' || value.op === '??' ? any([value.left, value.right], file, depth) : undefined
      case 'unknown':
        return ofAssignment({ value, file }, depth)
      default:
        return undefined
    }
  }

  /** `this.s ??= createMMKV()` where it stands for its value. */
  const ofAssignment = ({ value: { at }, file }: Located, depth: number): Instance | undefined => {
    const usage = scope.usage(file)
    const assign = usage?.assigns.find(one => one.at.start === at.start && one.at.end === at.end)
    if (assign) return find({ value: assign.value, file }, depth + 1)
    const call = usage?.calls.find(
      one => one.assignedTo !== undefined && one.value.at.end === at.end && at.start < one.value.at.start,
    )
    return call && find({ value: call.value, file }, depth + 1)
  }

  /** What may be one or another value; `null` and `undefined` are no instance and do not count. */
  const any = (values: readonly Value[], file: string, depth: number): Instance | undefined =>
    union(
      values.map(value => ({ value, file })),
      depth,
    )
  const union = (values: readonly Located[], depth: number): Instance | undefined => {
    const given = values.filter(({ value }) => value.kind !== 'null' && value.kind !== 'undefined')
    const found = given.map(value => find(value, depth + 1))
    const instances = found.flatMap(one => one ?? [])
    if (instances.length === 0) return undefined
    const openings = new Map(instances.flatMap(one => one.openings.map(opening => [opening.value, opening])))
    return { openings: [...openings.values()], isKnown: found.every(one => one?.isKnown === true) }
  }

  const ofName = (located: Located<NameValue>, depth: number): Instance | undefined => {
    const { key } = located.value
    const binding = key === undefined ? undefined : scope.binding(located.file, key)
    return binding && key !== undefined ? ofBinding(located.file, key, binding, depth) : undefined
  }

  const ofBinding = (file: string, key: string, binding: Binding, depth: number): Instance | undefined => {
    if (binding.import) {
      const { from, name } = binding.import
      const target = scope.target({ value: { kind: 'name', name: binding.name, key, at: binding.at }, file })
      if (target.kind !== 'unknown') return ofTarget(target, depth)
      const [found] = scope.workspace().resolve(file, from)
      return found === undefined ? undefined : ofExport(found, name, depth + 1)
    }
    const found = binding.value
      ? find({ value: binding.value, file }, depth + 1)
      : union(assignedTo(scope.usage(file), key, file), depth)
    return found ?? ofType(file, binding.type)
  }

  /** A variable of another file that is assigned after its declaration. */
  const ofExport = (file: string, name: string, depth: number): Instance | undefined => {
    if (depth > deepest) return undefined
    const entry = scope.exportOf(file, name)
    if (entry?.kind === 'binding') {
      const binding = scope.binding(file, entry.key)
      return binding && ofBinding(file, entry.key, binding, depth + 1)
    }
    if (entry?.kind === 'value') return find({ value: entry.value, file }, depth + 1)
    const next = entry?.kind === 'from' ? [entry] : scope.stars(file).map(star => ({ from: star.from, name }))
    for (const { from, name: inner } of next) {
      const [found] = scope.workspace().resolve(file, from)
      const instance = found === undefined ? undefined : ofExport(found, inner, depth + 1)
      if (instance) return instance
    }
    return undefined
  }

  const ofTarget = (target: Target, depth: number): Instance | undefined => {
    if (target.kind === 'value') return find(target.located, depth + 1)
    return target.kind === 'result' ? ofResult(target.call, target.name, depth) : undefined
  }

  const ofMember = (located: Located<MemberValue>, depth: number): Instance | undefined => {
    const { value, file } = located
    if (value.of.kind !== 'this') {
      const target = scope.target(located)
      const isSelf = target.kind === 'value' && target.located.value === value
      if (target.kind !== 'unknown' && !isSelf) return ofTarget(target, depth)
      const of = scope.target({ value: value.of, file })
      if (of.kind === 'namespace' && value.name !== undefined) return ofExport(of.file, value.name, depth + 1)
    }
    return ofClassMember(classMember(scope, located), depth)
  }

  const ofClassMember = (member: ClassMember | undefined, depth: number): Instance | undefined =>
    member && (union(member.values, depth) ?? ofType(member.owner.file, member.type))

  /** What a call gives under a name: `useRef(createMMKV()).current`, `useState(() => createMMKV())[0]`, `new Store().mmkv`. */
  const ofResult = (call: Located<CallValue>, name: string, depth: number): Instance | undefined => {
    const hook = reactHook(scope, call)
    const [first] = call.value.args
    const isHeld = (hook === 'useRef' && name === 'current') || (hook === 'useState' && name === '0')
    if (first && isHeld) return given({ value: first, file: call.file }, depth)
    const owner = hook === undefined ? classOfObject(scope, call) : undefined
    return owner && ofClassMember(memberOf(scope, owner, name), depth)
  }

  /** A value, or what the function that is in its place returns. */
  const given = (value: Located, depth: number): Instance | undefined => {
    const found = scope.follow(value)
    return found.value.kind === 'function' ? returned(found.file, found.value.id, depth) : find(found, depth + 1)
  }

  const returned = (file: string, id: number, depth: number): Instance | undefined => {
    const fn = scope.usage(file)?.functions[id]
    return fn && !fn.isGenerator ? (any(fn.returns, file, depth) ?? ofType(file, promised(fn.returnType))) : undefined
  }

  const ofCall = (call: Located<CallValue>, depth: number): Instance | undefined => {
    const { value, file } = call
    const name = library.calleeOf(scope, call)
    if (name === 'useMMKV' || name === 'createMMKV' || name === 'MMKV')
      return value.isNew === (name === 'MMKV') ? { openings: [call], isKnown: true } : undefined
    if (name !== undefined || value.isNew) return undefined
    const [first] = value.args
    if (first && reactHook(scope, call) === 'useMemo') return given({ value: first, file }, depth)
    const called = calledFunction(scope, { value: value.callee, file })
    return called && returned(called.file, called.id, depth)
  }

  /** What is declared to be an instance is one, wherever it comes from. */
  const ofType = (file: string, type: Pick<TypeFact, 'parts'> | undefined): Instance | undefined => {
    const parts = type?.parts.filter(part => part !== 'null' && part !== 'undefined') ?? []
    const [text = ''] = parts
    if (parts.length !== 1 || !/^[\w$]+(?:\.[\w$]+)?$/.test(text)) return undefined
    const [root = '', member] = text.split('.')
    const binding = scope.binding(file, root)
    if (!binding?.import) return undefined
    const name: Value = { kind: 'name', name: root, key: root, at: binding.at }
    const value: Value =
      member === undefined ? name : { kind: 'member', of: name, name: member, nameAt: binding.at, at: binding.at }
    return library.nameOf(scope, { value, file }) === 'MMKV' ? someInstance : undefined
  }

  return find(located, 0)
}

/** `Promise<MMKV>` as `MMKV`. */
function promised(type: TypeFact | undefined): Pick<TypeFact, 'parts'> | undefined {
  const inner = type && /^Promise<\s*([^<>]+?)\s*>$/.exec(type.text)?.[1]
  return inner === undefined ? type : { parts: inner.split('|').map(part => part.trim()) }
}

/** The hook of React that a call calls. */
function reactHook(scope: Scope, { value, file }: Located<CallValue>): string | undefined {
  if (value.isNew) return undefined
  const target = scope.target({ value: value.callee, file })
  if (target.kind !== 'external' || target.from !== 'react') return undefined
  return target.name.split('.').at(-1)
}

const assignments = new WeakMap<UsageFacts, ReadonlyMap<string, readonly CallFact[]>>()

/** The calls whose results a variable gets, with its first one. */
function assignedTo(usage: UsageFacts | undefined, key: string, file: string): readonly Located[] {
  if (!usage) return []
  let known = assignments.get(usage)
  if (!known) {
    const byKey = new Map<string, CallFact[]>()
    for (const fact of usage.calls) {
      const to = fact.assignedTo ?? fact.into
      if (to === undefined) continue
      const list = byKey.get(to)
      if (list) list.push(fact)
      else byKey.set(to, [fact])
    }
    known = byKey
    assignments.set(usage, known)
  }
  return (known.get(key) ?? []).map(({ value }) => ({ value, file }))
}
