// What rules are asked about: stores, their openings, their classes, and the code of each file.

import { mapper } from '../../catalog/long-lists.ts'
import { anywhere } from '../../catalog/may-use.ts'
import type { Scope } from '../../catalog/scope.ts'
import { isTestFile } from '../../catalog/test-file.ts'
import type { Subject, SubjectList } from '../contract.ts'
import type { Library } from './imports.ts'
import type { SiteReader } from './sites.ts'
import type { StoreCore } from './store.ts'
import type { ClassInStore, ClassReader, CodeOfFile, Opening, OpeningInStore, RealmClass } from './types.ts'

/** What the subjects are made of. */
export interface SubjectSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly classes: ClassReader
  stores(): readonly StoreCore[]
}

/** What rules are asked about. */
export interface Subjects {
  lists(): readonly SubjectList[]
  /** The code of a file, the same object that rules are given. */
  code(file: string): CodeOfFile
}

/** The subjects of a link. */
export function createSubjects(sources: SubjectSources): Subjects {
  const { scope, library, sites } = sources
  const ofStores = new Map<StoreCore, readonly SubjectList[]>()

  const listsOf = (store: StoreCore): readonly SubjectList[] => {
    const known = ofStores.get(store)
    if (known) return known
    const openings = mapper((opening: Opening): Subject => {
      const of: OpeningInStore = { opening, store, scope, library }
      return { kind: 'opening', of }
    })
    const classes = mapper((one: RealmClass): Subject => {
      const of: ClassInStore = { class: one, store, scope, library }
      return { kind: 'class', of }
    })
    const lists: readonly SubjectList[] = [
      () => [{ kind: 'store', of: store, isWide: true }],
      () => openings(store.openings),
      () => classes(store.classes),
    ]
    ofStores.set(store, lists)
    return lists
  }

  const ofFiles = new Map<string, Subject & { readonly of: CodeOfFile }>()
  const codeSubject = (file: string): Subject & { readonly of: CodeOfFile } => {
    const subject = ofFiles.get(file) ?? {
      kind: 'code',
      of: {
        file,
        scope,
        library,
        get project() {
          return scope.workspace().project(file)
        },
        stores: sources.stores,
        classes: sources.classes,
        sites: () => sites.sites(file),
      },
    }
    ofFiles.set(file, subject)
    return subject
  }
  // A workspace without Realm pays for looking, and for nothing else.
  const isUsed = anywhere(scope, file => sites.sites(file).length > 0)
  const code: SubjectList = () =>
    isUsed()
      ? scope
          .files()
          .filter(file => !isTestFile(scope, file))
          .map(codeSubject)
      : []

  return {
    lists: () => [...sources.stores().flatMap(listsOf), code],
    code: file => codeSubject(file).of,
  }
}
