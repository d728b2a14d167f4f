// What rules are asked about: stores, their openings, their keys, and the code of each file.
import { mapper } from '../../catalog/long-lists.ts'
import { anywhere } from '../../catalog/may-use.ts'
import type { Scope } from '../../catalog/scope.ts'
import type { Subject, SubjectList } from '../contract.ts'
import type { Library } from './imports.ts'
import type { StoreCore } from './store.ts'
import type { CodeOfFile, Key, KeyInStore, Opening, OpeningInStore } from './types.ts'

/** What the subjects are made of. */
export interface SubjectSources {
  readonly scope: Scope
  readonly library: Library
  stores(): readonly StoreCore[]
  /** True for a file that has to do with the library at all. */
  isUsedIn(file: string): boolean
  code(file: string): CodeOfFile
}

/** The lists that rules are asked about. */
export function createSubjects({
  scope,
  library,
  stores,
  isUsedIn,
  code,
}: SubjectSources): () => readonly SubjectList[] {
  const ofStores = new Map<StoreCore, readonly SubjectList[]>()
  const listsOf = (store: StoreCore): readonly SubjectList[] => {
    const known = ofStores.get(store)
    if (known) return known
    const openings = mapper((opening: Opening): Subject => {
      const of: OpeningInStore = { opening, store, scope, library }
      return { kind: 'opening', of }
    })
    const keys = mapper((key: Key): Subject => {
      const of: KeyInStore = { key, store, scope }
      return { kind: 'key', of }
    })
    const own: Subject = { kind: 'store', of: store, isWide: true }
    const lists: readonly SubjectList[] = [
      () => [own],
      () => openings(store.openings),
      () => keys(store.entities.flatMap(({ fields }) => fields)),
    ]
    ofStores.set(store, lists)
    return lists
  }

  const ofFiles = new Map<string, Subject>()
  const codeSubject = (file: string): Subject => {
    const subject = ofFiles.get(file) ?? { kind: 'code', of: code(file) }
    ofFiles.set(file, subject)
    return subject
  }
  // A workspace without MMKV pays for looking, and for nothing else.
  const isUsed = anywhere(scope, isUsedIn)
  const codes: SubjectList = () => (isUsed() ? scope.files().map(codeSubject) : [])

  return () => [...stores().flatMap(listsOf), codes]
}
