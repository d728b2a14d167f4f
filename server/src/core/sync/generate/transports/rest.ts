// The transport by REST: the code that speaks with the server, and the server's side of the contract.
import type { SyncTransport } from '../layer.ts'
import { literal } from '../names.ts'
import { openApiFile } from '../open-api.ts'
import { templateFiles } from '../template-files.ts'

export const restTransport: SyncTransport = {
  id: 'rest',
  title: 'REST',
  packages: () => [],
  files: (plan, schema) => [
    ...templateFiles('rest-remote.ts'),
    {
      path: 'remote.ts',
      followsSchema: false,
      text: `// The server of the app. What it must answer is in openapi.json.
import type { Remote } from './core/remote'
import { createRestRemote, type RestOptions } from './core/rest-remote'
import { isEntityName, parsePage, parseRecord, paths } from './entities'

export const endpoint = ${literal(plan.endpoint)}

/** What differs between the app and its tests. */
export type RemoteOptions = Pick<RestOptions, 'token'> & Partial<Pick<RestOptions, 'endpoint' | 'fetch' | 'pageSize'>>

export function createAppRemote(options: RemoteOptions): Remote {
  return createRestRemote({
    endpoint,
    pathOf: entity => (isEntityName(entity) ? paths[entity] : undefined),
    parseRecord,
    parsePage,
    ...options,
  })
}
`,
    },
    openApiFile(plan, schema),
  ],
}
