// Where the letters of a name stand that is to be renamed, or why not all of them can be changed.
import type { Catalog } from '../catalog/catalog.ts'
import type { NameMention } from '../catalog/mention.ts'
import { type Edit, isNewFile } from '../text/edit.ts'
import { linesOf } from '../text/lines.ts'
import { type Place, samePlace } from '../text/span.ts'
import { usesOf } from './names-at.ts'
import { groupedBy } from './places.ts'
import { isSpelledLike, mayBeQuery, queryWords } from './rename-queries.ts'
import { described, isMeant, type Refusal, type RenameSubject } from './rename-subject.ts'
import { type Thing, thingOf } from './thing.ts'

/** A place with the old name. */
export interface OldPlace {
  readonly at: Place
  /** The letters as they are. */
  readonly text: string
  /** True where the name is both a key and a variable, as in `{ posts }`: then only the key is renamed. */
  readonly isShorthand: boolean
  /** True where it stands without quotes in the text of a query. */
  readonly isBare: boolean
}

/** All places to change; `isSynced` when some are in the code of a sync. */
export interface OldPlaces {
  readonly places: readonly OldPlace[]
  readonly isSynced: boolean
}

/**
 * The places of all letters of a name. Migrations keep the name that they were released with: with `keeping`, the edits
 * that keep what devices hold, all of them do, and else those that are released. Where they share letters with what is
 * renamed, `keeping` must write the old name out, or nothing is renamed.
 */
export function oldPlaces(
  catalog: Catalog,
  { thing, store, name }: RenameSubject,
  keeping: readonly Edit[] | undefined,
): OldPlaces | Refusal {
  const released = catalog.baseline(store)?.snapshots.at(-1)?.version
  const isHistory = ({ part, version }: NameMention): boolean =>
    part === 'migration' &&
    (keeping !== undefined || !(version !== undefined && released !== undefined && version > released))

  const queries = queryWords(catalog, thing, isHistory)
  if (queries.unclear)
    return { problem: `Nothing tells what "${name}" means in the query at ${shownAt(catalog, queries.unclear)}.` }
  const uses = [...usesOf(catalog, [thing]), ...queries.alike]
  const properties = new Set(uses.filter(({ role }) => role === 'stands').map(({ at }) => textAt(catalog, at)))
  const renamed = uses.filter(use => use.role !== 'stands' && !isHistory(use))
  const lettered: { readonly use: NameMention; readonly source: Place }[] = []
  for (const use of renamed) {
    if (use.source) lettered.push({ use, source: use.source })
    // A property that is written bears a name of its own.
    else if (use.part !== 'write' || !properties.has(textAt(catalog, use.at)))
      return { problem: `The name is put together from parts at ${shownAt(catalog, use.at)}, so it cannot be renamed.` }
  }

  const maker = keeping ? undefined : uses.find(use => use.role === 'adds' && isHistory(use))
  if (maker)
    return { problem: `A released migration makes "${name}" at ${shownAt(catalog, maker.at)}, but no release has it.` }

  const groups = groupedBy(lettered, ({ source }) => source)
  for (const use of uses) {
    const { source, at } = use
    if (!source || !isHistory(use) || !groups.some(([first]) => samePlace(first.source, source))) continue
    if (!keeping?.some(edit => covers(edit, at)))
      return {
        problem: `The migration at ${shownAt(catalog, at)} takes "${name}" from where the schema does. Write the name out there first, as migrations tell of the past.`,
      }
  }

  const places: OldPlace[] = []
  for (const group of groups) {
    const [{ source: at }] = group
    const other = otherThingAt(catalog, at, thing)
    if (other) return { problem: `"${name}" at ${shownAt(catalog, at)} also stands for ${described(catalog, other)}.` }
    const text = textAt(catalog, at)
    if (text?.toLowerCase() !== name.toLowerCase())
      return { problem: `"${name}" is not written as it reads at ${shownAt(catalog, at)}.` }
    const isQuery = group.some(({ use }) => use.isSql || mayBeQuery(use))
    places.push({ at, text, isShorthand: !isQuery && isShorthand(catalog, at), isBare: isQuery && isBare(catalog, at) })
  }
  for (const at of queries.qualifiers)
    places.push({ at, text: textAt(catalog, at) ?? name, isShorthand: false, isBare: isBare(catalog, at) })
  return { places, isSynced: renamed.some(({ part }) => part === 'sync') }
}

/** Something else that is named by the same letters. */
function otherThingAt(catalog: Catalog, at: Place, thing: Thing): Thing | undefined {
  for (const mention of catalog.mentions(at.file)) {
    if (mention.kind === 'word' || !samePlace(mention.at, at)) continue
    const other = thingOf(mention)
    if (!isSpelledLike(other, thing) && isMeant(catalog, mention)) return other
  }
  return undefined
}

const covers = (edit: Edit, { file, span }: Place): boolean =>
  !isNewFile(edit) && edit.file === file && edit.start <= span.start && span.end <= edit.end && edit.start < edit.end

const textAt = (catalog: Catalog, { file, span }: Place): string | undefined =>
  catalog.text(file)?.slice(span.start, span.end)

/** White space that is longer than this is not looked behind. */
const farthest = 200

/** `{ posts }` in an object or a pattern, maybe with a default. */
function isShorthand(catalog: Catalog, { file, span }: Place): boolean {
  const text = catalog.text(file) ?? ''
  const before = text.slice(Math.max(0, span.start - farthest), span.start)
  return /[{,]\s*$/.test(before) && /^\s*(?:[,}]|=(?![=>]))/.test(text.slice(span.end, span.end + farthest))
}

function isBare(catalog: Catalog, { file, span }: Place): boolean {
  const text = catalog.text(file) ?? ''
  const before = text[span.start - 1]
  return !(before !== undefined && /["'`[]/.test(before) && text[span.end] === (before === '[' ? ']' : before))
}

/** A place as people find it: the file's path and the line, from 1. */
const shownAt = (catalog: Catalog, { file, span }: Place): string =>
  `${file}:${linesOf(catalog.text(file) ?? '').at(span.start).line + 1}`
