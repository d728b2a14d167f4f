// What a test of the version asks: for databases below, of or from which version its branch is.
import type { Numbered } from '../../../catalog/catalog.ts'
import type { Scope } from '../../../catalog/scope.ts'
import type { SetFact, TestFact } from '../../../facts/file-facts.ts'
import type { Value } from '../../../source/value.ts'
import { contains, type Span } from '../../../text/span.ts'

/** A test as far as it is understood. */
export interface VersionTest {
  readonly fact: TestFact
  /** The name that is asked. */
  readonly variable: string
  /** `below` n: what runs for versions under n; `equal` n: for version n alone. */
  readonly kind: 'below' | 'equal'
  readonly number: Numbered
  /** True where the number is written in the test itself. */
  readonly isLiteral: boolean
  readonly isCase: boolean
  /** What runs. */
  readonly body: Span
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** Reads a test; undefined where it asks for something else. */
export function readTest(scope: Scope, file: string, fact: TestFact): VersionTest | undefined {
  const found = comparison(scope, file, fact.test)
  if (!found) return undefined
  const { op, number, variable, isLiteral } = found
  const isCase = fact.fallsThrough !== undefined || !contains(fact.test.at, number.at.span)
  const below = (add: number, body: Span | undefined): VersionTest | undefined =>
    body && {
      fact,
      variable,
      kind: 'below',
      number: { ...number, value: number.value + add },
      isLiteral,
      isCase: false,
      body,
    }
  switch (op) {
    case '<':
      return below(0, fact.whenTrue)
    case '<=':
      return below(1, fact.whenTrue)
    case '>=':
      return below(0, fact.whenFalse)
    case '>':
      return below(1, fact.whenFalse)
    case '==':
    case '===':
      return {
        fact,
        variable,
        kind: 'equal',
        number,
        isLiteral,
        isCase: isCase && number.at.file === file,
        body: fact.whenTrue,
      }
    default:
      return undefined
  }
}

interface Comparison {
  readonly op: string
  readonly number: Numbered
  readonly variable: string
  readonly isLiteral: boolean
}

function comparison(scope: Scope, file: string, test: Value): Comparison | undefined {
  if (test.kind !== 'binary') return undefined
  // `version === 0 && !isTest`
  if (test.op === '&&') return comparison(scope, file, test.left) ?? comparison(scope, file, test.right)
  if (test.op === '||') return undefined
  const right = scope.number({ value: test.right, file })
  const name = variableOf(test.left)
  if (right && name !== undefined)
    return { op: test.op, number: right, variable: name, isLiteral: test.right.kind === 'number' }
  const left = scope.number({ value: test.left, file })
  const other = variableOf(test.right)
  return left && other !== undefined
    ? { op: flipped[test.op] ?? test.op, number: left, variable: other, isLiteral: test.left.kind === 'number' }
    : undefined
}

/** The name of what is compared; constants are no variables. */
function variableOf(value: Value): string | undefined {
  if (value.kind === 'binary' && (value.op === '??' || value.op === '||')) return variableOf(value.left)
  if (value.kind === 'name' || value.kind === 'member') return value.name
  return undefined
}

/** What a branch sets the variable to: a number, `up` where it adds to it, `unknown` for anything else; undefined where it does not. */
export function setIn(
  scope: Scope,
  file: string,
  sets: readonly SetFact[],
  { variable, body }: VersionTest,
): Numbered | 'up' | 'unknown' | undefined {
  const last = sets
    .filter(one => one.target.kind === 'name' && one.target.name === variable && contains(body, one.at))
    .at(-1)
  if (!last) return undefined
  if (last.op === '++' || last.op === '+=') return 'up'
  const value = last.value && scope.number({ value: last.value, file })
  if (value) return value
  return last.value?.kind === 'binary' && last.value.op === '+' ? 'up' : 'unknown'
}
