// Where other files can import the schema and the migrations of a store from.
import { placeOf } from '../../../catalog/place-of.ts'
import { type Place, samePlace } from '../../../text/span.ts'
import type { WatermelonStore } from '../types.ts'

/** A value as a file exports it; `name` is `default` for the one without a name. */
export interface Exported {
  readonly file: string
  readonly name: string
}

/** What a test of migrations imports, or why it cannot. */
export function exportedParts(
  store: WatermelonStore,
): { readonly schema: Exported; readonly migrations: Exported } | { readonly problem: string } {
  const { schema, migrationsRead } = store
  if (!schema) return { problem: `The schema of "${store.name}" cannot be read.` }
  if (!migrationsRead?.isCall)
    return {
      problem: `No adapter of "${store.name}" is given migrations that can be read, so nothing tells what phones run when they upgrade. Give it the \`migrations\` first.`,
    }
  const schemaFrom = exportOf(store, 'schema', schema.at)
  if ('problem' in schemaFrom) return schemaFrom
  const migrationsFrom = exportOf(store, 'migrations', migrationsRead.at)
  if ('problem' in migrationsFrom) return migrationsFrom
  return { schema: schemaFrom, migrations: migrationsFrom }
}

/** A name is preferred to the default, as it says what it is. */
function exportOf(store: WatermelonStore, what: string, at: Place): Exported | { readonly problem: string } {
  const { scope, project, adapters, databases } = store
  const { file } = at
  const shown = file.startsWith(`${project.root}/`) ? file.slice(project.root.length + 1) : file
  if ([...adapters, ...databases].some(site => site.at.file === file))
    return {
      problem: `${shown} opens the database as soon as it is imported, which no test can do. Move the ${what} into a file of its own.`,
    }
  const names = Object.keys(scope.module(file)?.exports ?? {}).filter(name => {
    const target = scope.exported(file, name)
    return target.kind === 'value' && samePlace(placeOf(scope.follow(target.located)), at)
  })
  const [name = names[0]] = names.filter(one => one !== 'default')
  return name === undefined
    ? { problem: `${shown} does not export the ${what} of "${store.name}", so a test cannot import them.` }
    : { file, name }
}
