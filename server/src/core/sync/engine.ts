// Sync code, as the house sees it: it is read like an engine, and holds no stores.
import { allNames, plainTerms } from '../catalog/terms.ts'
import type { Engine } from '../engines/contract.ts'
import { linkSync } from './link.ts'

/** What sync code waits in, and what it waits for. */
const waiting = /queue|outbox|pending|(?<!a)sync|unsent|backlog|offline|conflict|remote/i
const network =
  /\bfetch\(|axios|\bapi\b|\.(?:post|put|patch|mutate)\(|net\s?info|online|connect|app\s?state|setItem|executeSql|execute\(|(?:run|exec)Async|updated_?at/i
const libraries =
  /@apollo\/client|apollo3-cache-persist|apollo-link-|@tanstack\/(?:react-)?query|@react-native-community\/netinfo|expo-network/

/** The engine. */
export function sync(): Engine {
  return {
    id: 'sync',
    title: 'Sync',
    terms: plainTerms,
    fieldTypes: () => [],
    names: allNames,
    packages: [
      '@apollo/client',
      '@tanstack/react-query',
      '@react-native-community/netinfo',
      '@react-native-async-storage/async-storage',
      'expo-network',
      'axios',
      'zustand',
    ],
    mentions: text => libraries.test(text) || (waiting.test(text) && network.test(text)),
    holdsStore: () => false,
    link: scope => linkSync(scope),
  }
}
