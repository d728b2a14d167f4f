// Every target and every transport that there is.
import type { SyncTarget, SyncTransport } from './layer.ts'
import { expoSqliteTarget } from './targets/expo-sqlite.ts'
import { mmkvTarget } from './targets/mmkv.ts'
import { opSqliteTarget } from './targets/op-sqlite.ts'
import { realmTarget } from './targets/realm.ts'
import { watermelonTarget } from './targets/watermelondb.ts'
import { graphqlTransport } from './transports/graphql.ts'
import { restTransport } from './transports/rest.ts'

/** In the order in which they are offered. */
export const targets: readonly SyncTarget[] = [
  expoSqliteTarget,
  opSqliteTarget,
  mmkvTarget,
  watermelonTarget,
  realmTarget,
]

export const transports: readonly SyncTransport[] = [restTransport, graphqlTransport]
