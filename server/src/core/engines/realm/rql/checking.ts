// What the parts of the checker share: the world, the place in the query, and what they have to say.
import type { Span } from '../../../text/span.ts'
import type { RqlMend, RqlProblem, RqlProblemKind } from './problem.ts'
import type { RqlArguments, RqlWorld } from './world.ts'

/** A name in a query, and what it means. */
export interface RqlMention {
  readonly at: Span
  readonly className: string
  /** The property as JavaScript calls it; without it the class itself is named. */
  readonly property?: string
  /** True when the query uses the persisted name. */
  readonly byPersistedName?: boolean
}

export interface Checking {
  readonly text: string
  readonly world: RqlWorld
  readonly given: RqlArguments
  /** The class whose objects the condition is about: that of the element within a SUBQUERY. */
  readonly className: string
  /** The variables of the SUBQUERYs around, with the classes of their elements. */
  readonly variables: readonly { readonly name: string; readonly className: string }[]
  readonly mentions: RqlMention[]
  readonly problems: RqlProblem[]
  readonly pitfalls: RqlProblem[]
}

/** Which versions of realm-core reject something. */
export interface Rejects {
  readonly core13: boolean
  readonly core14: boolean
}

/** True when the core that runs the query rejects; where that is not known, when both do. */
export function rejected({ world }: Checking, { core13, core14 }: Rejects): boolean {
  if (world.core === 13) return core13
  return world.core === 14 ? core14 : core13 && core14
}

/** Reports what Realm rejects. Gives back undefined, which is an operand that nothing is known of. */
export function reject(
  { problems }: Checking,
  kind: RqlProblemKind,
  at: Span,
  message: string,
  mend?: RqlMend,
): undefined {
  const isKnown = problems.some(problem => problem.at.start === at.start && problem.message === message)
  if (!isKnown) problems.push({ kind, at, message, ...(mend ? { mend } : {}) })
}

/** Reports what Realm accepts although it can not be meant. `argument` is the one it is about. */
export function warn({ pitfalls }: Checking, at: Span, message: string, mend?: RqlMend, argument?: number): void {
  const isKnown = pitfalls.some(problem => problem.at.start === at.start && problem.message === message)
  const more = { ...(mend ? { mend } : {}), ...(argument === undefined ? {} : { argument }) }
  if (!isKnown) pitfalls.push({ kind: 'pitfall', at, message, ...more })
}

/** The text of a part of the query. */
export const written = ({ text }: Checking, { start, end }: Span): string => text.slice(start, end)
