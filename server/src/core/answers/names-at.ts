// The things that a caret is on, and everything that names them.
import type { Catalog } from '../catalog/catalog.ts'
import type { Mention, NameMention } from '../catalog/mention.ts'
import { mentionLists } from '../catalog/unit-mentions.ts'
import { type Span, sameSpan } from '../text/span.ts'
import { isGone, mentionsAt } from './mention-at.ts'
import { names, type Thing, thingOf } from './thing.ts'

/** The names at a caret: one span, and what it names. Several mentions mean that several stores may be meant. */
export interface NamesAt {
  readonly span: Span
  readonly mentions: readonly NameMention[]
}

/** The names that `offset` touches in `file`; undefined where there is none. */
export function namesAt(catalog: Catalog, file: string, offset: number): NamesAt | undefined {
  const [first, ...others] = mentionsAt(catalog, file, offset)
  if (!first || first.kind === 'word') return undefined
  const { span } = first.at
  const mentions = [first, ...others].flatMap(one => (one.kind !== 'word' && sameSpan(one.at.span, span) ? [one] : []))
  return { span, mentions }
}

/** The things that mentions name, each once. */
export function thingsOf(mentions: readonly NameMention[]): readonly Thing[] {
  const things: Thing[] = []
  for (const mention of mentions) if (!things.some(thing => names(mention, thing))) things.push(thingOf(mention))
  return things
}

/**
 * Every mention of any of the things in the workspace, or in one file of it, in no order. Those that have lost their
 * letters are no places to go to.
 */
export function usesOf(catalog: Catalog, things: readonly Thing[], file?: string): readonly NameMention[] {
  const uses: NameMention[] = []
  const entities = new Set(things.map(({ entity }) => entity))
  for (const one of file === undefined ? catalog.files() : [file]) {
    for (const mentions of mentionLists(catalog.mentions(one))) {
      if (mentions.length === 0) continue
      const index = indexOf(mentions)
      for (const entity of entities)
        for (const mention of index.get(entity) ?? [])
          if (!isGone(mention) && things.some(thing => names(mention, thing))) uses.push(mention)
    }
  }
  return uses
}

const indexes = new WeakMap<readonly Mention[], ReadonlyMap<string, readonly NameMention[]>>()

/** Mentions by the name of their entity. Lists stay the same while nothing changes, and so do their indexes. */
function indexOf(mentions: readonly Mention[]): ReadonlyMap<string, readonly NameMention[]> {
  const known = indexes.get(mentions)
  if (known) return known
  const index = new Map<string, NameMention[]>()
  for (const mention of mentions) {
    if (mention.kind === 'word') continue
    const list = index.get(mention.entity)
    if (list) list.push(mention)
    else index.set(mention.entity, [mention])
  }
  indexes.set(mentions, index)
  return index
}
