// Links the whole workspace: which realms there are, what they hold, and what rules are asked about.
import { computed } from '@preact/signals-core'
import { gated, gatedByKey, sameItems } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import type { EngineLink } from '../contract.ts'
import { createBlanks } from './blanks/blanks-of-file.ts'
import { generators } from './generate.ts'
import { addField } from './generators/add-property.ts'
import { createModel } from './generators/create-class.ts'
import { createEntity } from './generators/create-schema.ts'
import { takeIn } from './generators/take-in.ts'
import type { Library } from './imports.ts'
import { createMentions } from './mentions/mentions-of-file.ts'
import { relationsOf } from './mentions/relations.ts'
import { valueNote } from './mentions/value-note.ts'
import { renames } from './migrations/renames.ts'
import { snapshotOf } from './migrations/snapshot-of.ts'
import { createOpeningFiles, type Group, groupOpenings } from './openings/group-openings.ts'
import { nameStores } from './openings/name-stores.ts'
import { plainType } from './plain-type.ts'
import { createClassReader } from './schema/read-class.ts'
import { createSiteReader } from './sites.ts'
import { createStore, type StoreCore } from './store.ts'
import { createSubjects } from './subjects.ts'
import type { Property, RealmStore } from './types.ts'

/** The living link of Realm over a scope. */
export function linkRealm(scope: Scope, library: Library): EngineLink {
  const sites = createSiteReader(scope, library)
  const classes = createClassReader(scope, library)

  const openingFiles = gated(createOpeningFiles(scope, sites), sameItems)
  const groups = computed(
    () => new Map(groupOpenings(scope, library, sites, openingFiles()).map(group => [group.key, group])),
  )
  const group = gatedByKey(key => groups.value.get(key), sameGroup)
  const groupKeys = gated(() => [...groups.value.keys()], sameItems)

  const names = computed(() => nameStores(scope, storeList.value, scope.storeNames.before(nameRank)))
  scope.storeNames.add(nameRank, () => [...names.value.values()])
  const nameOf = gatedByKey(key => names.value.get(key) ?? 'realm')

  const stores = new Map<string, StoreCore>()
  const storeOf = (key: string): StoreCore => {
    const store = stores.get(key) ?? createStore(key, { scope, library, sites, classes, group, nameOf })
    stores.set(key, store)
    return store
  }
  const storeList = computed(() => groupKeys().map(storeOf))

  const subjects = createSubjects({ scope, library, sites, classes, stores: () => storeList.value })

  return {
    stores: () => storeList.value,
    subjectLists: subjects.lists,
    generators: { ...generators, createEntity, addField, createModel, takeIn },
    renames,
    mentions: createMentions({ scope, stores: () => storeList.value, code: subjects.code }),
    blanks: createBlanks({ scope, library, sites, classes, stores: () => storeList.value }),
    relations: store => relationsOf(store as RealmStore),
    plainType: (store, field) => plainType(store as RealmStore, field as Property),
    valueNote: (_store, field) => valueNote(field as Property),
    duties: store => ({ isVersioned: !(store as RealmStore).inMemory, isSynced: false }),
    hasModel: (store, name) => (store as RealmStore).class(name)?.model !== undefined,
    snapshot: store => (stores.get((store as StoreCore).key) === store ? snapshotOf(store as RealmStore) : undefined),
  }
}

/** Names that stand in snapshots since longer come first. */
const nameRank = 1

const sameGroup = (a: Group | undefined, b: Group | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)
