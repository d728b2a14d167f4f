// What the two targets in SQLite have in common: the outbox beside the data, both in one transaction.
import type { Entity } from '../../../catalog/catalog.ts'
import { conflictsFile } from '../conflicts-file.ts'
import { editMethods, givenFunction } from '../edit-methods.ts'
import { entitiesFile } from '../entities-file.ts'
import type { LayerFile, SyncEntity, SyncPlan, SyncSchema, SyncTarget } from '../layer.ts'
import { literal, propertyName } from '../names.ts'
import { indexFiles, indexPackages, type StoreParts } from '../queue-files.ts'
import { screenFiles } from '../screen-files.ts'
import { templateFiles } from '../template-files.ts'
import { testFiles } from '../test-files.ts'

/** What differs between the libraries. */
export interface SqliteLibrary {
  readonly id: 'expo-sqlite' | 'op-sqlite'
  /** As the engine calls the library that opens a store. */
  readonly title: string
  readonly package: string
  /** The type of an opened database, and of a transaction on it. */
  readonly databaseType: string
  readonly transactionType: string
  readonly adapter: 'expoSqliteDatabase' | 'opSqliteDatabase'
  readonly connection: 'expoSql' | 'opSql'
  readonly template: 'expo-sqlite-database.ts' | 'op-sqlite-database.ts'
}

/** The target of a library. */
export function sqliteTarget(library: SqliteLibrary): SyncTarget {
  return {
    id: library.id,
    engine: 'sqlite',
    title: library.title,
    transports: ['rest', 'graphql'],
    usesRemote: true,
    fits: store => store.engine === 'sqlite' && 'package' in store && store.package === library.id,
    problem: numberedByDevice,
    packages: (_plan, schema) => [library.package, 'zod', ...indexPackages(schema.packages)],
    files: (plan, schema) => [
      ...templateFiles(
        library.template,
        'sqlite-store.ts',
        'sqlite-records.ts',
        'sqlite-adoption.ts',
        'sqlite-edits.ts',
        'adopting-transport.ts',
      ),
      entitiesFile(plan, schema),
      tablesFile(schema),
      conflictsFile(plan),
      createFile(library, plan),
      ...indexFiles(plan, schema, partsOf(library)),
      ...screenFiles(plan, schema),
      ...testFiles(plan, schema),
    ],
  }
}

/** Two devices would give the same number to different records. */
function numberedByDevice(entity: Entity): string | undefined {
  const key = entity.fields.find(field => field.isPrimary)
  if (key?.type === undefined || !/int/i.test(key.type.text)) return undefined
  return `its key \`${key.name.text}\` is a number that each device counts for itself; give it a text key that the client makes`
}

function tablesFile({ entities }: SyncSchema): LayerFile {
  const text = `// The tables that are synced, parents before their children.
import type { SyncedTable } from './core/sqlite-tables'

export const tables: readonly SyncedTable[] = [
${entities.map(tableOf).join('\n')}
]
`
  return { path: 'tables.ts', text, followsSchema: true }
}

function tableOf({ name, key, fields, parents }: SyncEntity): string {
  const columns = fields.map(field => {
    const kind = field.type === 'boolean' || field.type === 'json' ? field.type : 'plain'
    return `      ${propertyName(field.name)}: '${kind}',`
  })
  const references = parents.map(parent => `${propertyName(parent.field)}: ${literal(parent.entity)}`)
  return `  {
    entity: ${literal(name)},
    key: ${literal(key)},
    columns: {
${columns.join('\n')}
    },
    parents: {${references.length === 0 ? '' : ` ${references.join(', ')} `}},
  },`
}

const partsOf = (library: SqliteLibrary): StoreParts => ({
  imports: `import type { ${library.databaseType} } from '${library.package}'`,
  option: `  readonly database: ${library.databaseType}`,
  given: 'database: options.database,',
})

function createFile(library: SqliteLibrary, plan: SyncPlan): LayerFile {
  const { databaseType, transactionType, adapter, connection } = library
  const types = [...new Set([databaseType, transactionType])].sort().join(', ')
  const text = `// The sync of one user, with everything around it handed in: the app and its tests each bring their own.
import type { ${types} } from '${library.package}'
import { adoptingTransport } from './core/adopting-transport'
import { createConflictStrategy } from './core/conflict-strategy'
import { createSync, type Sync, type SyncOptions } from './core/create-sync'
import { ${adapter}, ${connection} } from './core/${library.template.replace('.ts', '')}'
import { type Remote, remoteTransport } from './core/remote'
import { createSqliteAdoption } from './core/sqlite-adoption'
import { createSqliteEdits } from './core/sqlite-edits'
import { createSqliteRecords } from './core/sqlite-records'
import { createSqliteStore } from './core/sqlite-store'
import { defaultLimits, type JsonObject, type NewOperation } from './core/types'
import { conflictPolicy } from './conflicts'
import { type Entities, type EntityName, knownFields, payloads, schemaVersion } from './entities'
import { tables } from './tables'

type Around = Pick<
  SyncOptions<${transactionType}>,
  'userId' | 'auth' | 'net' | 'clock' | 'app' | 'newId' | 'random' | 'limits' | 'onEvent'
>

export interface AppSyncOptions extends Around {
  /** \`PRAGMA foreign_keys\` may be on. */
  readonly database: ${databaseType}
  readonly remote: Remote
}

export interface AppSync extends Sync<${transactionType}> {
  /** Makes a record here and, as soon as it can be, on the server. It gives the new id. */
  create<Name extends EntityName>(entity: Name, values: Partial<Entities[Name]>, id?: string): Promise<string>
  /** Changes some fields of a record. */
  update<Name extends EntityName>(entity: Name, id: string, values: Partial<Entities[Name]>): Promise<void>
  remove(entity: EntityName, id: string): Promise<void>
  /** Ends the sync and removes the user's records and operations from the device. */
  signOut(): Promise<void>
}

export function createAppSync(options: AppSyncOptions): AppSync {
  const { userId, clock, remote } = options
  const now = clock.now
  const limits = { ...defaultLimits, ...options.limits }
  const database = ${adapter}<${transactionType}>(options.database)
  const about = { database, userId, now, tables, sqlOf: ${connection} }
  const records = createSqliteRecords(about)
  const edits = createSqliteEdits<${transactionType}>(about)
  const adoption = createSqliteAdoption<${transactionType}>({
    ...about,
    maxOps: limits.maxOps,
    enqueueAll: gather => sync.enqueueAll(gather),
  })
  const transport = remoteTransport({ remote, records, clock, requestTimeoutMs: limits.requestTimeoutMs })
  const sync: Sync<${transactionType}> = createSync<${transactionType}>({
    ...options,
    limits,
    store: createSqliteStore({ database, userId, now }),
    transport: adoptingTransport(transport, adoption),
    local: records.local,
    onConflict: createConflictStrategy(conflictPolicy),
    payloads: { entities: payloads, upgrade: knownFields },
    schemaVersion,
    keepsAudit: ${plan.audit},
  })
  const edit = async (operation: NewOperation) => void (await sync.enqueueAll(edits(operation)))

  return {
    ...sync,
${editMethods}
    signOut: async () => {
      await sync.stop()
      await records.wipe()
      await sync.stop({ wipe: true })
    },
  }
}

${givenFunction}
`
  return { path: 'create-app-sync.ts', text, followsSchema: false }
}
