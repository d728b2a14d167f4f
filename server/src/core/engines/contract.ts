// What the house asks of an engine. An engine is one folder; the house never knows which one it talks to.
import type { Answers, Question } from '../../../../shared/scaffolds.ts'
import type { Snapshot } from '../baseline/snapshot.ts'
import type { Catalog, Field, PlainType, Store } from '../catalog/catalog.ts'
import type { Blank, Mention, Relation } from '../catalog/mention.ts'
import type { Project, Scope } from '../catalog/scope.ts'
import type { FieldType, NameRules, Terms } from '../catalog/terms.ts'
import type { FixContext } from '../rules/rule.ts'
import type { PlanQuestion } from '../sql/judge.ts'
import type { Edit } from '../text/edit.ts'

/** A database library that the house can read, check and mend. */
export interface Engine {
  readonly id: string
  readonly title: string
  /** What it calls entities and fields. */
  readonly terms: Terms
  /** The types that a new field of a store may be given, the commonest first. */
  fieldTypes(store: Store): readonly FieldType[]
  readonly names: NameRules
  /** The npm packages it is known by; a setting may add forks. */
  readonly packages: readonly string[]
  /** A quick look at a text: false means that it cannot concern this engine, and the file is never parsed. */
  mentions(text: string): boolean
  /**
   * A quick look at a text: false means that it neither opens a database nor defines what one holds, save as something
   * that such a file refers to. Where an engine does not say, `mentions` counts.
   */
  holdsStore?(text: string): boolean
  /** Begins to watch a scope. Everything it returns is lazy and reactive (see `catalog/scope.ts`). */
  link(scope: Scope): EngineLink
}

/** The living result of linking one engine. */
export interface EngineLink {
  stores(): readonly Store[]
  /**
   * What rules are asked about, in lists that change apart from one another, so that a change costs the length of one
   * list. Lists and subjects keep their identity while what they stand for is unchanged.
   */
  subjectLists(): readonly SubjectList[]
  /** A store as a snapshot; undefined where its version is unknown. */
  snapshot(store: Store): Snapshot | undefined
  readonly generators?: Generators
  /** True when some code stands for this entity (a model class). */
  hasModel?(store: Store, entity: string): boolean
  /**
   * Everything in `file` that names something of this engine's stores, in no order; also names that are expected and not
   * written yet (an empty string) or that do not exist. What cannot be resolved is left out.
   */
  mentions?(file: string): readonly Mention[]
  /** Where `file` has room for a new entry. */
  blanks?(file: string): readonly Blank[]
  /** How the entities of a store belong together. */
  relations?(store: Store): readonly Relation[]
  /** What becomes at run time of a value that does not fit the field, in one sentence. */
  valueNote?(store: Store, field: Field): string | undefined
  /** The type of a field as other systems know it; undefined where the engine cannot tell. */
  plainType?(store: Store, field: Field): PlainType | undefined
  /** What calls for tests of a store; where the engine does not say, its version tells. */
  duties?(store: Store): Duties
  readonly renames?: Renames
  /** The statement of SQL at a place, and the database that it is for. What is made at run time is a parameter in it. */
  query?(file: string, offset: number): PlanQuestion | undefined
  /** Code that this engine writes from nothing. */
  readonly scaffolds?: readonly Scaffold[]
}

/** What calls for tests of a store. */
export interface Duties {
  /** True where phones may hold an older schema of it, which is migrated. */
  readonly isVersioned: boolean
  /** True where code of the app sends its records by the library's own sync. */
  readonly isSynced: boolean
}

/** Code that is written from nothing when a person asks for it by name. */
export interface Scaffold {
  /** `<engine>.<name>`; the command of the palette is `offlineStorage.<name>`. */
  readonly id: string
  /** As the palette says it. */
  readonly title: string
  /** What must be asked next, given what has been answered; undefined when nothing more is needed. */
  ask(answers: Answers, context: ScaffoldContext): Question | undefined
  /**
   * What is known once `answers` are, for the package of the context; undefined where nothing could be written. What leads
   * here from a finding is offered only where it gives something.
   */
  narrow?(answers: Answers, context: ScaffoldContext): Answers | undefined
  /**
   * What is offered where a store is defined, though nothing is wrong with it; undefined where nothing can be written for
   * it. `duties` are those of the store.
   */
  offer?(store: Store, context: ScaffoldContext, duties: Duties): ScaffoldOffer | undefined
  /** The code. Files that exist are edited and never replaced. Asked only when `ask` has nothing more to ask. */
  write(answers: Answers, context: ScaffoldContext): Generated
}

