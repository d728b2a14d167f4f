// What code about MMKV means, once names are followed.
import type { Entity, Field, Named, Store } from '../../catalog/catalog.ts'
import type { Entry, Located, Project, Scope } from '../../catalog/scope.ts'
import type { CallFact } from '../../facts/file-facts.ts'
import type { CallValue } from '../../source/value.ts'
import type { Place } from '../../text/span.ts'
import type { Library } from './imports.ts'

/** The types of values that MMKV tells apart when it writes. An object is a text of JSON (`useMMKVObject`). */
export type ValueType = 'string' | 'number' | 'boolean' | 'buffer' | 'object'

/** One opening of a file: `new MMKV(…)`, `createMMKV(…)`, `useMMKV(…)`; for hooks without an instance, the hook itself. */
export interface Opening {
  readonly kind: 'new' | 'create' | 'hook' | 'default-hook'
  readonly at: Place
  readonly value: Located<CallValue>
  readonly fact: CallFact
  /** True where the call is the outermost of its expression, so that `fact.use` and `fact.into` speak of it. */
  readonly isOuter: boolean
  /** The keys of the configuration as written; empty where there is none. */
  readonly entries: ReadonlyMap<string, Entry>
  /** The configuration, followed, where it is an object literal. */
  readonly config: Located | undefined
  /** False when the configuration has parts that cannot be read. */
  readonly complete: boolean
  /** `null` for the default (`mmkv.default`); undefined where it is not known. */
  readonly id: Named | null | undefined
  /** `null` where none is given; undefined where it is not known. */
  readonly path: Named | null | undefined
  /** The value given as the key, as written; `null` where certainly none is given, undefined where that is not known. */
  readonly encryptionKey: Located | null | undefined
  /** True in tests, mocks and stories, which no user runs. */
  readonly isTest: boolean
  /** `.web` where the file is of one platform; undefined for plain files. */
  readonly platform: string | undefined
}

/** One use of a key. */
export interface KeyUse {
  readonly access: 'write' | 'read' | 'remove' | 'contains' | 'hook' | 'listen'
  /** The method or hook as the library calls it: `set`, `getString`, `delete`, `useMMKVNumber`, `importAllFrom`. */
  readonly method: string
  /** True for writes, and for hooks unless it is certain that nobody takes their setter. */
  readonly mayWrite: boolean
  /** For writes: the type of the value; for reads and hooks: the type that is asked for. Undefined where it is not known. */
  readonly type: ValueType | undefined
  /** Undefined where it is not known: then any key may be meant. */
  readonly key: Named | undefined
  /** For a key that is not known: how it begins and ends, as far as that is written (`user-${id}`). */
  readonly keyEnds: { readonly start: string; readonly end: string } | undefined
  /** The key argument. */
  readonly keyArgument: Located | undefined
  /** The value that is written, where there is one. */
  readonly value: Located | undefined
  /** The call of the library's method; for a call through a wrapper, the call of the wrapper. */
  readonly call: Located<CallValue>
  readonly fact: CallFact
  readonly isOuter: boolean
  /** True for a call of a function of the app that only hands its arguments on. */
  readonly isWrapped: boolean
  /**
   * The function whose parameter the key is, where it is handed on as it is: its calls are uses of their own
   * (`isWrapped`). Undefined elsewhere.
   */
  readonly handsOn: HandedOn | undefined
  readonly isTest: boolean
  readonly at: Place
}

/** Which parameters of a function of the app are handed on as the key and as the value. */
export interface HandedOn {
  readonly fn: number
  readonly key: number
  readonly value: number | undefined
}

/** One call of a method of an instance, whatever it does. */
export interface InstanceCall {
  readonly method: string
  /** The name of the method. */
  readonly nameAt: Place
  /** The instance, as written. */
  readonly of: Located
  readonly call: Located<CallValue>
  readonly fact: CallFact
  readonly isOuter: boolean
  readonly isTest: boolean
}

/** One key of an instance: what the whole app does with it. */
export interface Key extends Field {
  readonly uses: readonly KeyUse[]
  /**
   * The one type that all writes have; undefined where they differ, where one is not known, or where nothing writes it.
   * Writes to keys that are not known count as well; hooks count where nothing else writes it. `object` is `string`
   * where some writes are texts.
   */
  readonly written: ValueType | undefined
}

/** The keys of an instance as one entity, named like the instance. */
export interface KeyGroup extends Entity {
  readonly fields: readonly Key[]
}

/** One file of MMKV: the openings that share id and path. Openings whose id is not known are stores of their own. */
export interface MmkvStore extends Store {
  readonly engine: 'mmkv'
  readonly project: Project
  readonly scope: Scope
  readonly library: Library
  readonly id: Named | null | undefined
  readonly openings: readonly Opening[]
  readonly entities: readonly KeyGroup[]
  /** Every use that certainly is of this instance, those with unknown keys too. */
  readonly uses: readonly KeyUse[]
  /**
   * False where the instance is handed to code that cannot be followed (a function of a package, a call with an unknown
   * method): then keys may be written elsewhere, and absence means nothing.
   */
  readonly isClosed: boolean
  /** Calls of `recrypt`, `encrypt` and `decrypt` on it. */
  readonly encryptingCalls: readonly InstanceCall[]
  /** True when every opening gives a key, false when none does and nothing encrypts it later; undefined otherwise. */
  readonly isEncrypted: boolean | undefined
}

/** An opening as its store sees it. */
export interface OpeningInStore {
  readonly opening: Opening
  readonly store: MmkvStore
  readonly scope: Scope
  readonly library: Library
}

/** A key as its store sees it. */
export interface KeyInStore {
  readonly key: Key
  readonly store: MmkvStore
  readonly scope: Scope
}

/** The code of one file. */
export interface CodeOfFile {
  readonly file: string
  readonly scope: Scope
  readonly library: Library
  readonly project: Project
  stores(): readonly MmkvStore[]
  /** The instance that an expression stands for (`storage`, `this.storage`, `useMMKV()`), followed; undefined where that is not known. */
  storeOf(located: Located): MmkvStore | undefined
  /** True when an expression certainly is an instance, whichever. */
  isInstance(located: Located): boolean
  /** Uses of keys in this file, with the store where it is known. */
  uses(): readonly { readonly use: KeyUse; readonly store: MmkvStore | undefined }[]
  /** Calls of methods of what certainly is an instance, with the store where it is known. */
  calls(): readonly { readonly call: InstanceCall; readonly store: MmkvStore | undefined }[]
  /** Openings in this file, also those whose id is not known. */
  openings(): readonly Opening[]
}
