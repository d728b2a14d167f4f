// The primary key of a new class, as its neighbours have theirs.
import type { FixContext } from '../../../rules/rule.ts'
import { quoted, type Style } from '../../../write/style.ts'
import type { Property, PropertyShape, RealmClass, RealmStore } from '../types.ts'
import { shorthandOf } from './property-text.ts'

/** The name of the key, what it is, and how a neighbour declares it. */
export interface KeyLike {
  readonly name: string
  readonly shape: PropertyShape
  /** The declaration of a neighbour of the same form, where it can stand in any file that imports `Realm`. */
  readonly declared: string | undefined
}

const plainKey: KeyLike = {
  name: '_id',
  shape: { kind: 'objectId', optional: false, isCounter: false },
  declared: undefined,
}

/** The commonest key among the classes of a store; `_id` of type objectId where there is none. */
export function keyLike({ classes }: RealmStore, form: RealmClass['form'], context: FixContext): KeyLike {
  const keys = classes.flatMap(one => {
    const property = one.primaryKey && one.properties.get(one.primaryKey.text)
    return property?.shape ? [{ one, property, shape: property.shape }] : []
  })
  const nameOf = ({ property }: (typeof keys)[number]) => `${property.name.text}: ${property.type?.text}`
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(nameOf(key), (counts.get(nameOf(key)) ?? 0) + 1)
  const best = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
  const same = keys.filter(key => nameOf(key) === best)
  const found = same.find(key => key.one.form === form) ?? same[0]
  if (!found) return plainKey
  const { property, shape } = found
  return {
    name: property.name.text,
    shape,
    declared: found.one.form === form ? declaredText(property, context) : undefined,
  }
}

/** The entry or the member as it is written, if nothing in it needs an import but `Realm`. */
function declaredText(property: Property, context: FixContext): string | undefined {
  const { at } = property.entry ?? property
  const text = context.text(at.file)?.slice(at.span.start, at.span.end)
  if (text === undefined || property.mapTo) return undefined
  const bare = text
    .replace(/'[^'\n]*'|"[^"\n]*"/g, '')
    .replace(/\.\s*[\w$]+/g, '')
    .replace(/[\w$]+\s*[?!]?:/g, '')
  const words = bare.match(/[A-Za-z_$][\w$]*/g) ?? []
  return words.every(word => known.has(word)) && !text.includes('`') ? text.replace(/;$/, '') : undefined
}

const known: ReadonlySet<string> = new Set(['new', 'true', 'false', 'Realm', 'Date', 'string', 'number', 'declare'])

/** The entry of the key in `properties`. */
export const keyEntry = ({ name, shape, declared }: KeyLike, style: Style): string =>
  declared ?? `${name}: ${quoted(shorthandOf(shape), style)}`
