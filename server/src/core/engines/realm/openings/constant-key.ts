// Whether an encryption key is made of what stands in the code, and of nothing else.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { type CallValue, childrenOf, type NameValue, type Value, walkValue } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'

/** A key that anybody can read out of the app. */
export interface ConstantKey {
  /** The text or the numbers that it is made of; the key itself where it is nothing but zeros. */
  readonly secret: Place
  /** True where it is used only if something else is missing: `password || 'default'`. */
  readonly isFallback: boolean
}

/** What a part of a key is made of. */
interface Parts {
  readonly secrets: readonly Place[]
  readonly isFallback: boolean
}

const nothing: Parts = { secrets: [], isFallback: false }

/** Values inside one another deeper than this are taken for cycles. */
const deepest = 25

/** Names of options of hashes and encodings, no secrets. */
const optionText = /^(?:hex|utf-?8|utf-?16(?:le)?|ascii|latin1|binary|base64(?:url)?|sha-?\d+|md5|)$/i
/** Functions that give the same for the same: hashes, encodings, what puts texts together. */
const pureName =
  /hash|sha_?\d|md5|hmac|pbkdf2|scrypt|digest|hex|utf_?\d|base64|b64|atob|btoa|encode|decode|uint8|int8|bytes|arraybuffer/i
const pureWords = new Set(['from', 'of', 'concat', 'join', 'split', 'slice', 'fill', 'repeat', 'padStart', 'padEnd'])
const moreWords = new Set(['toString', 'reverse', 'update', 'parse', 'trim', 'toLowerCase', 'toUpperCase', 'substring'])
/** What the outside gives, whatever else the name says. */
const outsideName =
  /random|secure|generat|load|fetch|read|store|keychain|credential|password|secret|async$|^get(?!Bytes$)/i
