// Stores that are half-written: nothing is to be kept of them, and nothing written into them.
import type { Analyzer } from '../core/analyze.ts'
import type { Store } from '../core/catalog/catalog.ts'

/** Why `store` cannot be relied on: the first of its files with a syntax error, in words. Undefined where all are whole. */
export function faultOf(store: Store, analyzer: Pick<Analyzer, 'facts'>): string | undefined {
  const files = [store.schemaFile, ...[...store.entities, ...store.migrations].map(part => part.at.file)]
  for (const file of new Set(files)) {
    const error = file === undefined ? undefined : analyzer.facts(file)?.error
    if (error) return `${file} has a syntax error (${error.message.replace(/\.$/, '')}). Mend it first.`
  }
  return undefined
}
