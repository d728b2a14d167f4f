// What is shown beside a name that may be written.
import type { Catalog } from '../catalog/catalog.ts'
import { type Block, type Line, sentence } from './prose.ts'
import { relationLines } from './relation-lines.ts'
import { sourceOf } from './source-of.ts'
import { lookUp, type Thing } from './thing.ts'
import { natureOf } from './words.ts'

/** The definition of a thing and where it stands, its relations, and what becomes of values that do not fit; nothing for what is not there. */
export function documentationOf(catalog: Catalog, thing: Thing): readonly Block[] {
  const { store, entity, field } = lookUp(catalog, thing)
  const found = thing.field === undefined ? entity : field
  if (!store || !entity || !found) return []
  const source = sourceOf(catalog, found.at)
  const name = field ? `${entity.name.text}.${field.name.text}` : entity.name.text
  const nature = field ? natureOf(field) : ''
  const note = field && catalog.valueNote(store, field)
  const about: readonly Line[] = [
    [{ code: name }, ...(nature === '' ? [] : [`: ${nature}`]), ', in ', { place: found.at }],
    ...relationLines(catalog, store, thing),
    ...(note === undefined ? [] : [sentence(note)]),
  ]
  return [...(source ? [source] : []), { lines: about }]
}
