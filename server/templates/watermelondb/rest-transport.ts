// Pulls and pushes over REST: two requests to one address.
import { TransportError } from '../sync/transport-error.ts'
import type { SyncTransport } from './types.ts'

export interface RestTransportOptions {
  /** Without a slash at its end: `https://api.example.com/v1`. */
  readonly endpoint: string
  /** The token that requests carry now; null when nobody is signed in. */
  readonly token: () => Promise<string | null>
  readonly fetch?: typeof fetch
}

export function createRestTransport(options: RestTransportOptions): SyncTransport {
  const send = options.fetch ?? fetch

  async function request(path: string, init: RequestInit): Promise<unknown> {
    const token = await options.token()
    const headers = { Accept: 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) }
    const response = await send(`${options.endpoint}${path}`, { ...init, headers: { ...headers, ...init.headers } })
    if (!response.ok)
      throw new TransportError(`The server answered ${response.status}.`, {
        status: response.status,
        retryAfter: response.headers.get('Retry-After'),
      })
    return response.json()
  }

  return {
    pull: ({ lastPulledAt, schemaVersion, migration }, signal) => {
      const query = [`schemaVersion=${schemaVersion}`]
      if (lastPulledAt !== null) query.push(`lastPulledAt=${lastPulledAt}`)
      if (migration !== null) query.push(`migration=${encodeURIComponent(JSON.stringify(migration))}`)
      return request(`/sync?${query.join('&')}`, { signal })
    },
    push: ({ key, lastPulledAt, changes }, signal) =>
      request('/sync', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify({ lastPulledAt, changes }),
        signal,
      }),
  }
}
