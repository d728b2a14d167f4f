// How long an encryption key is, where the code says it, and how much of it is used.

import type { Named } from '../../../catalog/catalog.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { utf8Length } from '../../../text/utf8.ts'

/** A key whose length is written down. */
export interface KeyLength {
  readonly bytes: number
  /** The key, or the call that makes it. */
  readonly at: Place
  /** The key itself, where it stands in the code. */
  readonly text: Named | undefined
}

/** How many bytes of a key are used, and what says so. */
export interface KeyLimit {
  readonly bytes: 16 | 32
  readonly type: 'AES-128' | 'AES-256'
}

const short: KeyLimit = { bytes: 16, type: 'AES-128' }
const long: KeyLimit = { bytes: 32, type: 'AES-256' }

/** Values inside one another deeper than this are taken for cycles. */
const deepest = 8

/** The limit of a type of encryption; without one it is that of AES-128, and of one that is not known the higher. */
export const limitOf = (scope: Scope, type: Located | undefined): KeyLimit =>
  type === undefined || scope.text(type)?.text === 'AES-128' ? short : long

/** The limit of a configuration; where it is not all known it may say AES-256. */
export const limitOfOptions = (scope: Scope, type: Entry | undefined, complete: boolean): KeyLimit =>
  type ? limitOf(scope, type.value) : complete ? short : long

/** The length of a key; undefined where only running would tell. */
export function lengthOfKey(scope: Scope, located: Located): KeyLength | undefined {
  const text = scope.text(located)
  if (text) return { bytes: utf8Length(text.text), at: text.at, text }
  const found = followed(scope, located)
  const bytes = found.value.kind === 'call' ? textBytes(scope, { value: found.value, file: found.file }) : undefined
  return bytes === undefined ? undefined : { bytes, at: placeOf(found), text: undefined }
}

/** Follows names, and `await` behind them. */
function followed(scope: Scope, located: Located): Located {
  let at = located
  for (let i = 0; i < deepest; i++) {
    if (at.value.kind === 'await') at = { value: at.value.value, file: at.file }
    const next = scope.follow(at)
    if (next.value === at.value) return at
    at = next
  }
  return at
}

const nameOf = (callee: Value): string | undefined =>
  callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined

/** The length of the text that a call gives, where every such call gives so many characters. */
function textBytes(scope: Scope, { value, file }: Located<CallValue>): number | undefined {
  const { callee, args } = value
  const name = nameOf(callee)
  if (isOfApp(scope, { value: callee, file })) return undefined
  if ((name === 'randomUUID' || name === 'uuidv4' || name === 'uuidv1') && args.length === 0) return 36
  if (name === 'v4' && args.length === 0 && callee.kind === 'member' && nameOf(callee.of) === 'uuid') return 36
  if (name !== 'toString' || callee.kind !== 'member' || !args[0]) return undefined
  const bytes = bufferBytes(scope, { value: callee.of, file }, 0)
  const encoding = scope.text({ value: args[0], file })?.text
  if (bytes === undefined) return undefined
  return encoding === 'hex' ? bytes * 2 : encoding === 'base64' ? Math.ceil(bytes / 3) * 4 : undefined
}

/** The length of a buffer of random bytes. */
function bufferBytes(scope: Scope, located: Located, depth: number): number | undefined {
  const { value, file } = followed(scope, located)
  if (value.kind !== 'call' || depth > deepest || isOfApp(scope, { value: value.callee, file })) return undefined
  const [first, ...others] = value.args
  if (!first || others.length > 0) return undefined
  const name = nameOf(value.callee)
  const argument = { value: first, file }
  if (name === 'randomBytes') return scope.number(argument)?.value
  const isBuffer = name === 'from' && value.callee.kind === 'member' && nameOf(value.callee.of) === 'Buffer'
  return isBuffer ? arrayBytes(scope, argument) : undefined
}

/** The length of an array of random bytes. */
function arrayBytes(scope: Scope, located: Located): number | undefined {
  const { value, file } = followed(scope, located)
  if (value.kind !== 'call' || !value.args[0] || isOfApp(scope, { value: value.callee, file })) return undefined
  const name = nameOf(value.callee)
  const argument = { value: value.args[0], file }
  if (name === 'getRandomValues') return arrayBytes(scope, argument)
  const isMade = value.isNew ? name === 'Uint8Array' : /^(?:getRandomBytes(?:Async)?|randomBytes)$/.test(name ?? '')
  return isMade ? scope.number(argument)?.value : undefined
}

/** True for functions that the app itself defines: their names promise nothing. */
const isOfApp = (scope: Scope, callee: Located): boolean => {
  const target = scope.target(callee)
  return target.kind === 'value' && (target.located.value.kind === 'function' || target.located.value.kind === 'class')
}
