// What a rule is: one file, one object, from which come the diagnostic, the fix, the tests, the page and the setting.
import type { Project } from '../catalog/scope.ts'
import type { Edit } from '../text/edit.ts'
import type { Place } from '../text/span.ts'

export type Severity = 'error' | 'warning' | 'info' | 'off'

/** Another place that explains a finding. */
export interface Related {
  readonly at: Place
  readonly message: string
}

/** One thing a rule found. `data` is whatever the rule's `fix` needs; it never leaves the process. */
export interface Evidence<Data = unknown> {
  readonly at: Place
  /** What is wrong, why it hurts the user of the app, what to do: in this order, in one or two sentences. */
  readonly message: string
  readonly related?: readonly Related[]
  /**
   * Codes of another program (`TS2693`) that reports the same thing at this place. It is not reported twice then: the fix
   * is offered on the diagnostics of that program.
   */
  readonly saidBy?: readonly string[]
  readonly data?: Data
}

/** Edits that mend a finding. `safe`: no data is lost and nothing but the finding changes, so "fix all" may apply it. */
export interface Fix {
  readonly title: string
  readonly safe: boolean
  readonly edits: readonly Edit[]
  /** Code that is written from nothing instead of the edits: what is not answered here the person is asked. */
  readonly scaffold?: {
    /** The id of a `Scaffold`: `sync.generateLayer`. */
    readonly id: string
    readonly answers: Readonly<Record<string, string | readonly string[]>>
  }
}

/**
 * Code that is written from nothing and could take the place of what a rule is about, or shows by tests what is wrong with
 * it. It is offered behind the fixes of each finding, where it can be written, and never by "fix all".
 */
export interface Instead<Subject = never> {
  readonly title: string
  /** What becomes of the code that was found, as the page of the rule says it. */
  readonly docs: string
  /** The id of a `Scaffold`. */
  readonly scaffold: string
  /** What is known already, for the scaffold to narrow. */
  answers(subject: Subject): Readonly<Record<string, string | readonly string[]>>
}

/** What a fix may ask while it is computed. */
export interface FixContext {
  /** The present text of a file; undefined where there is none. */
  text(file: string): string | undefined
  /** How `from` would import `to`, in the way its neighbours do (relative, without extension). */
  specifier(from: string, to: string): string
}

/**
 * A small app as a test. In `files`, a line `//  ^^^ words` marks the span above it where the rule must report, with a
 * message that contains the words (they may be left out); lines with marks are not part of the file. No mark: the rule
 * must stay silent. `fixed` gives the files that the first fix changes, as they must read afterwards.
 */
export interface Example {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly fixed?: Readonly<Record<string, string>>
  /** Installed versions by package; `strict` is strictNullChecks (true where not said). */
  readonly project?: {
    readonly root?: string
    readonly versions?: Readonly<Record<string, string>>
    readonly strict?: boolean
  } & Pick<Project, 'babel' | 'tsconfig' | 'setup'>
  /** The app as it was released, for rules that compare; read by the same engine. */
  readonly released?: Readonly<Record<string, string>>
}

/** A rule over one kind of subject of its engine (a store, a table, a model, the code of a file …). */
export interface Rule<Subject = never, Data = never> {
  /** `engine/name`; the file is named after the second part. Ids are stable: users write them in settings and comments. */
  readonly id: string
  readonly severity: Severity
  /** The kinds of subject it is asked about; the engine says which there are. */
  readonly on: string | readonly string[]
  /** True for rules that are judged only against a released baseline. */
  readonly needsBaseline?: boolean
  /**
   * True for rules that conclude nothing from absence beyond what the file of the finding, the files it imports and the
   * definition of its store say. Their findings are shown while the rest of the workspace is still being read.
   */
  readonly early?: boolean
  readonly docs: { readonly what: string; readonly why: string; readonly fix: string }
  check(subject: Subject): Iterable<Evidence<Data>>
  fix?(evidence: Evidence<Data> & { readonly data: Data }, context: FixContext): Fix | readonly Fix[] | undefined
  readonly instead?: Instead<Subject> | readonly Instead<Subject>[]
  readonly examples: readonly Example[]
}

/** A rule whose subject and data the house does not know: what registries hold. */
export type AnyRule = Rule<never, never>
