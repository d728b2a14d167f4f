// SQLite in React Native, as the house sees it.
import type { Engine } from '../contract.ts'
import { createLibrary, packages } from './imports.ts'
import { linkSqlite } from './link.ts'
import { fieldTypes, names, terms } from './vocabulary.ts'

/** Words of code that gives SQL to a database. */
const calls =
  /sqlite|\b(?:(?:exec|run|getFirst|getAll|getEach)(?:Async|Sync)|executeSql|executeBatch|executeSync|executeRaw)\b|\bcreate\s+table\b/i

/** Words of SQL that another file may give to a database, as nearly everybody writes them. */
const words = /\b(?:CREATE|ALTER|DROP|INSERT|DELETE|UPDATE|SELECT|PRAGMA)\s+[\w*"'`[$({]/

/** How databases are opened. */
const openingWords = /\bopen(?:Database)?(?:Async|Sync|Remote)?\b|SQLiteProvider/

/** The engine. */
export function sqlite(): Engine {
  const library = createLibrary()
  return {
    id: 'sqlite',
    title: 'SQLite',
    terms,
    fieldTypes: () => fieldTypes,
    names,
    packages,
    mentions: text => calls.test(text) || words.test(text),
    holdsStore: text => /sqlite/i.test(text) && openingWords.test(text),
    link: scope => linkSqlite(scope, library),
  }
}
