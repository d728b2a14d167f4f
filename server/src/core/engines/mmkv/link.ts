// Links the whole workspace: which instances there are, which keys they hold, and what rules are asked about.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import { inBlocks } from '../../catalog/long-lists.ts'
import { gated, keyed, sameItems } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import type { EngineLink } from '../contract.ts'
import { createCode } from './code/code-of-file.ts'
import { isTestFile } from './files.ts'
import { createScaffolds } from './generators/scaffolds.ts'
import type { Library } from './imports.ts'
import { createEscapes } from './instances/escapes.ts'
import { createCallReader, type FoundCall, type FoundUse } from './keys/call-reader.ts'
import { encryptingMethods } from './keys/methods.ts'
import { renames } from './keys/rename-key.ts'
import { valueNote } from './keys/value-note.ts'
import { createWrapperReader } from './keys/wrappers.ts'
import { createMentions } from './mentions/mentions-of-file.ts'
import { nameStores } from './openings/name-stores.ts'
import { createOpeningReader } from './openings/opening-reader.ts'
import { createSiteReader } from './sites.ts'
import { createStore, type StoreCore } from './store.ts'
import { createSubjects } from './subjects.ts'
import type { InstanceCall, Key, KeyUse, Opening } from './types.ts'

/** The living link of MMKV over a scope. */
export function linkMmkv(scope: Scope, library: Library): EngineLink {
  const sites = createSiteReader(scope, library)
  const openings = createOpeningReader(scope, sites)
  const calls = createCallReader({ scope, library, sites, openings })
  const wrappers = createWrapperReader(scope, calls, openings)

  /** Whatever is done in a file that users run, through the library and through wrappers. */
  const usesIn = keyed(
    (file: string): readonly FoundUse[] =>
      [...calls.uses(file), ...wrappers.uses(file)].sort((a, b) => a.use.at.span.start - b.use.at.span.start),
    sameItems,
  )
  const allOpenings = inOwnFiles(scope, file =>
    openings.openings(file).map(opening => keyedBy(openings.storeKey(opening.value), opening)),
  )
  const allUses = inOwnFiles(scope, file => usesIn(file).map(one => keyedBy(one.storeKey, one.use)))
  const allEncrypting = inOwnFiles(scope, file =>
    calls.calls(file).flatMap(one => (isEncrypting(one) ? [keyedBy(one.storeKey, one.call)] : [])),
  )
  const openingsByKey = createByKey(allOpenings)
  const usesByKey = createByKey(allUses)
  const encryptingByKey = createByKey(allEncrypting)
  const escapes = createEscapes({ scope, library, openings, calls, wrappers })
  const isEncryptedElsewhere = keyed((root: string) =>
    allEncrypting().some(
      ({ key, item }) => key === undefined && scope.workspace().project(item.call.file).root === root,
    ),
  )

  const keys = gated(() => [...openingsByKey.keys()], sameItems)
  const names = computed(
    () =>
      new Map(
        nameStores(scope, list.value, scope.storeNames.before(nameRank)).map((name, i) => [list.value[i]?.key, name]),
      ),
  )
  scope.storeNames.add(nameRank, () => [...names.value.values()])
  const nameOf = keyed((key: string) => names.value.get(key) ?? 'mmkv')
  const stores = new Map<string, StoreCore>()
  const storeOf = (key: string): StoreCore => {
    const store =
      stores.get(key) ??
      createStore(key, {
        scope,
        library,
        openings: openingsByKey.of,
        uses: usesByKey.of,
        encryptingCalls: encryptingByKey.of,
        isEncryptedElsewhere,
        isClosed: escapes.isClosed,
        nameOf,
      })
    stores.set(key, store)
    return store
  }
  const list: ReadonlySignal<readonly StoreCore[]> = computed(() => keys().map(storeOf))
  const present = keyed((key: string): StoreCore | undefined => (keys().includes(key) ? storeOf(key) : undefined))

  const code = createCode({ scope, library, openings, calls, uses: usesIn, stores: () => list.value, storeOf: present })
  const isUsedIn = (file: string) => sites.sites(file).length > 0

  return {
    stores: () => list.value,
    subjectLists: createSubjects({ scope, library, stores: () => list.value, isUsedIn, code }),
    snapshot: () => undefined,
    hasModel: () => false,
    mentions: createMentions({ scope, library, sites, openings, uses: usesIn, storeOf: present }),
    relations: () => [],
    renames,
    scaffolds: createScaffolds(scope),
    valueNote: (_store, field) => valueNote(field as Key),
  }
}

interface Keyed<T> {
  readonly key: string | undefined
  readonly item: T
}

/** No snapshot holds the name of an instance, so it yields to all others. */
const nameRank = 3

const isEncrypting = ({ call }: FoundCall): boolean => encryptingMethods.has(call.method)

/** One pair for one item, so that lists of them can be compared. */
const pairs = new WeakMap<object, Keyed<unknown>>()

function keyedBy<T extends Opening | KeyUse | InstanceCall>(key: string | undefined, item: T): Keyed<T> {
  const known = pairs.get(item) as Keyed<T> | undefined
  if (known && known.key === key) return known
  const pair = { key, item }
  pairs.set(item, pair)
  return pair
}

/** What `read` finds in all files but tests, in blocks that change apart from one another. */
function inOwnFiles<T>(scope: Scope, read: (file: string) => readonly Keyed<T>[]): () => readonly Keyed<T>[] {
  const blocks = inBlocks((files: readonly string[]) =>
    files.flatMap(file => (isTestFile(scope, file) ? [] : read(file))),
  )
  return gated(() => blocks(scope.files()), sameItems)
}

/** Items by the store they belong to. Whoever asks for one store is woken by its own alone. */
function createByKey<T>(all: () => readonly Keyed<T>[]): { keys(): readonly string[]; of(key: string): readonly T[] } {
  const groups = computed(() => {
    const map = new Map<string, T[]>()
    for (const { key, item } of all()) {
      if (key === undefined) continue
      const group = map.get(key)
      if (group) group.push(item)
      else map.set(key, [item])
    }
    return map
  })
  return {
    keys: () => [...groups.value.keys()],
    of: keyed((key: string): readonly T[] => groups.value.get(key) ?? [], sameItems),
  }
}
