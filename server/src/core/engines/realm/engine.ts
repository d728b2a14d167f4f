// Realm, as the house sees it.
import type { Engine } from '../contract.ts'
import { createLibrary, packages } from './imports.ts'
import { linkRealm } from './link.ts'
import type { RealmStore } from './types.ts'
import { fieldTypes, names, terms } from './vocabulary.ts'

/** Words that code about Realm objects uses even where it imports nothing of the library and names no realm. */
const words = /realm|\b(?:objectForPrimaryKey|linkingObjects|primaryKey|objectType)\b|\.filtered\(|\.sorted\(/i

/** How realms are opened. The classes that they hold are found from there. */
const openingWords = /\bopen\b|\bnew\s+[\w$.]*Realm\b|createRealmContext|RealmProvider/

/** Who imports the library under a name of his own may open realms by that name. */
const otherName =
  /(?:\bimport\s+(?!type\b|Realm\b)[\w$]+|\bas\s+(?!Realm\b)[\w$]+)[^'"]*\bfrom\s*['"]realm['"]|(?<!\bRealm\s*)=\s*require\(\s*['"]realm['"]/

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
    holdsStore: text => /realm/i.test(text) && (openingWords.test(text) || otherName.test(text)),
    link: scope => linkRealm(scope, library),
  }
}
