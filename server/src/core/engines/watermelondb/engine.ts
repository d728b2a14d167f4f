// WatermelonDB, as the house sees it.
import type { Engine } from '../contract.ts'
import { createLibrary } from './imports.ts'
import { linkWatermelon } from './link.ts'
import { fieldTypes, names, terms } from './vocabulary.ts'

const packageName = '@nozbe/watermelondb'

/** Words that code about records uses even where it imports nothing of the library by name. */
const words =
  /\b(?:prepareCreate|prepareUpdate|markAsDeleted|prepareMarkAsDeleted|destroyPermanently|prepareDestroyPermanently|callWriter|modelClasses|tableSchema|appSchema|schemaMigrations|observeWithColumns|fetchCount|collections\.get|database\.(?:get|write|read|batch|collections)|useDatabase)\b|(?:[dD]atabase|DB|\bdb)\s*\.\s*(?:collections\s*\.\s*)?get\s*(?:<[^()<>]*>\s*)?\(/

/** What a file calls that opens a database or defines a schema; whatever the names are imported as, they are written there. */
const storeWords = /\b(?:appSchema|Database|SQLiteAdapter|LokiJSAdapter)\b/

/** The engine; `forks` are further packages with the same API. */
export function watermelondb(forks: readonly string[] = []): Engine {
  const packages = [packageName, 'nitromelondb', '@wrktalk-tech/watermelondb', ...forks]
  const library = createLibrary(packages)
  return {
    id: 'watermelondb',
    title: 'WatermelonDB',
    terms,
    fieldTypes: () => fieldTypes,
    names,
    packages,
    mentions: text => packages.some(name => text.includes(name)) || words.test(text),
    holdsStore: text => storeWords.test(text),
    link: scope => linkWatermelon(scope, library),
  }
}
