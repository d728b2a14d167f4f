// The names of databases: what people call them in snapshots, diagrams and messages.
import { takeName } from '../../../catalog/store-names.ts'
import { basename } from '../../../text/path.ts'
import type { SqliteStore } from '../types.ts'

/** A name for each store, by its key: that of its file without the ending, with a number where two would be equal. `others` are taken by other engines. */
export function nameStores(
  stores: readonly (SqliteStore & { readonly key: string })[],
  others: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set(others)
  for (const store of stores) names.set(store.key, takeName(taken, plainName(store)))
  return names
}

function plainName({ openings }: SqliteStore): string {
  for (const { file } of openings) {
    const name = basename(file?.text ?? '')
      .replace(/\.(?:db|sqlite3?|sqlitedb|db3)$/i, '')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '')
    if (name) return name
  }
  return 'sqlite'
}
