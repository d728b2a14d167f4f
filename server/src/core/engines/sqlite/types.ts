// What code about SQLite means, once names are followed.
import type { Baseline } from '../../baseline/snapshot.ts'
import type { Entity, Field, Named, Numbered, Store } from '../../catalog/catalog.ts'
import type { Entry, Located, Project, Scope } from '../../catalog/scope.ts'
import type { WrittenText } from '../../catalog/written-text.ts'
import type { CallFact } from '../../facts/file-facts.ts'
import type { CallValue, JsxValue } from '../../source/value.ts'
import type { ColumnShape, DatabaseShape, TableShape } from '../../sql/judge.ts'
import type { Place } from '../../text/span.ts'
import type { Library, SqlPackage } from './imports.ts'

/** One opening of a database file. */
export interface Opening {
  readonly package: SqlPackage
  /** The library's name: `openDatabaseAsync`, `open`, `SQLiteProvider`. */
  readonly name: string
  readonly at: Place
  readonly value: Located<CallValue | JsxValue>
  readonly fact: CallFact
  /** The options as written, with the name of the file among them as `name`. */
  readonly entries: ReadonlyMap<string, Entry>
  /** The name of the file; undefined where it is not known. */
  readonly file: Named | undefined
  /** True when the file comes with the app or is replaced at run time, so that its tables are made elsewhere. */
  readonly isGiven: boolean
  readonly isTest: boolean
}

/** How a call runs its text. */
export interface Method {
  /** `runAsync`, `executeSql`, `execute`, `sql` (the tag) … as the library calls it. */
  readonly name: string
  readonly package: SqlPackage
  /** What becomes of a second statement. */
  readonly runs: 'first' | 'all'
  /** How parameters are given: not at all, as a list, as a list or an object or one by one, or as the holes of a tagged template. */
  readonly binds: 'nothing' | 'list' | 'any' | 'tag'
  readonly isSync: boolean
  /** What the call gives: rows, a prepared statement, or what was changed. */
  readonly gives: 'rows' | 'row' | 'statement' | 'result'
}

/** One text of SQL that a call gives to a database. `executeBatch` gives several. */
export interface SqlCall {
  readonly method: Method
  readonly call: Located<CallValue>
  readonly fact: CallFact
  readonly isOuter: boolean
  readonly at: Place
  /** The database, where the handle leads to its opening; undefined where that is not known. */
  readonly store: SqliteStore | undefined
  /** The handle: `db`, `tx`, `this.db`. */
  readonly handle: Located
  /** The transaction whose own handle it is (`tx.execute`), where it is one. */
  readonly transaction: Transaction | undefined
  /** The argument with the SQL. */
  readonly argument: Located
  /** The element of a list that it is or stands in, where a loop runs what a list holds. */
  readonly element?: Located
  /** The text with its holes; undefined where nothing of it is known. */
  readonly sql: WrittenText | undefined
  readonly parameters: Parameters
  /** For a prepared statement, where the file of the call executes it. */
  readonly executions?: readonly Execution[]
  /** The function it stands in; absent at the top level. */
  readonly fn: number | undefined
  readonly isTest: boolean
}

/** Where a prepared statement is executed or bound. */
export interface Execution {
  /** `executeAsync`, `bind` … */
  readonly name: string
  readonly call: Located<CallValue>
  readonly fact: CallFact
  readonly at: Place
  readonly parameters: Parameters
}

/** What is bound. `unknown`: spreads, names that lead nowhere. */
export type Parameters =
  | { readonly kind: 'none'; readonly at: Place }
  | { readonly kind: 'list'; readonly items: readonly Located[]; readonly at: Place; readonly isVariadic: boolean }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Entry>; readonly at: Place }
  | {
      readonly kind: 'unknown'
      readonly at: Place
      /** The one expression that gives them, where it is one. */
      readonly given?: Located
    }

/** A call that runs a function in a transaction. */
export interface Transaction {
  /** `withTransactionAsync`, `withExclusiveTransactionAsync`, `withTransactionSync`, `transaction`, `readTransaction`. */
  readonly name: string
  readonly package: SqlPackage
  readonly call: Located<CallValue>
  readonly fact: CallFact
  readonly at: Place
  readonly store: SqliteStore | undefined
  readonly handle: Located
  /** The function that is run, by its id in the facts of `file`; undefined where it is not known. */
  readonly body: { readonly file: string; readonly fn: number } | undefined
  /** The key of the parameter that is the transaction's own handle, where the body has one. */
  readonly ownHandle: string | undefined
  readonly isTest: boolean
}

