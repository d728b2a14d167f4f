// The server by GraphQL, as schema.graphql beside this folder describes it. Apollo's cache is never asked and never filled.
import type { ApolloClient, DocumentNode } from '@apollo/client'
import type { PulledPage } from '../sync/pull.ts'
import type { Remote } from '../sync/remote.ts'
import { TransportError } from '../sync/transport-error.ts'
import type { OutboxOp, RemoteRecord, SendResult } from '../sync/types.ts'
import { toTransportError } from './apollo-error.ts'

/** What is sent for the operations of one entity. */
export interface EntityDocuments {
  readonly fetch: DocumentNode
  readonly create: DocumentNode
  readonly update: DocumentNode
  readonly delete: DocumentNode
}

export interface GraphqlOptions {
  readonly client: ApolloClient
  readonly changes: DocumentNode
  readonly documents: Readonly<Record<string, EntityDocuments>>
  /** Checks a record and a page. They throw where the answer is not what it should be. */
  readonly parseRecord: (entity: string, body: unknown) => RemoteRecord
  readonly parsePage: (body: unknown) => PulledPage
  /** So many changes are asked for at once. */
  readonly pageSize?: number
}

export function createGraphqlRemote(options: GraphqlOptions): Remote {
  const { client, parseRecord } = options

  async function ask(query: DocumentNode, variables: Record<string, unknown>, signal: AbortSignal): Promise<Answer> {
    try {
      const context = { fetchOptions: { signal } }
      const { data } = await client.query<Answer>({ query, variables, fetchPolicy: 'no-cache', context })
      return data ?? {}
    } catch (error) {
      throw toTransportError(error)
    }
  }

  async function tell(op: OutboxOp, signal: AbortSignal): Promise<Answer> {
    try {
      const { data } = await client.mutate<Answer>({
        mutation: documentsOf(op.entity)[op.kind],
        variables: variablesOf(op),
        fetchPolicy: 'no-cache',
        context: { headers: { 'Idempotency-Key': op.id }, fetchOptions: { signal } },
      })
      return data ?? {}
    } catch (error) {
      throw toTransportError(error)
    }
  }

  function documentsOf(entity: string): EntityDocuments {
    const documents = Object.hasOwn(options.documents, entity) ? options.documents[entity] : undefined
    if (documents === undefined) throw new TransportError(`${entity} is not synced.`, { code: 'BAD_USER_INPUT' })
    return documents
  }

  return {
    send: async (op, signal): Promise<SendResult> => {
      const { record } = await tell(op, signal)
      if (op.kind === 'delete') return {}
      const { values, version } = parseRecord(op.entity, record)
      return { values, version }
    },
    fetchRemote: async (ref, signal) => {
      const { record } = await ask(documentsOf(ref.entity).fetch, { id: ref.entityId }, signal)
      return record === null || record === undefined ? null : parseRecord(ref.entity, record)
    },
    fetchPage: async (checkpoint, signal) => {
      const { changes } = await ask(options.changes, { checkpoint, limit: options.pageSize ?? 500 }, signal)
      return options.parsePage(withoutNulls(changes))
    },
  }
}

interface Answer {
  readonly record?: unknown
  readonly changes?: unknown
}

/** The whole record for a create, only the changed fields for an update. */
function variablesOf(op: OutboxOp): Record<string, unknown> {
  switch (op.kind) {
    case 'create':
      return { id: op.entityId, values: op.payload, stamp: op.stamp }
    case 'update':
      return { id: op.entityId, values: op.payload, baseVersion: op.baseVersion, stamp: op.stamp }
    case 'delete':
      return { id: op.entityId, baseVersion: op.baseVersion }
  }
}

/** An entity without changes may come as null. */
function withoutNulls(page: unknown): unknown {
  if (typeof page !== 'object' || page === null || !('changes' in page)) return page
  const { changes } = page
  if (typeof changes !== 'object' || changes === null) return page
  return {
    ...page,
    changes: Object.fromEntries(Object.entries(changes).filter(([, one]) => one !== null && typeof one === 'object')),
  }
}
