// Every place that names what a caret is on.
import type { Catalog } from '../catalog/catalog.ts'
import type { Place } from '../text/span.ts'
import { namesAt, thingsOf, usesOf } from './names-at.ts'
import { distinctPlaces } from './places.ts'

/** The places, file by file; definitions only with `withDefinition`. Empty where the caret is on no name. */
export function referencesAt(
  catalog: Catalog,
  file: string,
  offset: number,
  withDefinition: boolean,
): readonly Place[] {
  const here = namesAt(catalog, file, offset)
  if (!here) return []
  const uses = usesOf(catalog, thingsOf(here.mentions))
  return distinctPlaces(uses.filter(({ role }) => withDefinition || role !== 'defines').map(({ at }) => at))
}
