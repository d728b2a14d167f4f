// The two ways in which a device of the stories reaches the server: by REST, and by GraphQL of the generated contract.
import type * as Apollo from '@apollo/client'
import { batchDocumentsFile, batchSchemaFile } from '../../../src/core/sync/generate/graphql/batch-schema.ts'
import { requireOracle } from '../../oracle/installed.ts'
import { type RunningServer, startServer } from './http-servers.ts'
import type { WatermelonLayer } from './layer.ts'
import type { StoryOptions } from './run-schedule.ts'
import { sampleSchema } from './sample.ts'

export const transportKinds = ['rest', 'graphql'] as const
export type TransportKind = (typeof transportKinds)[number]

/** A server that is driven by what is generated for it. */
export function startBackend(kind: TransportKind): Promise<RunningServer> {
  return startServer(kind === 'rest' ? undefined : batchSchemaFile(sampleSchema).text)
}

/** The layer with its transport, ready for stories. */
export function storyOptions(kind: TransportKind, layer: WatermelonLayer, server: RunningServer): StoryOptions {
  const { endpoint } = server
  if (kind === 'rest')
    return { layer, server, transport: (fetch, token) => layer.createRestTransport({ endpoint, token, fetch }) }
  const { gql } = requireOracle('@apollo/client') as typeof Apollo
  const texts = [...batchDocumentsFile(sampleSchema).text.matchAll(/gql`([^`]*)`/g)].map(match => match[1] ?? '')
  const [pull, push] = texts.map(text => gql(text))
  if (pull === undefined || push === undefined) throw new Error('A document is missing.')
  return {
    layer,
    server,
    transport: (fetch, token) =>
      layer.createGraphqlTransport({ client: layer.createSyncClient({ endpoint, token, fetch }), pull, push }),
  }
}
