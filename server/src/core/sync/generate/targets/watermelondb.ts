// WatermelonDB with its own `synchronize`: whole sets of changes are pulled and pushed.
import { batchOpenApiFile } from '../batch-open-api.ts'
import { batchDocumentsFile, batchSchemaFile } from '../graphql/batch-schema.ts'
import type { LayerFile, SyncEntity, SyncField, SyncPlan, SyncSchema, SyncTarget } from '../layer.ts'
import { literal, propertyName } from '../names.ts'
import { indexFiles, indexPackages } from '../queue-files.ts'
import { asksPeople, backgroundFiles } from '../screen-files.ts'
import { templateFiles } from '../template-files.ts'
import { graphqlPackages } from '../transports/graphql.ts'
import { broughtToWatermelon, ownTables } from '../watermelondb/own-tables.ts'
import { watermelonTestFiles } from '../watermelondb/test-files.ts'
import { zodOf } from '../wire.ts'

export const watermelonTarget: SyncTarget = {
  id: 'watermelondb',
  engine: 'watermelondb',
  title: 'WatermelonDB',
  transports: ['rest', 'graphql'],
  packages: ({ transport }, { packages }) => [
    '@nozbe/watermelondb',
    'zod',
    ...(transport === 'graphql' ? graphqlPackages : []),
    ...indexPackages(packages),
  ],
  files: (plan, schema) => [
    ...templateFiles(
      'watermelondb/create-sync.ts',
      'watermelondb/use-sync-status.ts',
      'watermelondb/use-rejected-records.ts',
    ),
    ...(asksPeople(plan) ? templateFiles('watermelondb/ConflictScreen.tsx') : []),
    ...templateFiles('watermelondb/sync-tables.ts'),
    ...backgroundFiles(schema.packages),
    ...watermelonTestFiles(plan, schema),
    tablesFile(plan, schema),
    conflictsFile(plan),
    createFile(plan, schema),
    ...indexFiles(plan, schema, {
      imports: "import type { Database } from '@nozbe/watermelondb'",
      option: '  readonly database: Database',
      given: 'database: options.database,',
    }),
    ...(plan.transport === 'rest' ? restFiles(plan, schema) : graphqlFiles(plan, schema)),
  ],
  brings: broughtToWatermelon,
}

function tablesFile(plan: SyncPlan, { entities }: SyncSchema): LayerFile {
  const jsonImport = entities.some(({ fields }) => fields.some(isJson)) ? 'jsonText, type' : 'type'
  const text = `// The tables that are synced, parents before their children, and the checks of their records.
import { z } from 'zod'
import { ${jsonImport} SyncedTables } from './watermelondb/synced-tables'

export const tables: SyncedTables = {
${entities.map(entity => tableOf(entity, plan)).join('\n')}
}
`
  return { path: 'tables.ts', text, followsSchema: true }
}

function tableOf({ name, fields }: SyncEntity, plan: SyncPlan): string {
  const json = fields.filter(isJson).map(field => literal(field.name))
  return `  ${propertyName(name)}: {
    row: z.object({
      id: z.string().min(1),
${fields.map(field => `      ${propertyName(field.name)}: ${columnOf(field, plan)},`).join('\n')}
    }),
    json: [${json.join(', ')}],
  },`
}

/** JSON crosses the line as JSON, and is a text in the column. */
function columnOf(field: SyncField, plan: SyncPlan): string {
  if (isJson(field)) return field.optional ? 'jsonText.nullable()' : 'jsonText'
  return zodOf(field, plan)
}

const isJson = ({ type }: SyncField): boolean => type === 'json'

const comments: Readonly<Record<SyncPlan['conflicts'], string>> = {
  lww: "The server's record wins: it was written later there.",
  fieldMerge: 'The columns that were edited here win, the others come from the server.',
  manual: 'A person decides; until then the record stays editable and is not sent.',
  custom: 'Decides for each record; it must be quick, and only decide.',
}

function conflictsFile({ conflicts, deletes }: SyncPlan): LayerFile {
  const isCustom = conflicts === 'custom'
  const text = `// Who wins when both sides have changed a record.
import type { DeleteVsEdit, ${isCustom ? 'RecordConflict, Resolution, ' : ''}Strategy } from './watermelondb/resolve-record'

/** What happens when one side has deleted the record and the other has edited it. */
export const deleteVsEdit: DeleteVsEdit = '${deletes}'

${
  isCustom
    ? `/** ${comments[conflicts]} */
function decide({ local, remote }: RecordConflict): Resolution {
  return local === null || remote === null ? { choice: 'remote' } : { choice: 'local' }
}

const usual: Strategy = decide
`
    : `/** ${comments[conflicts]} */
const usual: Strategy = '${conflicts}'
`
}
/** Tables for which something else holds, by name. */
const others: Readonly<Record<string, Strategy>> = {}

export function strategyOf(table: string): Strategy {
  return others[table] ?? usual
}
`
  return { path: 'conflicts.ts', text, followsSchema: false }
}

