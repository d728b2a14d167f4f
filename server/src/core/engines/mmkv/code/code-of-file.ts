// The code of a file as rules ask about it.
import { keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { Library } from '../imports.ts'
import { findInstance } from '../instances/find-instance.ts'
import type { CallReader, FoundUse } from '../keys/call-reader.ts'
import type { OpeningReader } from '../openings/opening-reader.ts'
import type { CodeOfFile, MmkvStore } from '../types.ts'

/** What the code is read with. */
export interface CodeSources {
  readonly scope: Scope
  readonly library: Library
  readonly openings: OpeningReader
  readonly calls: CallReader
  uses(file: string): readonly FoundUse[]
  stores(): readonly MmkvStore[]
  storeOf(key: string): MmkvStore | undefined
}

/** The code of each file, one object for each. */
export function createCode(sources: CodeSources): (file: string) => CodeOfFile {
  const { scope, library, openings, calls, stores } = sources
  const ofKey = (key: string | undefined) => (key === undefined ? undefined : sources.storeOf(key))
  // Pairs keep their identity while neither the use nor its store is another one.
  const usesIn = keyed(
    (file: string) => sources.uses(file).map(({ use, storeKey }) => ({ use, store: ofKey(storeKey) })),
    (a, b) => a.length === b.length && a.every((one, i) => one.use === b[i]?.use && one.store === b[i]?.store),
  )
  const callsIn = keyed(
    (file: string) => calls.calls(file).map(({ call, storeKey }) => ({ call, store: ofKey(storeKey) })),
    (a, b) => a.length === b.length && a.every((one, i) => one.call === b[i]?.call && one.store === b[i]?.store),
  )
  const openingsIn = keyed((file: string) => openings.openings(file), sameItems)

  const known = new Map<string, CodeOfFile>()
  return file => {
    const code: CodeOfFile = known.get(file) ?? {
      file,
      scope,
      library,
      get project() {
        return scope.workspace().project(file)
      },
      stores,
      storeOf(located) {
        const instance = findInstance(scope, library, located)
        const keys = new Set(instance?.openings.map(opening => openings.storeKey(opening)))
        return instance?.isKnown && keys.size === 1 ? ofKey([...keys][0]) : undefined
      },
      isInstance: located => findInstance(scope, library, located) !== undefined,
      uses: () => usesIn(file),
      calls: () => callsIn(file),
      openings: () => openingsIn(file),
    }
    known.set(file, code)
    return code
  }
}
