// The keywords of SQLite (https://sqlite.org/lang_keywords.html) and the words that may begin a statement.

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const sqlKeywords = words(
  'abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case cast check collate column commit conflict constraint create cross current current_date current_time current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists explain fail filter first following for foreign from full generated glob group groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key last left like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer over partition plan pragma preceding primary query raise range recursive references regexp reindex release rename replace restrict returning right rollback row rows savepoint select set table temp temporary then ties to transaction trigger unbounded union unique update using vacuum values view virtual when where window with without true false rowid oid _rowid_',
)

/** Every statement begins with one of these. */
export const sqlVerbs = words(
  'alter analyze attach begin commit create delete detach drop end explain insert pragma reindex release replace rollback savepoint select update vacuum values with',
)

/** These begin a clause of a statement, never an expression, and no column can be called so without quotes. */
export const sqlClauseWords = words('from where group order limit having join union')
