// The stage on which phones with Realm reach their server by the generated GraphQL code and the real Apollo Client.
import type { Remote } from '../../templates/sync/remote.ts'
import { appRoot } from '../run-example.ts'
import { generateLayer } from './generated-layer.ts'
import type { RealmLayer } from './realm-app.ts'
import { loadRealmApp } from './realm-generated.ts'
import type { Stage } from './realm-scene.ts'

/** The app whose schema the phones have; see `realm-phone.ts`. */
export const phoneApp: Readonly<Record<string, string>> = {
  'src/realm.ts': `import Realm from 'realm'

export const Place: Realm.ObjectSchema = { name: 'Place', embedded: true, properties: { street: 'string', since: 'date?' } }

export const Person: Realm.ObjectSchema = {
  name: 'Person',
  primaryKey: 'id',
  properties: {
    id: 'string',
    name: 'string',
  },
}

export const Task: Realm.ObjectSchema = {
  name: 'Task',
  primaryKey: '_id',
  properties: {
    _id: 'objectId',
    title: 'string',
    done: { type: 'bool', default: false },
    count: 'int?',
    due: 'date?',
    price: 'decimal128?',
    ticket: 'uuid?',
    tags: 'string[]',
    place: 'Place',
    owner: 'Person',
  },
}

export const config: Realm.Configuration = { path: 'phone.realm', schema: [Person, Task, Place] }
export const openRealm = () => Realm.open(config)
`,
}

export const realmProject = { versions: { realm: '20.2.0' }, tsconfig: { file: `${appRoot}/tsconfig.json` } }

interface GeneratedRemote {
  createAppRemote(options: { endpoint: string; token: () => Promise<string | null>; pageSize: number }): Remote
  readonly paths: Readonly<Record<string, string>>
}

/** The files of the layer that a phone is put together of. An error of one bundle is none of another, so they come in one. */
const parts = [
  ...[
    'remote',
    'entities',
    'core/adopting-transport',
    'core/create-sync',
    'core/conflict-strategy',
    'core/remote',
    'core/transport-error',
  ],
  ...[
    'adopt-objects',
    'realm-store',
    'realm-records',
    'record-marks',
    'serialisers',
    'sync-states',
    'tracked-writes',
  ].map(name => `realm/${name}`),
]

export async function graphqlStage(): Promise<Stage> {
  const { files } = generateLayer(phoneApp, { transport: 'graphql' }, realmProject)
  const names = parts.map(name => `src/sync/${name}`)
  const app = await loadRealmApp<GeneratedRemote & Omit<RealmLayer, 'createRestRemote'>>(files, names)
  const noRest = () => {
    throw new Error('This layer speaks GraphQL.')
  }
  return {
    layer: { ...app, createRestRemote: noRest },
    graphql: {
      contract: { typeDefs: files['src/sync/schema.graphql'] ?? '', paths: app.paths },
      remote: url => app.createAppRemote({ endpoint: `${url}/graphql`, token: async () => 'abc', pageSize: 3 }),
    },
  }
}
