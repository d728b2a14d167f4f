// The GraphQL transport of the layers with an outbox: the real Apollo Client against a real GraphQL server on loopback.
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type * as Apollo from '@apollo/client'
import type * as Graphql from 'graphql'
import { outboxDocumentsFile, outboxSchemaFile } from '../../src/core/sync/generate/graphql/outbox-schema.ts'
import type { EntityDocuments } from '../../templates/graphql/graphql-remote.ts'
import type { Remote } from '../../templates/sync/remote.ts'
import type { OutboxOp } from '../../templates/sync/types.ts'
import { needOracle, requireOracle } from '../../testkit/oracle/installed.ts'
import { loadWatermelonLayer, type WatermelonLayer } from '../../testkit/sync/watermelondb/layer.ts'
import { sampleSchema } from '../../testkit/sync/watermelondb/sample.ts'

const values = { project_id: 'p1', title: 'one', a: 1, b: 2, done: true, meta: { tags: ['x'] }, due: 1_700_000_000_000 }
const op = (kind: OutboxOp['kind'], payload: OutboxOp['payload'] = {}): OutboxOp => ({
  ...{
    seq: 1,
    id: 'key-1',
    userId: 'ann',
    entity: 'tasks',
    entityId: 't1',
    kind,
    payload,
    baseVersion: '7',
    base: null,
  },
  ...{
    dependsOn: [],
    stamp: 'now',
    state: 'inflight',
    attempts: 1,
    nextAt: 0,
    sentAt: 0,
    lastError: null,
    remote: null,
  },
  ...{ schemaVersion: 1, createdAt: 0 },
})
const signal = new AbortController().signal

