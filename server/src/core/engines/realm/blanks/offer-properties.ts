// What may be written into `properties`: what the class has fields for, then properties of all kinds, links, backlinks.
import type { Offer } from '../../../catalog/mention.ts'
import { choice, plain } from '../../../write/snippet.ts'
import { quoted, type Style } from '../../../write/style.ts'
import { nameIn } from '../code/type-names.ts'
import { fieldType } from '../models/field-type.ts'
import { declarationOfType } from '../models/spell-type.ts'
import type { Member, RealmClass, RealmStore } from '../types.ts'
import { valueDetails } from '../vocabulary.ts'
import type { BlankSources } from './blank-sources.ts'
import { homesOf } from './homes.ts'

const types = Object.keys(valueDetails)

/** The entries that a class may be given, likeliest first. */
export function offerProperties(sources: BlankSources, one: RealmClass, style: Style): readonly Offer[] {
  const stores = homesOf(sources, one)
  return [
    ...keyOffer(one, style),
    ...fieldOffers(sources, one, style),
    ...plainOffers(style),
    ...distinct(stores.flatMap(store => [...linkOffers(store, one, style), ...backlinkOffers(store, one, style)])),
  ]
}

const distinct = (offers: readonly Offer[]): readonly Offer[] => [
  ...new Map(offers.map(offer => [offer.label, offer])).values(),
]

/** The primary key that the class names and has no property for. */
function keyOffer({ primaryKey, properties, model }: RealmClass, style: Style): readonly Offer[] {
  const name = primaryKey?.text
  if (name === undefined || name === '' || properties.has(name)) return []
  if (model?.members.some(member => member.fact.name === name && member.fact.type)) return []
  const type = quoted(choice(1, ['objectId', 'uuid', 'string', 'int']), style)
  return [{ label: name, snippet: `${plain(keyText(name, style))}: ${type}`, detail: 'the primary key' }]
}

const keyText = (name: string, style: Style): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, style))

/** The fields of the JavaScript class that no property stores. */
function fieldOffers({ scope, library, classes }: BlankSources, one: RealmClass, style: Style): readonly Offer[] {
  const schemaName = (file: string) => (target: string) => {
    const ref = classes.refOf(nameIn(scope, file, target))
    const found = ref && classes.ofModel(ref)
    return found?.isNamed ? found.name.text : undefined
  }
  const offers = new Map<string, Offer>()
  for (const member of one.model?.members ?? []) {
    const { fact } = member
    if (!mayBeStored(member) || one.properties.has(fact.name) || offers.has(fact.name)) continue
    const type = fieldType(scope, library, member)
    const text = type && declarationOfType(type, fact.isOptional, schemaName(member.file), style)
    const written = text === undefined || !type ? quoted(choice(1, types), style) : declarationSnippet(text, type)
    offers.set(fact.name, {
      label: fact.name,
      snippet: `${plain(keyText(fact.name, style))}: ${written}`,
      detail: fact.type ? `the field of type ${fact.type.text}` : 'a field of the class',
    })
  }
  return [...offers.values()]
}

const mayBeStored = ({ fact }: Member): boolean =>
  fact.kind === 'property' && !fact.isStatic && fact.initializer?.kind !== 'function' && !fact.name.startsWith('#')

/** A number in TypeScript may be any of three types. */
function declarationSnippet(text: string, type: NonNullable<ReturnType<typeof fieldType>>): string {
  const [part] = type.parts
  // A link may always be null.
  if (part?.kind === 'object') return plain(text.replace(/\?(?=['"]$)/, ''))
  const isNumber = part?.kind === 'number' && part.realmType === undefined
  if (!isNumber) return plain(text)
  return text.replace('double', () => choice(1, ['int', 'double', 'float']))
}

/** Properties of no certain name. */
function plainOffers(style: Style): readonly Offer[] {
  const space = style.spacedBraces ? ' ' : ''
  const quote = (text: string) => quoted(text, style)
  const type = choice(2, types)
  const full = (rest: string) => `\${1:name}: {${space}type: ${quote(type)}, ${rest}${space}}`
  return [
    { label: 'property', snippet: `\${1:name}: ${quote(type)}`, detail: 'a value' },
    { label: 'optional property', snippet: `\${1:name}: ${quote(`${type}?`)}`, detail: 'a value that may be null' },
    { label: 'indexed property', snippet: full('indexed: true'), detail: 'a value that queries filter by' },
    { label: 'property with default', snippet: full('default: $3'), detail: 'a value that new objects begin with' },
    { label: 'list', snippet: `\${1:names}: ${quote(`${type}[]`)}`, detail: 'a list of values' },
    { label: 'set', snippet: `\${1:names}: ${quote(`${type}<>`)}`, detail: 'values, each once' },
    { label: 'dictionary', snippet: `\${1:names}: ${quote(`${type}{}`)}`, detail: 'values by texts' },
  ]
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
const many = (name: string): string =>
  /(?:s|x|ch|sh)$/.test(name) ? `${name}es` : /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`

/** With more classes than these, nobody looks through an offer for each. */
const mostClasses = 60

/** A link to each class of the realm, and a list of its objects. */
function* linkOffers(store: RealmStore, one: RealmClass, style: Style): Generator<Offer> {
  if (store.classNames().length > mostClasses) {
    yield { label: 'link', snippet: `\${1:name}: ${quoted('$2', style)}`, detail: 'a link to one object' }
    yield { label: 'list of objects', snippet: `\${1:names}: ${quoted('$2[]', style)}`, detail: 'links in an order' }
    return
  }
  for (const { name, isNamed, asymmetric } of store.classes) {
    const { text } = name
    if (!isNamed || asymmetric) continue
    const own = text === one.name.text ? 'parent' : lower(text)
    yield {
      label: `${own}: ${text}`,
      snippet: `\${1:${plain(own)}}: ${plain(quoted(text, style))}`,
      detail: `a link to one ${text}`,
    }
    const several = text === one.name.text ? 'children' : many(lower(text))
    yield {
      label: `${several}: ${text}[]`,
      snippet: `\${1:${plain(several)}}: ${plain(quoted(`${text}[]`, style))}`,
      detail: `a list of ${text}`,
    }
  }
}

/** The other end of each link to this class that it does not have yet. */
function* backlinkOffers(store: RealmStore, one: RealmClass, style: Style): Generator<Offer> {
  const shown = new Set(
    one.fields.flatMap(({ shape }) => (shape?.kind === 'linkingObjects' ? `${shape.target}.${shape.origin}` : [])),
  )
  const quote = (text: string) => quoted(text, style)
  const space = style.spacedBraces ? ' ' : ''
  for (const other of store.classes) {
    const { text } = other.name
    if (!other.isNamed) continue
    for (const { name, persisted, shape } of other.properties.values()) {
      if (!shape || shape.kind === 'linkingObjects' || shape.target !== one.name.text || !one.isNamed) continue
      // Backlinks go by the name in the file.
      if (shown.has(`${text}.${persisted.text}`)) continue
      const own = many(lower(text))
      const keys = `type: ${quote('linkingObjects')}, objectType: ${quote(text)}, property: ${quote(persisted.text)}`
      yield {
        label: `${own}: linkingObjects ${text}.${name.text}`,
        snippet: `\${1:${plain(own)}}: {${space}${plain(keys)}${space}}`,
        detail: `the objects of ${text} that link here by ${name.text}`,
      }
    }
  }
}
