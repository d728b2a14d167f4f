// What a person is asked before code is written from nothing, and what comes back.

/** One thing to ask. */
export type Question = TextQuestion | ChoiceQuestion

/** A line of text. */
export interface TextQuestion {
  readonly kind: 'text'
  readonly id: string
  /** What is asked for, as the head of a dialog: `Name of the instance`. */
  readonly title: string
  readonly prompt?: string
  /** What stands there to begin with. */
  readonly value?: string
  /** What the answer must be like, as the source of a regular expression, and what to say where it is not. */
  readonly pattern?: { readonly source: string; readonly problem: string }
}

/** One of a few things, or with `many` any of them. */
export interface ChoiceQuestion {
  readonly kind: 'choice'
  readonly id: string
  readonly title: string
  readonly prompt?: string
  readonly many: boolean
  readonly choices: readonly ScaffoldChoice[]
}

export interface ScaffoldChoice {
  readonly value: string
  readonly label: string
  readonly detail?: string
  /** For `many`: true where it is chosen to begin with. */
  readonly picked?: boolean
}

/** What has been answered, by the ids of the questions; a list for questions with `many`. */
export type Answers = Readonly<Record<string, string | readonly string[]>>

/** Commands of the palette that write code from nothing, each with the id of what it writes. */
export const scaffoldCommands = {
  createMmkvInstance: 'mmkv.createInstance',
  migrateAsyncStorage: 'mmkv.migrateAsyncStorage',
  createKeyModule: 'mmkv.createKeyModule',
  renameKey: 'mmkv.renameKey',
  generateMigrationTest: 'watermelondb.generateMigrationTest',
  generateSyncLayer: 'sync.generateLayer',
  testQueue: 'sync.testQueue',
} as const