describe('the GraphQL transport', function () {
  this.timeout(20_000)
  let layer: WatermelonLayer
  let server: Server
  let remote: Remote
  /** Each request of the client: its operation, key and token, and what was asked of the resolvers. */
  let seen: { readonly name: string; readonly key: string | undefined; readonly token: string | undefined }[]
  let asked: object[]
  /** The status of the box before the server, and the code of the server's error. */
  let status: number | undefined
  let code: string | undefined
  let breaks: number

  before(async function () {
    needOracle(this)
    layer = await loadWatermelonLayer()
    server = startServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  after(() => {
    server?.closeAllConnections()
    server?.close()
  })
  beforeEach(() => {
    seen = []
    asked = []
    status = undefined
    code = undefined
    breaks = 0
    remote = createRemote()
  })

  function startServer(): Server {
    const { createSchema, createYoga } = requireOracle('graphql-yoga') as {
      createSchema(options: object): object
      createYoga(options: object): (request: IncomingMessage, response: ServerResponse) => unknown
    }
    const { GraphQLError } = requireOracle('graphql') as typeof Graphql
    const answer = (given: object, result: unknown) => {
      if (code !== undefined) throw new GraphQLError(code, { extensions: { code } })
      asked.push({ ...given })
      return result
    }
    const record = { id: 't1', version: '8', stamp: null, values }
    const yoga = createYoga({
      logging: false,
      maskedErrors: false,
      schema: createSchema({
        typeDefs: outboxSchemaFile(sampleSchema).text,
        resolvers: {
          Query: {
            task: (_: unknown, given: { id: string }) => answer(given, given.id === 't1' ? record : null),
            changes: (_: unknown, given: object) =>
              answer(given, {
                checkpoint: 'c2',
                hasMore: false,
                changes: { tasks: { upserted: [record], deleted: ['t9'] }, projects: null },
              }),
          },
          Mutation: {
            createTask: (_: unknown, given: object) => answer(given, record),
            updateTask: (_: unknown, given: object) => answer(given, record),
            deleteTask: (_: unknown, given: object) => answer(given, true),
          },
        },
      }),
    })
    return createServer((request, response) => {
      seen.push({
        name: request.method ?? '',
        key: request.headers['idempotency-key']?.toString(),
        token: request.headers.authorization,
      })
      if (breaks > 0) {
        breaks -= 1
        request.socket.destroy()
      } else if (status !== undefined) {
        response.writeHead(status, { 'Retry-After': '7', 'Content-Type': 'text/plain' }).end('no')
      } else void yoga(request, response)
    })
  }

  function createRemote(): Remote {
    const { gql } = requireOracle('@apollo/client') as typeof Apollo
    const { port } = server.address() as AddressInfo
    const text = outboxDocumentsFile(sampleSchema).text
    const documents = [...text.matchAll(/(\w+)(?::| =) gql`([^`]*)`/g)].map(
      ([, name = '', document = '']) => [name, gql(document)] as const,
    )
    const [changes, ...rest] = documents
    assert.ok(changes)
    // Projects come first, then tasks, with four documents each.
    const tasks = Object.fromEntries(rest.slice(4)) as unknown as EntityDocuments
    return layer.createGraphqlRemote({
      client: layer.createSyncClient({ endpoint: `http://127.0.0.1:${port}/graphql`, token: async () => 'abc' }),
      changes: changes[1],
      documents: { tasks },
      parseRecord: (_entity, body) => body as never,
      parsePage: body => body as never,
      pageSize: 50,
    })
  }

  const failureOf = async (attempt: OutboxOp['kind'], run: Promise<unknown>) => {
    const error: unknown = await run.then(
      () => assert.fail('it succeeded'),
      (thrown: unknown) => thrown,
    )
    return layer.classifyError(error, { kind: attempt, id: 'key-1', isOnline: true, now: 0 })
  }

  it('sends each kind of operation with its key, and gives back what the server has stored', async () => {
    const { version } = await remote.send(op('create', values), signal)
    assert.equal(version, '8')
    await remote.send(op('update', { title: 'two' }), signal)
    assert.deepEqual(await remote.send(op('delete'), signal), {})
    assert.deepEqual(JSON.parse(JSON.stringify(asked)), [
      { id: 't1', values, stamp: 'now' },
      { id: 't1', values: { title: 'two' }, baseVersion: '7', stamp: 'now' },
      { id: 't1', baseVersion: '7' },
    ])
    assert.deepEqual(
      seen.map(one => [one.key, one.token]),
      [1, 2, 3].map(() => ['key-1', 'Bearer abc']),
    )
  })

  it('fetches records, absent ones and pages, and asks again each time', async () => {
    assert.equal((await remote.fetchRemote({ entity: 'tasks', entityId: 't1' }, signal))?.version, '8')
    assert.equal((await remote.fetchRemote({ entity: 'tasks', entityId: 't1' }, signal))?.version, '8')
    assert.equal(await remote.fetchRemote({ entity: 'tasks', entityId: 't2' }, signal), null)
    const page = await remote.fetchPage('c1', signal)
    assert.deepEqual(Object.keys(page.changes), ['tasks'])
    assert.equal(page.checkpoint, 'c2')
    assert.deepEqual({ ...asked.at(-1) }, { checkpoint: 'c1', limit: 50 })
    assert.equal(seen.length, 4)
  })

  for (const [given, kind] of [
    ['UNAUTHENTICATED', 'auth'],
    ['BAD_USER_INPUT', 'permanent'],
    ['CONFLICT', 'conflict'],
    ['SOMETHING_ELSE', 'transient'],
  ] as const)
    it(`takes an error with the code ${given} for ${kind}`, async () => {
      code = given
      assert.equal((await failureOf('update', remote.send(op('update'), signal))).kind, kind)
    })

  it('takes the status of what stands before the server, with its Retry-After', async () => {
    status = 503
    assert.deepEqual(await failureOf('update', remote.send(op('update'), signal)), {
      kind: 'throttled',
      retryAfterMs: 7000,
    })
    status = 401
    assert.equal((await failureOf('update', remote.send(op('update'), signal))).kind, 'auth')
  })

  it('refuses an entity that is not synced without asking', async () => {
    const failure = await failureOf('update', remote.send({ ...op('update'), entity: 'drafts' }, signal))
    assert.equal(failure.kind, 'permanent')
    assert.deepEqual(seen, [])
  })

  it('tries a query again when the network fails, and never a mutation', async () => {
    breaks = 1
    assert.equal((await failureOf('create', remote.send(op('create', values), signal))).kind, 'transient')
    assert.equal(seen.length, 1)
    breaks = 1
    assert.notEqual(await remote.fetchRemote({ entity: 'tasks', entityId: 't1' }, signal), null)
    assert.equal(seen.length, 3)
  })

  it('tries nothing again that the server has answered', async () => {
    code = 'SOMETHING_ELSE'
    await failureOf('update', remote.fetchPage(null, signal))
    code = undefined
    status = 500
    await failureOf('update', remote.fetchPage(null, signal))
    assert.equal(seen.length, 2)
  })
})
