// What queries and sorts name: properties and classes, each where its letters stand, and the places where one is expected.

import type { Mention, NameMention } from '../../../catalog/mention.ts'
import { nameAt } from '../../../catalog/name-at.ts'
import { fieldMentions, mentionsOfName, type Told } from '../../../catalog/name-mentions.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { partOf } from '../../../text/inner-span.ts'
import { candidates } from '../code/class-of.ts'
import type { Query, QueryText, Sort } from '../queries/read-queries.ts'
import { worldOf } from '../queries/rql-world.ts'
import { checkQuery } from '../rql/check-query.ts'
import { classOfName, expectedNames } from '../rql/expected-names.ts'
import { propertyCalled } from '../rql/world.ts'
import type { CodeOfFile, RealmStore } from '../types.ts'

/**
 * The properties and classes in the text of a query, also those that do not exist, and empty names where one is expected.
 * What is made at run time has no places.
 */
export function* queryMentions({ of, call }: Query, { written, parsed }: QueryText): Generator<Mention> {
  if (!parsed) return
  for (const { store, class: one } of candidates(of.stores, of.className)) {
    const told = toldOf(store, call)
    const world = worldOf(store)
    const className = one.name.text
    const known = new Set<number>()
    const mention = function* (start: number, end: number, entity: string, field?: string): Generator<NameMention> {
      const place = written.place(start, end)
      if (!place) return
      known.add(start)
      const text = field ?? entity
      // By its persisted name, or with escapes, it does not read as it is called.
      const isItself = written.text.slice(start, end) === text
      yield* mentionsOfName(
        { text, at: place, source: isItself ? place : undefined },
        field === undefined ? { kind: 'entity', entity, ...told } : { kind: 'field', entity, field, ...told },
      )
    }
    for (const { at, className: entity, property } of checkQuery(parsed, world, className).mentions)
      yield* mention(at.start, at.end, entity, property)
    for (const name of parsed.names) {
      if (known.has(name.at.start)) continue
      if (name.role === 'class') yield* mention(name.at.start, name.at.end, name.name)
      const entity =
        name.role === 'property' && !name.name.startsWith('@') ? classOfName(world, className, name) : undefined
      if (entity !== undefined && name.role === 'property')
        yield* mention(name.at.start, name.at.end, entity, name.name)
    }
    for (const { offset, className: entity } of expectedNames(parsed, world, className))
      yield* mention(offset, offset, entity, '')
  }
}

/** The properties that `sorted` is given, each part of a key path by itself. */
export function* sortMentions({ scope }: CodeOfFile, { of, call }: Sort): Generator<Mention> {
  const [first] = call.value.args
  if (!first) return
  const located: Located = { value: first, file: call.file }
  const list = scope.items(located)
  const keys = list ? list.items.map(item => scope.items(item)?.items[0] ?? item) : [located]
  for (const { store, class: one } of candidates(of.stores, of.className))
    for (const key of keys) {
      const name = nameAt(scope, key)
      if (!name || /\[/.test(name.text)) continue
      if (!name.text.includes('.')) {
        yield* fieldMentions(scope, key, one.name.text, toldOf(store, call))
        continue
      }
      if (!name.source) continue
      const world = worldOf(store)
      let entity: string | undefined = one.name.text
      let from = 0
      for (const field of name.text.split('.')) {
        if (entity === undefined) break
        const at = { file: name.source.file, span: partOf(name.source.span, from, field.length) }
        yield* mentionsOfName({ text: field, at, source: at }, { kind: 'field', entity, field, ...toldOf(store, call) })
        const holder = world.classOf(entity)
        entity = holder && propertyCalled(holder, field)?.objectType
        from += field.length + 1
      }
    }
}

const toldOf = (store: RealmStore, call: Located): Told => ({
  store: store.name,
  part: 'query',
  role: 'refers',
  whole: placeOf(call),
})
