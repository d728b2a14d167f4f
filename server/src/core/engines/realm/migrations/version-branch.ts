// Which version a test of the old version leads to.
import type { Located } from '../../../catalog/scope.ts'
import type { TestFact } from '../../../facts/file-facts.ts'
import type { Value } from '../../../source/value.ts'
import type { Span } from '../../../text/span.ts'
import { readNumber } from '../openings/read-number.ts'
import { type Meanings, type MigrationWorld, meaningOf } from './meaning.ts'

/** What runs for phones below `toVersion`. */
export interface VersionBranch {
  readonly toVersion: number | undefined
  readonly at: Span
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The branch for older phones that a test makes; undefined where it does not ask for the old version. */
export function versionBranch(
  world: MigrationWorld,
  known: Meanings,
  file: string,
  { test, whenTrue, whenFalse }: TestFact,
): VersionBranch | undefined {
  const found = comparison(world, known, { value: test, file })
  if (!found) return undefined
  const { op, number } = found
  const below = (add: number, at: Span | undefined) =>
    at && { toVersion: number === undefined ? undefined : number + add, at }
  if (op === '<') return below(0, whenTrue)
  if (op === '<=' || op === '===' || op === '==') return below(1, whenTrue)
  if (op === '>=') return below(0, whenFalse)
  if (op === '>') return below(1, whenFalse)
  return { toVersion: undefined, at: whenTrue }
}

/** `old.schemaVersion <op> number`, also among others that hold at once. */
function comparison(
  world: MigrationWorld,
  known: Meanings,
  { value, file }: Located,
): { readonly op: string; readonly number: number | undefined } | undefined {
  if (value.kind !== 'binary') return undefined
  const inner = (part: Value) => comparison(world, known, { value: part, file })
  if (value.op === '&&' || value.op === '||') {
    const found = inner(value.left) ?? inner(value.right)
    // One of two conditions may hold by the other.
    return found && value.op === '||' ? { op: '?', number: undefined } : found
  }
  const isVersion = (part: Value) => {
    const meaning = meaningOf(world, known, { value: part, file })
    return meaning?.kind === 'version' && meaning.realm === 'old'
  }
  const number = (part: Value) => readNumber(world.scope, { value: part, file })?.value
  if (isVersion(value.left)) return { op: value.op, number: number(value.right) }
  if (isVersion(value.right)) return { op: flipped[value.op] ?? value.op, number: number(value.left) }
  return undefined
}
