// Whether an expression certainly is an instance of MMKV: by where it comes from, or by the type that it is given.
import type { Located } from '../../../catalog/scope.ts'
import type { TypeFact } from '../../../facts/file-facts.ts'
import type { Value } from '../../../source/value.ts'
import { contains } from '../../../text/span.ts'
import type { CodeOfFile } from '../types.ts'

/** What is needed to look at code, of any file. */
export type Reading = Pick<CodeOfFile, 'scope' | 'library' | 'isInstance'>

/** True when `located` is an instance of MMKV whatever happens (or nothing at all, as in `storage?.delete(key)`). */
export const isProvenInstance = (reading: Reading, located: Located): boolean =>
  reading.isInstance(located) || isInstanceType(reading, located.file, typeOf(reading, located))

/** The type that is written for what an expression stands for. */
function typeOf({ scope }: Reading, { value, file }: Located): TypeFact | undefined {
  if (value.kind === 'name') return value.key === undefined ? undefined : scope.binding(file, value.key)?.type
  if (value.kind === 'call') {
    const callee = scope.follow({ value: value.callee, file })
    if (callee.file !== file || callee.value.kind !== 'function') return undefined
    return scope.usage(file)?.functions[callee.value.id]?.returnType
  }
  if (value.kind !== 'member' || value.of.kind !== 'this' || value.name === undefined) return undefined
  return memberType(scope, file, value.of, value.name)
}

/** The type of a property of the class around `self`, or of a parameter of its constructor that is one. */
function memberType(scope: Reading['scope'], file: string, self: Value, name: string): TypeFact | undefined {
  const around = scope
    .classKeys(file)
    .map(key => ({ key, fact: scope.classOf(file, key) }))
    .filter(({ fact }) => fact && contains(fact.bodyAt, self.at))
    .sort((a, b) => b.fact!.bodyAt.start - a.fact!.bodyAt.start)[0]
  const member = around?.fact?.members.find(one => one.name === name && !one.isStatic)
  if (!around || member) return member?.type
  const made = scope.usage(file)?.functions.find(fn => fn.kind === 'constructor' && fn.inClass === around.key)
  const parameter = made?.params.flat().find(key => scope.binding(file, key)?.name === name)
  return parameter === undefined ? undefined : scope.binding(file, parameter)?.type
}

/** True for `MMKV`, `MMKV | undefined` and the like, by whatever name the file knows the type. */
function isInstanceType({ scope, library }: Reading, file: string, type: TypeFact | undefined): boolean {
  const names = type?.parts.filter(part => part !== 'undefined' && part !== 'null') ?? []
  const [name] = names
  if (names.length !== 1 || name === undefined || !/^[\w$.]+$/.test(name)) return false
  const [first = '', ...rest] = name.split('.')
  const at = type!.at
  let value: Value = { kind: 'name', name: first, key: first, at }
  for (const part of rest) value = { kind: 'member', of: value, name: part, nameAt: at, at }
  return library.nameOf(scope, { value, file }) === 'MMKV'
}
