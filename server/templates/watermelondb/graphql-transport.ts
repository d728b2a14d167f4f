// Pulls and pushes over GraphQL: one query and one mutation. Apollo's cache is never asked and never filled.
import type { ApolloClient, DocumentNode } from '@apollo/client'
import { toTransportError } from '../graphql/apollo-error.ts'
import type { SyncTransport } from './types.ts'

export interface GraphqlTransportOptions {
  readonly client: ApolloClient
  /** Of the generated file `documents`. */
  readonly pull: DocumentNode
  readonly push: DocumentNode
}

export function createGraphqlTransport({ client, pull, push }: GraphqlTransportOptions): SyncTransport {
  return {
    pull: async ({ lastPulledAt, schemaVersion, migration }, signal) => {
      try {
        const { data } = await client.query<{ pullChanges: { changes: object; timestamp: number } }>({
          query: pull,
          variables: { lastPulledAt, schemaVersion, migration },
          fetchPolicy: 'no-cache',
          context: { fetchOptions: { signal } },
        })
        return data?.pullChanges
      } catch (error) {
        throw toTransportError(error)
      }
    },
    push: async ({ key, lastPulledAt, changes }, signal) => {
      try {
        const { data } = await client.mutate<{ pushChanges: object }>({
          mutation: push,
          variables: { lastPulledAt, changes },
          fetchPolicy: 'no-cache',
          context: { headers: { 'Idempotency-Key': key }, fetchOptions: { signal } },
        })
        return data?.pushChanges
      } catch (error) {
        throw toTransportError(error)
      }
    },
  }
}
