// Finds the calls of the library in a file: where databases are opened and schemas are made.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Located, Scope } from '../../catalog/scope.ts'
import type { CallFact } from '../../facts/file-facts.ts'
import { type CallValue, childrenOf, type Value } from '../../source/value.ts'
import type { Library } from './imports.ts'

/** A call of the library. */
export interface Site {
  /** The library's name of what is called: `SQLiteAdapter`, `Database`, `appSchema`, `synchronize`, `Q.where` … */
  readonly name: string
  readonly call: Located<CallValue>
  /** The outermost call it is part of. */
  readonly fact: CallFact
}

/** The calls of the library in each file. */
export interface SiteReader {
  sites(file: string): readonly Site[]
}

/** Their arguments are data about tables; calls inside them say nothing about databases and would cost a walk per keystroke. */
export const dataCalls: ReadonlySet<string> = new Set([
  'appSchema',
  'tableSchema',
  'schemaMigrations',
  'createTable',
  'addColumns',
])

/** A reader for one scope. */
export function createSiteReader(scope: Scope, library: Library): SiteReader {
  const known = new Map<string, ReadonlySignal<readonly Site[]>>()

  const readSites = (file: string): readonly Site[] => {
    const sites: Site[] = []
    const visit = (value: Value, fact: CallFact) => {
      const name = value.kind === 'call' ? library.calleeOf(scope, { value, file }) : undefined
      if (value.kind === 'call' && name !== undefined) sites.push({ name, call: { value, file }, fact })
      if (name !== undefined && dataCalls.has(name)) return
      for (const child of childrenOf(value)) visit(child, fact)
    }
    for (const fact of scope.usage(file)?.calls ?? []) visit(fact.value, fact)
    return sites
  }

  return {
    sites(file) {
      let sites = known.get(file)
      if (!sites) {
        let last: readonly Site[] = []
        sites = computed(() => {
          const next = readSites(file)
          const isSame =
            next.length === last.length &&
            next.every((site, i) => site.fact === last[i]?.fact && site.call.value === last[i]?.call.value)
          if (!isSame) last = next
          return last
        })
        known.set(file, sites)
      }
      return sites.value
    },
  }
}
