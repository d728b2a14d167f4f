// One realm file of the app as a living object: every part is computed when asked and remembered until it changes.

import { computed } from '@preact/signals-core'
import type { Numbered } from '../../catalog/catalog.ts'
import { byName, inBlocks } from '../../catalog/long-lists.ts'
import { placeOf } from '../../catalog/place-of.ts'
import { gated, settled } from '../../catalog/remembered.ts'
import type { Located, Scope } from '../../catalog/scope.ts'
import type { Place } from '../../text/span.ts'
import type { Library } from './imports.ts'
import type { MigrationWorld } from './migrations/meaning.ts'
import { readMigration } from './migrations/read-migration.ts'
import { type Group, openingSites } from './openings/group-openings.ts'
import { isGiven, readOpening } from './openings/read-opening.ts'
import { createDistinctClasses } from './schema/distinct-classes.ts'
import { createTwiceReader, isSame, type TwiceReader } from './schema/listed-twice.ts'
import { readSchemaList, type SchemaElements } from './schema/read-schema-list.ts'
import type { SiteReader } from './sites.ts'
import type { ClassReader, ListedTwice, Opening, RealmStore, SchemaList } from './types.ts'

/** What a store needs of the link around it. */
export interface StoreSurroundings {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly classes: ClassReader
  group(key: string): Group | undefined
  nameOf(key: string): string
}

/** A store and the parts of it that only the link uses. */
export interface StoreCore extends RealmStore {
  readonly key: string
}

const nowhere: Place = { file: '', span: { start: 0, end: 0 } }

/** The store of a group. */
export function createStore(key: string, around: StoreSurroundings): StoreCore {
  const { scope, library, classes: reader } = around
  const group = computed(() => around.group(key))

  const openings = computed((): readonly Opening[] =>
    (group.value?.openings ?? []).flatMap(ref => {
      const site = openingSites(around.sites, ref.file)[ref.index]
      const opening = site && readOpening(scope, library, site)
      return opening ? [opening] : []
    }),
  )

  /** The lists that openings give as their schema, each once. */
  const given = computed((): readonly WrittenList[] => {
    const lists = new Map<Located['value'], WrittenList>()
    for (const opening of openings.value) {
      const entry = opening.entries.get('schema')
      const value = isGiven(scope, entry) && entry ? scope.follow(entry.value) : undefined
      if (value && !lists.has(value.value)) lists.set(value.value, { value, read: readSchemaList(scope, value) })
    }
    return [...lists.values()]
  })
  /** The longest first. */
  const written = computed(() => [...given.value].sort((a, b) => b.read.elements.length - a.read.elements.length))
  const twiceReaders: TwiceReader[] = []
  const listedTwice = settled(
    () =>
      given.value.flatMap(({ value, read: { elements } }, index) => {
        twiceReaders[index] ??= createTwiceReader(scope)
        return twiceReaders[index](value, elements)
      }),
    (a, b) => a.length === b.length && a.every((one, i) => isSameTwice(one, b[i]!)),
  )
  const elements = computed((): readonly Located[] => {
    const [first, ...others] = written.value
    if (others.length === 0) return first?.read.elements ?? []
    const seen = new Set<Located['value']>()
    return written.value
      .flatMap(list => list.read.elements)
      .filter(element => !seen.has(element.value) && seen.add(element.value))
  })
  const readElements = createListReader(reader)
  const distinct = createDistinctClasses()
  const read = computed(() => distinct(readElements(elements.value)))
  const unread = computed(() => [...written.value.flatMap(list => list.read.unread), ...read.value.unread])
  const classes = byName(
    () => read.value.classes,
    one => (one.isNamed ? one.name.text : undefined),
  )

  const readLists: ReturnType<typeof createListReader>[] = []
  const schemaLists = computed(() =>
    written.value.map((list, index): SchemaList => {
      readLists[index] ??= createListReader(reader)
      const found = readLists[index](list.read.elements)
      return { value: list.value, elements: found, complete: list.read.complete && found.every(one => one.class) }
    }),
  )

  const complete = gated(
    () =>
      written.value.length > 0 &&
      written.value.every(list => list.read.complete) &&
      openings.value.every(opening => opening.complete || opening.entries.has('schema')) &&
      unread.value.length === 0 &&
      read.value.classes.every(one => one.isNamed),
  )
  const version = gated(
    () => versionOf(openings.value),
    (a, b) => a?.value === b?.value && a?.at.span === b?.at.span,
  )
  const schemaFile = gated(() => read.value.mainFile ?? written.value[0]?.value.file)
  const project = computed(() => scope.workspace().project(store.at.file))
  const world: MigrationWorld = {
    scope,
    classNamed(located) {
      const ref = located && reader.refOf(located)
      const model = ref && reader.ofModel(ref)
      return model?.isNamed && located ? { text: model.name.text, at: placeOf(located) } : scope.text(located)
    },
    targetOf(name, property) {
      const shape = store.class(name)?.properties.get(property)?.shape
      return shape?.target === undefined ? undefined : { className: shape.target, isMany: shape.kind !== 'object' }
    },
  }
  const migration = computed(() => {
    for (const opening of openings.value) {
      const found = readMigration(world, opening)
      if (found) return found
    }
    return undefined
  })

  const store: StoreCore = {
    engine: 'realm',
    key,
    scope,
    library,
    get name() {
      return around.nameOf(key)
    },
    get at() {
      return openings.value[0]?.at ?? nowhere
    },
    get project() {
      return project.value
    },
    get schemaFile() {
      return schemaFile()
    },
    get version() {
      return version()
    },
    get openings() {
      return openings.value
    },
    get entities() {
      return read.value.classes
    },
    get classes() {
      return read.value.classes
    },
    class: name => classes.item(name),
    classNames: () => classes.names(),
    get complete() {
      return complete()
    },
    get schemaLists() {
      return schemaLists.value
    },
    get listedTwice() {
      return listedTwice.value
    },
    get schemaValue() {
      return written.value[0]?.value
    },
    get unread() {
      return unread.value
    },
    get isSync() {
      return openings.value.some(opening => opening.isSync)
    },
    get inMemory() {
      return openings.value.some(opening => isInMemory(scope, opening))
    },
    get migration() {
      return migration.value
    },
    get migrations() {
      return (migration.value?.branches ?? []).map(({ toVersion, at }) => ({ toVersion, at }))
    },
    get baseline() {
      return scope.baseline(store.name)
    },
  }
  return store
}

