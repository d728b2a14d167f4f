// What rules are asked about: databases, the SQL given to them, transactions, and the code of each file.
import { mapper } from '../../catalog/long-lists.ts'
import { anywhere } from '../../catalog/may-use.ts'
import type { Scope } from '../../catalog/scope.ts'
import { isTestFile } from '../../catalog/test-file.ts'
import type { Subject, SubjectList } from '../contract.ts'
import type { CodeReader } from './code/code-reader.ts'
import type { Library } from './imports.ts'
import { openingSites } from './openings/group-openings.ts'
import { readOpening } from './openings/read-opening.ts'
import type { SiteReader } from './sites.ts'
import type { StoreCore } from './store.ts'
import type { CodeOfFile, SqlCall, SqlInCode, Transaction } from './types.ts'

/** What the subjects are made of. */
export interface SubjectSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly code: CodeReader
  stores(): readonly StoreCore[]
}

/** What rules are asked about. */
export interface Subjects {
  lists(): readonly SubjectList[]
  /** The code of a file, the same object that rules are given. */
  code(file: string): CodeOfFile
}

/** A transaction as rules are asked about it. */
export interface TransactionInCode extends Transaction {
  readonly scope: Scope
}

/** The subjects of a link. */
export function createSubjects(sources: SubjectSources): Subjects {
  const { scope, library, sites, code } = sources
  const storeSubject = mapper((store: StoreCore): Subject => ({ kind: 'store', of: store, isWide: true }))
  const callSubject = mapper((sql: SqlCall): Subject => {
    const of: SqlInCode = {
      sql,
      scope,
      library,
      get project() {
        return scope.workspace().project(sql.at.file)
      },
    }
    return { kind: 'call', of }
  })
  const transactionSubject = mapper((transaction: Transaction): Subject => {
    const of: TransactionInCode = { ...transaction, scope }
    return { kind: 'transaction', of }
  })

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
        openings: () =>
          openingSites(sites, file).flatMap(site => readOpening(scope, site, isTestFile(scope, file)) ?? []),
        calls: () => code.calls(file),
        transactions: () => code.transactions(file),
        storeOf(located) {
          const handle = code.handleOf(located)
          return handle && code.storeOf(handle, located.file)
        },
      },
    }
    ofFiles.set(file, subject)
    return subject
  }
  const isUsed = anywhere(scope, file => sites.sites(file).length > 0)
  const files: SubjectList = () =>
    isUsed()
      ? scope
          .files()
          .filter(file => !isTestFile(scope, file))
          .map(codeSubject)
      : []

  return {
    lists: () => [
      () => storeSubject(sources.stores()),
      () => callSubject(code.allCalls()),
      () => transactionSubject(code.allTransactions()),
      files,
    ],
    code: file => codeSubject(file).of,
  }
}
