// What the templates and their tests use of Apollo Client 4, for their own check; the oracle compiles them against the package.

declare module '@apollo/client' {
  export interface DocumentNode {
    kind: 'Document'
  }
  interface RequestOptions {
    variables?: object
    fetchPolicy?: 'no-cache'
    context?: { headers?: Record<string, string>; fetchOptions?: { signal: AbortSignal } }
  }
  export class ApolloClient {
    constructor(options: { cache: InMemoryCache; link: ApolloLink; defaultOptions?: object })
    query<T>(options: RequestOptions & { query: DocumentNode }): Promise<{ data?: T }>
    mutate<T>(options: RequestOptions & { mutation: DocumentNode }): Promise<{ data?: T }>
  }
  export class InMemoryCache {
    extract(): object
  }
  export class ApolloLink {
    protected constructor(...options: never[])
    static from(links: ApolloLink[]): ApolloLink
  }
  export class HttpLink extends ApolloLink {
    constructor(options: { uri: string; fetch?: typeof fetch })
  }
  export function gql(text: string): DocumentNode
}

declare module '@apollo/client/errors' {
  interface CombinedErrors extends Error {
    errors: readonly { extensions?: Record<string, unknown> }[]
  }
  interface StatusError extends Error {
    statusCode: number
    response: { headers: { get(name: string): string | null } }
  }
  export const CombinedGraphQLErrors: { is(error: unknown): error is CombinedErrors }
  export const ServerError: { is(error: unknown): error is StatusError }
}

declare module '@apollo/client/link/context' {
  import { ApolloLink } from '@apollo/client'

  type Context = { headers?: Record<string, string> | undefined }
  export class SetContextLink extends ApolloLink {
    constructor(set: (context: Context) => Promise<Context>)
  }
}

declare module '@apollo/client/link/retry' {
  import { ApolloLink } from '@apollo/client'

  export class RetryLink extends ApolloLink {
    constructor(options: {
      attempts: (count: number, operation: { operationType: string }, error: Error) => boolean
    })
  }
}

declare module 'graphql' {
  export const OperationTypeNode: { QUERY: 'query'; MUTATION: 'mutation' }
  export const GraphQLError: new (message: string, options: { extensions: { code: string } }) => Error
  export function buildSchema(text: string): object
  export function parse(text: string): object
  export function validate(schema: object, document: object): readonly Error[]
}
