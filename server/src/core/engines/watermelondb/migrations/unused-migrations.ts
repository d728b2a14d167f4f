// Finds migrations that exist and could be given to an adapter that gets none.
import { placeOf } from '../../../catalog/place-of.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { basename } from '../../../text/path.ts'
import { type Place, samePlace } from '../../../text/span.ts'
import { optionOf } from '../group-sites.ts'
import { createSiteReader } from '../sites.ts'
import type { Adapter, Migrations, WatermelonStore } from '../types.ts'
import { passMigrations } from './pass-migrations.ts'
import { readMigrations } from './read-migrations.ts'

/** Migrations and the name that a file exports them under. */
export interface ExportedMigrations {
  readonly file: string
  readonly name: string
  readonly isDefault: boolean
  readonly migrations: Migrations
}

/**
 * The exported migrations that an adapter of `store` was most likely meant to get: those that another adapter of the
 * store has, else those of its project that no adapter has, where there is only one such list.
 */
export function migrationsFor(store: WatermelonStore): ExportedMigrations | undefined {
  const exported = exportedMigrations(store)
  const own = store.migrationsRead
  if (own) return exported.find(one => samePlace(one.migrations.at, own.at))
  const used = usedMigrations(store)
  const free = exported.filter(one => !used.some(at => samePlace(at, one.migrations.at)))
  const places = new Set(free.map(one => `${one.migrations.at.file}:${one.migrations.at.span.start}`))
  return places.size === 1 ? free[0] : undefined
}

/** The edits that give `adapter` these migrations; undefined where its options cannot be edited. */
export function giveMigrations(
  store: WatermelonStore,
  adapter: Adapter,
  found: ExportedMigrations,
  context: FixContext,
): readonly TextEdit[] | undefined {
  if (found.file === adapter.options?.file) {
    const entry = store.scope.module(found.file)?.exports[found.name]
    const local = entry?.kind === 'binding' ? entry.key : undefined
    return local === undefined
      ? undefined
      : passMigrations(store, adapter, found.file, context, { name: local, isDefault: false })
  }
  const stem = basename(found.file).replace(/\.\w+$/, '')
  const name = found.isDefault ? (/^[A-Za-z_]\w*$/.test(stem) && stem !== 'index' ? stem : 'migrations') : found.name
  return passMigrations(store, adapter, found.file, context, { name, isDefault: found.isDefault })
}

/** Named exports first, as they say what they are. */
function exportedMigrations(store: WatermelonStore): ExportedMigrations[] {
  const { scope, library } = store
  const { project } = scope.workspace()
  const found: ExportedMigrations[] = []
  for (const file of scope.files()) {
    if (project(file) !== store.project) continue
    const names = Object.keys(scope.module(file)?.exports ?? {})
    for (const name of names.sort((a, b) => Number(a === 'default') - Number(b === 'default'))) {
      const target = scope.exported(file, name)
      if (target.kind !== 'value' || target.located.file !== file) continue
      const migrations = readMigrations(scope, library, target.located)
      if (migrations?.isCall) found.push({ file, name, isDefault: name === 'default', migrations })
    }
  }
  return found
}

/** Where the migrations stand that some adapter of the workspace is given. */
function usedMigrations({ scope, library }: WatermelonStore): Place[] {
  const reader = createSiteReader(scope, library)
  return scope.files().flatMap(file =>
    reader.sites(file).flatMap(site => {
      const isAdapter = site.name === 'SQLiteAdapter' || site.name === 'LokiJSAdapter'
      const option = isAdapter ? optionOf(scope, site.call, 'migrations') : undefined
      return option ? [placeOf(scope.follow(option))] : []
    }),
  )
}