/** A scaffold as an action of the editor, with what is known already. */
export interface ScaffoldOffer {
  readonly title: string
  readonly answers: Answers
}

/** What the writer of new code may ask. */
export interface ScaffoldContext extends FixContext {
  readonly project: Project
  /** The file that the person looks at. */
  readonly file: string | undefined
  readonly catalog: Catalog
  /** What the engine of a store can write. */
  generators(store: Store): Generators
}

/** What must be written, besides the new name itself, to keep the data of a released name. */
export interface Renames {
  /** Edits that add the migration from the released `field` to `to`, or why it cannot be kept. Undefined where none is needed. */
  field?(store: Store, entity: string, field: string, to: string, context: FixContext): Generated | undefined
  entity?(store: Store, entity: string, to: string, context: FixContext): Generated | undefined
  /** Why the entity, or with `field` the field of it, cannot be named `to`; undefined where it can. */
  problem?(store: Store, of: { readonly entity: string; readonly field?: string }, to: string): string | undefined
  /** Why `to` cannot stand without quotes in the text of a query; undefined where it can. */
  wordProblem?(to: string): string | undefined
}

/** Source text that was asked for: what to change, a sentence about it, and the file to show. Or why it cannot be written. */
export type Generated =
  | {
      readonly edits: readonly Edit[]
      readonly message: string
      readonly show?: string
      /** True where the edits are to be shown before they are made, in editors that can do that. */
      readonly preview?: boolean
    }
  | { readonly problem: string }

/** A field to be added, as the person describes it. `type` is the engine's own word. */
export interface FieldWish {
  readonly name: string
  readonly type: string
  readonly optional: boolean
  readonly indexed: boolean
}

/** What an engine can write when asked by name. What it cannot, it leaves out. */
export interface Generators {
  /** The migration that gives devices what the schema has and they lack. */
  createMigration?(store: Store, context: FixContext): Generated
  /** The code that stands for an entity. */
  createModel?(store: Store, entity: string, context: FixContext): Generated
  /** A new entity, with its migration. */
  createEntity?(store: Store, entity: string, context: FixContext): Generated
  /** A new field, with its migration. */
  addField?(store: Store, entity: string, field: FieldWish, context: FixContext): Generated
  /** A test that runs the migrations of a store over rows of its releases. Files that exist are left as they are. */
  createMigrationTest?(store: Store, context: ScaffoldContext): Generated
  /** Makes what generated code brings along a part of the store. All of it or, with the reason, nothing; no edits where it is. */
  takeIn?(store: Store, brought: Brought, context: FixContext): TakenIn
}

/** As `Generated`; `version` is that of the store's schema where the edits raise it. */
export type TakenIn =
  | { readonly edits: readonly Edit[]; readonly message: string; readonly version?: number }
  | { readonly problem: string }

/** Entities and fields that generated code brings along: exports of a file that is made in the same change. */
export interface Brought {
  readonly file: string
  /** The export with a list of entities, and their names. */
  readonly list: { readonly export: string; readonly entities: readonly string[] }
  /** The export with fields that some of the store's own entities are to have. */
  readonly fields: { readonly export: string; readonly of: readonly string[]; readonly wishes: readonly FieldWish[] }
  /** What the entities hold and the class that stands for each, for engines that write both out. */
  readonly written?: readonly {
    readonly entity: string
    readonly model: string
    readonly fields: readonly FieldWish[]
  }[]
}

/** Subjects of one kind; reading it depends on what is in it. */
export type SubjectList = () => readonly Subject[]

/** Something that rules of a kind are asked about; `of` is what `Rule.check` is given. */
export interface Subject {
  readonly kind: string
  readonly of: object
  /** True for wide subjects, of which there are few: each rule is watched by itself, so that one rule's reading wakes no other. */
  readonly isWide?: boolean
  /** False once what it stands for is gone; it is not asked about then. */
  isAlive?(): boolean
}
