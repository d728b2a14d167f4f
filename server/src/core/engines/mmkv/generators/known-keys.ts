// The keys of an instance with what each certainly holds.
import type { Key, KeyUse, MmkvStore, ValueType } from '../types.ts'
import { camel } from './names.ts'

/** What a key holds. `json` is a text of JSON. */
export type Held = 'string' | 'number' | 'boolean' | 'buffer' | 'json'

/** A key that code can be written for. */
export interface KnownKey {
  readonly text: string
  /** What it is called in code: `userName` for `user.name`. */
  readonly name: string
  readonly held: Held
}

/** Keys by their texts: those of a known type, and the others. Keys that only tests use are neither. */
export function knownKeys({ entities }: MmkvStore): {
  readonly known: readonly KnownKey[]
  readonly unknown: readonly string[]
} {
  const known: KnownKey[] = []
  const unknown: string[] = []
  const names = new Set<string>()
  const keys = entities.flatMap(group => group.fields).filter(key => key.uses.some(isOfApp))
  for (const key of [...keys].sort((a, b) => (a.name.text < b.name.text ? -1 : 1))) {
    const { text } = key.name
    const held = heldBy(key)
    if (held === undefined) unknown.push(text)
    else {
      const name = freeName(text, names)
      names.add(name)
      known.push({ text, name, held })
    }
  }
  return { known, unknown }
}

/** The keys that a library or a migration keeps for itself begin like this. */
const isOfApp = ({ isTest, key }: KeyUse): boolean => !isTest && !key?.text.startsWith('__')

function heldBy({ written, uses }: Key): Held | undefined {
  const type = written ?? (uses.some(use => use.mayWrite) ? undefined : typeRead(uses))
  if (type === 'object') return 'json'
  return type === 'string' && isJson(uses) ? 'json' : type
}

/** What is never written here is what all readers take it for. */
function typeRead(uses: readonly KeyUse[]): ValueType | undefined {
  const reads = uses.filter(use => use.access === 'read' || use.access === 'hook')
  const [first] = reads
  return reads.every(use => use.type === first?.type) ? first?.type : undefined
}

/** True where every write puts a text of JSON. */
function isJson(uses: readonly KeyUse[]): boolean {
  const writes = uses.filter(use => use.access === 'write')
  return (
    writes.length > 0 && writes.every(({ type, value }) => type === 'object' || (value && isStringified(value.value)))
  )
}

const isStringified = (value: NonNullable<KeyUse['value']>['value']): boolean =>
  value.kind === 'call' &&
  value.callee.kind === 'member' &&
  value.callee.name === 'stringify' &&
  value.callee.of.kind === 'name' &&
  value.callee.of.name === 'JSON'

function freeName(text: string, taken: ReadonlySet<string>): string {
  const plain = camel(text)
  const base = plain === '' || /^\d/.test(plain) ? `key${plain.charAt(0).toUpperCase()}${plain.slice(1)}` : plain
  // `getTheme` and `getTHEME` are two functions, but `theme` and `Theme` would be one.
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}${count}`
    if (!taken.has(name)) return name
  }
}
