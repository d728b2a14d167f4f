// Whether two readings of a use say the same, so that nobody looks at it again for nothing.
import type { Located } from '../../../catalog/scope.ts'
import type { KeyUse } from '../types.ts'

/** True for two readings of one use that differ in nothing. */
export const sameUse = (a: KeyUse, b: KeyUse): boolean =>
  a.access === b.access &&
  a.method === b.method &&
  a.mayWrite === b.mayWrite &&
  a.type === b.type &&
  a.key?.text === b.key?.text &&
  a.key?.at.file === b.key?.at.file &&
  a.key?.at.span === b.key?.at.span &&
  a.keyEnds?.start === b.keyEnds?.start &&
  a.keyEnds?.end === b.keyEnds?.end &&
  sameLocated(a.keyArgument, b.keyArgument) &&
  sameLocated(a.value, b.value) &&
  sameLocated(a.call, b.call) &&
  a.fact === b.fact &&
  a.isWrapped === b.isWrapped &&
  a.isTest === b.isTest &&
  a.handsOn?.fn === b.handsOn?.fn &&
  a.handsOn?.key === b.handsOn?.key &&
  a.handsOn?.value === b.handsOn?.value

const sameLocated = (a: Located | undefined, b: Located | undefined): boolean =>
  a?.value === b?.value && a?.file === b?.file
