// Sends a request within a time limit, and once more with a new token when the server refuses the old one.
import { withDeadline } from '../sync/deadline.ts'
import { createTokenRefresh } from '../sync/token-refresh.ts'
import { TransportError } from '../sync/transport-error.ts'
import type { Auth, Clock } from '../sync/types.ts'

export type AuthorizedRequest = <T>(outer: AbortSignal, request: (signal: AbortSignal) => Promise<T>) => Promise<T>

export function createAuthorizedRequest(clock: Clock, auth: Auth, timeoutMs: number): AuthorizedRequest {
  const limited = <T>(outer: AbortSignal, request: (signal: AbortSignal) => Promise<T>) =>
    withDeadline(clock, timeoutMs, outer, request)
  const refresh = createTokenRefresh(() =>
    withDeadline(clock, timeoutMs, new AbortController().signal, signal => auth.refresh(signal)),
  )
  return async (outer, request) => {
    try {
      return await limited(outer, request)
    } catch (error) {
      if (!isRefusedToken(error) || outer.aborted || !(await refresh())) throw error
      return limited(outer, request)
    }
  }
}

function isRefusedToken(error: unknown): boolean {
  if (!(error instanceof TransportError)) return false
  return error.answer.status === 401 || error.answer.code === 'UNAUTHENTICATED'
}
