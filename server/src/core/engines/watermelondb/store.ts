// One WatermelonDB database as a living object: every part is computed when asked and remembered until it changes.

import { computed } from '@preact/signals-core'
import { byName } from '../../catalog/long-lists.ts'
import { placeOf } from '../../catalog/place-of.ts'
import { gated, keyed } from '../../catalog/remembered.ts'
import type { Entry, Located, Scope } from '../../catalog/scope.ts'
import type { CallValue } from '../../source/value.ts'
import type { Place } from '../../text/span.ts'
import { type Group, optionOf, type SiteRef } from './group-sites.ts'
import type { Library } from './imports.ts'
import { readMigrations } from './migrations/read-migrations.ts'
import { historiesOf } from './migrations/table-history.ts'
import type { SchemaReader } from './schema/read-schema.ts'
import type { Site, SiteReader } from './sites.ts'
import type {
  Adapter,
  ClassRef,
  DatabaseSite,
  Model,
  ModelReader,
  Registration,
  Table,
  TableHistory,
  WatermelonStore,
} from './types.ts'

/** What a store needs of the link around it. */
export interface StoreSurroundings {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly schemas: SchemaReader
  readonly models: ModelReader
  group(key: string): Group | undefined
  nameOf(key: string): string
  /** Models that this store may claim: those of its project that no other store registers. */
  unclaimedModels(store: StoreCore): readonly ClassRef[]
}

/** A store and the parts of it that only the link uses. */
export interface StoreCore extends WatermelonStore {
  readonly key: string
  /** Classes in `modelClasses`, and whether all of it could be read. */
  readonly registered: { readonly refs: readonly ClassRef[]; readonly complete: boolean }
  readonly modelRefs: readonly ClassRef[]
}

const noTables: readonly Table[] = []
const nowhere: Place = { file: '', span: { start: 0, end: 0 } }

