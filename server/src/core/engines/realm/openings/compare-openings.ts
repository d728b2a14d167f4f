// What two openings of one realm file say differently.
import type { Entry, Scope } from '../../../catalog/scope.ts'
import { childrenOf, type Value, walkValue } from '../../../source/value.ts'
import type { Span } from '../../../text/span.ts'
import type { Opening, RealmStore } from '../types.ts'
import { majorOf } from '../versions.ts'
import { isOn } from './options.ts'
import { contextOf, isGiven } from './read-opening.ts'

/** A difference between an opening and an earlier one. */
export interface Difference {
  /** The option, for the message. */
  readonly option: string
  /** `Realm throws` in these words: `Realm at path … already opened with …`. */
  readonly throws: string
}

/** The openings of a store that stay open and whose options are all known, in the order of the code. */
export function lastingOpenings(store: RealmStore): readonly Opening[] {
  return store.openings.filter(
    one =>
      one.kind !== 'other' &&
      one.complete &&
      one.path !== undefined &&
      !one.isSync &&
      !hasProvider(store, one) &&
      !isClosedSoon(store.scope, one),
  )
}

/** True for a context with providers: it opens nothing by itself, and they may give more options. */
export const hasProvider = ({ scope, library, openings }: RealmStore, { kind, value }: Opening): boolean =>
  kind === 'context' && openings.some(one => contextOf(scope, library, one.value)?.value === value.value)

/**
 * True where an app may run one of two openings or the other: in branches of one function, or as its last resort in a
 * `catch`.
 */
export function areAlternatives(scope: Scope, a: Opening, b: Opening): boolean {
  const { file } = a.value
  if (file !== b.value.file) return false
  const [one, other] = [a.fact.fn, b.fact.fn]
  if (one === undefined && other === undefined) return a.fact.isConditional === true || b.fact.isConditional === true
  const functions = scope.usage(file)?.functions ?? []
  const isWithin = (inner: number | undefined, outer: number | undefined): boolean => {
    if (outer === undefined) return false
    for (let at = inner; at !== undefined; at = functions[at]?.parent) if (at === outer) return true
    return false
  }
  return isWithin(one, other) || isWithin(other, one)
}

/** What Realm throws about (`RealmCoordinator::set_config` of realm-core) when `later` is opened while `earlier` is. */
export function differenceOf(scope: Scope, earlier: Opening, later: Opening): Difference | undefined {
  const isOff = (entry: Entry | undefined) => !isGiven(scope, entry) || scope.boolean(entry?.value) === false
  const differs = (name: string) => {
    const [a, b] = [earlier.entries.get(name), later.entries.get(name)]
    return (isOn(scope, a) && isOff(b)) || (isOff(a) && isOn(scope, b))
  }
  if (differs('readOnly')) return { option: 'readOnly', throws: 'different read permissions' }
  const [a, b] = [earlier.entries.get('encryptionKey'), later.entries.get('encryptionKey')]
  if (hasKey(scope, a) ? !isGiven(scope, b) : hasKey(scope, b) && !isGiven(scope, a))
    return { option: 'encryptionKey', throws: 'a different encryption key' }
  if (differs('deleteRealmIfMigrationNeeded'))
    return { option: 'deleteRealmIfMigrationNeeded', throws: 'a different schema mode' }
  const [one, other] = [versionOf(scope, earlier), versionOf(scope, later)]
  if (one !== undefined && other !== undefined && one !== other)
    return { option: 'schemaVersion', throws: 'different schema version' }
  return undefined
}

/** The version that an opening gives; 0 where it leaves it out. Without a schema Realm does not look at it. */
export function versionOf(scope: Scope, { entries, version }: Opening): number | undefined {
  if (!isGiven(scope, entries.get('schema'))) return undefined
  return isGiven(scope, entries.get('schemaVersion')) ? version?.value : 0
}

/** The migration of an opening, by the name that its version of Realm has for it. */
export function migrationEntry(store: RealmStore, { entries }: Opening): Entry | undefined {
  const major = majorOf(store.project)
  const entry = entries.get(major !== undefined && major < 11 ? 'migration' : 'onMigration')
  return isGiven(store.scope, entry) ? entry : undefined
}

/** True for a migration with an empty body. */
export function isIdle({ scope, migration }: RealmStore): boolean {
  const usage = migration && scope.usage(migration.file)
  const fn = usage?.functions[migration?.fn ?? -1]
  if (!usage || !fn || fn.throws) return false
  const isInside = ({ start, end }: Span) => fn.at.start <= start && end <= fn.at.end
  return !usage.calls.some(({ value }) => isInside(value.at)) && !usage.assigns.some(({ at }) => isInside(at))
}

/** Certainly a key; what comes from elsewhere may be left out at run time. */
function hasKey(scope: Scope, entry: Entry | undefined): boolean {
  if (!entry || !isGiven(scope, entry)) return false
  const { kind } = scope.follow(entry.value).value
  return !['conditional', 'binary', 'unknown', 'null'].includes(kind)
}

/** `realm.close()` behind the opening, of the variable or the parameter that it is given to. */
function isClosedSoon(scope: Scope, { value: { value, file }, fact }: Opening): boolean {
  const usage = scope.usage(file)
  const isHolder = (key: string | undefined): boolean => {
    if (key === undefined) return false
    if (key === fact.into) return true
    const given = scope.binding(file, key)?.param
    return given !== undefined && callbacksOf(fact.value).some(callback => callback === given.fn)
  }
  const closes = (part: Value): boolean =>
    part.kind === 'call' &&
    part.at.start > value.at.start &&
    part.callee.kind === 'member' &&
    part.callee.name === 'close' &&
    part.callee.of.kind === 'name' &&
    isHolder(part.callee.of.key)
  const isChained = (outer: Value): boolean =>
    [...walkValue(outer)].some(
      part =>
        part.kind === 'call' &&
        part.callee.kind === 'member' &&
        part.callee.name === 'close' &&
        [...walkValue(part.callee.of)].includes(value),
    )
  return usage?.calls.some(call => isChained(call.value) || [...walkValue(call.value)].some(closes)) ?? false
}

/** The functions that are arguments somewhere in a call: those of `.then(…)`. */
const callbacksOf = (value: Value): readonly number[] =>
  [...walkValue(value)].flatMap(part =>
    childrenOf(part).flatMap(child => (child.kind === 'function' ? [child.id] : [])),
  )
