// Which databases are handed to other libraries, which make tables of their own in them.
import type { Located } from '../../../catalog/scope.ts'
import type { SqliteStore } from '../types.ts'
import type { CodeWorld } from './code-world.ts'
import { usesOf } from './uses.ts'

/** Packages that are given a database and make nothing in it. */
const harmless = /^react(?:-native)?$|^expo-sqlite|dev-?tools?|studio|devtool|plugin|debug|flipper|reactotron|sentry/i

/** The databases that `file` hands on; `'any'` where it is not known which. */
export function handedOn(world: CodeWorld, file: string): readonly (SqliteStore | 'any')[] {
  const { scope } = world
  const imports = scope.module(file)?.imports ?? []
  const others = imports.some(
    ({ from, typeOnly }) => !typeOnly && !harmless.test(from) && scope.workspace().resolve(file, from).length === 0,
  )
  if (!others) return []
  const found: (SqliteStore | 'any')[] = []
  for (const parts of usesOf(file, scope.usage(file)).calls.values())
    for (const { call } of parts) {
      const target = scope.target({ value: call.callee, file })
      if (target.kind !== 'external' || harmless.test(target.from) || world.library.packages.includes(target.from))
        continue
      for (const argument of call.args) {
        const handle = /^(?:name|member|call|await)$/.test(argument.kind)
          ? world.handleOf({ value: argument, file } satisfies Located)
          : undefined
        if (handle?.kind === 'database') found.push(world.storeOf(handle, file) ?? 'any')
      }
    }
  return found
}
