// Makes the mentions of one name: where it stands, and where the constant that it is written with gets its text.

import type { Place } from '../text/span.ts'
import type { Field } from './catalog.ts'
import type { NameMention, WordMention } from './mention.ts'
import { betweenQuotes, type NameAt, nameAt } from './name-at.ts'
import type { Located, Scope } from './scope.ts'

/** What is said with a name. */
export interface Told {
  readonly store: string
  readonly part: NameMention['part']
  readonly role: NameMention['role']
  readonly version?: number | undefined
  readonly whole?: Place | undefined
  readonly isSql?: boolean | undefined
  readonly suits?: ((field: Field) => boolean) | undefined
}

/** Mentions of the entity that an expression names; none where its text is not known. */
export function* entityMentions(scope: Scope, located: Located | undefined, told: Told): Generator<NameMention> {
  const name = nameAt(scope, located)
  if (name) yield* mentionsOfName(name, { kind: 'entity', entity: name.text, ...told })
}

/** Mentions of the field of `entity` that an expression names; none where its text is not known. */
export function* fieldMentions(
  scope: Scope,
  located: Located | undefined,
  entity: string,
  told: Told,
): Generator<NameMention> {
  const name = nameAt(scope, located)
  if (name) yield* mentionsOfName(name, { kind: 'field', entity, field: name.text, ...told })
}

/** The mention of a known name, and one for the constant's text where it is named by a constant. */
export function* mentionsOfName(
  { at, source }: NameAt,
  mention: Omit<NameMention, 'at' | 'source'>,
): Generator<NameMention> {
  yield { ...mention, at, ...(source && { source }) }
  if (!source || source === at) return
  const { kind, store, entity, field } = mention
  yield {
    kind,
    store,
    entity,
    ...(field !== undefined && { field }),
    at: source,
    source,
    part: 'config',
    role: 'refers',
  }
}

/** A mention of one of a few words, where one is written out. */
export function* wordMentions(located: Located | undefined, choices: WordMention['choices']): Generator<WordMention> {
  if (located?.value.kind === 'string') yield { kind: 'word', at: betweenQuotes(located.value, located.file), choices }
}
