// What WatermelonDB code means, once names are followed.

import type { Baseline } from '../../baseline/snapshot.ts'
import type { Entity, Field, Named, Numbered, Store } from '../../catalog/catalog.ts'
import type { Entry, Located, Project, Scope } from '../../catalog/scope.ts'
import type { ClassFact, MemberFact } from '../../facts/file-facts.ts'
import type { CallValue } from '../../source/value.ts'
import type { Place } from '../../text/span.ts'
import type { Library } from './imports.ts'
import type { Site } from './sites.ts'

/** A class by its file and key. */
export interface ClassRef {
  readonly file: string
  readonly key: string
}

/** Models, remembered by class. */
export interface ModelReader {
  /** The model; undefined when the class is no model (any more). Reading it depends on that class and its bases only. */
  model(ref: ClassRef): Model | undefined
  /** True when the class leads to the library's `Model`, or bears the library's decorators. */
  isModel(ref: ClassRef): boolean
  /** The model's table as a text, so that an edit elsewhere in the class wakes nobody. */
  tableText(ref: ClassRef): string | undefined
}

/** One column of a `tableSchema`, `createTable` or `addColumns`. */
export interface Column extends Field {
  /** True when a key of it could not be read (an unknown value, a spread): then nothing is compared. */
  readonly unclear: boolean
  /** The keys as written: `name`, `type`, `isOptional`, `isIndexed`, and whatever else is there. */
  readonly entries: ReadonlyMap<string, Entry>
  /** Keys that the library does not know. */
  readonly otherKeys: readonly string[]
}

/** A table: an element of `appSchema({tables})`, or the argument of `createTable`. */
export interface Table extends Entity {
  readonly fields: readonly Column[]
  /** The first column of each name. */
  readonly columns: ReadonlyMap<string, Column>
  /** False when its name is not a known text; then `name.text` is ''. */
  readonly isNamed: boolean
  readonly nameEntry: Entry | undefined
  /** Columns whose name is not a known text; `isEmptyKnown` when there certainly is no `name` key. */
  readonly nameless: readonly { readonly at: Place; readonly name: Entry | undefined; readonly isEmptyKnown: boolean }[]
  /** The object literal `{name, columns}`. */
  readonly spec: Located
  /** The array literal of the columns, where it is one, or what stands for it. */
  readonly columnsValue: Located | undefined
  /** True when `unsafeSql` may change what is created. */
  readonly unsafeSql: boolean
}

/** An `appSchema(...)` call. */
export interface Schema {
  readonly call: Located<CallValue>
  readonly at: Place
  readonly version: Numbered | undefined
  /** The `version` entry as written. */
  readonly versionEntry: Entry | undefined
  readonly tables: readonly Table[]
  /** Elements of `tables` that could not be read, with what is known of the reference. */
  readonly unread: readonly Located[]
  readonly complete: boolean
  /** The value of the `tables` entry. */
  readonly tablesValue: Located | undefined
  readonly unsafeSql: boolean
}

/** One step of a migration. `sql` has `text` only where the SQL is static. */
export type Step =
  | {
      readonly kind: 'create'
      readonly table: Table
      readonly at: Place
      readonly call: Located<CallValue> | undefined
    }
  | {
      readonly kind: 'add'
      readonly table: Named | undefined
      readonly columns: readonly Column[]
      readonly complete: boolean
      readonly columnsValue: Located | undefined
      readonly spec: Located | undefined
      readonly nameless: Table['nameless']
      readonly hasTable: boolean
      readonly unsafeSql: boolean
      readonly at: Place
      readonly call: Located<CallValue> | undefined
    }
  | {
      readonly kind: 'sql'
      readonly sql: Named | undefined
      /** Where the SQL is not static: what is known of it (see `sql-outline.ts`). */
      readonly outline?: string
      /** What the SQL is written as. */
      readonly argument?: Located
      readonly isRaw: boolean
      readonly at: Place
    }
  | { readonly kind: 'unknown'; readonly at: Place; readonly located: Located; readonly rawType?: Named }

/** One entry of `schemaMigrations({migrations})`. */
export interface Migration {
  readonly toVersion: number | undefined
  readonly to: Numbered | undefined
  readonly toEntry: Entry | undefined
  readonly steps: readonly Step[]
  readonly stepsEntry: Entry | undefined
  /** False when some step could not be read: then the migration may do anything. */
  readonly complete: boolean
  readonly at: Place
  readonly located: Located
  /** False when the entry is no object that can be read. */
  readonly isObject: boolean
}

/** A `schemaMigrations(...)` call, or the plain object that was given in its place. */
export interface Migrations {
  readonly at: Place
  readonly list: readonly Migration[]
  readonly complete: boolean
  /** The array literal of the entries, where it is one. */
  readonly listValue: Located | undefined
  /** False when a plain object stands where the call should be. */
  readonly isCall: boolean
}

/** `new SQLiteAdapter({...})` or `new LokiJSAdapter({...})`. */
export interface Adapter {
  readonly kind: 'sqlite' | 'loki'
  readonly at: Place
  readonly call: Located<CallValue>
  readonly options: Located | undefined
  readonly entries: ReadonlyMap<string, Entry>
  /** False when the options have parts that cannot be read. */
  readonly complete: boolean
}

/** `new Database({...})`. */
export interface DatabaseSite {
  readonly at: Place
  readonly call: Located<CallValue>
  readonly entries: ReadonlyMap<string, Entry>
  readonly complete: boolean
}

