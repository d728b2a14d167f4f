// Pairs adapters, databases and schemas: which of them belong to one database of the app.
import { inBlocks } from '../../catalog/long-lists.ts'
import type { Located, Scope } from '../../catalog/scope.ts'
import { hasTestName } from '../../catalog/test-file.ts'
import type { CallValue } from '../../source/value.ts'
import type { Library } from './imports.ts'
import type { Site, SiteReader } from './sites.ts'

/** A call of the library by its file and its rank among the calls there: steady while other things are edited. */
export interface SiteRef {
  readonly file: string
  readonly index: number
}

/** One database of the app. `key` names it for as long as it stays in its place. */
export interface Group {
  readonly key: string
  readonly adapters: readonly SiteRef[]
  readonly databases: readonly SiteRef[]
  /** The schema itself, where nothing opens it. */
  readonly schema: SiteRef | undefined
}

interface Placed {
  readonly ref: SiteRef
  readonly site: Site
}

const refKey = (ref: SiteRef): string => `${ref.file}#${ref.index}`

const groupedNames = new Set(['appSchema', 'SQLiteAdapter', 'LokiJSAdapter', 'Database'])

/** The files that open a database or make a schema; those of tests are not the app's. */
export function createGroupedFiles(scope: Scope, reader: SiteReader): () => readonly string[] {
  const groupedOf = inBlocks((files: readonly string[]) =>
    files.filter(file => !hasTestName(file) && reader.sites(file).some(site => groupedNames.has(site.name))),
  )
  return () => groupedOf(scope.files())
}

/**
 * Groups the sites of `files`. Adapters with one schema are one database (a SQLite and a Loki adapter of one app); a
 * `Database` belongs to its adapter's group, or, where its adapter cannot be followed, to the only one of its file or project.
 */
export function groupSites(
  scope: Scope,
  library: Library,
  reader: SiteReader,
  files: readonly string[],
): readonly Group[] {
  const adapters: Placed[] = []
  const databases: Placed[] = []
  const schemas: Placed[] = []
  for (const file of files) {
    reader.sites(file).forEach((site, index) => {
      const placed = { ref: { file, index }, site }
      if (site.name === 'appSchema') schemas.push(placed)
      else if (!site.call.value.isNew) return
      else if (site.name === 'SQLiteAdapter' || site.name === 'LokiJSAdapter') adapters.push(placed)
      else if (site.name === 'Database') databases.push(placed)
    })
  }

  const bySchema = new Map<string, { adapters: Placed[]; databases: Placed[]; schema: Placed | undefined }>()
  const opened = new Set<string>()
  for (const adapter of adapters) {
    const schema = optionOf(scope, adapter.site.call, 'schema')
    const callKey = schema && callPlace(scope, library, schema, 'appSchema')
    if (callKey) opened.add(callKey)
    const key = callKey ?? refKey(adapter.ref)
    const group = bySchema.get(key) ?? { adapters: [], databases: [], schema: undefined }
    group.adapters.push(adapter)
    bySchema.set(key, group)
  }
  for (const schema of schemas) {
    const key = placeKey(schema.site.call)
    if (!opened.has(key)) bySchema.set(key, { adapters: [], databases: [], schema })
  }

  for (const database of databases) {
    const home = homeOf(scope, database, [...bySchema.values()])
    if (home) home.databases.push(database)
    else bySchema.set(refKey(database.ref), { adapters: [], databases: [database], schema: undefined })
  }

  return [...bySchema.values()].map(group => ({
    key: refKey((group.adapters[0] ?? group.schema ?? group.databases[0])!.ref),
    adapters: group.adapters.map(one => one.ref),
    databases: group.databases.map(one => one.ref),
    schema: group.schema?.ref,
  }))
}

/** An option of a call whose one argument is an object. */
export function optionOf(scope: Scope, call: Located<CallValue>, name: string): Located | undefined {
  const argument = call.value.args[0]
  return scope.shape(argument && { value: argument, file: call.file })?.entries.get(name)?.value
}

const placeKey = (located: Located): string => `${located.file}:${located.value.at.start}`

const callPlace = (scope: Scope, library: Library, value: Located, callee: string): string | undefined => {
  const found = scope.follow(value)
  if (found.value.kind !== 'call') return undefined
  return library.calleeOf(scope, { value: found.value, file: found.file }) === callee ? placeKey(found) : undefined
}

type Draft = { adapters: Placed[]; databases: Placed[] }

function homeOf(scope: Scope, database: Placed, groups: readonly Draft[]): Draft | undefined {
  const option = optionOf(scope, database.site.call, 'adapter')
  const adapter = option && scope.follow(option)
  const key = adapter && placeKey(adapter)
  const exact = groups.find(group => group.adapters.some(one => placeKey(one.site.call) === key))
  if (exact) return exact
  const { file } = database.ref
  const withAdapters = groups.filter(group => group.adapters.length > 0)
  const inFile = withAdapters.filter(group => group.adapters.some(one => one.ref.file === file))
  if (inFile.length > 0) return inFile.length === 1 ? inFile[0] : undefined
  const { project } = scope.workspace()
  const inProject = withAdapters.filter(group => group.adapters.some(one => project(one.ref.file) === project(file)))
  return inProject.length === 1 ? inProject[0] : undefined
}