/** One table or view. */
export interface Table extends Entity {
  readonly fields: readonly Column[]
  readonly shape: TableShape
  /** The statement that makes it, where it is written in one. */
  readonly definedBy: SchemaText | undefined
  /** The letters of its name in that statement. */
  readonly nameAt: Place | undefined
}

/** One column. */
export interface Column extends Field {
  readonly shape: ColumnShape
}

/** A text that makes the schema, or a part of it. */
export interface SchemaText {
  readonly call: SqlCall
  readonly sql: WrittenText
  /** The version whose step it belongs to; undefined for what runs whatever the version. */
  readonly version: number | undefined
}

/** A chain of steps by `PRAGMA user_version`. */
export interface Ladder {
  readonly shape: 'if-below' | 'if-equal' | 'switch' | 'list'
  /** In the order of the code. */
  readonly steps: readonly LadderStep[]
  /** The version that the app wants, where it is written apart from the steps (`const DATABASE_VERSION = 3`). */
  readonly target: Numbered | undefined
  /** The function that holds it. */
  readonly file: string
  readonly fn: number | undefined
  readonly at: Place
  /** What is run for new databases alone, where there is such a branch; `stamp` is the version that it writes. */
  readonly fresh:
    | { readonly texts: readonly SchemaText[]; readonly stamp: Numbered | undefined; readonly at: Place }
    | undefined
  /** Where the version is written (`PRAGMA user_version = …`). */
  readonly writes: readonly VersionWrite[]
  /** False when some step or some text could not be read: then the ladder is not replayed. */
  readonly complete: boolean
}

/** One step. */
export interface LadderStep {
  /** The version that it leads to. */
  readonly version: Numbered
  /** The test: `version < 2`, `case 1`, or the entry of the list. */
  readonly at: Place
  /** What runs in it: the branch, or the function of the entry. */
  readonly body: Place
  readonly texts: readonly SchemaText[]
  /** True when all its SQL could be read and nothing but SQL could change the schema. */
  readonly complete: boolean
  /** True when it runs in a transaction, undefined where that is not known. */
  readonly inTransaction: boolean | undefined
  /** True when the branch sets the variable that the tests read to its version (or leaves it to fall through). */
  readonly advances: boolean
}

/** A place that writes `user_version`. */
export interface VersionWrite {
  readonly call: SqlCall
  /** The number, where it is known. */
  readonly value: number | undefined
  /** The step that it stands in. */
  readonly step: LadderStep | undefined
  readonly inTransaction: boolean | undefined
}

/** One database file of the app: the openings that share a name. */
export interface SqliteStore extends Store {
  readonly engine: 'sqlite'
  readonly package: SqlPackage
  readonly project: Project
  readonly scope: Scope
  readonly library: Library
  readonly openings: readonly Opening[]
  /** All that is known to run on it, by file and place. */
  readonly calls: readonly SqlCall[]
  readonly transactions: readonly Transaction[]
  /** Tables and views of the schema that its statements make; empty while SQLite has not answered. */
  readonly entities: readonly Table[]
  /**
   * The statements that make the whole schema, for questions to the judge. Undefined where some of them cannot be read
   * or where tables are made elsewhere: then no name is judged.
   */
  readonly schema: readonly string[] | undefined
  /** The same where some are missing: what is known. For completion and hover. */
  readonly knownSchema: readonly string[]
  readonly schemaTexts: readonly SchemaText[]
  readonly shape: DatabaseShape | undefined
  readonly ladder: Ladder | undefined
  readonly baseline: Baseline | undefined
}

/** A call as rules are asked about it. */
export interface SqlInCode {
  readonly sql: SqlCall
  readonly scope: Scope
  readonly library: Library
  readonly project: Project
}

/** The code of one file. */
export interface CodeOfFile {
  readonly file: string
  readonly scope: Scope
  readonly library: Library
  readonly project: Project
  stores(): readonly SqliteStore[]
  openings(): readonly Opening[]
  calls(): readonly SqlCall[]
  transactions(): readonly Transaction[]
  /** The database that an expression stands for, where it leads to one. */
  storeOf(located: Located): SqliteStore | undefined
}
