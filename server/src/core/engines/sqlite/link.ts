// Links the whole workspace: which databases there are, what they hold, and what rules are asked about.
import { computed } from '@preact/signals-core'
import { gated, gatedByKey, sameItems } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import type { EngineLink } from '../contract.ts'
import { createBlanks } from './blanks/blanks-of-file.ts'
import { createCodeReader } from './code/code-reader.ts'
import { generators, renames } from './generate.ts'
import type { Library } from './imports.ts'
import { createCallsByFile } from './mentions/calls-by-file.ts'
import { createMentions } from './mentions/mentions-of-file.ts'
import { relationsOf } from './mentions/relations.ts'
import { createOpeningFiles, type Group, groupOpenings } from './openings/group-openings.ts'
import { nameStores } from './openings/name-stores.ts'
import { plainTypeOf } from './schema/plain-type.ts'
import { snapshotOf } from './schema/snapshot-of.ts'
import { createSiteReader } from './sites.ts'
import { queryAt } from './statements/query-at.ts'
import { createStore, type StoreCore } from './store.ts'
import { createSubjects } from './subjects.ts'
import type { SqliteStore } from './types.ts'

/** The living link of SQLite over a scope. */
export function linkSqlite(scope: Scope, library: Library): EngineLink {
  const sites = createSiteReader(scope, library)
  const openingFiles = gated(createOpeningFiles(scope, sites), sameItems)
  const groups = computed(() => new Map(groupOpenings(scope, sites, openingFiles()).map(group => [group.key, group])))
  const group = gatedByKey(key => groups.value.get(key), sameGroup)
  const groupKeys = gated(() => [...groups.value.keys()], sameItems)

  const names = computed(() => nameStores(storeList.value, scope.storeNames.before(nameRank)))
  scope.storeNames.add(nameRank, () => [...names.value.values()])
  const nameOf = gatedByKey(key => names.value.get(key) ?? 'sqlite')

  const stores = new Map<string, StoreCore>()
  const code = createCodeReader({ scope, library, sites, stores: () => storeList.value })
  const storeOf = (key: string): StoreCore => {
    const store =
      stores.get(key) ??
      createStore(key, {
        scope,
        library,
        sites,
        world: code,
        group,
        nameOf,
        calls: code.allCalls,
        transactions: code.allTransactions,
        isHandedOn: code.isHandedOn,
        tablesInTexts: code.tablesInTexts,
        isMadeElsewhere: (store, table) => storeList.value.some(one => one !== store && one.madeTables.includes(table)),
      })
    stores.set(key, store)
    return store
  }
  const storeList = computed(() => groupKeys().map(storeOf))
  const subjects = createSubjects({ scope, library, sites, code, stores: () => storeList.value })

  const callsIn = createCallsByFile(code.allCalls)

  return {
    stores: () => storeList.value,
    subjectLists: subjects.lists,
    mentions: createMentions(callsIn),
    generators,
    renames,
    blanks: createBlanks(callsIn),
    query: (file, offset) => queryAt(callsIn(file), file, offset),
    relations: store => relationsOf(store as SqliteStore),
    plainType: (_store, field) => plainTypeOf(field),
    duties: store => ({ isVersioned: (store as SqliteStore).ladder !== undefined, isSynced: false }),
    snapshot: store => (stores.get((store as StoreCore).key) === store ? snapshotOf(store as SqliteStore) : undefined),
  }
}

/** Names that stand in snapshots since longer come first. */
const nameRank = 2

const sameGroup = (a: Group | undefined, b: Group | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)
