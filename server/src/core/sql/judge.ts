// What SQLite itself is asked about SQL, and what it answers. Questions are plain data: they are answered elsewhere, and later.

/** A question. Offsets in all answers are UTF-16 code units, from 0, in the text that was asked about. */
export type SqlQuestion = PrepareQuestion | SchemaQuestion | ReplayQuestion | PlanQuestion

/** Would these statements be taken, one after the other, by a database that `schema` has made? None of them is run. */
export interface PrepareQuestion {
  readonly kind: 'prepare'
  /** What makes the database. Statements of it that fail are left out. */
  readonly schema: readonly string[]
  /** One statement or several. */
  readonly sql: string
  /** True where a name in double quotes that stands for nothing is taken for a text, as SQLite does unless it is built otherwise. */
  readonly quotedTexts: boolean
}

/** What database do these statements make? */
export interface SchemaQuestion {
  readonly kind: 'schema'
  readonly schema: readonly string[]
}

/** What becomes of a database when these steps are run one after the other, each as a list of texts of statements? */
export interface ReplayQuestion {
  readonly kind: 'replay'
  readonly steps: readonly (readonly string[])[]
  /** How many rows each table is given before each step, where it has none: 0, or 2 that are equal where they may be. */
  readonly rows: 0 | 2
  readonly foreignKeys: boolean
}

/** By which way would this statement be answered (`EXPLAIN QUERY PLAN`)? */
export interface PlanQuestion {
  readonly kind: 'plan'
  readonly schema: readonly string[]
  readonly sql: string
}

/** The answer to a question. */
export type AnswerTo<Q extends SqlQuestion> = Q extends PrepareQuestion
  ? PrepareAnswer
  : Q extends SchemaQuestion
    ? DatabaseShape
    : Q extends ReplayQuestion
      ? ReplayAnswer
      : PlanAnswer

export type SqlAnswer = PrepareAnswer | DatabaseShape | ReplayAnswer | PlanAnswer

export interface PrepareAnswer {
  /** In order; texts that are empty or only comments are no statements. */
  readonly statements: readonly PreparedStatement[]
}

/** One statement of a text. */
export interface PreparedStatement {
  /** Without the blanks and comments around it and without its semicolon. */
  readonly start: number
  readonly end: number
  readonly error: SqlError | undefined
  /** By number, from 1: the name with its prefix (`$id`, `:id`, `@id`, `?3`), or null for a plain `?`. Empty where it has an error. */
  readonly parameters: readonly (string | null)[]
  /** What a row of its result has. */
  readonly columns: readonly ResultColumn[]
  /** Which columns it reads, as the authorizer is told; a table with an empty column is read without any of its columns. */
  readonly reads: readonly { readonly table: string; readonly column: string }[]
  /** True when it cannot change the database. */
  readonly isReadonly: boolean
}

/** `table` and `origin` are absent for expressions. */
export interface ResultColumn {
  readonly name: string
  readonly table?: string
  readonly origin?: string
  /** The declared type. */
  readonly type?: string
}

/** What SQLite says when it refuses. `at` is absent where SQLite does not tell the place. */
export interface SqlError {
  readonly message: string
  readonly at?: number
}

/** A database as its schema tells it. Names as written in it. */
export interface DatabaseShape {
  readonly tables: readonly TableShape[]
  readonly indexes: readonly { readonly name: string; readonly table: string; readonly sql: string }[]
  readonly triggers: readonly { readonly name: string; readonly table: string; readonly sql: string }[]
  /** Statements that failed, by their place in the list and in their text. */
  readonly failures: readonly Failure[]
}

/** A table or a view. */
export interface TableShape {
  readonly name: string
  readonly kind: 'table' | 'view' | 'virtual'
  readonly columns: readonly ColumnShape[]
  readonly foreignKeys: readonly ForeignKeyShape[]
  /** Names of columns that some index begins with, and of those that are unique by themselves. */
  readonly indexed: readonly string[]
  readonly sql: string
}

export interface ColumnShape {
  readonly name: string
  /** As declared, maybe empty. */
  readonly type: string
  readonly notNull: boolean
  /** The text of its default. */
  readonly default: string | null
  /** Its place in the primary key, from 1; 0 where it is no part of it. */
  readonly primaryKey: number
  readonly isGenerated: boolean
}

export interface ForeignKeyShape {
  readonly columns: readonly string[]
  readonly table: string
  /** Absent where the primary key is meant. */
  readonly to?: readonly string[]
}

/** A statement that failed. */
export interface Failure {
  /** Which text of the list. */
  readonly index: number
  /** The statement in that text. */
  readonly start: number
  readonly end: number
  readonly error: SqlError
}

export interface ReplayAnswer {
  /** The first statement that failed, and the step it belongs to; nothing after it was run. */
  readonly failure: (Failure & { readonly step: number }) | undefined
  /** What there is in the end, or when it failed. */
  readonly shape: DatabaseShape
  /** `PRAGMA user_version` in the end. */
  readonly userVersion: number
}

export interface PlanAnswer {
  readonly rows: readonly { readonly id: number; readonly parent: number; readonly detail: string }[]
  readonly error: SqlError | undefined
}

/** Who answers. */
export interface SqlJudge {
  /**
   * The answer; undefined while it is not known (it may never be). Reading it inside a computed or an effect depends on
   * it, so that whoever asked is asked again once the answer is there.
   */
  ask<Q extends SqlQuestion>(question: Q): AnswerTo<Q> | undefined
}

/** Answers questions while the asker waits; undefined where nobody can answer now. */
export type AnswerNow = (questions: readonly SqlQuestion[]) => readonly SqlAnswer[] | undefined
