// The keys of an instance: what the whole app does with each.
import type { Named } from '../../../catalog/catalog.ts'
import { sameItems } from '../../../catalog/remembered.ts'
import type { Key, KeyUse, ValueType } from '../types.ts'

/** Makes the keys of one instance out of its uses. A key is the same object while nothing about it has changed. */
export function createKeyReader(): (uses: readonly KeyUse[], isClosed: boolean) => readonly Key[] {
  const known = new Map<string, Key>()
  return (uses, isClosed) => {
    const byKey = new Map<string, KeyUse[]>()
    for (const use of uses) {
      // An empty key is one that is being typed; MMKV takes none.
      if (!use.key?.text) continue
      const list = byKey.get(use.key.text)
      if (list) list.push(use)
      else byKey.set(use.key.text, [use])
    }
    // Of functions that hand their key on every call is a use of its own where all of them are seen.
    const open = uses.filter(use => use.mayWrite && !use.key && !(isClosed && use.handsOn))
    for (const key of known.keys()) if (!byKey.has(key)) known.delete(key)
    return [...byKey].map(([text, own]) => {
      const types = typesWritten(own)
      const elsewhere = open.flatMap(use => (mayBe(use, text) ? [use.type] : []))
      // What only code with an unknown key may write is not known to be written at all.
      const written = types.length === 0 ? undefined : writtenType([...types, ...elsewhere])
      const before = known.get(text)
      if (before && before.written === written && sameItems(before.uses, own)) return before
      const key = keyOf(text, own, written)
      known.set(text, key)
      return key
    })
  }
}

/** The types of all writes; where there are none, those of the hooks that may write. */
function typesWritten(uses: readonly KeyUse[]): readonly (ValueType | undefined)[] {
  const writes = uses.filter(use => use.access === 'write')
  return (writes.length > 0 ? writes : uses.filter(use => use.mayWrite)).map(use => use.type)
}

/** True where a key that is not known may be `text`. */
const mayBe = ({ keyEnds }: KeyUse, text: string): boolean =>
  !keyEnds ||
  (text.length >= keyEnds.start.length + keyEnds.end.length &&
    text.startsWith(keyEnds.start) &&
    text.endsWith(keyEnds.end))

/** The one type of all writes; a text of JSON is a text. Undefined where there are none, or several types. */
function writtenType(types: readonly (ValueType | undefined)[]): ValueType | undefined {
  const distinct = new Set(types)
  if (distinct.has(undefined)) return undefined
  if (distinct.has('string')) distinct.delete('object')
  const [only, ...others] = distinct
  return others.length === 0 ? only : undefined
}

/** The use that shows what a key is: the first write, else the first hook, else the first use. */
export function definingUse(uses: readonly KeyUse[]): KeyUse | undefined {
  return uses.find(use => use.access === 'write') ?? uses.find(use => use.mayWrite) ?? uses[0]
}

function keyOf(text: string, uses: readonly KeyUse[], written: ValueType | undefined): Key {
  const first = definingUse(uses)!
  const name: Named = first.key ?? { text, at: first.at }
  return {
    name,
    type: written && { text: written, at: first.at },
    optional: false,
    indexed: false,
    at: first.at,
    uses,
    written,
  }
}
