// Which realm an expression in the code stands for.
import type { Located } from '../../../catalog/scope.ts'
import type { Binding, FunctionFact } from '../../../facts/file-facts.ts'
import type { CallValue, MemberValue, NameValue, Value } from '../../../source/value.ts'
import type { CodeOfFile, RealmStore } from '../types.ts'
import { libraryType, onlyPart } from './type-names.ts'

/** A realm as far as code shows it. */
export interface RealmFound {
  /** The realms that it may be: a rule must hold in all of them. Empty where nothing is known of any. */
  readonly stores: readonly RealmStore[]
  /** Two expressions with one path are one realm; undefined for what may be another one at each use. */
  readonly path: string | undefined
}

/** Names that lead to one another deeper than this are taken for cycles. */
const deepest = 20

/** Nothing but a realm is called so, where what it holds cannot be told. */
const realmName = /^_?realm$/i
const realmMaker = /^(?:get|open|use|init|load)Realm(?:Instance|Async|Db)?$/i

/** The realm that an expression is; undefined where it is none as far as can be told, or one of a migration. */
export function realmOf(code: CodeOfFile, located: Located): RealmFound | undefined {
  const stores = find(code, located, 0)
  return stores && { stores, path: pathOf(located.value) }
}

/** The realms of the project that a file belongs to. */
export function projectStores(code: CodeOfFile): readonly RealmStore[] {
  const project = code.scope.workspace().project(code.file)
  return code.stores().filter(store => store.project === project)
}

/** True when both certainly are one realm. */
export const isSameRealm = (a: RealmFound, b: RealmFound): boolean => a.path !== undefined && a.path === b.path

type Stores = readonly RealmStore[]

function find(code: CodeOfFile, { value, file }: Located, depth: number): Stores | undefined {
  if (depth > deepest) return undefined
  const inner = (part: Value) => find(code, { value: part, file }, depth + 1)
  switch (value.kind) {
    case 'await':
      return inner(value.value)
    case 'name':
      return ofName(code, { value, file }, depth)
    case 'member':
      return ofMember(code, { value, file }, depth)
    case 'call':
      return ofCall(code, { value, file }, depth)
    case 'conditional':
      return inner(value.whenTrue) ?? inner(value.whenFalse)
    case 'binary':
      return ['||', '??', '&&'].includes(value.op) ? (inner(value.left) ?? inner(value.right)) : undefined
    default:
      return undefined
  }
}

function ofName(code: CodeOfFile, { value, file }: Located<NameValue>, depth: number): Stores | undefined {
  const { scope } = code
  const binding = value.key === undefined ? undefined : scope.binding(file, value.key)
  if (!binding || isOfMigration(code, file, binding)) return undefined
  if (binding.type && !/^(?:any|unknown)$/.test(binding.type.text)) return ofType(code, file, onlyPart(binding.type))
  const byName = realmName.test(value.name) ? projectStores(code) : undefined
  if (binding.import) {
    const target = scope.target({ value, file })
    if (target.kind === 'value')
      return find(code, target.located, depth + 1) ?? (isOpaque(target.located.value) ? byName : undefined)
    return target.kind === 'unknown' ? byName : undefined
  }
  if (!binding.value) return binding.kind === 'param' || binding.kind === 'let' ? byName : undefined
  return find(code, { value: binding.value, file }, depth + 1) ?? (isOpaque(binding.value) ? byName : undefined)
}

/** True for what cannot be followed, and so may be what its name says. */
const isOpaque = (value: Value): boolean => {
  if (value.kind === 'await') return isOpaque(value.value)
  return value.kind === 'unknown' || value.kind === 'member' || (value.kind === 'call' && !value.isNew)
}

function ofType(code: CodeOfFile, file: string, text: string | undefined): Stores | undefined {
  const type = text === undefined ? undefined : libraryType(code.scope, code.library, file, text)
  return type?.name === 'Realm' ? projectStores(code) : undefined
}

