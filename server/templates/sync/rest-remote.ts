// The server by REST, as openapi.json beside this folder describes it.
import type { PulledPage } from './pull.ts'
import type { Remote } from './remote.ts'
import { TransportError } from './transport-error.ts'
import type { OutboxOp, RemoteRecord, SendResult } from './types.ts'

export interface RestOptions {
  /** Without a slash at its end: `https://api.example.com/v1`. */
  readonly endpoint: string
  /** The part of the address that belongs to an entity; undefined for one that is not synced. */
  readonly pathOf: (entity: string) => string | undefined
  /** The token that requests carry now; null when nobody is signed in. */
  readonly token: () => Promise<string | null>
  /** Checks the body of a record and of a page. It throws where the body is not what it should be. */
  readonly parseRecord: (entity: string, body: unknown) => RestRecord
  readonly parsePage: (body: unknown) => PulledPage
  readonly fetch?: typeof fetch
  /** So many changes are asked for at once. */
  readonly pageSize?: number
}

/** A record as the server gives it. */
export interface RestRecord extends RemoteRecord {
  readonly id: string
}

export function createRestRemote(options: RestOptions): Remote {
  const send = options.fetch ?? fetch

  async function request(
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: unknown },
    signal: AbortSignal,
  ): Promise<Response> {
    const token = await options.token()
    return send(`${options.endpoint}${path}`, {
      method: init.method,
      signal,
      headers: {
        Accept: 'application/json',
        ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...init.headers,
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    })
  }

  function addressOf(entity: string, id?: string): string {
    const path = options.pathOf(entity)
    if (path === undefined) throw new TransportError(`${entity} has no address.`, { status: 400 })
    return id === undefined ? `/${path}` : `/${path}/${encodeURIComponent(id)}`
  }

  return {
    send: async (op, signal) => {
      const headers: Record<string, string> = { 'Idempotency-Key': op.id }
      if (op.kind !== 'create' && op.baseVersion !== null) headers['If-Match'] = `"${op.baseVersion}"`
      const response = await request(
        addressOf(op.entity, op.kind === 'create' ? undefined : op.entityId),
        { method: methods[op.kind], headers, body: bodyOf(op) },
        signal,
      )
      if (!response.ok) throw await errorOf(response)
      if (response.status === 204) return {}
      const { values, version } = options.parseRecord(op.entity, await response.json())
      return { values, version } satisfies SendResult
    },
    fetchRemote: async (ref, signal) => {
      const response = await request(addressOf(ref.entity, ref.entityId), { method: 'GET' }, signal)
      if (response.status === 404 || response.status === 410) return null
      if (!response.ok) throw await errorOf(response)
      return options.parseRecord(ref.entity, await response.json())
    },
    fetchPage: async (checkpoint, signal) => {
      const since = checkpoint === null ? '' : `&since=${encodeURIComponent(checkpoint)}`
      const response = await request(`/changes?limit=${options.pageSize ?? 500}${since}`, { method: 'GET' }, signal)
      if (!response.ok) throw await errorOf(response)
      return options.parsePage(await response.json())
    },
  }
}

const methods = { create: 'POST', update: 'PATCH', delete: 'DELETE' } as const

/** The whole record for a create, only the changed fields for an update. */
function bodyOf(op: OutboxOp): unknown {
  if (op.kind === 'delete') return undefined
  return { ...(op.kind === 'create' ? { id: op.entityId } : {}), values: op.payload, stamp: op.stamp }
}

async function errorOf(response: Response): Promise<TransportError> {
  const body: unknown = await response.json().catch(() => null)
  return new TransportError(`The server answered ${response.status}${titleOf(body)}.`, {
    status: response.status,
    retryAfter: response.headers.get('Retry-After'),
    knownKey: response.headers.get('Idempotency-Key'),
  })
}

/** The title of a problem by RFC 9457. */
function titleOf(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('title' in body)) return ''
  return `: ${String(body.title)}`
}
