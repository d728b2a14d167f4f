// What a name means, for the eye: its definition, its type, where it comes from, who uses it and what happens to wrong values.
import type { Catalog } from '../catalog/catalog.ts'
import type { NameMention, WordMention } from '../catalog/mention.ts'
import type { Terms } from '../catalog/terms.ts'
import { type Span, touches } from '../text/span.ts'
import { mentionsAt } from './mention-at.ts'
import { type Migration, migrationsIn, summaryOf, versionSpan } from './migration-steps.ts'
import { namesAt, thingsOf, usesOf } from './names-at.ts'
import { type Block, type Line, type Piece, sentence } from './prose.ts'
import { bothEnds, relationLines } from './relation-lines.ts'
import { sinceOf } from './since.ts'
import { sourceOf } from './source-of.ts'
import { type Found, lookUp, names, type Thing } from './thing.ts'
import { counted, natureOf, termsOf, usageWords } from './words.ts'

/** What is to be shown, and the text that it is about. */
export interface Hover {
  readonly span: Span
  readonly blocks: readonly Block[]
}

const mostStores = 3
const mostSteps = 10

/** What `offset` in `file` is on: a name, a word, or the version of a migration. Undefined where it is none that is known. */
export function hoverAt(catalog: Catalog, file: string, offset: number): Hover | undefined {
  const [tightest] = mentionsAt(catalog, file, offset)
  if (tightest?.kind === 'word') return wordHover(catalog, tightest)
  return nameHover(catalog, file, offset) ?? versionHover(catalog, file, offset)
}

function wordHover(catalog: Catalog, { at, choices }: WordMention): Hover | undefined {
  const written = catalog.text(at.file)?.slice(at.span.start, at.span.end)
  const choice = choices.find(one => one.text === written)
  if (choice?.detail === undefined) return undefined
  return { span: at.span, blocks: [{ lines: [[{ code: choice.text }, ': ', ...sentence(choice.detail)]] }] }
}

function nameHover(catalog: Catalog, file: string, offset: number): Hover | undefined {
  const here = namesAt(catalog, file, offset)
  if (!here) return undefined
  const known = thingsOf(here.mentions).flatMap(thing => {
    const found = lookUp(catalog, thing)
    return (thing.field === undefined ? found.entity : found.field) ? [{ thing, found }] : []
  })
  if (known.length === 0) return undefined
  const written = catalog.text(file)?.slice(here.span.start, here.span.end) ?? ''
  const uses = usesOf(
    catalog,
    known.map(({ thing }) => thing),
  )
  const shown = known.slice(0, mostStores).flatMap(({ thing, found }, i) => {
    const own = uses.filter(use => names(use, thing))
    const mention = here.mentions.find(one => names(one, thing))
    const blocks = thingBlocks(catalog, thing, found, own, mention, written)
    return i === 0 ? blocks : ['rule' as const, ...blocks]
  })
  return { span: here.span, blocks: shown }
}

function thingBlocks(
  catalog: Catalog,
  thing: Thing,
  { store, entity, field }: Found,
  uses: readonly NameMention[],
  mention: NameMention | undefined,
  written: string,
): readonly Block[] {
  if (!store || !entity) return []
  const at = (field ?? entity).at
  const terms = catalog.terms(store)
  const source = sourceOf(catalog, at)
  const used = usageWords(uses)
  const note = field && catalog.valueNote(store, field)
  const step = mention && stepLine(termsOf(catalog, mention.store), mention)
  const ends = mention ? bothEnds(catalog, store, mention, written) : []
  const name: Line = field
    ? [`${terms.field[0]} `, { code: `${entity.name.text}.${field.name.text}` }, ...rest(natureOf(field))]
    : [`${terms.entity[0]} `, { code: entity.name.text }, ` with ${counted(entity.fields.length, terms.field)}`]
  const lines: Line[] = [
    ...(step ? [step] : []),
    ...ends,
    [`${catalog.engineTitle(store)} `, { code: store.name }, ' · ', ...name],
    ['Defined in ', { place: at }, ...sinceOf(catalog, store, thing, uses)],
    [used.length > 0 ? `Used by ${used.join(', ')}` : 'Not used by any code that was found'],
  ]
  const relations = ends.length > 0 ? [] : relationLines(catalog, store, thing)
  return [
    ...(source ? [source] : []),
    { lines },
    ...(relations.length > 0 ? [{ lines: relations }] : []),
    ...(note === undefined ? [] : [{ lines: [sentence(note)] }]),
  ]
}

const rest = (nature: string): Line => (nature === '' ? [] : [`: ${nature}`])

/** What the migration step around a name does with it. */
function stepLine(terms: Terms, { version, role, kind, entity, field }: NameMention): Line | undefined {
  if (version === undefined || (role !== 'adds' && role !== 'changes')) return undefined
  return [`Version ${version} ${role} `, ...named(terms, kind, entity, field)]
}

const named = (terms: Terms, kind: NameMention['kind'], entity: string, field: string | undefined): readonly Piece[] =>
  kind === 'entity' || field === undefined
    ? [`${terms.entity[0]} `, { code: entity }]
    : [`${terms.field[0]} `, { code: `${entity}.${field}` }]

/** The number of a migration's version tells what the migration does. */
function versionHover(catalog: Catalog, file: string, offset: number): Hover | undefined {
  for (const migration of migrationsIn(catalog, file)) {
    if (!touches(migration.at.span, offset)) continue
    const span = versionSpan(catalog, migration)
    if (span && touches(span, offset)) return { span, blocks: [{ lines: migrationLines(catalog, migration) }] }
  }
  return undefined
}

function migrationLines(catalog: Catalog, migration: Migration): readonly Line[] {
  const { store, toVersion, steps } = migration
  const terms = catalog.terms(store)
  const summary = summaryOf(catalog, migration)
  const lines = steps
    .slice(0, mostSteps)
    .map(
      (step): Line => [
        step.role === 'adds' ? 'Adds ' : 'Changes ',
        ...named(terms, step.kind, step.entity, step.field),
      ],
    )
  const more = steps.length - mostSteps
  return [
    [
      `${catalog.engineTitle(store)} `,
      { code: store.name },
      ` · migration to version ${toVersion}${summary === '' ? '' : `: ${summary}`}`,
    ],
    ...lines,
    ...(more > 0 ? [[`And ${more} more`]] : []),
  ]
}
