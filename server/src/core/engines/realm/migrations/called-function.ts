// Which function a call calls, methods of the app's own classes included.
import type { Located, Scope } from '../../../catalog/scope.ts'

/** The function that `callee`, called inside function `fn` of its file, leads to; what it leads to where that is none. */
export function calledFunction(scope: Scope, callee: Located, fn: number | undefined): Located {
  const { value, file } = callee
  if (value.kind !== 'member' || value.name === undefined) return scope.follow(callee)
  const owner = value.of.kind === 'this' ? classAround(scope, file, fn) : classOf(scope, { value: value.of, file })
  if (!owner) return scope.follow(callee)
  const isStatic = value.of.kind !== 'this'
  const members = scope.classOf(owner.file, owner.key)?.members ?? []
  // Inside a static method, `this` is the class.
  const member = members.find(one => one.name === value.name && (one.isStatic || !isStatic))
  if (member?.initializer) return scope.follow({ value: member.initializer, file: owner.file })
  if (member?.fn === undefined) return scope.follow(callee)
  return { value: { kind: 'function', id: member.fn, at: member.at }, file: owner.file }
}

function classOf(scope: Scope, located: Located): { readonly file: string; readonly key: string } | undefined {
  const { value, file } = scope.follow(located)
  return value.kind === 'class' ? { file, key: value.key } : undefined
}

/** The class whose method, or a function written in it, `fn` is. */
function classAround(scope: Scope, file: string, fn: number | undefined) {
  const functions = scope.usage(file)?.functions
  for (let at = fn; at !== undefined; at = functions?.[at]?.parent) {
    const key = functions?.[at]?.inClass
    if (key !== undefined) return { file, key }
    // Arrows of class fields have no function around them.
    const own = scope
      .classKeys(file)
      .find(one =>
        scope
          .classOf(file, one)
          ?.members.some(member => member.initializer?.kind === 'function' && member.initializer.id === at),
      )
    if (own !== undefined) return { file, key: own }
  }
  return undefined
}
