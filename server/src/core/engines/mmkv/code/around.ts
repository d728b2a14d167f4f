// The functions and catch clauses around a place of the code.
import type { Scope } from '../../../catalog/scope.ts'
import type { CatchFact, FunctionFact } from '../../../facts/file-facts.ts'
import { contains, type Span } from '../../../text/span.ts'

/** Function `fn` and those around it, the innermost first. */
export function functionsAround(scope: Scope, file: string, fn: number | undefined): readonly FunctionFact[] {
  const functions = scope.usage(file)?.functions ?? []
  const found: FunctionFact[] = []
  for (let at = fn; at !== undefined; at = functions[at]?.parent) {
    const one = functions[at]
    if (one) found.push(one)
  }
  return found
}

/** The outermost function around `fn`; undefined at the top level. */
export function outermost(scope: Scope, file: string, fn: number | undefined): number | undefined {
  const functions = scope.usage(file)?.functions ?? []
  let at = fn
  while (at !== undefined && functions[at]?.parent !== undefined) at = functions[at]?.parent
  return at
}

/** True when function `inner` is `outer` or stands in it. */
export function isWithin(scope: Scope, file: string, inner: number | undefined, outer: number): boolean {
  const functions = scope.usage(file)?.functions ?? []
  for (let at = inner; at !== undefined; at = functions[at]?.parent) if (at === outer) return true
  return false
}

/** The catch clauses of function `fn`, of those around it and of the top level. */
export function catchesAround(scope: Scope, file: string, fn: number | undefined): readonly CatchFact[] {
  const top = scope.usage(file)?.catches ?? []
  return [...functionsAround(scope, file, fn).flatMap(one => one.catches), ...top]
}

/** True where what `at` does may throw without harm: in a `try` with a `catch`. */
export const isTried = (scope: Scope, file: string, fn: number | undefined, at: Span): boolean =>
  catchesAround(scope, file, fn).some(one => contains(one.tryAt, at))
