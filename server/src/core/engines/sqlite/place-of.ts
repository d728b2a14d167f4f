// Where a value stands.
import type { Located } from '../../catalog/scope.ts'
import type { Place } from '../../text/span.ts'

/** The place of a value. */
export const placeOf = ({ value, file }: Located): Place => ({ file, span: value.at })
