// What the doors are built from: all engines and rules, handed in by whoever opens a door.
import { type Analyzer, createAnalyzer } from './core/analyze.ts'
import type { Engine } from './core/engines/contract.ts'
import { createStoreReader, type StoreReader } from './core/read-stores.ts'
import type { AnyRule } from './core/rules/rule.ts'
import { defaultSettings, type Settings } from './core/settings.ts'

/** The engines and rules of this program. */
export interface Program {
  /** All engines, with the packages that settings add. */
  readonly enginesFor: (settings: Settings) => readonly Engine[]
  readonly rules: readonly AnyRule[]
}

/** An empty analyzer that reads `forks` as further packages. `log` is told of rules that throw. */
export const newAnalyzer = (program: Program, forks: readonly string[], log: (message: string) => void): Analyzer =>
  createAnalyzer({
    engines: program.enginesFor({ ...defaultSettings, watermelondbPackages: [...forks] }),
    rules: program.rules,
    onRuleError: (rule, error) =>
      log(`${rule}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  })

/** An empty reader of stores that reads `forks` as further packages. */
export const newStoreReader = (program: Program, forks: readonly string[]): StoreReader =>
  createStoreReader(program.enginesFor({ ...defaultSettings, watermelondbPackages: [...forks] }))
