// A device: the real WatermelonDB on a SQLite file, in a process that can die at any call of the database.
import type { Database, Model } from '@nozbe/watermelondb'
import type * as Migrations from '@nozbe/watermelondb/Schema/migrations'
import { requireOracle } from '../../oracle/installed.ts'
import type { WatermelonLayer } from './layer.ts'
import { watermelon } from './layer.ts'
import { columnsOf, sampleEntities } from './sample.ts'

interface Dispatcher {
  call(method: string, args: unknown[], callback: (result: object) => void): void
}

interface Bridge {
  readonly default: { connections: Record<string, { driver: { database: { instance: { close(): void } } } }> }
}

/** Asked at each call of the database: `run` makes it, `answer` hands on its outcome. It may do neither. */
export type Gate = (call: DatabaseCall, run: () => object, answer: (result: object) => void) => void

export interface DatabaseCall {
  readonly method: string
  readonly args: readonly unknown[]
}

export interface OpenedDatabase {
  readonly database: Database
  close(): void
}

export interface SampleOptions {
  readonly file: string
  readonly layer: WatermelonLayer
  readonly gate?: Gate
  /** At 2 the tasks have a column `note`, which a migration adds. */
  readonly version?: 1 | 2
}

/** Opens the app's database in a file; its name is given without `.db`. */
export async function openSample({ file, layer, gate, version = 1 }: SampleOptions): Promise<OpenedDatabase> {
  const { Database, Model: BaseModel, appSchema, tableSchema } = watermelon()
  const { default: SQLiteAdapter } = requireOracle('@nozbe/watermelondb/adapters/sqlite')
  const { schemaMigrations, addColumns } = requireOracle('@nozbe/watermelondb/Schema/migrations') as typeof Migrations
  requireOracle('@nozbe/watermelondb/utils/common/logger').default.silence()
  const note = { name: 'note', type: 'string' as const, isOptional: true }
  const adapter = new SQLiteAdapter({
    dbName: file,
    jsi: false,
    migrations: schemaMigrations({
      migrations: version === 1 ? [] : [{ toVersion: 2, steps: [addColumns({ table: 'tasks', columns: [note] })] }],
    }),
    schema: appSchema({
      version,
      tables: [
        ...sampleEntities.map(entity =>
          tableSchema({
            name: entity.name,
            columns: [...columnsOf(entity), ...(version === 2 && entity.name === 'tasks' ? [note] : [])],
          }),
        ),
        tableSchema({ name: 'drafts', columns: [{ name: 'text', type: 'string' }] }),
        layer.syncStateTable,
        layer.syncConflictsTable,
        layer.syncAuditTable,
      ],
    }),
  })
  await adapter.initializingPromise
  if (gate) {
    const dispatcher = adapter._dispatcher as Dispatcher
    const call = dispatcher.call.bind(dispatcher)
    dispatcher.call = (method, args, callback) =>
      gate(
        { method, args },
        () => {
          let outcome: object = {}
          call(method, args, result => {
            outcome = result
          })
          return outcome
        },
        callback,
      )
  }
  const modelOf = (table: string) =>
    class extends BaseModel {
      static override table = table
    }
  const database = new Database({
    adapter,
    modelClasses: [
      ...[...sampleEntities.map(one => one.name), 'drafts'].map(modelOf),
      layer.SyncState,
      layer.SyncConflict,
      layer.SyncAudit,
    ] as unknown as Model[],
  })
  return {
    database,
    close: () => {
      const { connections } = (
        requireOracle('@nozbe/watermelondb/adapters/sqlite/sqlite-node/DatabaseBridge') as Bridge
      ).default
      const tag = adapter._tag as string
      connections[tag]?.driver.database.instance.close()
      delete connections[tag]
    },
  }
}

/** Sets a column as the app's models do. */
export function setColumn(record: Model, column: string, value: string | number | boolean | null): void {
  record._setRaw(column, value)
}
