// A real HTTP server on loopback that does what an OpenAPI document says, and complains of every request and answer that it does not describe.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

export type JsonMap = { readonly [key: string]: unknown }

/** What becomes of a request: nothing special, an answer instead of it, a cut line before or after it has been handled. */
export type Fate = 'none' | 'unavailable' | 'throttled' | 'lost request' | 'lost answer'

export interface ServedRecord {
  readonly id: string
  readonly version: string
  readonly values: JsonMap
  readonly stamp: string | null
}

export interface OpenApiServer {
  readonly url: string
  /** What was sent or answered that the document does not describe. */
  readonly complaints: readonly string[]
  /** Requests so far, as `PATCH /notes/{id} 200`. */
  readonly log: readonly string[]
  records(path: string): readonly ServedRecord[]
  /** Changes or makes a record behind the back of all clients. */
  put(path: string, id: string, values: JsonMap): void
  remove(path: string, id: string): void
  /** Refuses the token that is valid now; the next one is `token-<n>`. */
  rotateToken(): void
  token(): string
  /** Decides about each request. */
  fate: () => Fate
  close(): Promise<void>
}

interface Row {
  readonly path: string
  readonly id: string
  readonly version: number
  readonly values: JsonMap | null
  readonly stamp: string | null
}

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** By path, the fields that hold the id of a record of another path. */
export type Parents = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Starts a server for the document. It refuses what would break the references of `parents` with 422, or deletes the
 * children as well where it `cascades`.
 */
