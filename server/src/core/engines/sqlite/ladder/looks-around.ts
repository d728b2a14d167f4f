// Tells steps that do something else on other phones.
import type { SqlCall } from '../types.ts'

/** True for code that asks which tables and columns there are. */
export const looksAround = (calls: readonly SqlCall[]): boolean =>
  calls.some(call => /\btable_x?info\b|\bsqlite_(?:master|schema)\b/i.test(call.sql?.text ?? ''))
