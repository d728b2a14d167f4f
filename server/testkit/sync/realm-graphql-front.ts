// Speaks GraphQL before the server of records, as the generated `schema.graphql` describes it.
import type { IncomingHttpHeaders } from 'node:http'
import type * as Graphql from 'graphql'
import { requireOracle } from '../oracle/installed.ts'

/** A request in the terms of the contract by REST. */
export type Ask = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
) => { readonly status: number; readonly body?: unknown }

export interface GraphqlContract {
  /** The text of `schema.graphql`. */
  readonly typeDefs: string
  /** The fields of `Changes` by entity. */
  readonly paths: Readonly<Record<string, string>>
}

export interface GraphqlFront {
  /** The request in words, as the other front logs it: `PATCH Task/1`. */
  inWords(body: string): string
  answer(body: string, headers: IncomingHttpHeaders): Promise<{ readonly status: number; readonly text: string }>
}

/** What is used of GraphQL Yoga. */
interface Yoga {
  createSchema(options: { typeDefs: string; resolvers: object }): object
  createYoga(options: { schema: object; logging: boolean; maskedErrors: boolean; landingPage: boolean }): {
    fetch(url: string, request: RequestInit): Promise<Response>
  }
}

interface Given {
  readonly id: string
  readonly values?: object
  readonly baseVersion?: string | null
  readonly stamp?: string | null
}

interface Page {
  readonly changes: Readonly<Record<string, object>>
}

export function createGraphqlFront(ask: Ask, { typeDefs, paths }: GraphqlContract): GraphqlFront {
  const { createSchema, createYoga } = requireOracle('graphql-yoga') as Yoga
  const { GraphQLError } = requireOracle('graphql') as typeof Graphql
  /** By the keys of their mutations: a key that was seen before gets the answer of then. */
  const answers = new Map<string, unknown>()
  const fail = (code: string) => new GraphQLError(code, { extensions: { code } })

  const mutate = (method: string, entity: string) => (_: unknown, given: Given, context: { request: Request }) => {
    const key = context.request.headers.get('idempotency-key')
    if (key === null) throw fail('BAD_USER_INPUT')
    if (answers.has(key)) return answers.get(key)
    const { id, baseVersion, ...body } = given
    const match: Readonly<Record<string, string>> = baseVersion == null ? {} : { 'if-match': `"${baseVersion}"` }
    const path = method === 'POST' ? entity : `${entity}/${encodeURIComponent(id)}`
    const sent = method === 'POST' ? { id, ...body } : body
    const answer = ask(method, path, { 'idempotency-key': key, ...match }, plain(sent))
    if (answer.status === 422) throw fail('BAD_USER_INPUT')
    if (method === 'DELETE' && answer.status === 404) return true
    if (answer.status >= 400) throw fail('CONFLICT')
    const result = method === 'DELETE' ? true : answer.body
    answers.set(key, result)
    return result
  }
  const get =
    (entity: string) =>
    (_: unknown, { id }: Given) =>
      ask('GET', `${entity}/${encodeURIComponent(id)}`, {}, null).body ?? null
  const changes = (_: unknown, given: { checkpoint: string | null }) => {
    const page = ask('GET', `changes?since=${given.checkpoint ?? 0}`, {}, null).body as Page
    const byPath = Object.entries(page.changes).map(([entity, one]) => [paths[entity], one])
    return { ...page, changes: Object.fromEntries(byPath) as object }
  }

  const entities = Object.keys(paths)
  const each = (resolvers: (entity: string) => Readonly<Record<string, unknown>>) =>
    Object.assign({}, ...entities.map(resolvers)) as object
  const yoga = createYoga({
    ...{ logging: false, maskedErrors: false, landingPage: false },
    schema: createSchema({
      typeDefs,
      resolvers: {
        Query: { changes, ...each(entity => ({ [entity.charAt(0).toLowerCase() + entity.slice(1)]: get(entity) })) },
        Mutation: each(entity => ({
          [`create${entity}`]: mutate('POST', entity),
          [`update${entity}`]: mutate('PATCH', entity),
          [`delete${entity}`]: mutate('DELETE', entity),
        })),
      },
    }),
  })

  return {
    inWords: text => {
      const { operationName = '', variables } = JSON.parse(text) as { operationName?: string; variables?: Given }
      const found = /^(Create|Update|Delete)(\w+)$/.exec(operationName)
      if (!found) return `GET ${operationName}`
      const [, kind = '', entity = ''] = found
      return kind === 'Create'
        ? `POST ${entity}`
        : `${kind === 'Update' ? 'PATCH' : 'DELETE'} ${entity}/${variables?.id}`
    },
    answer: async (body, headers) => {
      const kept = ['idempotency-key', 'authorization'].flatMap(name => {
        const value = headers[name]
        return typeof value === 'string' ? [[name, value] as const] : []
      })
      const response = await yoga.fetch('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...Object.fromEntries(kept) },
        body,
      })
      return { status: response.status, text: await response.text() }
    },
  }
}

/** GraphQL's objects have no prototype. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
