// MMKV, as the house sees it.
import { allNames } from '../../catalog/terms.ts'
import type { Engine } from '../contract.ts'
import { createLibrary, packages } from './imports.ts'
import { linkMmkv } from './link.ts'
import { fieldTypes, terms } from './vocabulary.ts'
import { mentionsMmkv } from './words.ts'

/** The engine. */
export function mmkv(): Engine {
  const library = createLibrary()
  return {
    id: 'mmkv',
    title: 'MMKV',
    terms,
    fieldTypes: () => fieldTypes,
    names: allNames,
    packages,
    mentions: mentionsMmkv,
    // No release of an instance is known by a version, so nothing of it is compared.
    holdsStore: () => false,
    link: scope => linkMmkv(scope, library),
  }
}