/** The store of a group. */
export function createStore(key: string, around: StoreSurroundings): StoreCore {
  const { scope, library } = around
  const group = computed(() => around.group(key))
  const siteAt = (ref: SiteRef): Site | undefined => around.sites.sites(ref.file)[ref.index]

  const adapters = computed((): readonly Adapter[] =>
    (group.value?.adapters ?? []).flatMap(ref => {
      const site = siteAt(ref)
      return site ? [readAdapter(scope, site)] : []
    }),
  )
  const databases = computed((): readonly DatabaseSite[] =>
    (group.value?.databases ?? []).flatMap(ref => {
      const site = siteAt(ref)
      return site ? [{ at: placeOf(site.call), call: site.call, ...optionsOf(scope, site.call) }] : []
    }),
  )

  const readSchema = around.schemas.reader()
  const schema = computed(() => {
    const own = group.value?.schema && siteAt(group.value.schema)?.call
    const options = adapters.value.map(adapter => adapter.entries.get('schema')?.value)
    const found = own ? [own] : options.flatMap(option => (option ? [scope.follow(option)] : []))
    for (const { value, file } of found) {
      if (value.kind === 'call' && library.calleeOf(scope, { value, file }) === 'appSchema')
        return readSchema({ value, file })
    }
    return undefined
  })

  // These are asked for by many and seldom change, so an edit inside the schema must not wake who asks for them.
  const complete = gated(() => schema.value?.complete ?? false)
  const unsafeSql = gated(() => schema.value?.unsafeSql ?? false)
  const schemaFile = gated(() => schema.value?.call.file)
  const unreadTables = gated(() => schema.value?.unread ?? [], sameLocated)
  const version = gated(
    () => schema.value?.version,
    (a, b) => a?.value === b?.value && a?.at.span === b?.at.span,
  )

  const tables = byName(
    () => schema.value?.tables ?? noTables,
    table => (table.isNamed ? table.name.text : undefined),
  )

  const migrations = computed(() => {
    for (const adapter of adapters.value) {
      const option = adapter.entries.get('migrations')
      const read = option && readMigrations(scope, library, option.value)
      if (read) return read
    }
    return undefined
  })
  const histories = computed(() => historiesOf(migrations.value))
  const historyCells = keyed((name: string) => histories.value.of(name))

  const listed = computed(() => {
    const classes: Omit<Registration, 'table'>[] = []
    let isWhole = databases.value.length > 0
    for (const database of databases.value) {
      const items = scope.items(database.entries.get('modelClasses')?.value)
      if (!items?.complete || !database.complete) isWhole = false
      for (const item of items?.items ?? []) {
        const found = scope.follow(item)
        if (found.value.kind === 'class') classes.push({ database, item, file: found.file, key: found.value.key })
        else isWhole = false
      }
    }
    return { classes, isWhole }
  })
  const registrations = computed(() =>
    listed.value.classes.map(one => ({ ...one, table: around.models.tableText(one) })),
  )
  const registered = computed(() => {
    const refs = new Map(listed.value.classes.map(({ file, key: name }) => [`${file}#${name}`, { file, key: name }]))
    return { refs: [...refs.values()], complete: listed.value.isWhole }
  })
  const registeredKeys = computed(() => new Set(registered.value.refs.map(refId)))

  const store: StoreCore = {
    engine: 'watermelondb',
    key,
    scope,
    library,
    get name() {
      return around.nameOf(key)
    },
    get at() {
      return adapters.value[0]?.at ?? schema.value?.at ?? databases.value[0]?.at ?? nowhere
    },
    get project() {
      return project.value
    },
    get schemaAt() {
      return schema.value?.at
    },
    get schemaFile() {
      return schemaFile()
    },
    get schema() {
      return schema.value
    },
    get unreadTables() {
      return unreadTables()
    },
    get unsafeSql() {
      return unsafeSql()
    },
    get version() {
      return version()
    },
    get entities() {
      return schema.value?.tables ?? []
    },
    get complete() {
      return complete()
    },
    get migrations() {
      return migrations.value?.list ?? []
    },
    get migrationsRead() {
      return migrations.value
    },
    get adapters() {
      return adapters.value
    },
    get databases() {
      return databases.value
    },
    table: name => tables.item(name),
    tableNames: () => tables.names(),
    history: (name): TableHistory => historyCells(name),
    get registrations() {
      return registrations.value
    },
    get registered() {
      return registered.value
    },
    get registrationComplete() {
      return registered.value.complete
    },
    isRegistered: model => registeredKeys.value.has(modelId(model)),
    get modelRefs() {
      return modelRefs()
    },
    get models() {
      return modelRefs().flatMap(ref => around.models.model(ref) ?? [])
    },
    modelsOf: table => modelsOf(table),
    get modelClassesValues() {
      return databases.value.flatMap(database => {
        const entry = database.entries.get('modelClasses')
        return entry ? [scope.follow(entry.value)] : []
      })
    },
    get baseline() {
      return scope.baseline(store.name)
    },
  }

  const project = computed(() => scope.workspace().project(store.at.file))
  const modelRefs = gated((): readonly ClassRef[] => {
    const own = registered.value.refs.filter(ref => around.models.isModel(ref))
    return [...own, ...around.unclaimedModels(store)]
  }, sameRefs)
  const refsByTable = computed(() => {
    const map = new Map<string, ClassRef[]>()
    for (const ref of modelRefs()) {
      const table = around.models.tableText(ref)
      if (table !== undefined) map.set(table, [...(map.get(table) ?? []), ref])
    }
    return map
  })
  const refCells = keyed((table: string) => refsByTable.value.get(table), sameRefs)
  const modelsOf = (table: string): readonly Model[] =>
    (refCells(table) ?? []).flatMap(ref => around.models.model(ref) ?? [])

  return store
}

/** A class as a text that tells it from all others. */
export const refId = (ref: ClassRef): string => `${ref.file}#${ref.key}`

/** The same for a model. A class's key is its name, or `default` for an unnamed default export. */
const modelId = (model: Model): string => `${model.file}#${model.key}`

const sameLocated = (a: readonly Located[], b: readonly Located[]): boolean =>
  a.length === b.length && a.every((one, i) => one.value === b[i]!.value && one.file === b[i]!.file)

const sameRefs = (a: readonly ClassRef[] | undefined, b: readonly ClassRef[] | undefined): boolean =>
  a?.length === b?.length && (a ?? []).every((ref, i) => refId(ref) === refId(b![i]!))

interface Options {
  readonly entries: ReadonlyMap<string, Entry>
  readonly complete: boolean
}

const optionsOf = (scope: Scope, call: Located<CallValue>): Options => {
  const argument = call.value.args[0]
  const shape = scope.shape(argument && { value: argument, file: call.file })
  return { entries: shape?.entries ?? new Map(), complete: shape?.complete ?? false }
}

function readAdapter(scope: Scope, site: Site): Adapter {
  const argument = site.call.value.args[0]
  return {
    kind: site.name === 'LokiJSAdapter' ? 'loki' : 'sqlite',
    at: placeOf(site.call),
    call: site.call,
    options: argument && scope.follow({ value: argument, file: site.call.file }),
    ...optionsOf(scope, site.call),
  }
}

/** The file name of an adapter's database, where it is static. */
export const databaseFile = (scope: Scope, adapter: Site): string | undefined =>
  scope.text(optionOf(scope, adapter.call, 'dbName'))?.text