interface WrittenList {
  readonly value: Located
  readonly read: SchemaElements
}

/**
 * A reader of one list's elements, which is given them again and again. What an element leads to and what the class
 * there says are remembered apart: an edit inside of a class follows no element again.
 */
function createListReader(reader: ClassReader) {
  const led = inBlocks(
    (some: readonly Located[]) => some.map(element => ({ element, source: reader.sourceOf(element) })),
    isSame,
  )
  const read = inBlocks((some: ReturnType<typeof led>) =>
    some.map(({ element, source }) => ({ element, class: source && reader.ofSource(source) })),
  )
  return (elements: readonly Located[]) => read(led(elements))
}

const isSameTwice = (a: ListedTwice, b: ListedTwice): boolean =>
  isSame(a.list, b.list) && isSame(a.element, b.element) && isSame(a.before, b.before)

/** True for a configuration that says `inMemory`, or something that is not known. */
const isInMemory = (scope: Scope, { entries }: Opening): boolean => {
  const entry = entries.get('inMemory')
  return isGiven(scope, entry) && scope.boolean(entry?.value) !== false
}

/** The highest version that an opening gives. Realm takes 0 where none is given (`Configuration.ts`). */
function versionOf(openings: readonly Opening[]): Numbered | undefined {
  const openers = openings.filter(opening => opening.kind !== 'other')
  const given = openers.flatMap(opening => opening.version ?? [])
  if (given.length > 0) return given.reduce((highest, one) => (one.value > highest.value ? one : highest))
  const [first] = openers
  const isLeftOut = openers.every(opening => opening.complete && !opening.entries.has('schemaVersion'))
  return first && isLeftOut ? { value: 0, at: placeOf(first.config ?? first.value) } : undefined
}
