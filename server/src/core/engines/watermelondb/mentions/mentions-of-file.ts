// Puts together what a file mentions: what its tables, migrations and models say, and what its code says.
import { computed } from '@preact/signals-core'
import type { Mention } from '../../../catalog/mention.ts'
import { keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { hasTestName } from '../../../catalog/test-file.ts'
import { together } from '../../../catalog/unit-mentions.ts'
import type { StoreCore } from '../store.ts'
import type { CodeOfFile } from '../types.ts'
import { codeMentions, looseClauses } from './code-mentions.ts'
import { syncMentions } from './sync-mentions.ts'
import { unitsOfStore } from './units-of-store.ts'

/** What mentions are made of. */
export interface MentionSources {
  readonly scope: Scope
  stores(): readonly StoreCore[]
  code(file: string): CodeOfFile
}

/** The mentions of each file, computed when asked for and remembered until something that they depend on changes. */
export function createMentions(sources: MentionSources): (file: string) => readonly Mention[] {
  const { scope } = sources
  const readers = new WeakMap<StoreCore, ReturnType<typeof unitsOfStore>>()
  const readersOf = (store: StoreCore) => {
    const known = readers.get(store) ?? unitsOfStore(scope, store)
    readers.set(store, known)
    return known
  }
  const split = (file: string, all: readonly Mention[]): SplitMentions => ({
    here: all.filter(mention => mention.at.file === file),
    elsewhere: all.filter(mention => mention.at.file !== file),
  })
  const inCode = keyed((file: string) =>
    hasTestName(file) ? nothing : split(file, [...codeMentions(sources.code(file))]),
  )
  const inSync = keyed((file: string) => {
    const code = hasTestName(file) ? undefined : sources.code(file)
    return code?.sites().some(site => site.name === 'synchronize') ? split(file, [...syncMentions(code)]) : nothing
  })

  // Functions of syncs and clauses of queries may be written in other files, and only who uses them knows what they name.
  const fromElsewhere = (read: (file: string) => SplitMentions) => {
    const all = computed(() => scope.files().flatMap(file => read(file).elsewhere))
    return keyed((file: string) => all.value.filter(mention => mention.at.file === file), sameItems)
  }
  const syncsElsewhere = fromElsewhere(inSync)
  const codeElsewhere = fromElsewhere(inCode)
  const hasLooseClauses = keyed((file: string) => !hasTestName(file) && looseClauses(sources.code(file)))

  return keyed((file: string) => {
    const ofUnits = sources.stores().flatMap(store => readersOf(store).flatMap(read => read(file)))
    return together(ofUnits, [
      ...inCode(file).here,
      ...inSync(file).here,
      ...syncsElsewhere(file),
      // All code of the workspace is read for this, so only files that can be meant ask for it.
      ...(hasLooseClauses(file) ? codeElsewhere(file) : []),
    ])
  })
}

/** What the code of a file names, in it and in the files of what it uses. */
interface SplitMentions {
  readonly here: readonly Mention[]
  readonly elsewhere: readonly Mention[]
}

const nothing: SplitMentions = { here: [], elsewhere: [] }
