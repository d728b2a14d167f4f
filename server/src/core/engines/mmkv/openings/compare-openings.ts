// What two openings of one MMKV file say differently.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { contains, type Place } from '../../../text/span.ts'
import { catchesAround, isWithin } from '../code/around.ts'
import type { Opening } from '../types.ts'

/** The options that MMKV takes from the first opening alone. */
export type ComparedOption = 'encryptionKey' | 'encryptionType' | 'readOnly' | 'mode'

/** The option in which two openings certainly differ; undefined where there is none. */
export function differenceOf(scope: Scope, a: Opening, b: Opening): ComparedOption | undefined {
  if (!a.complete || !b.complete) return undefined
  if (differInKey(scope, a, b)) return 'encryptionKey'
  if (differ(typeOf(scope, a), typeOf(scope, b))) return 'encryptionType'
  if (differ(flagOf(scope, a), flagOf(scope, b))) return 'readOnly'
  return differ(modeOf(scope, a), modeOf(scope, b)) ? 'mode' : undefined
}

/** Where an opening says an option, or where it opens. */
export const placeOfOption = (opening: Opening, option: ComparedOption): Place =>
  opening.entries.get(option)?.nameAt ?? nameOfOpening(opening)

/** The name of what opens: `createMMKV`, `MMKV`. */
export const nameOfOpening = ({ value: { value, file } }: Opening): Place => placeOf({ value: value.callee, file })

/** True where an app may run one of two openings or the other: in branches, or as its last resort in a `catch`. */
export function areAlternatives(scope: Scope, a: Opening, b: Opening): boolean {
  const { file } = a.value
  if (file !== b.value.file) return false
  const [one, other] = [a.fact.fn, b.fact.fn]
  if (a.fact.isConditional === true && b.fact.isConditional === true) return true
  if (one === undefined && other === undefined) return a.fact.isConditional === true || b.fact.isConditional === true
  return (
    (other !== undefined && isWithin(scope, file, one, other)) ||
    (one !== undefined && isWithin(scope, file, other, one))
  )
}

/** True where `fallback` is opened in the `catch` of the `try` that opens `tried`. */
export function isCaughtBy(scope: Scope, tried: Opening, fallback: Opening): boolean {
  const { value, file } = fallback.value
  if (tried.value.file !== file) return false
  return catchesAround(scope, file, fallback.fact.fn).some(
    one => contains(one.tryAt, tried.value.value.at) && contains(one.at, value.at),
  )
}

const differ = <T>(a: T | undefined, b: T | undefined): boolean => a !== undefined && b !== undefined && a !== b

function differInKey(scope: Scope, a: Opening, b: Opening): boolean {
  const [one, other] = [a.encryptionKey, b.encryptionKey]
  if (one === undefined || other === undefined) return false
  if (one === null || other === null) {
    const given = one ?? other
    return given !== null && isSurelyKey(scope, given)
  }
  const [first, second] = [scope.text(one), scope.text(other)]
  return first !== undefined && second !== undefined && first.text !== second.text
}

/** A name that may stand for nothing is no key for certain; a text is one, and so is what a function was asked for. */
function isSurelyKey(scope: Scope, given: NonNullable<Opening['encryptionKey']>): boolean {
  const text = scope.text(given)
  if (text) return text.text !== ''
  const { value } = scope.follow(given)
  return value.kind === 'template' || value.kind === 'call'
}

const typeOf = (scope: Scope, opening: Opening): string | undefined => {
  const entry = opening.entries.get('encryptionType')
  if (opening.encryptionKey === null || opening.encryptionKey === undefined) return undefined
  return entry ? scope.text(entry.value)?.text : 'AES-128'
}

const flagOf = (scope: Scope, { entries }: Opening): boolean | undefined => {
  const entry = entries.get('readOnly')
  return entry ? scope.boolean(entry.value) : false
}

/** `'multi-process'` of version 4, and `Mode.MULTI_PROCESS` before it. */
function modeOf(scope: Scope, { entries }: Opening): string | undefined {
  const entry = entries.get('mode')
  if (!entry) return 'single'
  const text = scope.text(entry.value)?.text ?? externalName(scope, entry.value)
  return /multi/i.test(text ?? '') ? 'multi' : /single/i.test(text ?? '') ? 'single' : undefined
}

const externalName = (scope: Scope, value: Parameters<Scope['target']>[0]): string | undefined => {
  const target = scope.target(value)
  return target.kind === 'external' ? target.name : undefined
}
