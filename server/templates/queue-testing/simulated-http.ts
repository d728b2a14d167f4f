// The server as `fetch` and axios reach it: requests over HTTP become requests of the simulation, and answers come back.
import { markersOf } from './fault-server.ts'
import { bookOf } from './operation-book.ts'
import { isObject, parsedJson, payloadsIn } from './payloads-in.ts'
import type { Environment, LoadOp, Request } from './queue-under-test.ts'
import { simulated } from './simulated-error.ts'

export interface HttpRequest {
  /** In capitals. */
  readonly method: string
  readonly url: string
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  /** A text in JSON, or the value itself. */
  readonly body: unknown
  readonly signal?: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface SimulatedHttp {
  /** Rejects with a TypeError where there is no network, and with an AbortError where the signal says so. */
  exchange(request: HttpRequest): Promise<HttpAnswer>
}

/** So long after a 401 the app has signed in anew, where the queue does not see to that itself. */
const signInMs = 1000
const keyHeader = /idempotency|request-id|mutation-id|operation-id/
const keyField = /^(?:idempotency_?key|request_?id|mutation_?id|client_?mutation_?id|operation_?id|op_?id)$/i
const signInUrl = /refresh|token|login|sign-?in|session|oauth/i

export function createHttp(env: Environment): SimulatedHttp {
  let signsIn = false

  /** The app's own sign-in is no part of the queue: it notices the 401 as well, and gets a new token. */
  function signInAgain(): void {
    if (signsIn) return
    signsIn = true
    env.clock.set(signInMs, () => {
      signsIn = false
      env.refresh().catch(signInAgain)
    })
  }

  async function exchange(request: HttpRequest): Promise<HttpAnswer> {
    const { signal } = request
    if (signal?.aborted) throw abortError()
    const ops = operationsOf(env, request)
    if (ops.length === 0 && !isReading(request.method) && signInUrl.test(request.url)) {
      await env.refresh()
      return { status: 200, headers: {}, body: { token: 'new', accessToken: 'new', access_token: 'new' } }
    }
    const sent = requestOf(env, request, ops)
    const { status, retryAfter } = await env.send({ ...sent, signal }).catch((error: unknown) => {
      throw signal?.aborted ? abortError() : error
    })
    if (status === 401) signInAgain()
    return {
      status,
      headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
      body: status < 400 ? { id: sent.entityId, ...sent.payload } : { error: `The simulated server says ${status}.` },
    }
  }
  return { exchange }
}

function abortError(): Error {
  return simulated(Object.assign(new Error('The request was aborted'), { name: 'AbortError' }))
}

/** The operations that a request is about: by the markers in its body, or by the record where it says no more than that. */
function operationsOf(env: Environment, { method, url, body }: HttpRequest): readonly LoadOp[] {
  const book = bookOf(env)
  const found = payloadsIn(body).flatMap(payload => markersOf(payload).map(marker => book.find(marker)))
  const known = [...new Set(found)].filter(op => op !== undefined)
  if (known.length > 0 || isReading(method)) return known
  const deletion = [...partsOf(url), ...textsIn(body)].map(book.deletionOf).find(op => op !== undefined)
  return deletion ? [deletion] : []
}

const isReading = (method: string): boolean => /^(?:GET|HEAD|OPTIONS)$/.test(method)

function requestOf(env: Environment, request: HttpRequest, ops: readonly LoadOp[]): Request {
  const { method, url } = request
  const [op] = ops
  if (op === undefined) {
    if (!isReading(method))
      env.unclear(`${method} ${url} carries no field of a payload that was handed over: adapter.ts must say what it is`)
    return { kind: 'update', entity: '', entityId: '', payload: {} }
  }
  if (ops.some(other => other.entityId !== op.entityId))
    env.unclear(
      `${method} ${url} carries operations on several records, and the simulated server answers one at a time`,
    )
  const payload = Object.assign({}, ...ops.map(one => one.payload)) as Request['payload']
  return { kind: op.kind, entity: op.entity, entityId: op.entityId, payload, key: keyOf(request, payload) }
}

/**
 * The idempotency key. Only POST needs one: to put, to patch with the same values or to delete twice does no harm. Where
 * your server knows a new record by an id that the app has made, a POST needs none either: give it one here.
 */
function keyOf({ method, url, headers, body }: HttpRequest, payload: Request['payload']): string | undefined {
  const header = Object.entries(headers).find(([name]) => keyHeader.test(name))?.[1]
  if (header) return header
  const parsed = typeof body === 'string' ? parsedJson(body) : body
  const field = isObject(parsed) ? Object.entries(parsed).find(([name]) => keyField.test(name))?.[1] : undefined
  if (typeof field === 'string' && field !== '') return field
  return method === 'POST' ? undefined : `${method} ${url} ${markersOf(payload).join()}`
}

/** The parts of the path, as they were before they were encoded. */
function partsOf(url: string): readonly string[] {
  const parts = url.replace(/[?#].*$/, '').split('/')
  return parts.map(part => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  })
}

/** All texts in a body, such as the variables of a GraphQL mutation. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    const parsed = parsedJson(value)
    return isObject(parsed) ? textsIn(parsed) : [value]
  }
  return isObject(value) ? Object.values(value).flatMap(textsIn) : []
}
