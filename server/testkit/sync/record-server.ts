// A server of records over HTTP on loopback, as the contract of the REST transport describes it.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGraphqlFront, type GraphqlContract } from './realm-graphql-front.ts'

export type Values = Readonly<Record<string, unknown>>

/** A record, or the tombstone of one. */
export interface ServerRecord {
  readonly id: string
  readonly version: string
  readonly values: Values
  readonly stamp: string | null
  readonly isDeleted: boolean
}

/** What goes wrong with a request: it is refused before it is handled, or its answer is lost. */
export type RequestFault = 'none' | 'unavailable' | 'lost answer'

export interface RecordServer {
  readonly url: string
  /** Asked at each request. */
  fault: () => RequestFault
  /** Each request as `PATCH Task/1`. */
  readonly log: string[]
  live(entity: string): readonly ServerRecord[]
  /** A change that comes from elsewhere. */
  put(entity: string, id: string, values: Values): ServerRecord
  remove(entity: string, id: string): void
  close(): Promise<void>
}

export interface RecordServerOptions {
  /** Fields that hold keys of other records: the server refuses a record whose parent it never had. */
  readonly links: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly pageSize: number
  /** Where it is given, the server speaks GraphQL. */
  readonly graphql?: GraphqlContract
}

interface Answer {
  readonly status: number
  readonly body?: unknown
}

export async function startRecordServer(options: RecordServerOptions): Promise<RecordServer> {
  /** In the order of the last change. */
  const records = new Map<string, ServerRecord & { readonly entity: string }>()
  const keys = new Map<string, string>()
  let lastVersion = 0
  const keyOf = (entity: string, id: string) => `${entity}/${id}`
  const linksOf = (entity: string) => Object.entries(options.links[entity] ?? {})

  function store(entity: string, id: string, change: Pick<ServerRecord, 'values' | 'stamp' | 'isDeleted'>) {
    lastVersion += 1
    // A deleted parent is no parent, as with `ON DELETE SET NULL`.
    const orphaned = linksOf(entity).filter(([field, parent]) => at(parent, String(change.values[field]))?.isDeleted)
    const values = { ...change.values, ...Object.fromEntries(orphaned.map(([field]) => [field, null])) }
    const record = { ...change, values, entity, id, version: String(lastVersion) }
    records.delete(keyOf(entity, id))
    records.set(keyOf(entity, id), record)
    return record
  }
  const at = (entity: string, id: string) => records.get(keyOf(entity, id))

  function remove(entity: string, id: string, stamp: string | null): void {
    store(entity, id, { values: {}, stamp, isDeleted: true })
    for (const [child, fields] of Object.entries(options.links))
      for (const [field, parent] of Object.entries(fields))
        for (const record of [...records.values()])
          if (parent === entity && record.entity === child && !record.isDeleted && record.values[field] === id)
            store(child, record.id, { ...record, values: { ...record.values, [field]: null } })
  }

  function answer(method: string, path: string, headers: IncomingMessage['headers'], body: unknown): Answer {
    const url = new URL(path, 'http://localhost')
    const [entity = '', encodedId] = url.pathname.slice(1).split('/')
    if (entity === 'changes') return { status: 200, body: changesSince(Number(url.searchParams.get('since') ?? 0)) }
    const { id: newId, values = {}, stamp = null } = (body ?? {}) as { id?: string; values?: Values; stamp?: string }
    const id = encodedId === undefined ? String(newId) : decodeURIComponent(encodedId)
    const found = at(entity, id)
    const record = found?.isDeleted ? undefined : found
    if (method === 'GET') return record ? { status: 200, body: record } : { status: 404 }
    const key = String(headers['idempotency-key'])
    if (keys.has(key)) return record ? { status: 200, body: record } : { status: 204 }
    const isWrong = linksOf(entity).some(
      ([field, parent]) => values[field] != null && !at(parent, String(values[field])),
    )
    if (isWrong) return { status: 422, body: { title: 'no such parent' } }
    if (method === 'POST') {
      if (record) return { status: 409 }
      keys.set(key, id)
      return { status: 201, body: store(entity, id, { values, stamp, isDeleted: false }) }
    }
    if (!record) return { status: 404 }
    const match = headers['if-match']
    if (match !== undefined && match !== `"${record.version}"`) return { status: 412 }
    keys.set(key, id)
    if (method === 'DELETE') {
      remove(entity, id, stamp)
      return { status: 204 }
    }
    return {
      status: 200,
      body: store(entity, id, { values: { ...record.values, ...values }, stamp, isDeleted: false }),
    }
  }

  function changesSince(since: number) {
    const changed = [...records.values()].filter(record => Number(record.version) > since)
    const page = changed.slice(0, options.pageSize)
    const changes: Record<string, { upserted: unknown[]; deleted: string[] }> = {}
    for (const record of page) {
      const one = changes[record.entity] ?? { upserted: [], deleted: [] }
      changes[record.entity] = one
      if (record.isDeleted) one.deleted.push(record.id)
      else one.upserted.push(record)
    }
    return { changes, checkpoint: page.at(-1)?.version ?? String(since), hasMore: changed.length > page.length }
  }

  const front = options.graphql && createGraphqlFront(answer, options.graphql)

  const http = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => {
      text += String(chunk)
    })
    request.on('end', () => {
      server.log.push(front ? front.inWords(text) : `${request.method} ${request.url?.slice(1)}`)
      const fault = server.fault()
      if (fault === 'unavailable') return void response.writeHead(503).end()
      if (front) {
        void front.answer(text, request.headers).then(given => {
          if (fault === 'lost answer') response.destroy()
          else response.writeHead(given.status, { 'content-type': 'application/json' }).end(given.text)
        })
        return
      }
      const { status, body } = answer(
        request.method ?? '',
        request.url ?? '',
        request.headers,
        text === '' ? null : JSON.parse(text),
      )
      if (fault === 'lost answer') return void response.destroy()
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    })
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const server: RecordServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    fault: () => 'none',
    log: [],
    live: entity => [...records.values()].filter(record => record.entity === entity && !record.isDeleted),
    put: (entity, id, values) =>
      store(entity, id, { values: { ...at(entity, id)?.values, ...values }, stamp: null, isDeleted: false }),
    remove: (entity, id) => remove(entity, id, null),
    close: () =>
      new Promise(resolve => {
        http.closeAllConnections()
        http.close(() => resolve())
      }),
  }
  return server
}
