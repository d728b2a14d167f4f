// Which functions React runs again at every render.
import type { Scope } from '../../../catalog/scope.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { callIndex } from './call-index.ts'

/** Functions that make a component of the function they are given. */
const makers = /^(?:memo|forwardRef|observer|withObservables)$/

/** The name of the component or hook whose body function `fn` is; undefined for all other functions. */
export function renderedAs(scope: Scope, file: string, fn: number | undefined): string | undefined {
  const one = fn === undefined ? undefined : scope.usage(file)?.functions[fn]
  if (fn === undefined || !one || one.isAsync || one.isGenerator || one.inClass !== undefined) return undefined
  const name = one.name ?? givenName(scope, file, fn)
  if (name === undefined) return undefined
  if (/^use[A-Z]/.test(name)) return name
  const isComponent = one.returns.some(value => holdsElement(value)) || callsHooks(scope, file, fn)
  return /^[A-Z]/.test(name) && isComponent ? name : undefined
}

/** The name of the variable that a function expression is the value of, maybe through `memo(…)`. */
function givenName(scope: Scope, file: string, fn: number): string | undefined {
  const bindings = scope.module(file)?.bindings ?? {}
  const isIt = (value: Value | undefined): boolean => {
    if (value?.kind === 'function') return value.id === fn
    if (value?.kind !== 'call') return false
    const { callee, args } = value
    const maker = callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined
    return maker !== undefined && makers.test(maker) && isIt(args[0])
  }
  return Object.values(bindings).find(one => isIt(one.value))?.name
}

const holdsElement = (value: Value): boolean => [...walkValue(value)].some(part => part.kind === 'jsx')

function callsHooks(scope: Scope, file: string, fn: number): boolean {
  const { byFunction } = callIndex(scope.usage(file))
  return (byFunction.get(fn) ?? []).some(({ value }) =>
    [...walkValue(value)].some(part => {
      if (part.kind !== 'call') return false
      const { callee } = part
      const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined
      return name !== undefined && /^use[A-Z]/.test(name)
    }),
  )
}
