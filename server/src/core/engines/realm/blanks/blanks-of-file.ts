// Where a file has room for another class of a schema, a property, a key of a class or a property, an option.

import { listBlank } from '../../../catalog/list-blank.ts'
import type { Blank, Offer } from '../../../catalog/mention.ts'
import { keyed } from '../../../catalog/remembered.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'
import { snippetStyle } from '../../../write/snippet.ts'
import type { Style } from '../../../write/style.ts'
import { openingSites } from '../openings/group-openings.ts'
import { isGiven, readOpening } from '../openings/read-opening.ts'
import type { Opening, RealmClass, RealmStore } from '../types.ts'
import type { BlankSources } from './blank-sources.ts'
import { classAt } from './class-at.ts'
import { offerClassKeys } from './offer-class-keys.ts'
import { offerClasses } from './offer-classes.ts'
import { offerOptions } from './offer-options.ts'
import { offerProperties } from './offer-properties.ts'
import { offerPropertyKeys } from './offer-property-keys.ts'

/** The blanks of each file, outermost first, remembered until something that they depend on changes. */
export function createBlanks(sources: BlankSources): (file: string) => readonly Blank[] {
  const known: KnownBlanks = new WeakMap()
  return keyed((file: string) =>
    isTestFile(sources.scope, file) ? [] : [...openingBlanks(sources, file), ...classBlanks(sources, known, file)],
  )
}

/** The room in a literal that is written out in `file`. */
function* room(
  located: Located | undefined,
  file: string,
  offers: (style: Style) => readonly Offer[],
): Generator<Blank> {
  if (located?.file !== file) return
  const { value } = located
  if (value.kind !== 'array' && value.kind !== 'object') return
  const entries = value.kind === 'array' ? value.items : value.props
  yield listBlank(
    file,
    value.at,
    entries.map(entry => entry.at),
    text => offers(snippetStyle(text, value.at)),
  )
}

/** Configurations and schema lists, wherever the realm is opened with them. */
function* openingBlanks(sources: BlankSources, file: string): Generator<Blank> {
  const { scope, library, sites } = sources
  const here = openingSites(sites, file).flatMap(site => readOpening(scope, library, site) ?? [])
  const seen = new Set<unknown>()
  const unseen = (located: Located | undefined): Located | undefined =>
    located && !seen.has(located.value) && seen.add(located.value) ? located : undefined
  const openings: readonly (readonly [Opening, RealmStore | undefined])[] = [
    ...sources.stores().flatMap(store => store.openings.map(opening => [opening, store] as const)),
    ...here.map(opening => [opening, undefined] as const),
  ]
  for (const [opening, store] of openings) {
    yield* room(unseen(opening.config), file, style => offerOptions(scope, opening, store, style))
    const schema = opening.entries.get('schema')
    if (!isGiven(scope, schema) || !schema) continue
    for (const list of arraysIn(scope, schema)) yield* room(unseen(list), file, () => offerClasses(sources, file, list))
  }
}

/** The array of a schema, and those that are spread into it. */
function arraysIn(scope: Scope, schema: Entry): readonly Located[] {
  const list = scope.follow(schema.value)
  if (list.value.kind !== 'array') return []
  const spread = list.value.items.flatMap(item =>
    item.kind === 'spread' ? scope.follow({ value: item.value, file: list.file }) : [],
  )
  return [list, ...spread]
}

function classBlanks(sources: BlankSources, known: KnownBlanks, file: string): readonly Blank[] {
  return [...classesIn(sources, file)].flatMap(one => {
    const before = known.get(one)
    if (before?.file === file) return before.blanks
    const blanks = [...blanksOfClass(sources, one, file)]
    known.set(one, { file, blanks })
    return blanks
  })
}

/** The room of classes in the file that was asked last, which is mostly the only one. */
type KnownBlanks = WeakMap<RealmClass, { readonly file: string; readonly blanks: readonly Blank[] }>

function* blanksOfClass(sources: BlankSources, one: RealmClass, file: string): Generator<Blank> {
  yield* room(one.spec, file, style => offerClassKeys(one, style))
  yield* room(one.propertiesValue, file, style => offerProperties(sources, one, style))
  for (const property of one.fields)
    if (property.form === 'object')
      yield* room(property.declared, file, style => offerPropertyKeys(sources, one, property, style))
}

/** The classes whose schemas or properties stand in a file; those that no realm lists yet as well. */
function classesIn({ scope, classes, stores }: BlankSources, file: string): Iterable<RealmClass> {
  const found = new Set<RealmClass>()
  const add = (one: RealmClass | undefined) => {
    if (one && (one.spec?.file === file || one.propertiesValue?.file === file)) found.add(one)
  }
  for (const store of stores()) for (const one of store.classes) add(one)
  for (const key of scope.classKeys(file)) add(classes.ofModel({ file, key }))
  // Forms and JSON have schemas as well.
  const { versions } = scope.workspace().project(file)
  const hasRealm = found.size > 0 || versions['realm'] !== undefined || versions['@realm/react'] !== undefined
  for (const { name, kind, value, type } of Object.values(scope.module(file)?.bindings ?? {})) {
    if (value?.kind !== 'object' || kind === 'enum') continue
    const isSchema =
      /\bObjectSchema\b/.test(type?.text ?? '') ||
      value.props.some(prop => prop.kind === 'named' && (prop.name === 'properties' || prop.name === 'primaryKey'))
    if (hasRealm && (isSchema || /Schema$/.test(name))) add(classAt(classes, { value, file }))
  }
  return found
}
