// Options that Realm refuses: of the wrong type, or together with another one.
import type { Entry, Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import { kindOf } from '../schema/read-property.ts'
import type { Opening } from '../types.ts'
import { isOn } from './options.ts'
import { isGiven } from './read-opening.ts'

/** An option that makes the opening throw. */
export interface WrongOption {
  readonly entry: Entry
  /** The other one that it cannot stand with. */
  readonly with?: Entry
  /** What is wrong, as a clause. */
  readonly message: string
  /** What to do, as a sentence. */
  readonly advice: string
  /** The option that may go, or the text to write in the place of its value. */
  readonly mend?: { readonly remove: Entry } | { readonly entry: Entry; readonly text: string }
}

/** `validateConfiguration` of realm-js; versions before 12 check the same types one by one. */
const types: Readonly<Record<string, string>> = {
  path: 'a string',
  fifoFilesFallbackPath: 'a string',
  schemaVersion: 'a number',
  inMemory: 'a boolean',
  readOnly: 'a boolean',
  deleteRealmIfMigrationNeeded: 'a boolean',
  disableFormatUpgrade: 'a boolean',
  onMigration: 'a function',
  shouldCompact: 'a function',
}

/** What Realm refuses in a configuration, whatever realm-js it is; more where the major version is known. */
export function* wrongOptions(scope: Scope, opening: Opening, major: number | undefined): Generator<WrongOption> {
  const { entries, kind } = opening
  for (const entry of entries.values()) {
    const wrong = wrongValue(scope, entry, major)
    if (wrong) yield wrong
  }
  if (kind !== 'other') yield* wrongPairs(scope, entries, major)
}

function wrongValue(scope: Scope, entry: Entry, major: number | undefined): WrongOption | undefined {
  const { value } = scope.follow(entry.value)
  const { name } = entry
  const isChecked = major !== undefined && major >= 12
  const kind = kindOf(value)
  const expected = Object.hasOwn(types, name) ? types[name] : undefined
  if (name === 'encryptionKey') return isChecked ? wrongKey(entry, kind) : undefined
  if (kind === undefined || kind === 'undefined' || !expected) return undefined
  // Before realm 11 two of the functions had other names.
  if (expected === 'a function' && !isChecked) return undefined
  if (kind === 'null' && !isChecked) return undefined
  if (!kind.startsWith(expected)) {
    const text = plainText(value, expected)
    return {
      entry,
      message: `expects "${name}" to be ${expected}, got ${kind}`,
      advice: text === undefined ? `Give ${expected}, or leave it out.` : `Write ${text}.`,
      // A constant that others read too may be right for them.
      ...(text !== undefined && entry.value.value === value && { mend: { entry, text } }),
      ...(kind === 'null' && { mend: { remove: entry } }),
    }
  }
  if (!isChecked) return undefined
  if (value.kind === 'string' && name === 'path' && value.text === '')
    return { entry, message: 'takes no empty "path"', advice: 'Leave it out, or give a name.', mend: { remove: entry } }
  const isVersion =
    value.kind !== 'number' || name !== 'schemaVersion' || (value.value >= 0 && Number.isInteger(value.value))
  return isVersion
    ? undefined
    : {
        entry,
        message: `expects "schemaVersion" to be 0 or a positive integer`,
        advice: 'Count versions in whole numbers.',
      }
}

function wrongKey(entry: Entry, kind: string | undefined): WrongOption | undefined {
  if (kind === undefined || kind === 'undefined' || kind === 'an object') return undefined
  return {
    entry,
    message: `expects "encryptionKey" to be an ArrayBuffer or a typed array, got ${kind}`,
    advice: 'Give 64 bytes in a Uint8Array.',
  }
}

/** The number or boolean that a text was to be. */
function plainText(value: Value, expected: string): string | undefined {
  if (value.kind === 'boolean' && expected === 'a number') return undefined
  if (value.kind !== 'string') return undefined
  const isMeant =
    expected === 'a number' ? /^\d+$/.test(value.text) : expected === 'a boolean' && /^(?:true|false)$/.test(value.text)
  return isMeant ? value.text : undefined
}

function* wrongPairs(scope: Scope, entries: Opening['entries'], major: number | undefined): Generator<WrongOption> {
  const deletes = entries.get('deleteRealmIfMigrationNeeded')
  const readOnly = entries.get('readOnly')
  const isReadOnly = isOn(scope, readOnly)
  const migration = entries.get(major !== undefined && major < 11 ? 'migration' : 'onMigration')
  const migrates = migration && scope.follow(migration.value).value.kind === 'function'
  const key = entries.get('encryptionKey')
  if (deletes && (isOn(scope, deletes) || isInDevelopment(deletes))) {
    const when = isOn(scope, deletes) ? '' : ' in development'
    const remove = { remove: deletes }
    const advice = 'Leave "deleteRealmIfMigrationNeeded" out, which deletes what users have stored.'
    if (readOnly && isReadOnly)
      yield {
        entry: deletes,
        with: readOnly,
        message: `refuses "deleteRealmIfMigrationNeeded" together with "readOnly"${when}`,
        advice,
        mend: remove,
      }
    else if (migration && migrates && major !== undefined)
      yield {
        entry: deletes,
        with: migration,
        message: `refuses "deleteRealmIfMigrationNeeded" together with "${migration.name}"${when}`,
        advice,
        mend: remove,
      }
  }
  if (readOnly && isReadOnly && migration && migrates && major !== undefined)
    yield {
      entry: migration,
      with: readOnly,
      message: `refuses "${migration.name}" together with "readOnly", as it migrates nothing that is only read`,
      advice: 'Leave one of them out.',
      mend: { remove: migration },
    }
  const inMemory = entries.get('inMemory')
  if (key && isKey(scope, key) && inMemory && isOn(scope, inMemory))
    yield {
      entry: key,
      with: inMemory,
      message: 'refuses "encryptionKey" together with "inMemory"',
      advice: 'Leave the key out: nothing is written to disk.',
      mend: { remove: key },
    }
}

/** Certainly a key, not one that may be left out at run time. */
const isKey = (scope: Scope, entry: Entry): boolean =>
  isGiven(scope, entry) && ['call', 'array'].includes(scope.follow(entry.value).value.kind)

/** `__DEV__`, the global of React Native. */
const isInDevelopment = ({ value: { value } }: Entry): boolean =>
  value.kind === 'name' && value.name === '__DEV__' && value.key === undefined
