// `create-app-sync.ts` of a layer over SQLite: the parts put together, and the methods by which the app edits its rows.
import { editMethods, givenFunction } from '../edit-methods.ts'
import type { LayerFile, SyncPlan, SyncSchema } from '../layer.ts'
import type { SqliteLibrary } from './library.ts'
import { hasNumbers } from './tables-file.ts'

/** What differs where rows have numbers: how the app names them, and what stands between them and the records. */
interface KeyParts {
  readonly imports: string
  readonly entities: string
  readonly tables: string
  readonly methods: string
  /** The tables as the layer is given them. */
  readonly given: string
  readonly statements: string
  readonly edits: string
  readonly returned: string
}

const textKeys: KeyParts = {
  imports: '',
  entities: 'type Entities, type EntityName',
  tables: 'tables',
  methods: `  /** Makes a record here and, as soon as it can be, on the server. It gives the new id. */
  create<Name extends EntityName>(entity: Name, values: Partial<Entities[Name]>, id?: string): Promise<string>
  /** Changes some fields of a record. */
  update<Name extends EntityName>(entity: Name, id: string, values: Partial<Entities[Name]>): Promise<void>
  remove(entity: EntityName, id: string): Promise<void>`,
  given: 'tables',
  statements: '',
  edits: '  const edit = async (operation: NewOperation) => void (await sync.enqueueAll(edits(operation)))',
  returned: editMethods,
}

const numberKeys: KeyParts = {
  imports: `import { idStatements, numberedTables } from './core/sqlite-ids'
import { createKeyedEdits } from './core/sqlite-keyed-edits'
`,
  entities: 'type EntityName',
  tables: 'type Keys, type Rows, tables',
  methods: `  /**
   * Makes a row here and, as soon as it can be, a record on the server. It gives the key of the row: where that is a
   * number, SQLite gives it.
   */
  create<Name extends EntityName>(
    entity: Name,
    values: Partial<Rows[Name]>,
    key?: Extract<Keys[Name], string>,
  ): Promise<Keys[Name]>
  /** Changes some columns of a row. */
  update<Name extends EntityName>(entity: Name, key: Keys[Name], values: Partial<Rows[Name]>): Promise<void>
  remove<Name extends EntityName>(entity: Name, key: Keys[Name]): Promise<void>
  /** The key of the row of a record, which operations and conflicts name by its id; null where it has none here. */
  keyOf<Name extends EntityName>(entity: Name, id: string): Promise<Keys[Name] | null>`,
  given: 'tables: numberedTables(tables, options.newId)',
  statements: ', statements: idStatements(tables)',
  edits: `  const rows = createKeyedEdits({ ...about, newId: options.newId, edits, enqueueAll: sync.enqueueAll })`,
  returned: `    create: async <Name extends EntityName>(entity: Name, values: Partial<Rows[Name]>, key?: string) =>
      (await rows.create(entity, given(values), key)) as Keys[Name],
    update: (entity, key, values) => rows.update(entity, key, given(values)),
    remove: rows.remove,
    keyOf: async <Name extends EntityName>(entity: Name, id: string) =>
      (await rows.keyOf(entity, id)) as Keys[Name] | null,`,
}

/** The file; it is the app's own once it is written. */
export function createFile(library: SqliteLibrary, plan: SyncPlan, { entities }: SyncSchema): LayerFile {
  const { databaseType, transactionType, adapter, connection } = library
  const isNumbered = hasNumbers(entities)
  const keys = isNumbered ? numberKeys : textKeys
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
${keys.imports}import { createSqliteRecords } from './core/sqlite-records'
import { createSqliteStore } from './core/sqlite-store'
import { defaultLimits, type JsonObject${isNumbered ? '' : ', type NewOperation'} } from './core/types'
import { conflictPolicy } from './conflicts'
import { ${keys.entities}, knownFields, payloads, schemaVersion } from './entities'
import { ${keys.tables} } from './tables'

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
${keys.methods}
  /** False while something of the user is on this device alone: what waits or has failed, and rows that the server was never told of. */
  isAllSent(): Promise<boolean>
  /** Ends the sync and removes the user's records and operations from the device. */
  signOut(): Promise<void>
}

export function createAppSync(options: AppSyncOptions): AppSync {
  const { userId, clock, remote } = options
  const now = clock.now
  const limits = { ...defaultLimits, ...options.limits }
  const database = ${adapter}<${transactionType}>(options.database)
  const about = { database, userId, now, ${keys.given}, sqlOf: ${connection} }
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
    store: createSqliteStore({ database, userId, now${keys.statements} }),
    transport: adoptingTransport(transport, adoption),
    local: records.local,
    onConflict: createConflictStrategy(conflictPolicy),
    payloads: { entities: payloads, upgrade: knownFields },
    schemaVersion,
    keepsAudit: ${plan.audit},
  })
${keys.edits}

  return {
    ...sync,
${keys.returned}
    isAllSent: async () =>
      (await sync.waiting()).length + (await sync.failed()).length === 0 && !(await adoption.hasUntold()),
    signOut: async () => {
      await sync.stop()
      await records.wipe()
      await sync.stop({ wipe: true })
    },
  }
}

${givenFunction}
`
  return { path: 'create-app-sync.ts', text, followsSchema: isNumbered }
}
