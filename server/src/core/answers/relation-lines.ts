// Relations in words.
import type { Catalog, Store } from '../catalog/catalog.ts'
import type { NameMention, Relation } from '../catalog/mention.ts'
import type { Line } from './prose.ts'
import type { Thing } from './thing.ts'

const mostRelations = 6

/** The relations of an entity, or those that a field is the key of, as seen from there: "belongs to users by author_id". */
export function relationLines(catalog: Catalog, store: Store, { entity, field }: Thing): readonly Line[] {
  const all = catalog.relations(store)
  const lines =
    field === undefined
      ? all.flatMap(one => [
          ...(one.from === entity ? [['Belongs to ', ...upwards(one)]] : []),
          ...(one.to === entity ? [[one.fromEnd === 'many' ? 'Has many ' : 'Has one ', ...downwards(one)]] : []),
        ])
      : all
          .filter(one => one.from === entity && one.field === field)
          .map((one): Line => ['Belongs to ', ...upwards(one)])
  const more = lines.length - mostRelations
  return more > 0 ? [...lines.slice(0, mostRelations), [`And ${more} more relations`]] : lines
}

/** Both ends of the relations that `mention`, whose letters are `written`, is a name of. */
export function bothEnds(catalog: Catalog, store: Store, mention: NameMention, written: string): readonly Line[] {
  if (mention.part !== 'relation') return []
  const near = catalog
    .relations(store)
    .filter(one =>
      mention.field === undefined
        ? one.from === mention.entity || one.to === mention.entity
        : one.from === mention.entity && one.field === mention.field,
    )
  const named = near.filter(one => one.names.includes(written))
  return (named.length > 0 ? named : near.length === 1 ? near : []).map(one => [
    { code: one.from },
    one.toEnd === 'many' ? ' has many ' : ' belongs to ',
    ...upwards(one),
    '; ',
    { code: one.to },
    one.fromEnd === 'many' ? ' has many ' : ' has one ',
    ...downwards(one),
  ])
}

/** The end that the key leads to. */
const upwards = ({ to, field }: Relation): Line => [
  { code: to },
  ...(field === undefined ? [] : [' by ', { code: field }]),
]

/** The end that holds the key. */
const downwards = ({ from, field }: Relation): Line => [
  { code: from },
  ...(field === undefined ? [] : [' by ', { code: `${from}.${field}` }]),
]
