// What Realm code means, once names are followed.
import type { Baseline } from '../../baseline/snapshot.ts'
import type { Entity, Field, Named, Numbered, Store } from '../../catalog/catalog.ts'
import type { Entry, Located, Project, Scope } from '../../catalog/scope.ts'
import type { CallFact, ClassFact, MemberFact } from '../../facts/file-facts.ts'
import type { CallValue, JsxValue, Value } from '../../source/value.ts'
import type { Place } from '../../text/span.ts'
import type { Library } from './imports.ts'

/** Where a class of a schema is written: a JavaScript class, or an object. */
export type ClassSource = { readonly ref: ClassRef } | { readonly spec: Located }

/** Reads classes, each remembered, so that an edit of one reads only that one again. */
export interface ClassReader {
  /** What an element of a schema list leads to; undefined where it cannot be read. */
  sourceOf(element: Located): ClassSource | undefined
  /** The class that is written there; undefined where it cannot be read. */
  ofSource(source: ClassSource): RealmClass | undefined
  /** The schema that a JavaScript class has; undefined where it has none that can be read. */
  ofModel(ref: ClassRef): RealmClass | undefined
  /** The JavaScript class that an element or another expression leads to. */
  refOf(located: Located): ClassRef | undefined
}

/** A class by its file and key. */
export interface ClassRef {
  readonly file: string
  readonly key: string
}

/** Types of values (`schema/types.ts` of realm-js); `counter` is an int with a presentation. */
export type ValueType =
  | 'bool'
  | 'int'
  | 'float'
  | 'double'
  | 'decimal128'
  | 'objectId'
  | 'string'
  | 'data'
  | 'date'
  | 'mixed'
  | 'uuid'

/** What a property is once its declaration is normalised (`schema/normalize.ts`). */
export interface PropertyShape {
  readonly kind: ValueType | 'object' | 'list' | 'set' | 'dictionary' | 'linkingObjects'
  /** For collections: the type of the elements; `object` for objects. */
  readonly element?: ValueType | 'object'
  /** For objects, collections of objects and linkingObjects: the other class, by its schema name. */
  readonly target?: string
  /** For linkingObjects: the property of the other class. */
  readonly origin?: string
  /** True when the value (of a collection: the element) may be null. */
  readonly optional: boolean
  readonly isCounter: boolean
}

/** One property of a class. */
export interface Property extends Field {
  /** The name in JavaScript is `name`; in the file and in queries it may go by this one too (`mapTo`). */
  readonly persisted: Named
  /** How it is declared: `'int?'`, `{type: 'int'}`, or a typed member of a class that the Babel plugin translates. */
  readonly form: 'shorthand' | 'object' | 'member'
  /** Undefined where a part of the declaration could not be read, or is wrong: then nothing that needs it is judged. */
  readonly shape: PropertyShape | undefined
  /** What realm-js says when it normalises this declaration; undefined where it accepts it or where that is not known. */
  readonly fault: PropertyFault | undefined
  /** `true`, `'full-text'`; false where it is not indexed; undefined where that is not known. */
  readonly index: boolean | 'full-text' | undefined
  readonly mapTo: Named | undefined
  /** The default as written. */
  readonly default: Located | undefined
  /** `name: declaration` of `properties`; undefined for class members. */
  readonly entry: Entry | undefined
  /** The declaration, followed: a string, an object, something unknown. */
  readonly declared: Located | undefined
  /** The keys of the object form as written. */
  readonly entries: ReadonlyMap<string, Entry>
  /** True when a key of the object form could not be read. */
  readonly unclear: boolean
  /** The member of the class: for form `member` the declaration itself, else a field of the same name, if there is one. */
  readonly member: Member | undefined
}

/** Why realm-js refuses a declaration. `at` is the tightest place, `kind` tells rules apart. */
export interface PropertyFault {
  readonly kind: 'type' | 'shorthand-in-object' | 'schema' | 'primary-key' | 'backlink'
  readonly at: Place
  /** What it throws, without the wrapper. */
  readonly message: string
  /** The declaration that was most likely meant, as a shorthand (`int?[]`), where there is one. */
  readonly meant?: string
}

/** A field of a class that stands for Realm objects. */
export interface Member {
  readonly fact: MemberFact
  readonly file: string
  readonly nameAt: Place
  readonly at: Place
}