function createFile(plan: SyncPlan, { store, version, isTakenIn }: SyncSchema): LayerFile {
  // WatermelonDB refuses the option where the adapter has no migrations.
  const hasMigrations = store.migrations.length > 0 || (isTakenIn === true && version > 1)
  const text = `// The sync of one user, with everything around it handed in: the app and its tests each bring their own.
import { deleteVsEdit, strategyOf } from './conflicts'
import { tables } from './tables'
import { createSync, type Sync, type SyncOptions } from './watermelondb/create-sync'
import type { SyncTransport } from './watermelondb/types'

export type AppSync = Sync

/** The sync does not start before these are in the app's schema, migrations and \`modelClasses\`: ${ownTables(plan)
    .map(({ name }) => name)
    .join(', ')}. */
export interface AppSyncOptions
  extends Pick<SyncOptions, 'database' | 'userId' | 'auth' | 'net' | 'clock' | 'app' | 'random' | 'limits' | 'newLog'> {
  readonly remote: SyncTransport
  readonly newId: () => string
}

export function createAppSync({ remote, newId, ...around }: AppSyncOptions): AppSync {
  return createSync({
    ...around,
    tables,
    transport: remote,
    strategyOf,
    deleteVsEdit,
    hasConflictTable: ${asksPeople(plan)},
    keepAuditMs: ${plan.audit ? '90 * 24 * 60 * 60 * 1000' : 'null'},
    newKey: newId,
${
  hasMigrations
    ? `    // The version at which the sync was added: it stays as it is when the schema grows.
    migrationsEnabledAtVersion: ${version},
`
    : `    // Set it to ${version} as soon as the adapter has migrations, and leave it so.
    migrationsEnabledAtVersion: undefined,
`
}  })
}
`
  return {
    path: 'create-app-sync.ts',
    text,
    followsSchema: false,
    // Devices that synced before would never be given the new columns of the versions in between.
    keeps: /migrationsEnabledAtVersion: \d+|Set it to \d+ as soon/,
  }
}

function restFiles(plan: SyncPlan, schema: SyncSchema): readonly LayerFile[] {
  const text = `// The server of the app. What it must answer is in openapi.json.
import { createRestTransport, type RestTransportOptions } from './watermelondb/rest-transport'
import type { SyncTransport } from './watermelondb/types'

export const endpoint = ${literal(plan.endpoint)}

/** What differs between the app and its tests. */
export type RemoteOptions = Pick<RestTransportOptions, 'token'> &
  Partial<Pick<RestTransportOptions, 'endpoint' | 'fetch'>>

export function createAppRemote(options: RemoteOptions): SyncTransport {
  return createRestTransport({ endpoint, ...options })
}
`
  return [
    ...templateFiles('watermelondb/rest-transport.ts'),
    { path: 'remote.ts', text, followsSchema: false },
    batchOpenApiFile(plan, schema),
  ]
}

function graphqlFiles(plan: SyncPlan, schema: SyncSchema): readonly LayerFile[] {
  const text = `// The server of the app. What it must answer is in schema.graphql.
import { pullChanges, pushChanges } from './documents'
import { createSyncClient, type SyncClientOptions } from './graphql/apollo-client'
import { createGraphqlTransport } from './watermelondb/graphql-transport'
import type { SyncTransport } from './watermelondb/types'

export const endpoint = ${literal(plan.endpoint)}

/** What differs between the app and its tests. */
export type RemoteOptions = Pick<SyncClientOptions, 'token'> & Partial<Pick<SyncClientOptions, 'endpoint' | 'fetch'>>

export function createAppRemote(options: RemoteOptions): SyncTransport {
  return createGraphqlTransport({
    client: createSyncClient({ endpoint, ...options }),
    pull: pullChanges,
    push: pushChanges,
  })
}
`
  return [
    ...templateFiles('graphql/apollo-client.ts', 'watermelondb/graphql-transport.ts'),
    { path: 'remote.ts', text, followsSchema: false },
    batchSchemaFile(schema),
    batchDocumentsFile(schema),
  ]
}
