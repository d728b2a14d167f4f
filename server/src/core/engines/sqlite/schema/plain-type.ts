// The type of a column as other systems know it, by what its declaration says.
import type { Field, PlainType } from '../../../catalog/catalog.ts'

/**
 * SQLite keeps whatever it is given, so this is what the author meant: `BOOLEAN` is one, though it is kept as 0 or 1. An
 * integer with a name like `created_at` is a point in time.
 */
export function plainTypeOf(field: Field): PlainType {
  const declared = field.type?.text.toUpperCase() ?? ''
  if (/BOOL/.test(declared)) return 'boolean'
  if (/DATE|TIME/.test(declared)) return 'date'
  if (/JSON/.test(declared)) return 'json'
  // The order of SQLite's own rules for affinity.
  if (/INT/.test(declared)) return isMoment(field.name.text) ? 'milliseconds' : 'integer'
  if (/CHAR|CLOB|TEXT|UUID/.test(declared)) return isId(field) ? 'id' : 'text'
  if (/BLOB/.test(declared)) return 'bytes'
  return /REAL|FLOA|DOUB|NUM|DEC/.test(declared) ? 'number' : 'unknown'
}

const isMoment = (name: string): boolean => /(?:_at|_time|[a-z]At|timestamp)$/.test(name)

const isId = (field: Field): boolean => field.isPrimary === true || /(?:^|_)id$|[a-z]Id$|uuid$/.test(field.name.text)
