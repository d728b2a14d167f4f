// How the tables of a database belong together, as its models say it.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Relation } from '../../../catalog/mention.ts'
import type { Place } from '../../../text/span.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { Model, WatermelonStore } from '../types.ts'

/** One place that tells of a relation: `isFrom` for those in a model of the table that holds the key. */
interface Telling {
  readonly from: string
  readonly key: string
  readonly to: string
  readonly name: string
  readonly at: Place
  readonly isFrom: boolean
}

/**
 * The relations between tables of a store, each once: what `@relation`, `@children` and `associations` on either side say
 * of one key is one relation. Those that name a table which is not there are left out.
 */
export function relationsOf(store: WatermelonStore): readonly Relation[] {
  let found = remembered.get(store)
  if (!found) {
    found = computed(() => readRelations(store))
    remembered.set(store, found)
  }
  return found.value
}

const remembered = new WeakMap<WatermelonStore, ReadonlySignal<readonly Relation[]>>()

function readRelations(store: WatermelonStore): readonly Relation[] {
  const tellings = store.models.flatMap(toldBy)
  const relations = new Map<string, Telling[]>()
  for (const telling of tellings) {
    const id = JSON.stringify([telling.from, telling.key, telling.to])
    const known = relations.get(id)
    if (known) known.push(telling)
    else relations.set(id, [telling])
  }
  const tables = new Map(store.entities.map(entity => [entity.name.text, entity]))
  return [...relations.values()].flatMap(told => {
    const ordered = [...told.filter(one => one.isFrom), ...told.filter(one => !one.isFrom)]
    const [first] = ordered
    const holder = first && tables.get(first.from)
    if (!holder || !tables.has(first.to)) return []
    const field = holder.fields.find(one => one.name.text === first.key)
    return {
      from: first.from,
      ...((field || implicitColumns.has(first.key)) && { field: first.key }),
      to: first.to,
      // The key being the record's own id makes it one record for one.
      fromEnd: first.key === 'id' ? 'one' : 'many',
      toEnd: field?.optional ? 'zero-or-one' : 'one',
      names: [...new Set(ordered.map(one => one.name))],
      at: first.at,
    }
  })
}

const known = new WeakMap<Model, readonly Telling[]>()

function toldBy(model: Model): readonly Telling[] {
  const told = known.get(model) ?? [...tellingsOf(model)]
  known.set(model, told)
  return told
}

/** What one model tells: by its properties first, then by its associations. */
function* tellingsOf(model: Model): Generator<Telling> {
  const own = model.table?.text
  if (own === undefined) return
  for (const { binding, target, column, name, at } of model.members) {
    if (!target) continue
    const association = model.associations.find(one => one.table === target.text && one.type?.text === 'has_many')
    if (binding?.name === 'children') {
      if (association?.key) yield { from: target.text, key: association.key.text, to: own, name, at, isFrom: false }
    } else if (column) yield { from: own, key: column.text, to: target.text, name, at, isFrom: true }
  }
  for (const { type, key, table, at } of model.associations) {
    if (!key) continue
    if (type?.text === 'belongs_to') yield { from: own, key: key.text, to: table, name: table, at, isFrom: true }
    if (type?.text === 'has_many') yield { from: table, key: key.text, to: own, name: table, at, isFrom: false }
  }
}
