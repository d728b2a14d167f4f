// Uses of what not every version of react-native-mmkv has.
import type { Scope } from '../../../catalog/scope.ts'
import { type CallValue, childrenOf, type MemberValue, type Value } from '../../../source/value.ts'
import type { Span } from '../../../text/span.ts'
import { isProvenInstance, type Reading } from './proven-instance.ts'

/**
 * One use. `at` is the name that a version may lack. `isGuarded` where something around it may have asked first whether
 * it is there.
 */
export type ApiUse = { readonly at: Span; readonly isGuarded: boolean } & (
  | { readonly kind: 'construct' | 'create'; readonly name: string; readonly call: CallValue }
  /** A member of an instance; `call` where it is called. */
  | { readonly kind: 'member'; readonly name: string; readonly member: MemberValue; readonly call?: CallValue }
  /** `Mode.MULTI_PROCESS` */
  | { readonly kind: 'mode'; readonly name: string; readonly member: MemberValue }
  /** A function of the package that is called, or the class where it is more than constructed. */
  | { readonly kind: 'value'; readonly name: string }
)

/** How namespaces and `require(…)` name what is looked for. */
const named = /^(?:MMKV|createMMKV|existsMMKV|deleteMMKV|useMMKV\w*|SINGLE_PROCESS|MULTI_PROCESS|prototype)$/

/** Every use in a file, in no order; of instances, those of the members that `isWanted` names. */
export function apiUses(reading: Reading, file: string, isWanted: (member: string) => boolean): readonly ApiUse[] {
  const { scope, library } = reading
  const uses = new Map<string, ApiUse>()
  const names = new Map<string, string | undefined>()

  /** A name is followed once, however often it stands there. */
  const nameOf = (value: Value): string | undefined => {
    if (value.kind === 'member' && named.test(value.name ?? '')) return library.nameOf(scope, { value, file })
    if (value.kind !== 'name' || value.key === undefined) return undefined
    if (!names.has(value.key)) names.set(value.key, library.nameOf(scope, { value, file }))
    return names.get(value.key)
  }

  const useAt = (value: Value, call: CallValue | undefined, isGuarded: boolean): ApiUse | undefined => {
    if (value.kind !== 'member' && !(value.kind === 'name' && call)) return undefined
    const name = nameOf(value)
    if (name === undefined) {
      if (value.kind !== 'member' || value.name === undefined || !isWanted(value.name)) return undefined
      if (!isProvenInstance(reading, { value: value.of, file })) return undefined
      return { kind: 'member', name: value.name, member: value, ...(call && { call }), at: value.nameAt, isGuarded }
    }
    if (name === 'MMKV' && call?.isNew) return { kind: 'construct', name, call, at: value.at, isGuarded }
    if (name === 'createMMKV' && call) return { kind: 'create', name, call, at: value.at, isGuarded }
    const [of, member] = name.split('.')
    if (of === 'Mode' && member && value.kind === 'member')
      return { kind: 'mode', name: member, member: value, at: value.at, isGuarded }
    if (of === 'MMKV' && member === 'prototype') return { kind: 'value', name: 'MMKV', at: value.at, isGuarded }
    return call ? { kind: 'value', name, at: value.at, isGuarded } : undefined
  }

  const visit = (value: Value, call: CallValue | undefined, isGuarded: boolean): void => {
    const use = useAt(value, call, isGuarded)
    if (use) {
      const key = `${use.kind} ${use.at.start}`
      // What is seen twice is seen once within its call, which tells more.
      if (!uses.has(key) || call) uses.set(key, use)
    }
    const isChoice = value.kind === 'conditional' || (value.kind === 'binary' && /^(?:&&|\|\||\?\?)$/.test(value.op))
    for (const child of childrenOf(value)) {
      const isCallee = value.kind === 'call' && value.callee === child
      visit(child, isCallee ? value : undefined, isGuarded || isChoice)
    }
  }

  for (const { value, isGuarded } of roots(scope, file)) visit(value, undefined, isGuarded)
  for (const key of scope.classKeys(file)) {
    const extended = scope.classOf(file, key)?.superclass
    if (extended && nameOf(extended) === 'MMKV')
      uses.set(`class ${extended.at.start}`, { kind: 'value', name: 'MMKV', at: extended.at, isGuarded: false })
  }
  return [...uses.values()]
}

/** The values of a file, with all that is inside them. */
function* roots(scope: Scope, file: string): Generator<{ readonly value: Value; readonly isGuarded: boolean }> {
  const usage = scope.usage(file)
  const certain = (value: Value | undefined) => (value ? [{ value, isGuarded: false }] : [])
  for (const { value, isConditional = false } of usage?.calls ?? []) yield { value, isGuarded: isConditional }
  for (const { value } of usage?.assigns ?? []) yield* certain(value)
  for (const fn of usage?.functions ?? []) for (const value of fn.returns) yield* certain(value)
  for (const { value } of Object.values(scope.module(file)?.bindings ?? {})) yield* certain(value)
  for (const key of scope.classKeys(file))
    for (const { initializer } of scope.classOf(file, key)?.members ?? []) yield* certain(initializer)
}
