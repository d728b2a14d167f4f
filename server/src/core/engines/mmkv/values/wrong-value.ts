// Values that MMKV cannot store, and what should be written instead.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import { replaceAt, textAt } from '../edit-text.ts'
import type { KeyUse } from '../types.ts'

type Kind = 'undefined' | 'null' | 'object' | 'array' | 'Uint8Array'

/** A write of such a value. */
export interface WrongValue {
  readonly use: KeyUse
  readonly kind: Kind
  /** The method that removes a key; undefined where the version is not known. */
  readonly removes: 'remove' | 'delete' | undefined
}

const wishes: Readonly<Record<Kind, string>> = {
  undefined: 'Remove the key instead',
  null: 'Remove the key instead',
  object: 'Store it as JSON',
  array: 'Store it as JSON',
  Uint8Array: 'Give its buffer',
}

/** What a write certainly gives that cannot be stored; `installed` is the major version, where that is known. */
export function wrongValue(scope: Scope, use: KeyUse, installed: number | undefined): WrongValue | undefined {
  const major = installed ?? (isOfCreated(scope, use) ? 4 : undefined)
  const kind = use.value && kindOf(scope, use.value, major)
  return kind && { use, kind, removes: major === undefined ? undefined : major >= 4 ? 'remove' : 'delete' }
}

/** The sentence about such a value. */
export function messageOf(kind: Kind): string {
  const what = kind === 'object' || kind === 'array' ? `an ${kind}` : kind === 'Uint8Array' ? `a ${kind}` : kind
  return `MMKV cannot store ${what}: the call throws, and nothing is saved. ${wishes[kind]}.`
}

/** Writes what was meant; undefined where the call is none of the method. */
export function mendValue({ use, kind, removes }: WrongValue, context: FixContext): Fix | undefined {
  const { value: call, file } = use.call
  const [key] = call.args
  const written = use.value && textAt(placeOf(use.value), context)
  if (!use.value || written === undefined || call.callee.kind !== 'member' || !key || !removes) return undefined
  const at = placeOf(use.value)
  if (kind === 'undefined' || kind === 'null')
    return {
      title: `Call "${removes}" instead`,
      safe: false,
      edits: [
        replaceAt({ file, span: call.callee.nameAt }, removes),
        { file, start: key.at.end, end: call.argsAt.end - 1, text: '' },
      ],
    }
  if (kind === 'Uint8Array')
    return { title: 'Give its buffer', safe: false, edits: [replaceAt(at, `${written}.buffer`)] }
  return { title: 'Store it as JSON', safe: false, edits: [replaceAt(at, `JSON.stringify(${written})`)] }
}

const isOfCreated = (scope: Scope, { call }: KeyUse): boolean => {
  const { callee } = call.value
  const made = callee.kind === 'member' ? scope.follow({ value: callee.of, file: call.file }).value : undefined
  return made?.kind === 'call' && made.callee.kind === 'name' && made.callee.name === 'createMMKV'
}

function kindOf(scope: Scope, located: Located, major: number | undefined): Kind | undefined {
  const { value } = scope.follow(located)
  if (value.kind === 'undefined' || value.kind === 'null' || value.kind === 'object' || value.kind === 'array')
    return value.kind
  // A view of a part of a buffer has more behind it than it shows.
  const isBytes =
    value.kind === 'call' &&
    value.isNew &&
    value.args.length <= 1 &&
    value.callee.kind === 'name' &&
    value.callee.name === 'Uint8Array' &&
    value.callee.key === undefined
  return isBytes && major !== undefined && major >= 3 ? 'Uint8Array' : undefined
}
