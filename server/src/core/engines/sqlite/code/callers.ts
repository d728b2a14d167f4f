// Who in the workspace calls something of a name, or gives it to somebody.
import { inBlocks } from '../../../catalog/long-lists.ts'
import { gated, sameItems } from '../../../catalog/remembered.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import { type CallPart, type GivenPart, usesOf } from './uses.ts'

/** Calls and gifts by name, in the app's own code. Whoever asks is woken only when the answer is another one. */
export interface Callers {
  calls(name: string): readonly CallPart[]
  given(name: string): readonly GivenPart[]
}

/** The callers of one scope. */
export function createCallers(scope: Scope): Callers {
  const calls = byName((file, name) => usesOf(file, scope.usage(file)).calls.get(name) ?? [])
  const given = byName((file, name) => usesOf(file, scope.usage(file)).given.get(name) ?? [])

  function byName<T>(read: (file: string, name: string) => readonly T[]): (name: string) => readonly T[] {
    const cells = new Map<string, () => readonly T[]>()
    return name => {
      let cell = cells.get(name)
      if (!cell) {
        const ofFiles = inBlocks((files: readonly string[]) =>
          files.flatMap(file => {
            const found = read(file, name)
            return found.length > 0 && !isTestFile(scope, file) ? found : []
          }),
        )
        cell = gated(() => ofFiles(scope.files()), sameItems)
        cells.set(name, cell)
      }
      return cell()
    }
  }

  return { calls, given }
}
