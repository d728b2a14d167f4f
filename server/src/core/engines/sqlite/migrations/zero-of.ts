// The value that rows get in a column that may not be empty.
import { affinityOf } from '../schema/differences.ts'

/** The zero of a declared type, as SQL: `''`, `0` or `x''`. */
export function zeroOf(type: string): string {
  const affinity = affinityOf(type)
  if (affinity === 'text') return "''"
  return affinity === 'blob' && type !== '' ? "x''" : '0'
}
