// What rules are asked about, as lists that change apart from one another.
import { inBlocks, mapper } from '../../catalog/long-lists.ts'
import { gated, sameItems } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import { hasTestName } from '../../catalog/test-file.ts'
import type { Subject, SubjectList } from '../contract.ts'
import type { Library } from './imports.ts'
import { type ColumnsInStore, createColumnLists } from './schema/column-lists.ts'
import type { SiteReader } from './sites.ts'
import { refId, type StoreCore } from './store.ts'
import type { ClassRef, CodeOfFile, ModelInStore, ModelReader, SchemaInStore, Table, TableInStore } from './types.ts'

/** What the subjects are made of. */
export interface SubjectSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly models: ModelReader
  stores(): readonly StoreCore[]
}

/** What rules are asked about. */
export interface Subjects {
  /** Of the code of files, and for each store itself, its tables, its lists of columns, and its models. */
  lists(): readonly SubjectList[]
  /** The code of a file, the same object that rules are given. */
  code(file: string): CodeOfFile
  /** The code of the files that call `synchronize()`. */
  syncing(): readonly CodeOfFile[]
}

/** The subjects of a link. */
export function createSubjects(sources: SubjectSources): Subjects {
  const { scope, library, sites, models } = sources
  const ofStores = new Map<StoreCore, readonly SubjectList[]>()

  const listsOf = (store: StoreCore): readonly SubjectList[] => {
    const known = ofStores.get(store)
    if (known) return known
    const tables = mapper((table: Table): Subject => {
      const of: TableInStore = { table, store, scope, library }
      return { kind: 'table', of }
    })
    const columnLists = createColumnLists(store)
    const columns = mapper((of: ColumnsInStore): Subject => ({ kind: 'columns', of }))
    const ofModels = new Map<string, Subject>()
    const wholeSchema: SchemaInStore = { tablesOf: store, scope, library }
    const lists: readonly SubjectList[] = [
      () => [
        { kind: 'store', of: store, isWide: true },
        { kind: 'schema', of: wholeSchema, isWide: true },
      ],
      () => tables(store.schema?.tables ?? []),
      () => columns(columnLists()),
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

  const syncingOf = inBlocks((files: readonly string[]) =>
    files.filter(file => !hasTestName(file) && sites.sites(file).some(site => site.name === 'synchronize')),
  )
  const syncFiles = gated(() => syncingOf(scope.files()), sameItems)
  const codeOf = (file: string): CodeOfFile => ({
    file,
    scope,
    library,
    sites: () => sites.sites(file),
    stores: sources.stores,
    models,
    syncing: () => syncFiles().map(codeOf),
  })
  const ofFiles = new Map<string, Subject & { readonly of: CodeOfFile }>()
  const codeSubject = (file: string): Subject & { readonly of: CodeOfFile } => {
    const subject = ofFiles.get(file) ?? { kind: 'code', of: codeOf(file) }
    ofFiles.set(file, subject)
    return subject
  }
  // A workspace without WatermelonDB pays for looking, and for nothing else.
  const uses = (file: string): boolean =>
    library.packages.some(name => scope.workspace().project(file).versions[name] !== undefined) ||
    sites.sites(file).length > 0 ||
    (scope.module(file)?.imports ?? []).some(({ from }) => library.isWatermelon(from))
  const using = inBlocks((files: readonly string[]) => (files.some(uses) ? [true] : []))
  const isUsed = gated(() => using(scope.files()).length > 0)
  const code: SubjectList = () =>
    isUsed()
      ? scope
          .files()
          .filter(file => !hasTestName(file))
          .map(codeSubject)
      : []

  return {
    lists: () => [...sources.stores().flatMap(listsOf), code],
    code: file => codeSubject(file).of,
    syncing: () => syncFiles().map(file => codeSubject(file).of),
  }
}
