// Which function of the app a call calls.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import { type ClassMember, type ClassRef, classAround, type FunctionRef, memberOf } from './class-members.ts'

/** The function that a callee stands for: one with a name, one in an object, a method. Undefined where that is not known. */
export function calledFunction(scope: Scope, callee: Located): FunctionRef | undefined {
  const found = scope.follow(callee)
  if (found.value.kind === 'function') return { file: found.file, id: found.value.id }
  const member = classMember(scope, callee)
  if (member?.method) return member.method
  // `get = (key: string) => …` of a class.
  const [only, ...others] = member?.values ?? []
  const value = only && others.length === 0 ? scope.follow(only) : undefined
  return value?.value.kind === 'function' ? { file: value.file, id: value.value.id } : undefined
}

/** The member of a class that `this.name`, `Class.name` or `object.name` means; undefined for everything else. */
export function classMember(scope: Scope, { value, file }: Located): ClassMember | undefined {
  if (value.kind !== 'member' || value.name === undefined) return undefined
  const owner = classOfObject(scope, { value: value.of, file })
  return owner && memberOf(scope, owner, value.name)
}

/** The class whose object, or that itself, an expression is. */
export function classOfObject(scope: Scope, located: Located, depth = 0): ClassRef | undefined {
  const { value, file } = located
  if (depth > 10) return undefined
  if (value.kind === 'this') return classAround(scope, file, value.at)
  const found = scope.follow(located)
  if (found.value.kind === 'class') return { file: found.file, key: found.value.key }
  if (found.value.kind === 'call' && found.value.isNew) return classOf(scope, found.value.callee, found.file)
  if (found.value.kind === 'call') return ofFactory(scope, { value: found.value.callee, file: found.file }, depth)
  // `this.storage.set(…)`, where the field holds an object of a class.
  if (value.kind !== 'member') return undefined
  const held = classMember(scope, located)?.values ?? []
  const owners = held.flatMap(one => classOfObject(scope, one, depth + 1) ?? [])
  return owners[0]
}

/** The class of what `Class.getInstance()` gives. */
function ofFactory(scope: Scope, callee: Located, depth: number): ClassRef | undefined {
  const method = classMember(scope, callee)?.method
  const returns = method && scope.usage(method.file)?.functions[method.id]?.returns
  for (const value of returns ?? []) {
    const found = method && classOfObject(scope, { value, file: method.file }, depth + 1)
    if (found) return found
  }
  return undefined
}

function classOf(scope: Scope, callee: Value, file: string): ClassRef | undefined {
  const found = scope.follow({ value: callee, file })
  return found.value.kind === 'class' ? { file: found.file, key: found.value.key } : undefined
}
