// What the functions of `Q` do not take.
import type { ValueKind } from './kind-of-value.ts'

const comparisons = new Set(['eq', 'notEq', 'gt', 'gte', 'weakGt', 'lt', 'lte'])
const texts = new Set(['like', 'notLike', 'includes', 'sanitizeLikeString'])
const counts = new Set(['take', 'skip', 'between'])

/**
 * What is wrong with the argument at `index` of the function `name` of `Q` (`src/QueryDescription/operators.js`), as the end
 * of a sentence that begins with "This argument …"; undefined where nothing is. `text` is its text, where that is known.
 */
export function argumentProblem(
  name: string,
  index: number,
  kind: ValueKind,
  text: string | undefined,
): string | undefined {
  const isCompared =
    (name === 'where' && index === 1) || (name === 'on' && index === 2) || (comparisons.has(name) && index === 0)
  if (isCompared) {
    if (kind === 'undefined') return 'is undefined, with which nothing can be compared. Did you mean null?'
    if (kind === 'Date') return 'is a Date, but columns hold numbers. Compare with its getTime().'
    if (kind === 'array') return 'is a list. Compare with Q.oneOf.'
    return kind === 'object' ? 'is an object, which no column holds.' : undefined
  }
  if ((name === 'oneOf' || name === 'notIn') && index === 0) return kind === 'array' ? undefined : 'must be a list.'
  if (texts.has(name) && index === 0) return kind === 'string' ? undefined : 'must be a text.'
  if (counts.has(name)) return kind === 'number' ? undefined : 'must be a number.'
  if (name === 'sortBy' && index === 1 && kind !== 'undefined') {
    const isOrder = kind === 'string' && (text === undefined || text === 'asc' || text === 'desc')
    return isOrder ? undefined : 'must be Q.asc or Q.desc.'
  }
  return undefined
}
