// What the code of a file names: keys, and ids of instances.

import type { Mention, NameMention } from '../../../catalog/mention.ts'
import { nameAt } from '../../../catalog/name-at.ts'
import { mentionsOfName } from '../../../catalog/name-mentions.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import { keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { together } from '../../../catalog/unit-mentions.ts'
import type { Library } from '../imports.ts'
import type { FoundUse } from '../keys/call-reader.ts'
import { definingUse } from '../keys/key-group.ts'
import { keyNameAt } from '../keys/key-name.ts'
import type { OpeningReader } from '../openings/opening-reader.ts'
import type { SiteReader } from '../sites.ts'
import type { Key, KeyUse, MmkvStore } from '../types.ts'

/** What mentions are made of. */
export interface MentionSources {
  readonly scope: Scope
  readonly library: Library
  readonly sites: SiteReader
  readonly openings: OpeningReader
  uses(file: string): readonly FoundUse[]
  storeOf(key: string): MmkvStore | undefined
}

/** The mentions of each file, computed when asked for and remembered until something that they depend on changes. */
export function createMentions(sources: MentionSources): (file: string) => readonly Mention[] {
  const { scope } = sources
  const inCode = keyed((file: string): readonly Mention[] => [
    ...keyMentions(sources, file),
    ...idMentions(sources, file),
  ])
  // The text of a constant may stand in another file than the code that uses it.
  const given = keyed((file: string) => inCode(file).filter(({ at }) => at.file !== file), sameItems)
  const fromElsewhere = keyed(
    (file: string) => scope.files().flatMap(other => given(other).filter(({ at }) => at.file === file)),
    sameItems,
  )
  return keyed((file: string) =>
    together(
      [],
      [
        ...inCode(file).filter(({ at }) => at.file === file),
        // All code of the workspace is read for this, so only files that can be meant ask for it.
        ...(givesAway(scope, file) ? fromElsewhere(file) : []),
      ],
    ),
  )
}

/** True for a file that exports texts, or objects that may hold some. */
function givesAway(scope: Scope, file: string): boolean {
  const module = scope.module(file)
  const isData = (kind: string | undefined) => kind === 'object' || kind === 'string' || kind === 'template'
  return Object.values(module?.exports ?? {}).some(one =>
    one.kind === 'value'
      ? isData(one.value.kind)
      : one.kind === 'binding' && isData(module?.bindings[one.key]?.value?.kind),
  )
}

function* keyMentions({ scope, uses, storeOf }: MentionSources, file: string): Generator<NameMention> {
  for (const { use, storeKey } of uses(file)) {
    const store = storeKey === undefined ? undefined : storeOf(storeKey)
    const [group] = store?.entities ?? []
    const name = keyNameAt(scope, use.keyArgument)
    if (!store || !group || !name) continue
    const own = group.fields.find(one => one.name.text === name.text)
    yield* mentionsOfName(name, {
      kind: 'field',
      store: store.name,
      entity: group.name.text,
      field: name.text,
      part: use.access === 'write' || use.access === 'remove' ? 'write' : 'query',
      role: own && isDefinition(own, use) ? 'defines' : 'refers',
      whole: use.at,
      suits: field => isSuitable(field as Key, use),
    })
  }
}

const isDefinition = (key: Key, use: KeyUse): boolean =>
  use.access !== 'read' && definingUse(key.uses)?.call.value === use.call.value

/** A key that is used elsewhere, with the type that is asked for. */
const isSuitable = (key: Key, use: KeyUse): boolean =>
  key.uses.some(one => one.call.value !== use.call.value) &&
  (use.type === undefined ||
    key.written === undefined ||
    key.written === use.type ||
    (key.written === 'string' && use.type === 'object'))

/** Ids where instances are opened, asked for and deleted. */
function* idMentions(sources: MentionSources, file: string): Generator<NameMention> {
  const { scope, sites, openings, storeOf } = sources
  for (const opening of openings.openings(file)) {
    const key = openings.storeKey(opening.value)
    const store = key === undefined ? undefined : storeOf(key)
    const entry = opening.entries.get('id')
    if (!store || !entry) continue
    const isFirst = store.openings[0] === opening
    yield* idMention(scope, entry.value, store, isFirst ? 'defines' : 'refers', placeOf(opening.value))
  }
  for (const { name, value } of sites.sites(file)) {
    const [id] = value.value.args
    if ((name !== 'existsMMKV' && name !== 'deleteMMKV') || !id) continue
    const located: Located = { value: id, file }
    const store = openings.storeNamed(file, scope.text(located)?.text)
    const known = store === undefined ? undefined : storeOf(store)
    if (known) yield* idMention(scope, located, known, 'refers', placeOf(value))
  }
}

function* idMention(
  scope: Scope,
  located: Located,
  store: MmkvStore,
  role: NameMention['role'],
  whole: NameMention['at'],
): Generator<NameMention> {
  const name = nameAt(scope, located)
  const [group] = store.entities
  if (!name || !group) return
  yield* mentionsOfName(name, {
    kind: 'entity',
    store: store.name,
    entity: group.name.text,
    part: 'schema',
    role,
    whole,
  })
}
