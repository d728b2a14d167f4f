// Realm, as the house sees it.
import type { Engine } from '../contract.ts'
import { createLibrary, packages } from './imports.ts'
import { linkRealm } from './link.ts'
import type { RealmStore } from './types.ts'
import { fieldTypes, names, terms } from './vocabulary.ts'

/** Words that code about Realm objects uses even where it imports nothing of the library and names no realm. */
const words = /realm|\b(?:objectForPrimaryKey|linkingObjects|primaryKey|objectType)\b|\.filtered\(|\.sorted\(/i

/** How realms are opened and classes that stand for their objects begin; whatever the names are imported as. */
const storeWords = /\bRealm|['"]realm['"]|@realm\/react|createRealmContext/

/** The engine. */
export function realm(): Engine {
  const library = createLibrary()
  return {
    id: 'realm',
    title: 'Realm',
    terms,
    fieldTypes: store => fieldTypes(store as RealmStore),
    names,
    packages,
    mentions: text => words.test(text),
    holdsStore: text => storeWords.test(text),
    link: scope => linkRealm(scope, library),
  }
}
