// Tells what a failed attempt means for the operation, so that each kind of failure gets its own treatment.
import { type Answer, TransportError } from './transport-error.ts'
import type { OpKind } from './types.ts'

export type Failure =
  /** The device is offline: the network listener starts the next attempt. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'transient' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'auth' }
  | { readonly kind: 'permanent' }
  /** The server already has what the operation wants. */
  | { readonly kind: 'done' }
  | { readonly kind: 'conflict' }

export interface Attempt {
  readonly kind: OpKind
  readonly id: string
  readonly isOnline: boolean
  readonly now: number
}

/** Classifies what `Transport.send` has thrown. Without an answer of the server it is the network's failure. */
export function classifyError(error: unknown, attempt: Attempt): Failure {
  if (!(error instanceof TransportError)) return { kind: attempt.isOnline ? 'transient' : 'wait' }
  const { status, code } = error.answer
  return status === undefined ? ofCode(code) : ofStatus(status, error.answer, attempt)
}

function ofStatus(status: number, answer: Answer, attempt: Attempt): Failure {
  if (status === 429 || status === 503)
    return { kind: 'throttled', retryAfterMs: retryAfterMs(answer.retryAfter, attempt.now) }
  if (status === 408 || status === 425 || status >= 500) return { kind: 'transient' }
  if (status === 401) return { kind: 'auth' }
  if (status === 404 || status === 410) {
    if (attempt.kind === 'delete') return { kind: 'done' }
    return { kind: attempt.kind === 'update' ? 'conflict' : 'permanent' }
  }
  if (status === 409 && attempt.kind === 'create' && answer.knownKey === attempt.id) return { kind: 'done' }
  if (status === 409 || status === 412) return { kind: 'conflict' }
  return { kind: 'permanent' }
}

function ofCode(code: string | undefined): Failure {
  switch (code) {
    case 'UNAUTHENTICATED':
      return { kind: 'auth' }
    case 'BAD_USER_INPUT':
    case 'FORBIDDEN':
    case 'GRAPHQL_VALIDATION_FAILED':
      return { kind: 'permanent' }
    case 'CONFLICT':
      return { kind: 'conflict' }
    default:
      return { kind: 'transient' }
  }
}

/** Reads a `Retry-After` header, which holds seconds or a date; what cannot be read asks for no wait. */
function retryAfterMs(header: string | null | undefined, now: number): number {
  if (header === null || header === undefined || header.trim() === '') return 0
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}
