// The contract over HTTP on loopback: once by REST, once by GraphQL of the generated schema.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type * as Graphql from 'graphql'
import { requireOracle } from '../../oracle/installed.ts'
import { type ChangesServer, ConflictError, RefusedError } from './changes-server.ts'

/** What goes wrong with the next request at the server. */
export type ServerFault = 'unavailable' | 'throttled' | 'unauthorized' | 'invalid' | undefined

export interface Backend {
  readonly changes: ChangesServer
  /** Asked once for each request. */
  fault(token: string | undefined): ServerFault
}

export interface RunningServer {
  readonly endpoint: string
  /** What the requests that follow are answered from. */
  backend: Backend
  close(): Promise<void>
}

export const retryAfterSeconds = 5

/** What is used of GraphQL Yoga. */
interface Yoga {
  createSchema(options: { typeDefs: string; resolvers: object }): object
  createYoga(options: {
    schema: object
    logging: boolean
    maskedErrors: boolean
    landingPage: boolean
  }): (request: IncomingMessage, response: ServerResponse) => unknown
}

/** `schema` is the SDL of the GraphQL server; without it the server speaks REST. */
export async function startServer(schema?: string): Promise<RunningServer> {
  let backend: Backend | undefined
  const current = () => {
    if (backend === undefined) throw new Error('The server has no backend yet.')
    return backend
  }
  const server = schema === undefined ? restServer(current) : graphqlServer(schema, current)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}${schema === undefined ? '' : '/graphql'}`,
    get backend() {
      return current()
    },
    set backend(next) {
      backend = next
    },
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function restServer(current: () => Backend): Server {
  return createServer(async (request, response) => {
    const backend = current()
    const fault = backend.fault(tokenOf(request))
    if (fault !== undefined) return refuse(response, fault)
    const url = new URL(request.url ?? '/', 'http://localhost')
    try {
      if (request.method === 'GET') {
        const since = url.searchParams.get('lastPulledAt')
        const migration = JSON.parse(url.searchParams.get('migration') ?? 'null')
        return answer(
          response,
          200,
          backend.changes.pull({ lastPulledAt: since === null ? null : Number(since), migration }),
        )
      }
      const { lastPulledAt, changes } = JSON.parse(await bodyOf(request))
      const key = request.headers['idempotency-key']?.toString()
      answer(response, 200, backend.changes.push({ key, lastPulledAt, changes }))
    } catch (error) {
      answer(response, statusOf(error), { title: String(error) })
    }
  })
}

function statusOf(error: unknown): number {
  if (error instanceof RefusedError) return 422
  return error instanceof ConflictError ? 409 : 500
}

const statuses = { unavailable: 503, throttled: 429, unauthorized: 401, invalid: 422 } as const

function refuse(response: ServerResponse, fault: keyof typeof statuses): void {
  if (fault === 'throttled') response.setHeader('Retry-After', String(retryAfterSeconds))
  answer(response, statuses[fault], { title: fault })
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** What the network's own boxes answer comes as a status, what the server answers as an error of GraphQL. */
function graphqlServer(schema: string, current: () => Backend): Server {
  const { createSchema, createYoga } = requireOracle('graphql-yoga') as Yoga
  const { GraphQLError } = requireOracle('graphql') as typeof Graphql
  const fail = (code: string) => new GraphQLError(code, { extensions: { code } })
  const guarded = <T>(token: string | undefined, work: (changes: ChangesServer) => T): T => {
    const { changes, fault } = current()
    const kind = fault(token)
    if (kind === 'unauthorized') throw fail('UNAUTHENTICATED')
    if (kind === 'invalid') throw fail('BAD_USER_INPUT')
    if (kind !== undefined) throw fail('INTERNAL_SERVER_ERROR')
    try {
      return work(changes)
    } catch (error) {
      if (error instanceof RefusedError) throw fail('BAD_USER_INPUT')
      throw error instanceof ConflictError ? fail('CONFLICT') : error
    }
  }
  interface Context {
    readonly request: Request
  }
  const yoga = createYoga({
    logging: false,
    maskedErrors: false,
    landingPage: false,
    schema: createSchema({
      typeDefs: schema,
      resolvers: {
        Query: {
          pullChanges: (_: unknown, request: Parameters<ChangesServer['pull']>[0], context: Context) =>
            guarded(bearer(context.request.headers.get('authorization')), changes =>
              changes.pull({
                ...request,
                lastPulledAt: request.lastPulledAt ?? null,
                migration: request.migration ?? null,
              }),
            ),
        },
        Mutation: {
          pushChanges: (_: unknown, request: Parameters<ChangesServer['push']>[0], context: Context) =>
            guarded(bearer(context.request.headers.get('authorization')), changes =>
              changes.push({ ...request, key: context.request.headers.get('idempotency-key') ?? undefined }),
            ),
        },
      },
    }),
  })
  return createServer((request, response) => {
    const { fault } = current()
    const kind = boxFault(fault, tokenOf(request))
    if (kind !== undefined) return refuse(response, kind)
    void yoga(request, response)
  })

  /** Faults of boxes are drawn here; the others are drawn again by the resolver. */
  function boxFault(fault: Backend['fault'], token: string | undefined): 'unavailable' | 'throttled' | undefined {
    const kind = fault(token)
    return kind === 'unavailable' || kind === 'throttled' ? kind : undefined
  }
}

function tokenOf(request: IncomingMessage): string | undefined {
  return bearer(request.headers.authorization ?? null)
}

function bearer(header: string | null): string | undefined {
  return header?.replace(/^Bearer /, '')
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
