// Which class of the app an expression is an object of.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { ClassFact, FunctionFact } from '../../../facts/file-facts.ts'
import { functionBehind } from './functions.ts'

/** Names that lead to one another deeper than this are taken for cycles. */
const deepest = 12

/** A class by its file. */
export interface ClassRef {
  readonly file: string
  readonly fact: ClassFact
}

/** The class that a value is an object of, or is itself. */
export function classBehind(scope: Scope, { value, file }: Located, depth = 0): ClassRef | undefined {
  if (depth > deepest) return undefined
  if (value.kind === 'this') {
    for (const key of scope.classKeys(file)) {
      const fact = scope.classOf(file, key)
      if (fact && fact.bodyAt.start <= value.at.start && value.at.end <= fact.bodyAt.end) return { file, fact }
    }
    return undefined
  }
  const found = scope.follow({ value, file })
  if (found.value.kind === 'class') {
    const fact = scope.classOf(found.file, found.value.key)
    return fact && { file: found.file, fact }
  }
  if (found.value.kind === 'call') {
    if (found.value.isNew) return classBehind(scope, { value: found.value.callee, file: found.file }, depth + 1)
    const fn = functionBehind(scope, { value: found.value.callee, file: found.file })
    const method = fn ? undefined : methodBehind(scope, { value: found.value.callee, file: found.file }, depth + 1)
    const of = fn ? { file: fn.file, fact: scope.usage(fn.file)?.functions[fn.fn] } : method
    for (const one of of?.fact?.returns ?? []) {
      const inner = classBehind(scope, { value: one, file: of!.file }, depth + 1)
      if (inner) return inner
    }
    const text = of?.fact?.returnType?.text
    return text === undefined ? undefined : classOfType(scope, of!.file, text)
  }
  if (found.value.kind === 'name' && found.value.key !== undefined) {
    const type = scope.binding(found.file, found.value.key)?.type
    return type && classOfType(scope, found.file, type.text)
  }
  return undefined
}

function classOfType(scope: Scope, file: string, text: string): ClassRef | undefined {
  const name = /^(?:Promise\s*<\s*)?([\w$]+)\s*(?:\|\s*(?:null|undefined)\s*)?>?$/.exec(text)?.[1]
  const binding = name === undefined ? undefined : scope.binding(file, name)
  if (!binding || name === undefined) return undefined
  const { value, file: home } = scope.follow({ file, value: { kind: 'name', name, key: name, at: binding.at } })
  const fact = value.kind === 'class' ? scope.classOf(home, value.key) : undefined
  return fact && { file: home, fact }
}

/** The method of a class that `of.name` is. */
export function methodBehind(
  scope: Scope,
  { value, file }: Located,
  depth = 0,
): { readonly file: string; readonly fact: FunctionFact } | undefined {
  if (value.kind !== 'member' || value.name === undefined) return undefined
  const holder = classBehind(scope, { value: value.of, file }, depth)
  const member = holder?.fact.members.find(one => one.name === value.name && one.fn !== undefined)
  const fact = holder && member && scope.usage(holder.file)?.functions[member.fn!]
  return fact && { file: holder.file, fact }
}
