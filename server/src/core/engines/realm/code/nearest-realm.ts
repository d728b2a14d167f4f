// How code that needs a realm may spell one that it can see.
import type { CodeOfFile } from '../types.ts'
import { realmOf } from './realm-of.ts'

/** The name of a realm that function `fn` sees, the nearest one first; undefined where there is none. */
export function nearestRealm(code: CodeOfFile, fn: number | undefined): string | undefined {
  const { scope, file } = code
  const functions = scope.usage(file)?.functions
  const bindings = Object.entries(scope.module(file)?.bindings ?? {})
  for (let at = fn; ; at = functions?.[at]?.parent) {
    const own = bindings.find(
      ([key, one]) =>
        one.fn === at &&
        /realm/i.test(one.name) &&
        one.import?.from !== 'realm' &&
        realmOf(code, { value: { kind: 'name', name: one.name, key, at: one.at }, file }),
    )
    if (own) return own[1].name
    if (at === undefined) return undefined
  }
}