const arrayName = /^(?:(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array|ArrayBuffer|DataView|TextEncoder)$/

/** The secret of a key that is made of constants alone; undefined where any of it comes from elsewhere. */
export function constantKey(scope: Scope, located: Located): ConstantKey | undefined {
  const parts = partsOf(scope, located, 0)
  if (!parts) return undefined
  let found = located
  for (let i = 0; i < deepest && found.value.kind !== 'call'; i++) found = written(scope, found) ?? found
  // What no array is made of cannot be a key, so something was not understood.
  if (found.value.kind !== 'call') return undefined
  // An array of a size is full of zeros; what a function makes of a number may be anything.
  if (parts.secrets.length === 0 && !found.value.isNew) return undefined
  return { secret: parts.secrets[0] ?? placeOf(found), isFallback: parts.isFallback }
}

function partsOf(scope: Scope, located: Located, depth: number): Parts | undefined {
  const { value, file } = located
  if (depth > deepest) return undefined
  const all = (values: readonly Value[]) => together(values.map(one => partsOf(scope, { value: one, file }, depth + 1)))
  switch (value.kind) {
    case 'string':
      return optionText.test(value.text) ? nothing : secretAt(located)
    case 'number':
    case 'boolean':
    case 'null':
    case 'undefined':
      return nothing
    case 'array': {
      const parts = all(value.items)
      const isNumbers = value.items.length > 0 && parts?.secrets.length === 0
      return isNumbers ? secretAt(located) : parts
    }
    case 'template':
    case 'object':
      return all(childrenOf(value))
    case 'binary':
      return ofBinary(all, value)
    case 'await':
    case 'spread':
      return all([value.value])
    case 'member':
      return value.name === 'buffer' ? all([value.of]) : ofName(scope, located, depth)
    case 'name':
      return isGivenAway(scope, { value, file }) ? undefined : ofName(scope, located, depth)
    case 'call': {
      const given = [...receiverOf(value), ...value.args]
      // What is made of nothing comes from elsewhere.
      return isPure(value) && (value.isNew || given.length > 0) ? all(given) : undefined
    }
    default:
      return undefined
  }
}

const secretAt = (located: Located): Parts => ({ secrets: [placeOf(located)], isFallback: false })

function together(parts: readonly (Parts | undefined)[]): Parts | undefined {
  if (parts.some(part => part === undefined)) return undefined
  return {
    secrets: parts.flatMap(part => part?.secrets ?? []),
    isFallback: parts.some(part => part?.isFallback),
  }
}

function ofBinary(all: (values: readonly Value[]) => Parts | undefined, value: Value & { kind: 'binary' }) {
  if (value.op === '+') return all([value.left, value.right])
  if (value.op !== '||' && value.op !== '??') return undefined
  const right = all([value.right])
  // An option that is left out is no secret: `encoding || 'hex'`.
  return right && right.secrets.length > 0
    ? { ...right, isFallback: right.isFallback || !all([value.left]) }
    : undefined
}

function ofName(scope: Scope, located: Located, depth: number): Parts | undefined {
  const found = written(scope, located)
  return found && partsOf(scope, found, depth + 1)
}

/** What a name was declared as. Calls are not followed into their functions: what those make is judged by their names. */
function written(scope: Scope, { value, file }: Located): Located | undefined {
  if (value.kind !== 'name') {
    const found = scope.follow({ value, file })
    return found.value === value || found.value.kind === 'call' ? undefined : found
  }
  const binding = value.key === undefined ? undefined : scope.binding(file, value.key)
  if (binding?.value) return { value: binding.value, file }
  const origin = binding?.import && scope.workspace().resolve(file, binding.import.from)[0]
  const entry = binding?.import && origin ? scope.exportOf(origin, binding.import.name) : undefined
  if (!entry || !origin || entry.kind === 'from') return undefined
  const { at } = entry
  const exported =
    entry.kind === 'value' ? entry.value : ({ kind: 'name', name: value.name, key: entry.key, at } as const)
  return { value: exported, file: origin }
}

/** The value that a method is called on, where that is more than the name of a library or of a global. */
function receiverOf({ callee }: CallValue): readonly Value[] {
  if (callee.kind !== 'member') return []
  let root = callee.of
  while (root.kind === 'member') root = root.of
  return root.kind === 'call' || root.kind === 'string' || root.kind === 'array' || isLowerName(root) ? [callee.of] : []
}

/** Names of values begin small; `Buffer`, `CryptoJS` and `Int8Array` are no values, nor is `crypto`. */
const isLowerName = (value: Value): boolean =>
  value.kind === 'name' &&
  /^[a-z]/.test(value.name) &&
  !/^(?:crypto|hash|hasher|sha\w*|util\w*|bytes|hex|encoding)$/i.test(value.name)

function isPure({ callee, isNew }: CallValue): boolean {
  const name = callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined
  if (name === undefined) return false
  if (isNew) return callee.kind === 'name' && callee.key === undefined && arrayName.test(name)
  if (outsideName.test(name)) return /^digestStringAsync$/.test(name)
  return pureName.test(name) || (callee.kind === 'member' && (pureWords.has(name) || moreWords.has(name)))
}

/** True where a variable is filled or handed on after it was made, as in `crypto.getRandomValues(key)`. */
function isGivenAway(scope: Scope, { value: { key }, file }: Located<NameValue>): boolean {
  const usage = scope.usage(file)
  if (key === undefined || !usage) return true
  const isIt = (value: Value) => value.kind === 'name' && value.key === key
  const holdsIt = (value: Value): boolean => [...walkValue(value)].some(isIt)
  if (usage.assigns.some(({ target }) => holdsIt(target))) return true
  for (const { value: outer } of usage.calls)
    for (const call of walkValue(outer)) {
      if (call.kind !== 'call') continue
      const isReceiver = call.callee.kind === 'member' && isIt(call.callee.of)
      const isArgument = call.args.some(isIt)
      if ((isReceiver || isArgument) && !isPure(call)) return true
    }
  return false
}
