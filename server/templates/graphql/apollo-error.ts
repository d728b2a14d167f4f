// Turns the errors of Apollo Client 4 into what the sync layer can classify.
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'
import { TransportError } from '../sync/transport-error.ts'

/** Of several errors in one answer the first that we know decides; one that we do not know is tried again. */
const knownCodes = ['UNAUTHENTICATED', 'CONFLICT', 'BAD_USER_INPUT', 'FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED']

/** Gives a `TransportError` for an answer of the server, and anything else as it is: that is the network's failure. */
export function toTransportError(error: unknown): unknown {
  if (CombinedGraphQLErrors.is(error)) {
    const codes = error.errors.map(one => one.extensions?.['code'])
    const code = knownCodes.find(known => codes.includes(known)) ?? codes.find(one => typeof one === 'string')
    return new TransportError(error.message, typeof code === 'string' ? { code } : {})
  }
  if (ServerError.is(error))
    return new TransportError(error.message, {
      status: error.statusCode,
      retryAfter: error.response.headers.get('Retry-After'),
    })
  return error
}
