// Quality gates as they cross the line: what must be tested of a store, and how that stands.

/** Each gate, with what it says when it is passed. In the order in which they are shown. */
export const gateTitles = {
  migrations: 'Migrations tested',
  conflicts: 'Conflicts tested',
  offline: 'Offline verified',
  integrity: 'Data integrity on sync verified',
} as const

export type GateName = keyof typeof gateTitles

/**
 * How a gate stands. `missing`: no test is marked for it. `not run`: no result tells of its tests, or all were skipped.
 * `outdated`: a test, the schema or the generated
 * layer has changed since. The last two are for gates that do not concern the store.
 */
export type GateState =
  | 'passed'
  | 'failed'
  | 'outdated'
  | 'not run'
  | 'missing'
  | 'does not sync'
  | 'nothing to migrate'

/** One gate of a store. `file` is relative to the folder that was looked at, with forward slashes. */
export interface Gate {
  readonly gate: GateName
  readonly state: GateState
  readonly tests: readonly { readonly file: string }[]
  /** Why it is not passed, in a sentence. */
  readonly message?: string
}

/** The gates of one store. */
export interface StoreGates {
  readonly engine: string
  readonly name: string
  readonly version: number | null
  /** Where its schema is. */
  readonly file: string
  readonly gates: readonly Gate[]
}

/** The report itself; what people read is a view of it. */
export interface GatesReport {
  readonly version: 1
  readonly stores: readonly StoreGates[]
}

/** True for a gate that concerns its store. */
export const isRequired = ({ state }: Gate): boolean => state !== 'does not sync' && state !== 'nothing to migrate'