export async function serveOpenApi(document: JsonMap, parents: Parents = {}, cascades = false): Promise<OpenApiServer> {
  const checks = createChecks(document)
  const rows = new Map<string, Row>()
  const answered = new Map<string, Answer>()
  const complaints: string[] = []
  const log: string[] = []
  let version = 0
  let tokens = 1

  const keyOf = (path: string, id: string) => `${path}/${id}`
  const token = () => `token-${tokens}`

  function write(path: string, id: string, values: JsonMap | null, stamp: string | null): Row {
    version += 1
    const row = { path, id, version, values, stamp }
    rows.set(keyOf(path, id), row)
    return row
  }

  const recordOf = (row: Row): ServedRecord => ({
    id: row.id,
    version: String(row.version),
    values: row.values ?? {},
    stamp: row.stamp,
  })
  const given = (row: Row, status: number): Answer => ({
    status,
    body: recordOf(row),
    headers: { ETag: `"${row.version}"` },
  })
  const problem = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
    status,
    body: { title, status },
    headers,
  })

  function changes(query: URLSearchParams): Answer {
    const since = Number(query.get('since') ?? 0)
    const limit = Number(query.get('limit') ?? 100)
    const later = [...rows.values()].filter(row => row.version > since).sort((a, b) => a.version - b.version)
    const page = later.slice(0, limit)
    const found: Record<string, { upserted: unknown[]; deleted: string[] }> = {}
    for (const row of page) {
      found[row.path] ??= { upserted: [], deleted: [] }
      if (row.values === null) found[row.path]?.deleted.push(row.id)
      else found[row.path]?.upserted.push(recordOf(row))
    }
    const checkpoint = String(page.at(-1)?.version ?? since)
    return { status: 200, body: { changes: found, checkpoint, hasMore: later.length > page.length } }
  }

  const isThere = (path: string, id: unknown) => {
    const row = rows.get(keyOf(path, String(id)))
    return row !== undefined && row.values !== null
  }
  const hasParents = (path: string, values: JsonMap) =>
    Object.entries(parents[path] ?? {}).every(
      ([field, parent]) => values[field] === undefined || values[field] === null || isThere(parent, values[field]),
    )
  const childrenOf = (path: string, id: string) =>
    [...rows.values()].filter(
      row =>
        row.values !== null &&
        Object.entries(parents[row.path] ?? {}).some(
          ([field, parent]) => parent === path && row.values?.[field] === id,
        ),
    )
  function bury(path: string, id: string, stamp: string | null): void {
    write(path, id, null, stamp)
    for (const child of childrenOf(path, id)) bury(child.path, child.id, stamp)
  }

  function apply(
    method: string,
    path: string,
    id: string | undefined,
    body: JsonMap,
    request: IncomingMessage,
  ): Answer {
    const stamp = typeof body['stamp'] === 'string' ? body['stamp'] : null
    const values = (body['values'] ?? {}) as JsonMap
    if (!hasParents(path, values)) return problem(422, 'A record that it refers to is not there.')
    if (method === 'POST') {
      const own = String(body['id'])
      const existing = rows.get(keyOf(path, own))
      if (existing && existing.values !== null) return problem(409, 'There is such a record.')
      return given(write(path, own, values, stamp), 201)
    }
    const row = rows.get(keyOf(path, id ?? ''))
    if (row === undefined || row.values === null) return problem(404, 'There is no such record.')
    if (method === 'GET') return given(row, 200)
    const match = request.headers['if-match']
    if (match !== undefined && match !== `"${row.version}"`) return problem(412, 'It has another version.')
    if (method === 'DELETE') {
      if (!cascades && childrenOf(path, row.id).length > 0) return problem(422, 'Other records refer to it.')
      bury(path, row.id, stamp)
      return { status: 204 }
    }
    return given(write(path, row.id, { ...row.values, ...values }, stamp), 200)
  }

  function answerTo(request: IncomingMessage, url: URL, text: string): Answer {
    const method = request.method ?? 'GET'
    if (request.headers.authorization !== `Bearer ${token()}`) return problem(401, 'Sign in.')
    if (url.pathname === '/changes') return changes(url.searchParams)
    const [, path = '', rawId] = url.pathname.split('/')
    const id = rawId === undefined ? undefined : decodeURIComponent(rawId)
    const key = request.headers['idempotency-key']
    const known = typeof key === 'string' ? answered.get(key) : undefined
    if (known !== undefined) {
      // A repeated request is answered with the record as it is now.
      const row = rows.get(keyOf(path, id ?? String((JSON.parse(text) as JsonMap)['id'])))
      return row?.values && known.status !== 204 ? given(row, known.status) : known
    }
    const body = text === '' ? {} : (JSON.parse(text) as JsonMap)
    if (JSON.stringify(body).includes('POISON')) return problem(422, 'This is refused.')
    const answer = apply(method, path, id, body, request)
    if (typeof key === 'string' && answer.status < 300) answered.set(key, answer)
    return answer
  }

  const server: OpenApiServer & { fate: () => Fate } = {
    url: '',
    complaints,
    log,
    records: path => [...rows.values()].filter(row => row.path === path && row.values !== null).map(recordOf),
    put: (path, id, values) =>
      void write(
        path,
        id,
        { ...rows.get(keyOf(path, id))?.values, ...values },
        rows.get(keyOf(path, id))?.stamp ?? null,
      ),
    remove: (path, id) => void write(path, id, null, null),
    rotateToken: () => {
      tokens += 1
    },
    token,
    fate: () => 'none',
    close: () =>
      new Promise(resolve => {
        http.closeAllConnections()
        http.close(() => resolve())
      }),
  }

  function handle(request: IncomingMessage, response: ServerResponse, text: string): void {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const fate = server.fate()
    if (fate === 'lost request') return void request.socket.destroy()
    const operation = checks.find(request.method ?? 'GET', url.pathname)
    if (operation === undefined) complaints.push(`${request.method} ${url.pathname} is not described`)
    else complaints.push(...operation.request(request, text))
    const answer =
      fate === 'unavailable'
        ? problem(503, 'Later.')
        : fate === 'throttled'
          ? problem(429, 'Slower.', { 'Retry-After': '1' })
          : answerTo(request, url, text)
    if (operation) complaints.push(...operation.answer(answer.status, answer.body))
    log.push(`${request.method} ${operation?.template ?? url.pathname} ${answer.status}`)
    if (fate === 'lost answer') return void request.socket.destroy()
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers })
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body))
  }

  const http = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => handle(request, response, text))
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  return Object.assign(server, { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
}

interface Operation {
  readonly template: string
  request(request: IncomingMessage, text: string): readonly string[]
  answer(status: number, body: unknown): readonly string[]
}

/** The operations of the document as checks of what goes over the line. */
function createChecks(document: JsonMap) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': true } })
  ajv.addSchema(document, 'document')
  const compiled = new Map<string, ValidateFunction>()
  const check = (pointer: string, body: unknown, what: string): readonly string[] => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` })
    compiled.set(pointer, validate)
    return validate(body) ? [] : [`${what}: ${ajv.errorsText(validate.errors)}`]
  }
  const follow = (pointer: string): { node: JsonMap; pointer: string } | undefined => {
    const node = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((at, part) => (at as JsonMap | undefined)?.[unescaped(part)], document) as JsonMap | undefined
    const ref = node?.['$ref']
    return typeof ref === 'string' ? follow(ref.slice(1)) : node && { node, pointer }
  }
  return {
    find: (method: string, pathname: string): Operation | undefined => {
      const template = Object.keys(document['paths'] as JsonMap).find(one =>
        new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
      )
      const base = template && `/paths/${escaped(template)}/${method.toLowerCase()}`
      const operation = base ? follow(base) : undefined
      if (!template || !base || !operation) return undefined
      const what = `${method} ${template}`
      return {
        template,
        request: (request, text) => {
          const wanted = ((operation.node['parameters'] ?? []) as JsonMap[]).map((_, index) =>
            follow(`${base}/parameters/${index}`),
          )
          const missing = wanted.flatMap(one => {
            const { name, in: place, required } = one?.node ?? {}
            if (place !== 'header' || required !== true) return []
            return request.headers[String(name).toLowerCase()] === undefined ? [`${what}: no ${String(name)}`] : []
          })
          const pointer = `${base}/requestBody/content/application~1json/schema`
          const hasBody = follow(`${base}/requestBody`) !== undefined
          if (!hasBody) return text === '' ? missing : [...missing, `${what}: a body`]
          return [...missing, ...check(pointer, JSON.parse(text), what)]
        },
        answer: (status, body) => {
          const response = follow(`${base}/responses/${status}`)
          if (response === undefined) return [`${what}: ${status} is not described`]
          const [type] = Object.keys((response.node['content'] ?? {}) as JsonMap)
          if (type === undefined) return body === undefined ? [] : [`${what} ${status}: a body`]
          return check(`${response.pointer}/content/${escaped(type)}/schema`, body, `${what} ${status}`)
        },
      }
    },
  }
}

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
const unescaped = (part: string): string => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
