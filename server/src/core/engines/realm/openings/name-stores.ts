// The names of realms: what people call them in snapshots, diagrams and messages.
import type { Scope } from '../../../catalog/scope.ts'
import { takeName } from '../../../catalog/store-names.ts'
import { basename } from '../../../text/path.ts'
import type { StoreCore } from '../store.ts'
import type { Opening } from '../types.ts'

/** The file that realm opens where no path is given is `default.realm`. */
const defaultName = 'default'

/**
 * A name for each store, by its key: the realm file's, without its ending; behind it that of the file with the schema
 * where two would be equal. `others` are taken by other engines.
 */
export function nameStores(
  scope: Scope,
  stores: readonly StoreCore[],
  others: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const plain = stores.map(store => ({ store, name: plainName(scope, store.openings) }))
  const names = new Map<string, string>()
  const taken = new Set(others)
  for (const { store, name } of plain) {
    const isShared = plain.filter(one => one.name === name).length > 1
    const stem = basename(store.schemaFile ?? store.at.file).replace(/\.\w+$/, '')
    names.set(store.key, takeName(taken, isShared ? `${name}-${stem}` : name))
  }
  return names
}

function plainName(scope: Scope, openings: readonly Opening[]): string {
  for (const opening of openings) {
    const { path } = opening
    const text = path === null ? defaultName : (path?.text ?? endOfPath(scope, opening))
    const name = basename(text ?? '')
      .replace(/\.realm$/, '')
      .replace(/[^\w.-]+/g, '-')
    if (name) return opening.isSync && path === null ? 'synced' : name
  }
  return 'realm'
}

/** The known end of a path that is put together: the file's name in `${folder}/app.realm`. */
function endOfPath(scope: Scope, { entries }: Opening): string | undefined {
  const written = entries.get('path')
  const found = written && scope.follow(written.value)
  const end =
    found?.value.kind === 'template'
      ? found.value.texts.at(-1)
      : found?.value.kind === 'binary'
        ? scope.text({ value: found.value.right, file: found.file })?.text
        : undefined
  return end?.includes('/') || end?.endsWith('.realm') ? end : undefined
}
