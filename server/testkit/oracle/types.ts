// What one run of an app under the real library is asked, and what it answers. Plain data: it crosses a process line.

export type NodeEnv = 'development' | 'production'

/** Releases of the library that are installed side by side. */
export type LibraryVersion = '0.24' | '0.25' | '0.26' | '0.27' | '0.28'

/** One thing to do with an app whose database has opened. */
export type Action =
  /** Creates one row with default values in each table: through its model, or through the adapter where it has none. */
  | { readonly do: 'create' }
  /** Updates one row of each table (the one of `create`, else any) without changing a value: every column is written. */
  | { readonly do: 'update' }
  /** Writes `count` rows with known values in each table; the rows are the value of the result, by table. */
  | { readonly do: 'write'; readonly count: number }
  /** Reads all rows of all tables: as the library gives them (`read`) and as they are on disk (`stored`), by table. */
  | { readonly do: 'read' }
  /**
   * Runs the body of an async function (TypeScript). In scope: `database`, `adapter`, `Q`, `synchronize`, the models by
   * name, `load(path)` for a file of the app, `require` for a package. What it returns is the value of the result.
   */
  | { readonly do: 'snippet'; readonly code: string; readonly name?: string }
  /**
   * Uses the app as a screen would: creates a record of each model, reads all its properties (relations and children
   * are fetched), calls its methods, loads every file and calls what it exports. With `set`, writes the properties too.
   */
  | { readonly do: 'exercise'; readonly set?: boolean }

/** How the database file looks before the app opens it, where it is not simply left as it is. */
export type Before =
  /** The app opens it, closes it, and it is then marked as one version older. */
  | 'previous-version'
  /** Made to look like the first release: the schema without the tables and columns that migrations add. */
  | 'first-release'

/** One app, one database file, and what to do with it. */
export interface Scenario {
  /** Source texts by path; see `entry`. */
  readonly files: Readonly<Record<string, string>>
  /** The file that makes the database; `src/db/index` in any language where not said. */
  readonly entry?: string
  /** Absolute path of the database file; a new one where not said. */
  readonly dbFile?: string
  readonly before?: Before
  readonly version?: LibraryVersion
  readonly script: readonly Action[]
  /** How long opening, and each action, may take: milliseconds, 2000 where not said. */
  readonly timeout?: number
}

/** How something ended. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly message: string }

/** How an action, or the part of it that concerns one table, ended. `name` is like `create posts`. */
export interface ActionResult {
  readonly name: string
  readonly ok: boolean
  readonly message?: string
  readonly value?: unknown
}

export interface LogLine {
  readonly level: 'debug' | 'log' | 'info' | 'warn' | 'error'
  readonly text: string
}

export interface TableOnDisk {
  readonly columns: readonly string[]
  readonly indexes: readonly string[]
}

/** What the library did with an app. */
export interface OracleResult {
  /** Whether importing the app worked: the schema, the adapter, the models and the database are made then. */
  readonly loaded: Outcome
  /** Whether the database opened; not ok when loading failed. */
  readonly opened: Outcome
  /** True when a database that had a version was thrown away and made anew. */
  readonly reset: boolean
  /** What the library and the app printed, in order. */
  readonly logs: readonly LogLine[]
  /** Rejections and exceptions that nobody caught. */
  readonly unhandled: readonly string[]
  /** The tables of the file at the end, without SQLite's own. Empty for LokiJS. */
  readonly tables: Readonly<Record<string, TableOnDisk>>
  /** The schema version that the file is marked with at the end; 0 when there is none. */
  readonly schemaVersion: number
  readonly actions: readonly ActionResult[]
}

/** A row as the adapter knows it. */
export type Row = Readonly<Record<string, string | number | boolean | null>>
export type RowsByTable = Readonly<Record<string, readonly Row[]>>

/** The value of the result of `read`. */
export type ReadRows = Readonly<Record<string, { readonly read: readonly Row[]; readonly stored: readonly Row[] }>>

/** A scenario as the child process gets it: compiled to CommonJS, with its database file chosen. */
export interface Job extends Omit<Scenario, 'dbFile' | 'entry'> {
  readonly entry: string
  readonly dbFile: string
}

/** All that a child process gets. */
export interface Work {
  /** The folder whose node_modules hold the library. */
  readonly oracleFolder: string
  readonly resultFile: string
  readonly jobs: readonly Job[]
}
