// What an analyzer finds while its files are still being read: nothing at first, then what is certain already, then all.
import type { Analyzer } from '../core/analyze.ts'
import type { AnyRule } from '../core/rules/rule.ts'

/** How far the reading has come: `first` when the open documents and what they lean on have been read. */
export type Stage = 'none' | 'first' | 'all'

/** An analyzer whose findings are held back until they are certain, so that none is shown that goes away again by itself. */
export interface Gradual {
  readonly analyzer: Analyzer
  reach(stage: Stage): void
  /** True when all has been read. */
  isWhole(): boolean
  /** Files whose findings, as far as they are shown, may have changed since the last call. */
  takeChanged(): ReadonlySet<string>
}

/** Holds back findings of `analyzer`: while files are missing only rules that are `early` are heard. */
export function gradually(analyzer: Analyzer, rules: readonly AnyRule[]): Gradual {
  const early = new Set(rules.filter(rule => rule.early).map(rule => rule.id))
  let stage: Stage = 'none'
  let shown: Iterable<string> = []

  const gradual: Analyzer = {
    ...analyzer,
    findings(file) {
      if (stage === 'none') return []
      const all = analyzer.findings(file)
      return stage === 'all' ? all : all.filter(finding => early.has(finding.rule))
    },
    foreignFindings: file => (stage === 'all' ? analyzer.foreignFindings(file) : []),
    filesWithFindings() {
      const files = analyzer.filesWithFindings()
      return stage === 'all' ? files : files.filter(file => gradual.findings(file).length > 0)
    },
  }
  return {
    analyzer: gradual,
    reach(next) {
      if (stage === 'all') return
      stage = next
      shown = gradual.filesWithFindings()
    },
    isWhole: () => stage === 'all',
    takeChanged() {
      const changed = new Set([...shown, ...analyzer.takeChanged()])
      shown = []
      return changed
    },
  }
}
