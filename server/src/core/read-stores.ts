// Reads stores and nothing else: no rule is asked, and only the files are wanted that say what a store holds.
import type { Snapshot } from './baseline/snapshot.ts'
import { createFactsStore } from './catalog/file-signals.ts'
import { createScope, type Workspace } from './catalog/scope.ts'
import type { Engine } from './engines/contract.ts'
import type { FileFacts } from './facts/file-facts.ts'
import { readFacts } from './facts/read-facts.ts'
import type { AnswerNow } from './sql/judge.ts'
import { createQuestions } from './sql/questions.ts'

/** A workspace of which only the stores are of interest, such as one of the past. Much cheaper than an analyzer. */
export interface StoreReader {
  /** True for a text that may open a database or define what one holds; other files are given when `wanted` names them. */
  holdsStore(text: string): boolean
  setWorkspace(workspace: Workspace): void
  /** Gives the text of a file. Never throws, whatever the text. */
  set(file: string, text: string): void
  /** Gives facts of the same text that were read elsewhere. They are looked at only, and may move on with later edits. */
  restore(file: string, facts: FileFacts): void
  has(file: string): boolean
  /** Files that the stores refer to and that have not been given. They need not exist. */
  wanted(): ReadonlySet<string>
  /** The stores whose version is known. */
  snapshots(): readonly Snapshot[]
}

/** True for a text that may open a database of one of `engines`, or define what one holds. */
export const holdsStore = (engines: readonly Engine[], text: string): boolean =>
  engines.some(engine => engine.holdsStore?.(text) ?? engine.mentions(text))

/** A reader that knows no file yet. Without `answerNow`, what only SQLite can tell of a store stays unknown. */
export function createStoreReader(engines: readonly Engine[], answerNow?: AnswerNow): StoreReader {
  const facts = createFactsStore()
  const packages = engines.flatMap(engine => engine.packages)
  const questions = createQuestions(answerNow)
  const scope = createScope(
    facts,
    specifier => packages.some(p => specifier === p || specifier.startsWith(`${p}/`)),
    questions,
  )
  const links = engines.map(engine => engine.link(scope))
  const put = (file: string, next: FileFacts) => {
    facts.put(file, next)
    facts.publish()
  }
  const snapshots = () =>
    questions.settled(() => links.flatMap(link => link.stores().flatMap(store => link.snapshot(store) ?? [])))
  return {
    holdsStore: text => holdsStore(engines, text),
    setWorkspace: workspace => facts.setWorkspace(workspace),
    set: (file, text) => put(file, readFacts(file, text)),
    restore: put,
    has: file => facts.facts(file) !== undefined,
    wanted() {
      // What is wanted shows only when somebody looks.
      snapshots()
      return facts.wanted()
    },
    snapshots,
  }
}
