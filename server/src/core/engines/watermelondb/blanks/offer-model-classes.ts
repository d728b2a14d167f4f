// What may be written into `modelClasses`.
import type { Offer } from '../../../catalog/mention.ts'
import { plain } from '../../../write/snippet.ts'
import { exportOf } from '../models/register-model.ts'
import type { WatermelonStore } from '../types.ts'

/** The models of a database that it does not list. */
export function offerModelClasses(stores: readonly WatermelonStore[], present: ReadonlySet<string>): readonly Offer[] {
  const known = new Map<string, Offer>()
  for (const store of stores)
    for (const model of store.models) {
      const exported = store.isRegistered(model) ? undefined : exportOf(store, model)
      if (!exported || present.has(exported.name) || known.has(exported.name)) continue
      known.set(exported.name, {
        label: exported.name,
        snippet: plain(exported.name),
        detail: model.table ? `the model of ${model.table.text}` : 'a model',
        imports: [{ from: { file: exported.file }, names: [exported.name], isDefault: exported.isDefault }],
      })
    }
  return [...known.values()]
}
