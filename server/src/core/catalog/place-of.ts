// Where a value is written.
import type { Place } from '../text/span.ts'
import type { Located } from './scope.ts'

/** The place of a value. */
export const placeOf = ({ value, file }: Located): Place => ({ file, span: value.at })
