// The words of SQLite: what it calls things, the types that columns have, the names that are taken.
import type { FieldType, NameRules, Terms } from '../../catalog/terms.ts'

export const terms: Terms = { entity: ['table', 'tables'], field: ['column', 'columns'] }

/** The types by which columns get their affinity. */
export const fieldTypes: readonly FieldType[] = [
  { text: 'TEXT', detail: 'a text' },
  { text: 'INTEGER', detail: 'a whole number' },
  { text: 'REAL', detail: 'a number with a fraction' },
  { text: 'BLOB', detail: 'bytes' },
  { text: 'NUMERIC', detail: 'a number, whole where it can be' },
]

/** SQLite keeps `sqlite_…` for its own tables; the words cannot stand without quotes (`lang_keywords.html`). */
const keywords: readonly string[] =
  `add all alter and as autoincrement between case check collate commit constraint create default deferrable delete
  distinct drop else escape except exists foreign from group having in index insert intersect into is isnull join limit
  not notnull null on or order primary references returning select set table then to transaction union unique update
  using values when where`.split(/\s+/)

export const names: NameRules = {
  entity: { reserved: ['sqlite_*', ...keywords] },
  field: { reserved: keywords },
  ignoresCase: true,
}
