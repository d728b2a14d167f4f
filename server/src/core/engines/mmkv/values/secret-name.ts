// Which keys are named like secrets.
import type { Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import { walkValue } from '../../../source/value.ts'
import type { Key, KeyUse, MmkvStore } from '../types.ts'

/** What makes a token one that opens something; tokens of coins, of push messages and the like are none. */
const doors = new Set(
  'access auth authentication authorization bearer id jwt oauth oauth2 refresh session user api login bot personal'.split(
    ' ',
  ),
)
const owners = new Set('app user login account wallet unlock lock security secure my device'.split(' '))
/** `hasPassword` tells something about a password. */
const askers = new Set(
  'is has had should show hide can needs need remember forgot reset last no with without use'.split(' '),
)
const passwords = new Set(['password', 'passwd', 'passphrase', 'passcode', 'pwd'])

/** What a key is named like, as a word of a sentence: `token`, `password`, `secret`, `PIN`; undefined for other names. */
export function secretOf(key: string): string | undefined {
  const words = wordsOf(key)
  const last = words.at(-1)
  const before = words.at(-2)
  if (last === undefined || words.some(word => askers.has(word))) return undefined
  if (last === 'token') return before === undefined || doors.has(before) ? 'token' : undefined
  if (last === 'refresh') return before === undefined || before === 'token' ? 'token' : undefined
  if (passwords.has(last)) return 'password'
  if (last === 'secret' || (last === 'key' && before === 'secret')) return 'secret'
  if (last === 'pincode' || (last === 'code' && before === 'pin')) return 'PIN'
  return last === 'pin' && (before === undefined || owners.has(before)) ? 'PIN' : undefined
}

/** The uses that keep a secret under a key of a store: texts that are not constants and not encrypted by the app itself. */
export function writesOfSecret({ scope, uses: all }: MmkvStore, key: Key): readonly KeyUse[] {
  const uses = key.uses.filter(use => !use.isTest)
  const writes = uses.filter(use => use.access === 'write')
  // A function of the app may write what it is given only at times, or encrypt it first.
  const wrapped = writes.some(use => use.isWrapped) ? all.filter(use => use.handsOn && use.access === 'write') : []
  if (wrapped.some(use => use.fact.isConditional === true)) return []
  if ([...writes, ...wrapped].some(use => use.value && isHidden(use.value.value))) return []
  return uses.filter(
    use => isText(use) && (use.access === 'hook' || (use.access === 'write' && !isConstant(scope, use))),
  )
}

const isText = ({ type }: KeyUse): boolean => type === undefined || type === 'string' || type === 'object'

const isConstant = (scope: Scope, { value }: KeyUse): boolean => value !== undefined && scope.text(value) !== undefined

/** True for what a function of encryption or of hashing gives. */
const isHidden = (value: Value): boolean =>
  [...walkValue(value)].some(
    part =>
      (part.kind === 'name' || part.kind === 'member') && /crypt|cipher|hash|sealed?$|sha\d/i.test(part.name ?? ''),
  )

/** The words behind the last sign that parts a name from where it belongs; `auth.token` keeps the word before it. */
const wordsOf = (key: string): readonly string[] =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '' && word !== 'provider')
