// What the doors are built from: all engines and rules, handed in by whoever opens a door.
import { type Analyzer, createAnalyzer } from './core/analyze.ts'
import type { Engine } from './core/engines/contract.ts'
import { createStoreReader, type StoreReader } from './core/read-stores.ts'
import type { AnyRule } from './core/rules/rule.ts'
import { defaultSettings, type Settings } from './core/settings.ts'
import type { AnswerNow } from './core/sql/judge.ts'

/** The engines and rules of this program. */
export interface Program {
  /** All engines, with the packages that settings add. */
  readonly enginesFor: (settings: Settings) => readonly Engine[]
  readonly rules: readonly AnyRule[]
}

/** What the doors choose for what they make. */
export interface ProgramOptions {
  /** Further packages to be read as WatermelonDB. */
  readonly forks: readonly string[]
  /** Asks SQLite while somebody waits. */
  readonly answerNow: AnswerNow
}

/** An empty analyzer. `log` is told of rules that throw. */
export const newAnalyzer = (
  program: Program,
  { forks, answerNow }: ProgramOptions,
  log: (message: string) => void,
): Analyzer =>
  createAnalyzer({
    engines: program.enginesFor({ ...defaultSettings, watermelondbPackages: [...forks] }),
    rules: program.rules,
    answerNow,
    onRuleError: (rule, error) =>
      log(`${rule}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  })

/** An empty reader of stores. */
export const newStoreReader = (program: Program, { forks, answerNow }: ProgramOptions): StoreReader =>
  createStoreReader(program.enginesFor({ ...defaultSettings, watermelondbPackages: [...forks] }), answerNow)
