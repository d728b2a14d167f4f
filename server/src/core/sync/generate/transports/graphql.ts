// The transport by GraphQL with Apollo Client 4: the code that speaks with the server, and the server's side of the contract.
import { outboxDocumentsFile, outboxSchemaFile } from '../graphql/outbox-schema.ts'
import type { SyncTransport } from '../layer.ts'
import { literal } from '../names.ts'
import { templateFiles } from '../template-files.ts'

export const graphqlPackages = ['@apollo/client', 'graphql', 'rxjs'] as const

export const graphqlTransport: SyncTransport = {
  id: 'graphql',
  title: 'GraphQL (Apollo Client 4)',
  packages: () => graphqlPackages,
  files: (plan, schema) => [
    ...templateFiles('graphql/apollo-client.ts', 'graphql/graphql-remote.ts'),
    {
      path: 'remote.ts',
      followsSchema: false,
      text: `// The server of the app. What it must answer is in schema.graphql.
import type { Remote } from './core/remote'
import { changes, documents } from './documents'
import { parsePage, parseRecord } from './entities'
import { createSyncClient, type SyncClientOptions } from './graphql/apollo-client'
import { createGraphqlRemote, type GraphqlOptions } from './graphql/graphql-remote'

export const endpoint = ${literal(plan.endpoint)}

/** What differs between the app and its tests. */
export type RemoteOptions = Pick<SyncClientOptions, 'token'> &
  Partial<Pick<SyncClientOptions, 'endpoint' | 'fetch'> & Pick<GraphqlOptions, 'pageSize'>>

export function createAppRemote(options: RemoteOptions): Remote {
  const client = createSyncClient({ endpoint, ...options })
  return createGraphqlRemote({ client, changes, documents, parseRecord, parsePage, pageSize: options.pageSize })
}
`,
    },
    outboxSchemaFile(schema),
    outboxDocumentsFile(schema),
  ],
}