/** One WatermelonDB database of the app: a schema with the adapters and databases that open it. */
export interface WatermelonStore extends Store {
  readonly project: Project
  readonly scope: Scope
  readonly library: Library
  /** Asking for it depends on every table; ask for `table(name)`, `complete`, `unsafeSql` or `version` where that is enough. */
  readonly schema: Schema | undefined
  /** `unread` of the schema, for whoever looks at nothing else of it. */
  readonly unreadTables: Schema['unread']
  /** True when `unsafeSql` of the schema may change what is created. */
  readonly unsafeSql: boolean
  readonly adapters: readonly Adapter[]
  readonly databases: readonly DatabaseSite[]
  /** The migrations that every adapter of this store shares; undefined where none are given or they cannot be read. */
  readonly migrationsRead: Migrations | undefined
  /** The first table of that name; undefined where there is none. Reading it depends on that table only. */
  table(name: string): Table | undefined
  tableNames(): readonly string[]
  /** What migrations do to a table, in the order of their versions. */
  history(table: string): TableHistory
  /** Models that stand for this store's tables: registered ones, and where registration cannot be read, all that fit. */
  readonly models: readonly Model[]
  modelsOf(table: string): readonly Model[]
  /** True when `modelClasses` of every database could be resolved completely. */
  readonly registrationComplete: boolean
  isRegistered(model: Model): boolean
  /** The classes listed in `modelClasses` of each database, in order, those that could be followed. */
  readonly registrations: readonly Registration[]
  /** The `modelClasses` array literals, for fixes. */
  readonly modelClassesValues: readonly Located[]
  readonly baseline: Baseline | undefined
}

/** One class in `modelClasses`. */
export interface Registration {
  readonly database: DatabaseSite
  /** The element of the list. */
  readonly item: Located
  /** The class. */
  readonly file: string
  readonly key: string
  readonly table: string | undefined
}

/** What migrations say about one table. */
export interface TableHistory {
  /** The `create` steps with their versions. */
  readonly created: readonly { readonly step: Step & { kind: 'create' }; readonly version: number | undefined }[]
  /** Added columns with their versions. */
  readonly added: readonly {
    readonly column: Column
    readonly step: Step & { kind: 'add' }
    readonly version: number | undefined
  }[]
  /** Static SQL that names this table (or, by an index name, its columns). */
  readonly sql: readonly { readonly text: string; readonly at: Place; readonly version: number | undefined }[]
  /** False when some step of the chain could not be read, so that absence means nothing. */
  readonly complete: boolean
}

/** A model class. Inherited members count as its own. */
export interface Model {
  readonly name: string
  /** The class's key in its file's facts. */
  readonly key: string
  readonly file: string
  readonly fact: ClassFact
  readonly project: Project
  readonly at: Place
  readonly nameAt: Place
  /** `static table`, own or inherited; undefined where there is none or it is not known. */
  readonly table: Named | undefined
  /** The `static table` member. */
  readonly tableAt: Place | undefined
  /** True when no class of the chain declares `static table` and the whole chain could be read. */
  readonly lacksTable: boolean
  /** Its own members first, then those of its base classes. */
  readonly members: readonly ModelMember[]
  readonly associations: readonly Association[]
  /** False when `static associations` has parts that cannot be read, or a base class could not be found. */
  readonly associationsComplete: boolean
  /** The `associations` entry of this class or of a base class. */
  readonly associationsAt: Place | undefined
  readonly associationsValue: Located | undefined
  /** False when a base class could not be found: it may have more members. */
  readonly chainComplete: boolean
}

/** A member of a model and what its decorators make of it. */
export interface ModelMember {
  readonly fact: MemberFact
  readonly name: string
  readonly file: string
  /** The class it is written in. */
  readonly owner: string
  readonly at: Place
  readonly nameAt: Place
  readonly decorators: readonly Decorator[]
  /** The decorator that binds it to a column, a relation or children. */
  readonly binding: Decorator | undefined
  /** For field decorators: the column; for relations: the key column. */
  readonly column: Named | undefined
  /** For relations and children: the other table. */
  readonly target: Named | undefined
}

/** The decorators of the library. */
export type DecoratorName =
  | 'field'
  | 'text'
  | 'date'
  | 'json'
  | 'relation'
  | 'immutableRelation'
  | 'children'
  | 'readonly'
  | 'nochange'
  | 'lazy'
  | 'action'
  | 'writer'
  | 'reader'

/** A decorator of the library on a member; other decorators have `name` undefined. */
export interface Decorator {
  readonly name: DecoratorName | undefined
  readonly args: readonly Located[] | undefined
  readonly at: Place
  /** The module it was imported from. */
  readonly from: string | undefined
}

/** One entry of `static associations`. */
export interface Association {
  readonly table: string
  readonly keyAt: Place
  readonly at: Place
  readonly type: Named | undefined
  /** `key` of belongs_to, `foreignKey` of has_many. */
  readonly key: Named | undefined
  readonly typeEntry: Entry | undefined
  readonly keyEntry: Entry | undefined
}

/** A model as one store sees it: what rules about models are asked about. `model` is always the present one. */
export interface ModelInStore {
  readonly model: Model
  readonly store: WatermelonStore
  readonly scope: Scope
  readonly library: Library
}

/** A table as its store sees it: what rules about tables are asked about. */
export interface TableInStore {
  readonly table: Table
  readonly store: WatermelonStore
  readonly scope: Scope
  readonly library: Library
}

/** All tables of a store at once: for the few rules that compare tables with one another. */
export interface SchemaInStore {
  readonly tablesOf: WatermelonStore
  readonly scope: Scope
  readonly library: Library
}

/** The code of one file: what rules about queries, writers and sync are asked about. */
export interface CodeOfFile {
  readonly file: string
  readonly scope: Scope
  readonly library: Library
  /** Calls of the library in this file. */
  sites(): readonly Site[]
  stores(): readonly WatermelonStore[]
  readonly models: ModelReader
  /** The code of the files that call `synchronize()`. */
  syncing(): readonly CodeOfFile[]
}
