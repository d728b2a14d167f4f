// Where a property says what it holds.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Place } from '../../../text/span.ts'
import type { Property } from '../types.ts'

/** The place in the declaration itself, even where a constant stands there: that is where the finding is mended. */
export function typePlace({ form, entry, entries, type, name, shape }: Property): Place {
  if (form === 'member' || !entry) return type?.at ?? name.at
  if (form === 'shorthand') return placeOf(entry.value)
  const naming = shape?.target === undefined ? entries.get('type') : (entries.get('objectType') ?? entries.get('type'))
  return placeOf((naming ?? entry).value)
}
