// Compiles the WatermelonDB layer on the fly over the real packages, with pieces of its text replaced for a mutant.
import { fileURLToPath } from 'node:url'
import type * as Watermelon from '@nozbe/watermelondb'
import { build } from 'esbuild'
import type * as ApolloClients from '../../../templates/graphql/apollo-client.ts'
import type * as ApolloErrors from '../../../templates/graphql/apollo-error.ts'
import type * as GraphqlRemotes from '../../../templates/graphql/graphql-remote.ts'
import type * as Classes from '../../../templates/sync/classify-error.ts'
import type * as CreateSync from '../../../templates/watermelondb/create-sync.ts'
import type * as GraphqlTransport from '../../../templates/watermelondb/graphql-transport.ts'
import type * as RestTransport from '../../../templates/watermelondb/rest-transport.ts'
import type * as SyncTables from '../../../templates/watermelondb/sync-tables.ts'
import type * as SyncedTables from '../../../templates/watermelondb/synced-tables.ts'
import { requireOracle } from '../../oracle/installed.ts'
import { type Replacement, replacing } from '../replacements.ts'

export type WatermelonLayer = typeof CreateSync &
  typeof RestTransport &
  typeof GraphqlTransport &
  typeof SyncTables &
  typeof SyncedTables &
  typeof ApolloClients &
  typeof ApolloErrors &
  typeof GraphqlRemotes &
  typeof Classes

const templates = fileURLToPath(new URL('../../../templates/', import.meta.url))
const entry = [
  'watermelondb/create-sync',
  'watermelondb/rest-transport',
  'watermelondb/graphql-transport',
  'watermelondb/sync-tables',
  'watermelondb/synced-tables',
  'graphql/apollo-client',
  'graphql/apollo-error',
  'graphql/graphql-remote',
  'sync/classify-error',
]

export const watermelon = (): typeof Watermelon => requireOracle('@nozbe/watermelondb') as typeof Watermelon

/** Gives the layer's modules with the replacements made. */
export async function loadWatermelonLayer(replacements: readonly Replacement[] = []): Promise<WatermelonLayer> {
  const built = await build({
    stdin: { contents: entry.map(name => `export * from './${name}.ts'`).join('\n'), resolveDir: templates },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    external: ['@nozbe/watermelondb', '@apollo/client', 'graphql'],
    plugins: [replacing(templates, replacements)],
  })
  const module = { exports: {} }
  new Function('module', 'exports', 'require', built.outputFiles[0]!.text)(module, module.exports, requireOracle)
  return module.exports as WatermelonLayer
}
