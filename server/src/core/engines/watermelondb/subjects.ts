// What rules are asked about, as lists that change apart from one another.
import { gated } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import type { Subject, SubjectList } from '../contract.ts'
import type { Library } from './imports.ts'
import type { ClassRef, ModelReader } from './models/read-model.ts'
import { type ColumnListMemory, columnLists } from './schema/column-lists.ts'
import { isTestFile, type SiteReader } from './sites.ts'
import { refId, type StoreCore } from './store.ts'
import type { CodeOfFile, ModelInStore, SchemaInStore, Table, TableInStore } from './types.ts'

/** What the subjects are made of. */
export interface SubjectSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly models: ModelReader
  stores(): readonly StoreCore[]
}

/** The lists: of the code of files, and for each store itself, its tables, its lists of columns, and its models. */
export function createSubjects(sources: SubjectSources): () => readonly SubjectList[] {
  const { scope, library, sites, models } = sources
  const ofStores = new Map<StoreCore, readonly SubjectList[]>()

  const listsOf = (store: StoreCore): readonly SubjectList[] => {
    const known = ofStores.get(store)
    if (known) return known
    const tables = remember((table: Table): TableInStore => ({ table, store, scope, library }))
    const columns: ColumnListMemory = new WeakMap()
    const ofModels = new Map<string, Subject>()
    const wholeSchema: SchemaInStore = { tablesOf: store, scope, library }
    const lists: readonly SubjectList[] = [
      () => [
        { kind: 'store', of: store, isWide: true },
        { kind: 'schema', of: wholeSchema, isWide: true },
      ],
      () => (store.schema?.tables ?? []).map(table => ({ kind: 'table', of: tables(table) })),
      () => columnLists(store, columns).map(of => ({ kind: 'columns', of })),
      () => store.modelRefs.map(ref => modelSubject(ofModels, store, ref)),
    ]
    ofStores.set(store, lists)
    return lists
  }

  const modelSubject = (known: Map<string, Subject>, store: StoreCore, ref: ClassRef): Subject => {
    const id = refId(ref)
    const subject = known.get(id) ?? {
      kind: 'model',
      isAlive: () => models.isModel(ref),
      of: {
        store,
        scope,
        library,
        get model() {
          return models.model(ref)!
        },
      } satisfies ModelInStore,
    }
    known.set(id, subject)
    return subject
  }

  const syncFiles = gated(
    () =>
      scope.files().filter(file => !isTestFile(file) && sites.sites(file).some(site => site.name === 'synchronize')),
    sameFiles,
  )
  const codeOf = (file: string): CodeOfFile => ({
    file,
    scope,
    library,
    sites: () => sites.sites(file),
    stores: sources.stores,
    models,
    syncing: () => syncFiles().map(codeOf),
  })
  const ofFiles = new Map<string, Subject>()
  const codeSubject = (file: string): Subject => {
    const of = codeOf(file)
    const subject = ofFiles.get(file) ?? { kind: 'code', of }
    ofFiles.set(file, subject)
    return subject
  }
  const code: SubjectList = () =>
    scope
      .files()
      .filter(file => !isTestFile(file))
      .map(codeSubject)

  return () => [...sources.stores().flatMap(listsOf), code]
}

const sameFiles = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((file, i) => file === b[i])

/** One object for each key, so that subjects keep their identity. */
function remember<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>()
  return key => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