/** One class of a schema (`Realm.ObjectSchema`), whichever form declares it. */
export interface RealmClass extends Entity {
  readonly fields: readonly Property[]
  /** The first property of each JavaScript name. */
  readonly properties: ReadonlyMap<string, Property>
  /** False when its name is not a known text; then `name.text` is ''. */
  readonly isNamed: boolean
  /** The `name` entry as written; undefined where there is none, and for classes that the Babel plugin translates. */
  readonly nameEntry: Entry | undefined
  /**
   * `missing`: a JavaScript class that certainly has no schema, neither of its own nor by the Babel plugin. It has no
   * fields, is not complete, and goes by the name of the class.
   */
  readonly form: 'object' | 'static-schema' | 'assigned-schema' | 'babel' | 'missing'
  readonly primaryKey: Named | undefined
  readonly primaryKeyEntry: Entry | undefined
  readonly embedded: boolean
  readonly asymmetric: boolean
  /** The object literal; undefined for classes that the Babel plugin translates. */
  readonly spec: Located | undefined
  /** The keys of the object as written. */
  readonly entries: ReadonlyMap<string, Entry>
  /** The `properties` object, followed. */
  readonly propertiesValue: Located | undefined
  /** The JavaScript class, where one stands for it. */
  readonly model: ModelClass | undefined
  /** Members that the Babel plugin drops or links wrongly. */
  readonly dropped: readonly DroppedMember[]
}

/** A member of a class that the Babel plugin does not make the property that its author meant. */
export interface DroppedMember {
  readonly member: Member
  readonly why: 'dropped' | 'wrong-link' | 'elided-import'
  /** For `wrong-link`: the class that the plugin links to. */
  readonly link?: string
  /** The type text that was most likely meant: `Realm.List<string>`. */
  readonly meant?: string
}

/** A JavaScript class that stands for Realm objects. */
export interface ModelClass {
  readonly name: string
  readonly file: string
  readonly key: string
  readonly fact: ClassFact
  readonly at: Place
  readonly nameAt: Place
  /** True when the chain of base classes leads to `Realm.Object`; undefined where it could not be followed. */
  readonly extendsRealm: boolean | undefined
  readonly members: readonly Member[]
  /** False when a base class could not be found. */
  readonly chainComplete: boolean
}

/** One opening of a realm: `new Realm`, `Realm.open`, `createRealmContext`, `<RealmProvider>`. */
export interface Opening {
  readonly kind: 'new' | 'open' | 'context' | 'provider' | 'other'
  readonly at: Place
  readonly value: Located<CallValue | JsxValue>
  readonly fact: CallFact
  /** The keys of the configuration, those of a provider over those of its context. */
  readonly entries: ReadonlyMap<string, Entry>
  /** The configuration object itself, followed, where it is an object literal; fixes write into it. */
  readonly config: Located | undefined
  /** False when the configuration has parts that cannot be read. */
  readonly complete: boolean
  /** The resolved path; `null` for the default file, undefined where it is not known. */
  readonly path: Named | null | undefined
  readonly version: Numbered | undefined
  readonly isSync: boolean
}

/** A branch of `onMigration` for phones below a version: `if (oldRealm.schemaVersion < N)`. */
export interface MigrationBranch {
  /** N; undefined where it is not known. */
  readonly toVersion: number | undefined
  /** What runs only in that case. */
  readonly at: Place
}

/** One thing that `onMigration` does to rows. */
export interface MigrationStep {
  readonly kind: 'assign' | 'create' | 'delete-model'
  /** The realm whose rows are written; writing to those of the old one throws. */
  readonly realm: 'old' | 'new'
  readonly className: string
  /** The property that is assigned; `*` where any may be. */
  readonly property: string
  /** The value that is assigned, where there is one. */
  readonly value: Located | undefined
  readonly at: Place
  /** Where the property is named, or for `delete-model` the class; absent where no name stands. */
  readonly nameAt: Place | undefined
  /** The version that the innermost test of the old version around it leads to; undefined where that is not known. */
  readonly toVersion: number | undefined
  /** True when a test of the old version stands around it, here or in a function that calls this one. */
  readonly isGuarded: boolean
  /** The properties of rows that the value is made of. */
  readonly reads: readonly MigrationAccess[]
}

