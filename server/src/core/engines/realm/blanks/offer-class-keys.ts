// What may be written into the object of a class: the keys that it lacks.
import type { Offer } from '../../../catalog/mention.ts'
import { choice } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'
import type { RealmClass } from '../types.ts'

/** Types that a primary key may have. */
const canBeKey: ReadonlySet<string> = new Set(['int', 'string', 'objectId', 'uuid'])

/** The keys that a class lacks, those that it needs first. */
export function offerClassKeys(one: RealmClass, style: Style): readonly Offer[] {
  const offers: Offer[] = []
  const lacks = (key: string) => !one.entries.has(key)
  const { model, fields, embedded } = one
  if (lacks('name')) {
    const name = model && model.name !== 'default' ? quoted(choice(1, [model.name]), style) : quoted('$1', style)
    offers.push({ label: 'name', snippet: `name: ${name}`, detail: 'what queries and other classes call it' })
  }
  if (lacks('primaryKey') && !embedded) {
    const keys = fields.filter(({ shape }) => shape && !shape.isCounter && canBeKey.has(shape.kind))
    const words = keys.map(({ name }) => name.text).sort((a, b) => rank(a) - rank(b))
    offers.push({
      label: 'primaryKey',
      snippet: `primaryKey: ${quoted(choice(1, words.length > 0 ? words : ['_id']), style)}`,
      detail: 'the property by which objects are told apart',
    })
  }
  if (lacks('properties'))
    offers.push({ label: 'properties', snippet: 'properties: {\n\t$0\n}', detail: 'what its objects hold' })
  if (lacks('embedded') && lacks('primaryKey'))
    offers.push({ label: 'embedded', snippet: 'embedded: true', detail: 'its objects live in those of other classes' })
  return offers
}

const rank = (name: string): number => (/^_?id$/i.test(name) ? 0 : /id$/i.test(name) ? 1 : 2)
