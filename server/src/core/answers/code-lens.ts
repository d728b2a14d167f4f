// Short lines above tables, model classes and migrations: who uses them, what they stand for, what they do.
import type { Catalog } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import type { Place, Span } from '../text/span.ts'
import { migrationsIn, summaryOf } from './migration-steps.ts'
import { thingsOf, usesOf } from './names-at.ts'
import { distinctPlaces, groupedBy } from './places.ts'
import { versionSince } from './since.ts'
import { lookUp, type Thing } from './thing.ts'
import { counted, termsOf, usageWords } from './words.ts'

/** Where a lens stands, and what it is computed from when it comes into view. */
export interface LensPlace {
  readonly span: Span
  readonly about: LensSubject
}

/** Plain data, so that it can travel to the editor and back. A definition that several stores share is of all of them. */
export type LensSubject =
  | { readonly kind: 'entity' | 'class'; readonly things: readonly Thing[] }
  | { readonly kind: 'migration'; readonly store: string; readonly toVersion: number; readonly file: string }

/** What a lens says, and the places that it leads to; none when it leads nowhere. */
export interface Lens {
  readonly title: string
  readonly places: readonly Place[]
}

/** Where `file` has lenses, from the top. Computes nothing that needs other files. */
export function lensPlaces(catalog: Catalog, file: string): readonly LensPlace[] {
  const entities = catalog
    .stores()
    .flatMap(store =>
      store.entities
        .filter(({ at, name }) => at.file === file && name.text !== '')
        .map(({ at, name }) => ({ at, store: store.name, entity: name.text, kind: 'entity' as const })),
    )
  const classes = catalog
    .mentions(file)
    .filter((one): one is NameMention => one.kind === 'entity' && one.role === 'stands' && one.part === 'model')
    .map(({ at, store, entity }) => ({ at, store, entity, kind: 'class' as const }))
  const things = [...groupedBy(entities, ({ at }) => at), ...groupedBy(classes, ({ at }) => at)].map(group => ({
    span: group[0].at.span,
    about: { kind: group[0].kind, things: group.map(({ store, entity }) => ({ store, entity })) },
  }))
  const migrations = migrationsIn(catalog, file).map(({ at, store, toVersion }) => ({
    span: at.span,
    about: { kind: 'migration' as const, store: store.name, toVersion, file },
  }))
  return [...things, ...migrations].sort((a, b) => a.span.start - b.span.start)
}

/** What a lens says now; undefined when what it was about is gone. */
export function lensOf(catalog: Catalog, about: LensSubject): Lens | undefined {
  if (about.kind === 'migration') return migrationLens(catalog, about)
  const known = about.things.filter(thing => lookUp(catalog, thing).entity)
  if (known.length === 0) return undefined
  return about.kind === 'entity' ? entityLens(catalog, known) : classLens(catalog, known)
}

function entityLens(catalog: Catalog, things: readonly Thing[]): Lens {
  const uses = usesOf(catalog, things)
  const since = versionSince(uses)
  const words = usageWords(uses.filter(({ part }) => part !== 'migration'))
  return {
    title: [...(words.length > 0 ? words : ['not used']), ...(since === undefined ? [] : [`added in v${since}`])].join(
      ' · ',
    ),
    places: distinctPlaces(uses.filter(({ role }) => role !== 'defines').map(({ at }) => at)),
  }
}

function classLens(catalog: Catalog, things: readonly Thing[]): Lens {
  const found = things.flatMap(thing => lookUp(catalog, thing).entity ?? [])
  const [entity] = found
  const terms = termsOf(catalog, things[0]?.store ?? '')
  const sizes = [...new Set(found.map(({ fields }) => counted(fields.length, terms.field)))]
  return {
    title: `${terms.entity[0]} ${entity?.name.text} · ${sizes.join(' or ')}`,
    places: distinctPlaces(found.map(({ name }) => name.at)),
  }
}

/** Leads to what it adds or changes, where that is defined now. */
function migrationLens(
  catalog: Catalog,
  { file, store, toVersion }: LensSubject & { readonly kind: 'migration' },
): Lens | undefined {
  const migration = migrationsIn(catalog, file).find(one => one.store.name === store && one.toVersion === toVersion)
  if (!migration) return undefined
  const places = thingsOf(migration.steps.filter(({ role }) => role === 'adds')).flatMap(thing => {
    const { entity, field } = lookUp(catalog, thing)
    return (thing.field === undefined ? entity : field)?.name.at ?? []
  })
  return { title: summaryOf(catalog, migration) || 'no known steps', places: distinctPlaces(places) }
}
