// What may be written into `static associations`.
import type { Offer } from '../../../catalog/mention.ts'
import { sameSpan } from '../../../text/span.ts'
import { plain } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'
import { type AssociationSpec, writeAssociation } from '../models/write-association.ts'
import type { Model, Table, WatermelonStore } from '../types.ts'
import { childrenOf, parentsOf } from './kin.ts'

/** The relations of a model's table that its associations do not tell, then empty ones of both kinds. */
export function offerAssociations(
  model: Model,
  tables: readonly { readonly store: WatermelonStore; readonly table: Table }[],
  style: Style,
): readonly Offer[] {
  const known = new Map<string, Offer>()
  for (const { store, table } of tables)
    for (const spec of lackingAssociations(model, store, table))
      if (!known.has(spec.table))
        known.set(spec.table, {
          label: spec.table,
          snippet: plain(writeAssociation(spec, style)),
          detail: `${spec.type} by ${spec.key}`,
        })
  return [...known.values(), emptyOf('belongs_to', style), emptyOf('has_many', style)]
}

/** Associations by table: only one for each other table can exist, so keys of the own table go first. */
export function lackingAssociations(model: Model, store: WatermelonStore, table: Table): readonly AssociationSpec[] {
  // A key without a value is only being typed.
  const told = model.associations.filter(({ at, keyAt }) => !sameSpan(at.span, keyAt.span))
  const known = new Set(told.map(one => one.table))
  const specs: readonly AssociationSpec[] = [
    ...parentsOf(store, table).map(one => ({
      table: one.table,
      type: 'belongs_to' as const,
      key: one.column.name.text,
    })),
    ...childrenOf(store, table).map(one => ({ table: one.table, type: 'has_many' as const, key: one.key })),
  ]
  return specs.filter(spec => {
    const isNew = !known.has(spec.table)
    known.add(spec.table)
    return isNew
  })
}

function emptyOf(type: AssociationSpec['type'], style: Style): Offer {
  const space = style.spacedBraces ? ' ' : ''
  const key = type === 'has_many' ? 'foreignKey' : 'key'
  return {
    label: type,
    snippet: `\${1:table}: {${space}type: ${quoted(type, style)}, ${key}: ${quoted('$2', style)}${space}}`,
    detail: type === 'has_many' ? 'the other table holds the key' : 'this table holds the key',
  }
}
