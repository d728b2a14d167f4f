// Whether Babel sees a literal as the value of a class member.
import type { MemberFact } from '../../../facts/file-facts.ts'

/** A `)` and a `;` with a blank may stand behind a literal; a cast takes more. */
const longestEnd = 3

/** True for `'a'`, `1`, `true`, `null` as they stand: `-1`, `!0` and `'a' as const` are expressions to Babel. */
export function hasLiteral({ at, initializer }: MemberFact): boolean {
  if (!initializer || isCast({ at, initializer })) return false
  switch (initializer.kind) {
    case 'string':
    case 'template':
    case 'null':
      return true
    case 'number':
      return initializer.value >= 0 && !Object.is(initializer.value, -0)
    case 'boolean':
      return initializer.at.end - initializer.at.start > '!0'.length
    default:
      return false
  }
}

/** True when something like `as const` stands behind the value of a member, or the argument of a decorator. */
export const isCast = ({
  at,
  initializer,
}: Partial<Pick<MemberFact, 'initializer'>> & Pick<MemberFact, 'at'>): boolean =>
  initializer !== undefined && at.end - initializer.at.end > longestEnd
