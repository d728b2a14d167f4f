// What a type annotation certainly says: only plain types are judged, aliases and generics could be anything.
import type { TypeFact } from '../../../facts/file-facts.ts'

/** The kinds of values a plain type allows. */
export type Kind = 'string' | 'number' | 'boolean' | 'Date' | 'null' | 'undefined'

/** The kinds of a type; undefined where some part of it is not plain. */
export function kindsOf(type: TypeFact | undefined): ReadonlySet<Kind> | undefined {
  if (!type) return undefined
  const kinds = type.parts.map(kindOf)
  return kinds.every(kind => kind !== undefined) ? new Set(kinds) : undefined
}

/** What reading a property gives, null aside; undefined where the decorator does not fit the column, or decides itself. */
export function givenKind(decorator: string, columnType: string | undefined): Kind | undefined {
  if (decorator === 'date') return columnType === 'number' ? 'Date' : undefined
  if (decorator === 'text') return columnType === 'string' ? 'string' : undefined
  const isPlain = columnType === 'string' || columnType === 'number' || columnType === 'boolean'
  return decorator === 'field' && isPlain ? columnType : undefined
}

const named: ReadonlySet<string> = new Set<Kind>(['string', 'number', 'boolean', 'Date', 'null', 'undefined'])

function kindOf(part: string): Kind | undefined {
  const text = part.trim()
  if (named.has(text)) return text as Kind
  if (text === 'true' || text === 'false') return 'boolean'
  if (/^(?:'[^']*'|"[^"]*")$/.test(text)) return 'string'
  return /^-?\d[\d_.]*$/.test(text) ? 'number' : undefined
}
