// What is known about the real apps (scripts/real-apps.json), and how findings compare with it.
import { z } from 'zod'

const place = z.strictObject({ rule: z.string(), file: z.string(), line: z.int().positive() })

const app = z.strictObject({
  /** `owner/name` on GitHub. */
  repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  engines: z.array(z.string()),
  /** What must have been read of each store, so that silence is not blindness. */
  stores: z.array(
    z.strictObject({ engine: z.string(), version: z.int(), tables: z.int(), columns: z.int(), steps: z.int() }),
  ),
  /** Defects that a person found by reading; the analyzer must report each. */
  known: z.array(place.extend({ severity: z.enum(['error', 'warning', 'info']), note: z.string() })),
  /** Further things a person noted that no rule is meant to report, each with the reason. */
  outOfScope: z.array(
    z.strictObject({ name: z.string(), file: z.string(), line: z.int().positive(), reason: z.string() }),
  ),
  /** Commits that changed a schema, and which rules must fire when their parent is what users have. */
  history: z.array(
    z.strictObject({
      commit: z.string(),
      /** Whether the parent counts as a release or only as a commit that nobody has yet. */
      parent: z.enum(['release', 'commit']).default('release'),
      expects: z.array(z.string()),
      note: z.string(),
    }),
  ),
  /** Every other finding, judged by reading the code. */
  read: z.array(place.extend({ verdict: z.enum(['true', 'false']), note: z.string() })),
})

/** The form of scripts/real-apps.json. */
export const bookSchema = z.strictObject({ apps: z.array(app) })

export type RealApp = z.infer<typeof app>
export type StoreSize = RealApp['stores'][number]
export type Known = RealApp['known'][number]
export type Read = RealApp['read'][number]
export type Past = RealApp['history'][number]

/** A finding of the analyzer with 1-based lines and paths relative to the app. */
export interface AppFinding {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly file: string
  readonly line: number
  readonly related: readonly { readonly file: string; readonly line: number }[]
}

/** The findings of an app beside what is known about it. */
export interface Comparison {
  readonly found: readonly Known[]
  readonly missed: readonly Known[]
  /** Findings that are not in `known`, each with its verdict; undefined where nobody has read it yet. */
  readonly further: readonly { readonly finding: AppFinding; readonly read: Read | undefined }[]
  /** Verdicts on findings that are no longer reported. */
  readonly gone: readonly Read[]
}

/** Compares findings with the book. A known defect is found when its rule reports within a few lines, or points there. */
export function compare(app: RealApp, findings: readonly AppFinding[]): Comparison {
  const meets = (known: Known, finding: AppFinding): boolean =>
    known.rule === finding.rule && [finding, ...finding.related].some(at => isNear(known, at))
  const found = app.known.filter(known => findings.some(finding => meets(known, finding)))
  const isRead = (read: Read, finding: AppFinding): boolean =>
    read.rule === finding.rule && read.file === finding.file && read.line === finding.line
  return {
    found,
    missed: app.known.filter(known => !found.includes(known)),
    further: findings
      .filter(finding => !app.known.some(known => meets(known, finding)))
      .map(finding => ({ finding, read: app.read.find(read => isRead(read, finding)) })),
    gone: app.read.filter(read => !findings.some(finding => isRead(read, finding))),
  }
}

/** A person notes the line of a column, a rule may report its table's: both are in the same few lines. */
const nearness = 4

function isNear(known: Known, at: { readonly file: string; readonly line: number }): boolean {
  return known.file === at.file && Math.abs(known.line - at.line) <= nearness
}
