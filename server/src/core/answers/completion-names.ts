// The names and words that may stand where a caret is in one.
import type { Catalog, Entity, Store } from '../catalog/catalog.ts'
import type { Mention, NameMention, WordMention } from '../catalog/mention.ts'
import { type Span, samePlace, sameSpan } from '../text/span.ts'
import type { Completion, Completions } from './completions.ts'
import { mentionsAt } from './mention-at.ts'
import { counted, natureOf } from './words.ts'

/** The candidates for the name or word that `offset` touches; undefined where it touches none that is written out. */
export function candidatesAt(catalog: Catalog, file: string, text: string, offset: number): Completions | undefined {
  const touched = mentionsAt(catalog, file, offset).filter(isWrittenOut)
  const [first] = touched
  if (!first) return undefined
  const whole = first.at.span
  const replaced = { start: whole.start, end: isOpen(text, whole) ? wordEnd(text, offset) : whole.end }
  const typed = text.slice(whole.start, offset)
  const ranked = touched
    .filter(mention => sameSpan(mention.at.span, whole))
    .flatMap(mention =>
      mention.kind === 'word' ? wordsFor(mention) : namesFor(catalog, file, mention).map(one => ranking(one, typed)),
    )
  return { typed: { start: whole.start, end: offset }, replaced, items: distinct(ranked) }
}

interface Ranked {
  readonly item: Completion
  /** Lower comes first; compared place by place. */
  readonly rank: readonly number[]
}

interface Candidate {
  readonly item: Completion
  readonly suits: boolean
  readonly isUsed: boolean
}

/**
 * Names whose letters stand here. What only leads to a name is an identifier; what defines one is the person's to invent,
 * save where code that uses a name is all that defines it: half a name is a new one there.
 */
const isWrittenOut = (mention: Mention): boolean =>
  mention.kind === 'word' ||
  (mention.role !== 'stands' &&
    (mention.role !== 'defines' || mention.part === 'write' || mention.part === 'query') &&
    mention.source !== undefined &&
    samePlace(mention.source, mention.at))

/** True for a string that nothing closes on its line: then it takes in what stands behind the caret, which is not meant. */
const isOpen = (text: string, { start, end }: Span): boolean => {
  const quote = text[start - 1]
  return (quote === "'" || quote === '"') && text[end] !== quote
}

const wordEnd = (text: string, offset: number): number => {
  let end = offset
  while (/[\w$]/.test(text[end] ?? '')) end++
  return end
}

const wordsFor = ({ choices }: WordMention): readonly Ranked[] =>
  choices.map(({ text, detail }, i) => ({
    item: { label: text, kind: 'word', text, filter: text, ...(detail !== undefined && { detail }) },
    rank: [i],
  }))

function namesFor(catalog: Catalog, file: string, mention: NameMention): readonly Candidate[] {
  const store = catalog.stores().find(one => one.name === mention.store)
  if (!store) return []
  const used = usedBeside(catalog, file, mention)
  if (mention.kind === 'entity') return entitiesOf(catalog, store, used)
  const entity = store.entities.find(one => one.name.text === mention.entity)
  return entity ? fieldsOf(store, entity, mention, used) : []
}

const entitiesOf = (catalog: Catalog, store: Store, used: ReadonlySet<string>): readonly Candidate[] =>
  store.entities.map(({ name: { text }, fields }) => ({
    item: {
      label: text,
      kind: catalog.hasModel(store, text) ? 'class' : 'entity',
      detail: counted(fields.length, catalog.terms(store).field),
      text,
      filter: text,
      thing: { store: store.name, entity: text },
    },
    suits: true,
    isUsed: used.has(text),
  }))

const fieldsOf = (
  store: Store,
  entity: Entity,
  { suits }: NameMention,
  used: ReadonlySet<string>,
): readonly Candidate[] =>
  entity.fields.map(field => {
    const { text } = field.name
    const detail = natureOf(field)
    return {
      item: {
        label: text,
        kind: 'field',
        ...(detail !== '' && { detail }),
        text,
        filter: text,
        thing: { store: store.name, entity: entity.name.text, field: text },
      },
      suits: suits?.(field) ?? true,
      isUsed: used.has(text),
    }
  })

/** Kinds of code where one list or class seldom names a thing twice. */
const once: ReadonlySet<string> = new Set(['model', 'relation', 'migration'])

/** Names of the same kind that other places of the file give already where this one is to be given. */
function usedBeside(catalog: Catalog, file: string, mention: NameMention): ReadonlySet<string> {
  const used = new Set<string>()
  if (!once.has(mention.part)) return used
  for (const other of catalog.mentions(file)) {
    if (other.kind !== mention.kind || other.store !== mention.store || other.part !== mention.part) continue
    if (other.role !== mention.role || sameSpan(other.at.span, mention.at.span)) continue
    if (other.kind === 'entity') used.add(other.entity)
    else if (other.entity === mention.entity && other.field !== undefined) used.add(other.field)
  }
  return used
}

/** Fitting ones before others before those used already; among them those that begin as typed. */
function ranking({ item, suits, isUsed }: Candidate, typed: string): Ranked {
  const begins = item.label.startsWith(typed) ? 0 : item.label.toLowerCase().startsWith(typed.toLowerCase()) ? 1 : 2
  return { item, rank: [isUsed ? 2 : suits ? 0 : 1, begins] }
}

/** In order of rank, then as given; each name once, and none without letters. */
function distinct(ranked: readonly Ranked[]): readonly Completion[] {
  const seen = new Set<string>()
  return [...ranked]
    .sort((a, b) => compare(a.rank, b.rank))
    .flatMap(({ item }) => {
      if (item.text === '' || seen.has(item.text)) return []
      seen.add(item.text)
      return item
    })
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}
