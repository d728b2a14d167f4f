// What the real library does about a mistake that it notices itself.
import type { ExampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import type { Before, LibraryVersion, NodeEnv } from './types.ts'

/** How the library is brought to complain about the example of a rule, and what it says. */
export interface Expectation {
  /**
   * Where the complaint comes from: importing the app, opening its database, creating a row in each table,
   * using the app as a screen would, or comparing it with its released form (`upgrade`: the differential).
   */
  readonly on: 'load' | 'open' | 'create' | 'exercise' | 'upgrade'
  readonly env: NodeEnv
  readonly message: RegExp
  readonly before?: Before
  /** For `exercise`: whether properties are written too. */
  readonly set?: boolean
  readonly version?: LibraryVersion
  /** An app that makes the mistake, and nothing else wrong. */
  readonly wrong: ExampleApp
  /** The same app without the mistake. */
  readonly right: ExampleApp
  /** For `upgrade`: the app as it was released. */
  readonly released?: ExampleApp
}