function ofMember(code: CodeOfFile, { value, file }: Located<MemberValue>, depth: number): Stores | undefined {
  const { scope } = code
  const target = scope.target({ value, file })
  if (target.kind === 'external') return undefined
  if (target.kind === 'value') {
    const { located } = target
    if (located.value.kind !== 'member') return find(code, located, depth + 1)
  }
  const member = value.of.kind === 'this' ? memberOfClass(code, file, value) : undefined
  if (member?.type) return ofType(code, file, onlyPart(member.type))
  const isRef = value.name === 'current' && value.of.kind === 'name' && /^realmRef$/i.test(value.of.name)
  return isRef || realmName.test(value.name ?? '') ? projectStores(code) : undefined
}

/** The field of the class around `this.name`. */
function memberOfClass(code: CodeOfFile, file: string, { at, name }: MemberValue) {
  for (const key of code.scope.classKeys(file)) {
    const fact = code.scope.classOf(file, key)
    if (fact && fact.bodyAt.start <= at.start && at.end <= fact.bodyAt.end)
      return fact.members.find(one => one.name === name && one.kind === 'property')
  }
  return undefined
}

function ofCall(code: CodeOfFile, call: Located<CallValue>, depth: number): Stores | undefined {
  const { scope, library } = code
  const { value, file } = call
  const name = library.calleeOf(scope, call)
  if (name === 'useRealm') return ofContext(code, { value: value.callee, file })
  if ((name === 'Realm' && value.isNew) || (name === 'Realm.open' && !value.isNew)) return ofOpening(code, call)
  if (name !== undefined || value.isNew) return undefined
  const found = scope.follow({ value: value.callee, file })
  if (found.value.kind === 'function') {
    const fn = scope.usage(found.file)?.functions[found.value.id]
    return fn && ofFunction(code, found.file, fn, depth)
  }
  const { callee } = value
  const called = callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined
  const isExternal = scope.target({ value: callee, file }).kind === 'external'
  return !isExternal && realmMaker.test(called ?? '') ? projectStores(code) : undefined
}

/** What a function gives back, or promises. */
function ofFunction(code: CodeOfFile, file: string, fn: FunctionFact, depth: number): Stores | undefined {
  if (fn.isGenerator) return undefined
  const typed =
    fn.returnType && /^(?:Promise<\s*)?([\w$.]+(?:\s*\|\s*(?:null|undefined))?)\s*>?$/.exec(fn.returnType.text)
  const stores = typed ? ofType(code, file, typed[1]!.replace(/\s*\|.*/, '')) : undefined
  for (const value of fn.returns) {
    const found = find(code, { value, file }, depth + 1)
    if (found) return found
  }
  return stores
}

function ofOpening(code: CodeOfFile, { value, file }: Located<CallValue>): Stores {
  const isHere = (store: RealmStore) =>
    store.openings.some(one => one.value.file === file && one.value.value.at.start === value.at.start)
  return code.stores().filter(isHere)
}

/** The realms that the provider of a context opens; of the default context, those of its providers. */
export function ofContext(code: CodeOfFile, hook: Located): Stores {
  const { scope, library } = code
  const context = library.contextOf(scope, hook)
  if (context) return ofOpening(code, context)
  const isDefault = (store: RealmStore) =>
    store.openings.some(
      one =>
        one.kind === 'provider' &&
        one.value.value.kind === 'jsx' &&
        !library.contextOf(scope, { value: one.value.value.tag, file: one.value.file }),
    )
  const stores = projectStores(code)
  const own = stores.filter(isDefault)
  return own.length > 0 ? own : stores
}

/** True for parameters of a migration function: it is given two realms, of which neither has the present schema for certain. */
function isOfMigration({ scope }: CodeOfFile, file: string, { name, param }: Binding): boolean {
  if (/^(?:old|new|prev|next)_?Realm$/i.test(name)) return true
  if (!param) return false
  const params = scope.usage(file)?.functions[param.fn]?.params ?? []
  const realms = params.flat().filter(key => {
    const binding = scope.binding(file, key)
    return binding?.param && (/realm$/i.test(binding.name) || onlyPart(binding.type) === 'Realm')
  })
  return realms.length === 2 && params.length === 2
}

/** `realm`, `this.realm` as a text. */
function pathOf(value: Value): string | undefined {
  if (value.kind === 'this') return 'this'
  if (value.kind === 'name') return value.key ?? value.name
  const of = value.kind === 'member' && value.name !== undefined ? pathOf(value.of) : undefined
  return value.kind === 'member' && of !== undefined ? `${of}.${value.name}` : undefined
}
