// Each answer of a server and what it means for the operation.
import assert from 'node:assert/strict'
import { backoffMs } from '../../../templates/sync/backoff.ts'
import { classifyError, type Failure } from '../../../templates/sync/classify-error.ts'
import { type Answer, TransportError } from '../../../templates/sync/transport-error.ts'
import type { OpKind } from '../../../templates/sync/types.ts'

const cases: readonly (readonly [answer: Answer, kind: OpKind, expected: Failure['kind']])[] = [
  ...[408, 425, 500, 502, 504].map(status => [{ status }, 'update', 'transient'] as const),
  ...[429, 503].map(status => [{ status }, 'update', 'throttled'] as const),
  [{ status: 401 }, 'update', 'auth'],
  ...[400, 403, 405, 422].map(status => [{ status }, 'update', 'permanent'] as const),
  [{ status: 404 }, 'delete', 'done'],
  [{ status: 410 }, 'delete', 'done'],
  [{ status: 404 }, 'update', 'conflict'],
  [{ status: 404 }, 'create', 'permanent'],
  [{ status: 409, knownKey: 'op-1' }, 'create', 'done'],
  [{ status: 409, knownKey: 'op-2' }, 'create', 'conflict'],
  [{ status: 409 }, 'create', 'conflict'],
  [{ status: 412 }, 'update', 'conflict'],
  [{ code: 'UNAUTHENTICATED' }, 'update', 'auth'],
  [{ code: 'BAD_USER_INPUT' }, 'update', 'permanent'],
  [{ code: 'CONFLICT' }, 'update', 'conflict'],
  [{ code: 'SOMETHING_ELSE' }, 'update', 'transient'],
  [{}, 'update', 'transient'],
]

describe('classifyError', () => {
  for (const [answer, kind, expected] of cases) {
    it(`takes ${JSON.stringify(answer)} on a ${kind} for ${expected}`, () => {
      const failure = classifyError(new TransportError('', answer), { kind, id: 'op-1', isOnline: true, now: 0 })
      assert.equal(failure.kind, expected)
    })
  }

  it('takes a failure without an answer for the network', () => {
    const attempt = { kind: 'update', id: 'op-1', now: 0 } as const
    assert.equal(classifyError(new TypeError('failed'), { ...attempt, isOnline: true }).kind, 'transient')
    assert.equal(classifyError(new TypeError('failed'), { ...attempt, isOnline: false }).kind, 'wait')
  })

  it('asks for no wait when Retry-After cannot be read or is over', () => {
    for (const retryAfter of ['soon', '', '-5', new Date(0).toUTCString(), null]) {
      const error = new TransportError('', { status: 429, retryAfter })
      const failure = classifyError(error, { kind: 'update', id: 'op-1', isOnline: true, now: 5000 })
      assert.deepEqual(failure, { kind: 'throttled', retryAfterMs: 0 })
    }
  })
})

describe('backoffMs', () => {
  const options = { backoffBaseMs: 1000, backoffCapMs: 60_000 }

  it('grows with the attempts, up to the cap, and is spread over all of it', () => {
    assert.deepEqual(
      [1, 2, 3, 7, 2000].map(attempts => backoffMs(attempts, () => 1, options)),
      [1000, 2000, 4000, 60_000, 60_000],
    )
    assert.equal(
      backoffMs(5, () => 0, options),
      0,
    )
    assert.equal(
      backoffMs(5, () => 0.5, options),
      8000,
    )
  })
})
