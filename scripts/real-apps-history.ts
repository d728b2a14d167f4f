// Commits that changed a schema: which rules fire when the commit's parent is what users have.
import { type AppAnalysis, analyse } from './real-apps-analysis.ts'
import type { AppFinding, Past, RealApp } from './real-apps-book.ts'
import { layOut, parentOf } from './real-apps-source.ts'

/** One commit after a run. */
export interface PastResult {
  readonly app: RealApp
  readonly past: Past
  /** Rule ids that were expected and did not fire. */
  readonly missing: readonly string[]
  /** Findings that only the comparison with the parent brings, and that were not expected. */
  readonly unexpected: readonly AppFinding[]
  /** Findings that only the comparison with the parent brings. */
  readonly brought: readonly AppFinding[]
  readonly analysis: AppAnalysis
}

/**
 * Analyses the commit with its parent as the baseline and without any. Expected rules must be among all findings; what
 * the baseline adds must be expected.
 */
export async function runPast(sources: string, app: RealApp, past: Past): Promise<PastResult> {
  const asRelease = past.parent === 'release'
  const tree = layOut(sources, app.repo, past.commit, asRelease ? 'commit' : 'parent')
  if (!tree.exact) throw new Error(`${app.repo} has no commit ${past.commit}`)
  const parent = parentOf(tree)
  if (parent === undefined) throw new Error(`${app.repo} ${past.commit} has no parent`)
  const plain = await analyse(tree.folder, 'none')
  const analysis = await analyse(tree.folder, asRelease ? `git:${parent}` : 'git')
  const key = (finding: AppFinding): string =>
    JSON.stringify([finding.rule, finding.file, finding.line, finding.message])
  const before = new Set(plain.findings.map(key))
  const brought = analysis.findings.filter(finding => !before.has(key(finding)))
  return {
    app,
    past,
    missing: past.expects.filter(rule => !analysis.findings.some(finding => finding.rule === rule)),
    unexpected: brought.filter(finding => !past.expects.includes(finding.rule)),
    brought,
    analysis,
  }
}
