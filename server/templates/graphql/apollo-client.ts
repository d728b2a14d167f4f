// The Apollo client of the sync layer: no cache that is kept, and a retry for what may be repeated.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'
import { SetContextLink } from '@apollo/client/link/context'
import { RetryLink } from '@apollo/client/link/retry'
import { OperationTypeNode } from 'graphql'

export interface SyncClientOptions {
  /** `https://api.example.com/graphql` */
  readonly endpoint: string
  /** The token that requests carry now; null when nobody is signed in. */
  readonly token: () => Promise<string | null>
  readonly fetch?: typeof fetch
}

export function createSyncClient({ endpoint, token, fetch }: SyncClientOptions): ApolloClient {
  const authorization = new SetContextLink(async ({ headers }) => {
    const value = await token()
    return { headers: value === null ? headers : { ...headers, authorization: `Bearer ${value}` } }
  })
  return new ApolloClient({
    // The app's database holds the data; a second copy would only grow old.
    cache: new InMemoryCache(),
    link: ApolloLink.from([retryQueries(), authorization, new HttpLink({ uri: endpoint, fetch })]),
    defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
  })
}

/** Only queries, and only when the network has failed: the layer itself decides when a mutation is sent again. */
function retryQueries(): RetryLink {
  return new RetryLink({
    attempts: (count, operation, error) =>
      count < 3 &&
      operation.operationType === OperationTypeNode.QUERY &&
      error.name !== 'AbortError' &&
      !CombinedGraphQLErrors.is(error) &&
      !ServerError.is(error),
  })
}
