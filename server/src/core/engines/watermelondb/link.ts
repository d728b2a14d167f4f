// Links the whole workspace: which databases there are, what they hold, and what rules are asked about.
import { computed } from '@preact/signals-core'
import { gated, gatedByKey } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import { takeName } from '../../catalog/store-names.ts'
import { hasTestName } from '../../catalog/test-file.ts'
import { basename } from '../../text/path.ts'
import type { EngineLink } from '../contract.ts'
import { createBlanks } from './blanks/blanks-of-file.ts'
import { syncsOf } from './code/read-sync.ts'
import { generators } from './generate.ts'
import { migrationTestGenerator } from './generators/create-migration-test.ts'
import { generateMigrationTest } from './generators/generate-migration-test.ts'
import { createGroupedFiles, type Group, groupSites } from './group-sites.ts'
import type { Library } from './imports.ts'
import { createMentions } from './mentions/mentions-of-file.ts'
import { relationsOf } from './mentions/relations.ts'
import { valueNote } from './mentions/value-note.ts'
import { snapshotOf } from './migrations/snapshot-of.ts'
import { renames } from './migrations/write-rename.ts'
import { plainTypeOf } from './models/column-plain-type.ts'
import { modelGenerator } from './models/create-model.ts'
import { createModelReader } from './models/read-model.ts'
import { createSchemaReader } from './schema/read-schema.ts'
import { createSiteReader } from './sites.ts'
import { queryAt } from './sql/query-at.ts'
import { createStore, databaseFile, refId, type StoreCore } from './store.ts'
import { createSubjects } from './subjects.ts'
import type { ClassRef, WatermelonStore } from './types.ts'

/** The living link of WatermelonDB over a scope. */
export function linkWatermelon(scope: Scope, library: Library): EngineLink {
  const sites = createSiteReader(scope, library)
  const schemas = createSchemaReader(scope, library)
  const models = createModelReader(scope, library)

  const siteFiles = steady(createGroupedFiles(scope, sites))
  const groups = computed(
    () => new Map(groupSites(scope, library, sites, siteFiles()).map(group => [group.key, group])),
  )
  const group = gatedByKey(key => groups.value.get(key), sameGroup)
  const groupKeys = steady(() => [...groups.value.keys()])

  const allModels = steady((): ClassRef[] =>
    scope
      .files()
      .filter(file => !hasTestName(file))
      .flatMap(file => scope.classKeys(file).map(key => ({ file, key })))
      .filter(ref => models.isModel(ref)),
  )

  const names = computed(() => nameStores([...groups.value.values()], fileNameOf, one => storeOf(one.key).schemaFile))
  scope.storeNames.add(0, () => [...names.value.values()])
  const fileNameOf = (one: Group): string | undefined => {
    const site = one.adapters[0] && sites.sites(one.adapters[0].file)[one.adapters[0].index]
    return site && databaseFile(scope, site)
  }
  const nameOf = gatedByKey(key => names.value.get(key) ?? defaultName)

  const stores = new Map<string, StoreCore>()
  const storeOf = (key: string): StoreCore => {
    let store = stores.get(key)
    if (!store) {
      store = createStore(key, {
        scope,
        library,
        sites,
        schemas,
        models,
        group,
        nameOf,
        unclaimedModels: of => unclaimed(of),
      })
      stores.set(key, store)
    }
    return store
  }
  const storeList = computed(() => groupKeys().map(storeOf))

  /** Models that no database registers stand for the only store of their project that has their table. */
  const unclaimed = (store: StoreCore): readonly ClassRef[] => {
    const claimed = new Set(storeList.value.flatMap(one => one.registered.refs.map(refId)))
    const { project } = scope.workspace()
    const rivals = storeList.value.filter(one => one !== store && one.project === store.project)
    return allModels().filter(ref => {
      if (claimed.has(refId(ref)) || project(ref.file) !== store.project) return false
      const table = models.tableText(ref)
      if (table === undefined) return rivals.length === 0 && !store.registrationComplete
      // A rival that cannot be read may have the table and the model too.
      const mayClaim = (rival: StoreCore): boolean =>
        rival.table(table) !== undefined || (!rival.complete && !rival.registrationComplete)
      if (store.table(table)) return !rivals.some(mayClaim)
      return rivals.length === 0 && !store.registrationComplete
    })
  }

  const subjects = createSubjects({ scope, library, sites, models, stores: () => storeList.value })
  const mentions = createMentions({ scope, stores: () => storeList.value, code: subjects.code })

  return {
    stores: () => storeList.value,
    subjectLists: subjects.lists,
    generators: { ...generators, ...modelGenerator, ...migrationTestGenerator },
    scaffolds: [generateMigrationTest],
    renames,
    mentions,
    blanks: createBlanks({ scope, library, models, stores: () => storeList.value }),
    relations: store => relationsOf(store as WatermelonStore),
    valueNote: (_store, field) => valueNote(field),
    plainType: (store, field) => plainTypeOf(store as WatermelonStore, field),
    query: (file, offset) => queryAt(subjects.code(file), offset),
    hasModel: (store, table) => (store as WatermelonStore).modelsOf(table).length > 0,
    duties: store => ({
      // Of version 1 no phone can hold an older one.
      isVersioned: (store.version?.value ?? 2) > 1,
      isSynced: subjects.syncing().some(code => syncsOf(code).some(sync => sync.stores.some(one => one === store))),
    }),
    snapshot: store =>
      stores.get((store as StoreCore).key) === store ? snapshotOf(store as WatermelonStore) : undefined,
  }
}

const sameGroup = (a: Group | undefined, b: Group | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A list of texts or class references that wakes nobody while its content is the same. */
function steady<T extends string | ClassRef>(read: () => readonly T[]): () => readonly T[] {
  const idOf = (item: T): string => (typeof item === 'string' ? item : refId(item))
  return gated(read, (a, b) => a.length === b.length && a.every((item, i) => idOf(item) === idOf(b[i]!)))
}

/** The file that the library opens when no `dbName` is given (`src/adapters/sqlite/index.js`). */
const defaultName = 'watermelon'

/** Names by group key: the database's file name, and behind it the schema's file where two would be equal. */
function nameStores(
  groups: readonly Group[],
  fileNameOf: (group: Group) => string | undefined,
  schemaFileOf: (group: Group) => string | undefined,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const plain = groups.map(group => {
    const name = basename(fileNameOf(group) ?? '')
      .replace(/\.db$/, '')
      .replace(/[^\w.-]+/g, '-')
    return { group, name: name || defaultName }
  })
  for (const { group, name } of plain) {
    const isShared = plain.filter(one => one.name === name).length > 1
    const stem = basename(schemaFileOf(group) ?? group.key.replace(/#.*/, '')).replace(/\.\w+$/, '')
    names.set(group.key, takeName(taken, isShared ? `${name}-${stem}` : name))
  }
  return names
}
