// What crosses the line between the editor's client and the language server, beyond LSP itself.
import type { GatesReport } from './gates.ts'
import type { Answers, Question } from './scaffolds.ts'
import type { SharedNameRules, SharedTerms } from './terms.ts'

/** `workspace/executeCommand` names that the server answers; the client's palette commands call them. */
export const serverCommands = {
  createMigration: 'offlineStorage.server.createMigration',
  createModel: 'offlineStorage.server.createModel',
  createTable: 'offlineStorage.server.createTable',
  addColumn: 'offlineStorage.server.addColumn',
  takeSnapshot: 'offlineStorage.server.takeSnapshot',
  checkWorkspace: 'offlineStorage.server.checkWorkspace',
  fixAll: 'offlineStorage.server.fixAll',
  stores: 'offlineStorage.server.stores',
  scaffold: 'offlineStorage.server.scaffold',
  queryPlan: 'offlineStorage.server.queryPlan',
  qualityGates: 'offlineStorage.server.qualityGates',
} as const

/** Commands of the client that the server's answers lead to. */
export const clientCommands = {
  /** Shows places: arguments are a URI, a position in it, and the locations, as plain JSON of the protocol. */
  showReferences: 'offlineStorage.showReferences',
} as const

/** The reason in the client's answer to `workspace/applyEdit` where the person has seen the changes and wants none of them. */
export const discarded = 'discarded'

/** The answer to `stores`: what pickers in the client show. */
export interface StoreSummary {
  readonly name: string
  /** The workspace folder that the store was found in; stores of two folders may have the same name. */
  readonly folderUri: string | undefined
  readonly engine: string
  /** What its engine calls tables and columns. */
  readonly terms: SharedTerms
  /** The types that a new column may be given; `detail` tells what one holds. */
  readonly fieldTypes: readonly { readonly text: string; readonly detail?: string }[]
  readonly names: SharedNameRules
  readonly version: number | undefined
  readonly schemaUri: string | undefined
  /** `hasModel` is false for a table that no model class stands for. */
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[]; readonly hasModel: boolean }[]
}

/** Which store is meant, by name and by the URI of its workspace folder. What is left out need not be said where only one store fits. */
export interface StoreChoice {
  readonly store?: string
  readonly folder?: string
}

/** The arguments of the commands, as their one argument. */
export interface CommandArguments {
  createMigration: StoreChoice
  createModel: StoreChoice & { table: string }
  createTable: StoreChoice & { table: string }
  addColumn: StoreChoice & {
    table: string
    column: string
    /** One of the words of the engine; the server checks it. */
    type: string
    optional: boolean
    indexed: boolean
  }
  takeSnapshot: StoreChoice
  checkWorkspace: Record<string, never>
  fixAll: { uri?: string }
  stores: Record<string, never>
  scaffold: ScaffoldArguments
  queryPlan: QueryPlanArguments
  qualityGates: Record<string, never>
}

/** Asks by which way SQLite would answer the statement at a place. Lines and characters count from 0, as in the protocol. */
export interface QueryPlanArguments {
  readonly uri: string
  readonly position: { readonly line: number; readonly character: number }
}

/** The answer to `queryPlan`: a text in Markdown, or why there is none. */
export type QueryPlanResult =
  | { readonly ok: true; readonly markdown: string }
  | { readonly ok: false; readonly message: string }

/** The answer to `qualityGates`: what a person reads, and what there is to be done. */
export interface QualityGatesResult {
  readonly reports: readonly {
    /** The workspace folder that the report is of. */
    readonly folderUri: string
    readonly report: GatesReport
    /** What is wrong with marks, plans and result files, in sentences. */
    readonly problems: readonly string[]
  }[]
  /** All reports as one text. */
  readonly markdown: string
  /** How the tests that wait for a run are run: a command for a terminal in the folder of their package, and the file that it writes. */
  readonly runs: readonly { readonly packageUri: string; readonly command: string; readonly resultsFile: string }[]
}

/** Asks for code that is written from nothing. */
export interface ScaffoldArguments {
  /** `mmkv.createInstance` … */
  readonly id: string
  /** What has been answered so far. */
  readonly answers: Answers
  /** The document that the person looks at, or a workspace folder: tells the package that the code is for. */
  readonly uri?: string
}

/** The answer to `scaffold`: what must be asked next, or what came of it. */
export type ScaffoldResult = { readonly question: Question } | CommandResult

/** What a command answers: a sentence for the person, and the file to show. Edits arrive before it, by `workspace/applyEdit`. */
export interface CommandResult {
  readonly ok: boolean
  readonly message: string
  readonly showUri?: string
  /** True where the person has discarded the preview: they know it, and need not be told. */
  readonly isDiscarded?: true
}

/** Answer of `checkWorkspace`. */
export interface CheckResult {
  readonly files: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
}

/** Notification from the server: what the status bar shows. */
export const statusNotification = 'offlineStorage/status'
export interface Status {
  readonly state: 'reading' | 'ready' | 'error'
  readonly stores: number
  readonly errors: number
  readonly warnings: number
  readonly message?: string
}

/** Initialization options given by the client. */
export interface InitializationOptions {
  /** False in an untrusted workspace: no git, and no configuration of the workspace's own is obeyed. */
  readonly trusted?: boolean
  /** A folder for facts kept between starts; absent: nothing is kept. */
  readonly cacheDir?: string
  /** True when the client has the command `clientCommands.showReferences`. */
  readonly showsReferences?: boolean
  /** True when the client has the commands of `scaffoldCommands`, and each takes answers as its argument. */
  readonly runsScaffolds?: boolean
}