/** A property of a row of one of the two realms. */
export interface MigrationAccess {
  readonly realm: 'old' | 'new'
  readonly className: string
  readonly property: string
  /** The name of the property. */
  readonly at: Place
}

/** A call of a method of one of the two realms, or of `objects(…)` of one. */
export interface MigrationCall {
  readonly realm: 'old' | 'new'
  /** `objects`, `create`, `write`, `deleteModel` … */
  readonly method: string
  /** The first argument, where it names a class. */
  readonly className: Named | undefined
  readonly call: Located<CallValue>
  readonly fact: CallFact
}

/** What `onMigration` does, as far as it can be read. */
export interface MigrationRead {
  /** `onMigration`, or `migration` for realm 10. */
  readonly entry: Entry
  /** The function's id in the facts of `file`. */
  readonly file: string
  readonly fn: number
  readonly oldName: string | undefined
  readonly newName: string | undefined
  readonly branches: readonly MigrationBranch[]
  /** False when it calls what cannot be followed, or writes to what is not known: then anything may be copied. */
  readonly complete: boolean
  /** In the order of the code, function by function. */
  readonly steps: readonly MigrationStep[]
  readonly calls: readonly MigrationCall[]
  /** Properties assigned on rows of newRealm, as `Class.property`; `Class.*` for a class copied as a whole. */
  readonly assigned: ReadonlySet<string>
  /** Classes given to `newRealm.deleteModel`. */
  readonly deleted: ReadonlySet<string>
}

/** One realm file of the app: the openings that share a path. */
export interface RealmStore extends Store {
  /**
   * The highest version that an opening gives; 0, at the configuration, where certainly none gives one. Undefined where
   * it is not known.
   */
  readonly version: Numbered | undefined
  readonly project: Project
  readonly scope: Scope
  readonly library: Library
  readonly openings: readonly Opening[]
  readonly classes: readonly RealmClass[]
  /** The first class of that name. Reading it depends on that class only. */
  class(name: string): RealmClass | undefined
  classNames(): readonly string[]
  /**
   * The lists that openings give as their `schema`, each once, the longest first. Only within one list may no name come
   * twice. Asking for them depends on every class.
   */
  readonly schemaLists: readonly SchemaList[]
  /** What these lists name twice, in the order of the openings and of each list; what the classes say is not asked. */
  readonly listedTwice: readonly ListedTwice[]
  /** The value of the `schema` entry that names most classes, followed: where fixes add a class. */
  readonly schemaValue: Located | undefined
  /** Elements of the schema list that could not be read. */
  readonly unread: readonly Located[]
  readonly isSync: boolean
  readonly inMemory: boolean
  readonly migration: MigrationRead | undefined
  readonly baseline: Baseline | undefined
}

/** A list that an opening gives as its `schema`. */
export interface SchemaList {
  /** The list, followed: an array literal, or the call that makes it. */
  readonly value: Located
  /** Its elements as written, those of lists within it included, with the classes that they stand for. */
  readonly elements: readonly { readonly element: Located; readonly class: RealmClass | undefined }[]
  /** False when it may have more elements, or when one could not be read. */
  readonly complete: boolean
}

/** An element of a schema list that refers to the same as one before it. */
export interface ListedTwice {
  /** The list, followed. */
  readonly list: Located
  readonly element: Located
  readonly before: Located
}

/** A class as its store sees it: what rules about classes are asked about. */
export interface ClassInStore {
  readonly class: RealmClass
  readonly store: RealmStore
  readonly scope: Scope
  readonly library: Library
}

/** An opening as its store sees it. */
export interface OpeningInStore {
  readonly opening: Opening
  readonly store: RealmStore
  readonly scope: Scope
  readonly library: Library
}

/** The code of one file: what rules about queries, writes and sync are asked about. */
export interface CodeOfFile {
  readonly file: string
  readonly scope: Scope
  readonly library: Library
  readonly project: Project
  stores(): readonly RealmStore[]
  /** Reads JavaScript classes: the schema that `useQuery(Task)` means. */
  readonly classes: ClassReader
  /** Calls and JSX elements of the library in this file: `open`, `RealmProvider`, `useQuery`, `App` … */
  sites(): readonly Site[]
}

/** A use of the library. */
export interface Site {
  /** The library's dotted name: `Realm.open`, `createRealmContext`, `useQuery`, `App`. */
  readonly name: string
  readonly value: Located<Value>
  readonly fact: CallFact
}
