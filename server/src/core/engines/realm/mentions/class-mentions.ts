// What a class of a schema names: itself, its properties and their types, the classes that it links to.
import type { Choice, Mention } from '../../../catalog/mention.ts'
import { betweenQuotes, keyPlace } from '../../../catalog/name-at.ts'
import {
  entityMentions,
  fieldMentions,
  mentionsOfName,
  type Told,
  wordMentions,
} from '../../../catalog/name-mentions.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { partOf } from '../../../text/inner-span.ts'
import type { Place } from '../../../text/span.ts'
import { valueTypes } from '../schema/normalize.ts'
import type { Property, RealmClass } from '../types.ts'
import { valueDetails } from '../vocabulary.ts'

/** Everything that a class names in a store. */
export function* classMentions(scope: Scope, store: string, one: RealmClass): Generator<Mention> {
  if (!one.isNamed) {
    for (const property of one.fields) yield* typeMentions(scope, store, property)
    return
  }
  const entity = one.name.text
  const told: Told = { store, part: 'schema', role: 'refers' }
  if (one.nameEntry) yield* entityMentions(scope, one.nameEntry.value, { ...told, role: 'defines', whole: one.at })
  else yield* defined(one)
  const { model } = one
  if (model && one.nameEntry)
    yield { kind: 'entity', store, entity, at: model.nameAt, part: 'model', role: 'stands', whole: model.at }
  const key = one.primaryKeyEntry?.value ?? staticKey(one)
  yield* fieldMentions(scope, key, entity, {
    ...told,
    suits: field => canBeKey.has(field.type?.text.replace('?', '') ?? ''),
  })
  for (const property of one.fields) {
    yield* nameMentions(store, entity, property)
    yield* typeMentions(scope, store, property)
  }

  /** A class that the Babel plugin translates goes by its own name, or by `static name`. */
  function* defined({ name, at }: RealmClass): Generator<Mention> {
    const place = keyPlace(name.text, name.at)
    const source = place.isPlain ? place.at : undefined
    yield* mentionsOfName(
      { text: name.text, at: place.at, source },
      { kind: 'entity', entity, store, part: 'schema', role: 'defines', whole: at },
    )
    if (one.model && one.model.nameAt.span !== name.at.span)
      yield { kind: 'entity', store, entity, at: one.model.nameAt, part: 'model', role: 'stands', whole: at }
  }
}

/** Types that a primary key may have. */
const canBeKey = new Set(['int', 'string', 'objectId', 'uuid'])

function staticKey({ form, model }: RealmClass): Located | undefined {
  const member =
    form === 'babel' ? model?.fact.members.find(one => one.isStatic && one.name === 'primaryKey') : undefined
  return model && member?.initializer ? { value: member.initializer, file: model.file } : undefined
}

function* nameMentions(store: string, entity: string, property: Property): Generator<Mention> {
  const { name, member, entry } = property
  const { at, isPlain } = keyPlace(name.text, name.at)
  yield* mentionsOfName(
    { text: name.text, at, source: isPlain ? at : undefined },
    { kind: 'field', entity, field: name.text, store, part: 'schema', role: 'defines', whole: property.at },
  )
  if (entry && member)
    yield {
      kind: 'field',
      store,
      entity,
      field: name.text,
      at: member.nameAt,
      // The field of the class must bear the name of the property.
      source: member.nameAt,
      part: 'model',
      role: 'stands',
      whole: member.at,
    }
}

function* typeMentions(scope: Scope, store: string, property: Property): Generator<Mention> {
  const told: Told = { store, part: 'relation', role: 'refers', whole: property.at }
  const target = property.shape?.target
  if (property.form === 'member') {
    if (target !== undefined) yield* annotated(property, target, told)
    return
  }
  if (property.form === 'shorthand') {
    const written = property.entry?.value
    if (written) yield* shorthand(scope, written, target, told)
    return
  }
  const { entries } = property
  const objectType = entries.get('objectType')?.value
  yield* wordMentions(entries.get('type')?.value, objectTypes)
  if (target !== undefined) {
    yield* entityMentions(scope, objectType, told)
    yield* fieldMentions(scope, entries.get('property')?.value, target, told)
  }
  // The elements of a collection may be plain values as well.
  if (property.shape?.kind !== 'linkingObjects' && property.shape?.kind !== 'object')
    yield* wordMentions(objectType, elementTypes)
}

/** `'Dog[]'`: the class alone is the name, and any of the types may be meant while it is typed. */
function* shorthand(scope: Scope, written: Located, target: string | undefined, told: Told): Generator<Mention> {
  const { value, file } = written
  if (value.kind === 'string') {
    const text = value.text.replace(/(?:\[\]|\{\}|<>)$/, '').replace(/\?$/, '')
    const quoted = betweenQuotes(value, file)
    const isPlain = quoted.span.end - quoted.span.start === value.text.length
    if (!isPlain) return
    const at: Place = { file, span: partOf(quoted.span, 0, text.length) }
    if (target !== undefined || text === '')
      yield* mentionsOfName({ text, at, source: at }, { kind: 'entity', entity: text, ...told })
    yield { kind: 'word', at, choices: shorthandTypes }
    return
  }
  if (target === undefined) return
  // `${Names.Dog}[]`, Names.Dog
  const parts = value.kind === 'template' ? value.values.map((part): Located => ({ value: part, file })) : [written]
  for (const part of parts) if (scope.text(part)?.text === target) yield* entityMentions(scope, part, told)
}

/** `Realm.List<Dog>`: the class as the type of a member names it. */
function* annotated({ member, shape }: Property, target: string, told: Told): Generator<Mention> {
  const type = member?.fact.type
  if (!member || !type) return
  const found = new RegExp(`(?<![\\w$.])${target.replace(/\$/g, '\\$')}(?![\\w$])`).exec(type.text)
  if (!found) return
  const { file } = member
  const name = { text: target, at: { file, span: partOf(type.at, found.index, target.length) }, source: undefined }
  yield* mentionsOfName(name, { kind: 'entity', entity: target, ...told })
  const { origin } = shape ?? {}
  const at = origin === undefined ? -1 : Math.max(type.text.indexOf(`'${origin}'`), type.text.indexOf(`"${origin}"`))
  if (origin === undefined || at < 0) return
  const place = { file, span: partOf(type.at, at + 1, origin.length) }
  yield* mentionsOfName(
    { text: origin, at: place, source: place },
    { kind: 'field', entity: target, field: origin, ...told },
  )
}

const choice = (text: string): Choice => ({
  text,
  ...(valueDetails[text] !== undefined && { detail: valueDetails[text] }),
})
const values: readonly Choice[] = [...valueTypes].map(choice)
const shorthandTypes: readonly Choice[] = [...values, { text: 'counter', detail: 'an int that counts up and down' }]
const objectTypes: readonly Choice[] = [
  ...values,
  { text: 'object', detail: 'a link to one object of objectType' },
  { text: 'list', detail: 'a list of objectType' },
  { text: 'set', detail: 'a set of objectType' },
  { text: 'dictionary', detail: 'texts as keys of objectType' },
  { text: 'linkingObjects', detail: 'the objects of objectType that link here' },
]
const elementTypes = values
