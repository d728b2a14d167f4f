// Reads the code of each file once: the SQL that it gives to databases, and its transactions.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import { inBlocks } from '../../../catalog/long-lists.ts'
import { gated, keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import type { CallValue, JsxValue, Value } from '../../../source/value.ts'
import type { Library } from '../imports.ts'
import { tablesInTexts } from '../schema/tables-in-texts.ts'
import type { SiteReader } from '../sites.ts'
import type { SqlCall, SqliteStore, Transaction } from '../types.ts'
import { createCallers } from './callers.ts'
import type { CodeWorld } from './code-world.ts'
import { handedOn } from './handed-on.ts'
import type { Handle } from './handle.ts'
import { type HandleWorld, handleOf } from './handle-of.ts'
import { readCalls } from './read-calls.ts'
import { readTransactions } from './read-transactions.ts'
import { reuse, sameCall, sameTransaction } from './same.ts'

/** The code of the workspace. */
export interface CodeReader extends CodeWorld {
  calls(file: string): readonly SqlCall[]
  /** Those of the app, without tests. */
  allCalls(): readonly SqlCall[]
  allTransactions(): readonly Transaction[]
  isHandedOn(store: SqliteStore): boolean
  /** The tables that texts of the project make, by folded names, whether or not they are seen to be run. */
  tablesInTexts(root: string): readonly string[]
}

/** What code is read with. */
export interface CodeSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  stores(): readonly SqliteStore[]
}

/** The reader of one scope. */
export function createCodeReader({ scope, library, sites, stores }: CodeSources): CodeReader {
  const rootOf = (file: string): string => scope.workspace().project(file).root

  /** Each opening's database, by the value that opens it. */
  const byOpening = computed(() => {
    const found = new Map<Value, SqliteStore>()
    for (const store of stores()) for (const { value } of store.openings) found.set(value.value, store)
    return found
  })
  const storeOfOpening = (value: CallValue | JsxValue): SqliteStore | undefined => byOpening.value.get(value)
  /** The databases that code of a project can mean: its own, or those of the workspace where it opens none. */
  const storesFor = keyed((key: string): readonly SqliteStore[] => {
    const [library, root] = key.split('\n')
    const all = stores().filter(store => store.package === library)
    const own = all.filter(store => store.project.root === root)
    return own.length > 0 ? own : all
  }, sameItems)

  const providers = computed(() => {
    const byRoot = new Map<string, Located<JsxValue>[]>()
    for (const store of stores())
      for (const { value } of store.openings)
        if (value.value.kind === 'jsx') {
          const root = rootOf(value.file)
          byRoot.set(root, [...(byRoot.get(root) ?? []), value as Located<JsxValue>])
        }
    return byRoot
  })
  const providerOf = (file: string): Located<JsxValue> | undefined => {
    const own = providers.value.get(rootOf(file)) ?? [...providers.value.values()].flat()
    const [first] = own
    return first && own.every(one => storeOfOpening(one.value) === storeOfOpening(first.value)) ? first : undefined
  }

  const callers = createCallers(scope)
  const handleWorld: HandleWorld = { scope, library, callers, providerOf }
  const world: CodeWorld = {
    scope,
    library,
    callers,
    handleOf: (located: Located): Handle | undefined => handleOf(handleWorld, located),
    storeOf(handle, file) {
      if (handle.isUncertain) return undefined
      if (handle.opening) return storeOfOpening(handle.opening.value)
      const found = storesFor(`${handle.package}\n${rootOf(file)}`)
      return found.length === 1 ? found[0] : undefined
    },
    storeCalled: (library, name, file) =>
      storesFor(`${library}\n${rootOf(file)}`).find(store => store.openings.some(one => one.file?.text === name)),
    usesExpo: file => storesFor(`expo-sqlite\n${rootOf(file)}`).length > 0,
    transactions: file => transactionsOf(file),
  }

  const isUsed = gated(() => stores().length > 0)
  const transactionCells = new Map<string, ReadonlySignal<readonly Transaction[]>>()
  const transactionsOf = (file: string): readonly Transaction[] => {
    let cell = transactionCells.get(file)
    if (!cell) {
      const keep = reuse(sameTransaction)
      cell = computed(() => keep(isUsed() || mayUse(file) ? readTransactions(world, file) : []))
      transactionCells.set(file, cell)
    }
    return cell.value
  }
  const callCells = new Map<string, ReadonlySignal<readonly SqlCall[]>>()
  const callsOf = (file: string): readonly SqlCall[] => {
    let cell = callCells.get(file)
    if (!cell) {
      const keep = reuse(sameCall)
      cell = computed(() => keep(isUsed() || mayUse(file) ? readCalls(world, file) : []))
      callCells.set(file, cell)
    }
    return cell.value
  }
  /** Files that open nothing of the app may still be tests with databases of their own. */
  const mayUse = (file: string): boolean => sites.sites(file).length > 0

  const ofApp = <T>(read: (file: string) => readonly T[]) => {
    const ofFiles = inBlocks((files: readonly string[]) =>
      files.flatMap(file => {
        const found = read(file)
        return found.length > 0 && !isTestFile(scope, file) ? found : []
      }),
    )
    const all = computed(() => ofFiles(scope.files()))
    return () => all.value
  }
  const allHandedOn = ofApp(keyed((file: string) => handedOn(world, file), sameItems))
  const tablesOf = new Map<string, () => readonly string[]>()
  const tablesIn = (root: string): readonly string[] => {
    let cell = tablesOf.get(root)
    if (!cell) {
      const ofFiles = ofApp((file: string) =>
        rootOf(file) === root ? [...tablesInTexts(scope.module(file), scope.usage(file))] : [],
      )
      cell = gated(() => [...new Set(ofFiles())], sameItems)
      tablesOf.set(root, cell)
    }
    return cell()
  }
  const handed = gated(() => [...new Set(allHandedOn())], sameItems)

  return {
    ...world,
    calls: callsOf,
    allCalls: ofApp(callsOf),
    allTransactions: ofApp(transactionsOf),
    tablesInTexts: tablesIn,
    isHandedOn: store => handed().includes(store) || handed().includes('any'),
  }
}
