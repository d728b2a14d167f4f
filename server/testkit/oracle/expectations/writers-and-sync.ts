// What the library says of wrong writers, sync calls and adapter options.
import type { Expectation } from '../expectation.ts'
import { code, exercise, index, members, noChanges, onLoad, onLoki, Post, pull, schema } from './pieces.ts'

export const writerAndSyncExpectations: Readonly<Record<string, Expectation>> = {
  'watermelondb/write-outside-writer': {
    ...exercise,
    message: /can only be called from inside of a Writer/,
    ...code(`await post.update(() => undefined)`, `await database.write(() => post.update(() => undefined))`),
  },
  'watermelondb/non-async-writer': {
    ...exercise,
    message: /must be asynchronous/,
    ...members(`@writer touch() { return 1 as any }`, `@writer async touch() { return 1 }`),
  },
  'watermelondb/async-updater': {
    ...exercise,
    message: /Unexpected Promise\. Passed function should be synchronous/,
    ...code(
      `await database.write(() => post.update(async () => undefined))`,
      `await database.write(() => post.update(() => undefined))`,
    ),
  },
  'watermelondb/nested-writer': {
    ...exercise,
    message: /timed out/,
    ...code(
      `await database.write(async () => { await database.write(async () => undefined) })`,
      `await database.write(async (writer: any) => { await writer.callWriter(() => database.write(async () => undefined)) })`,
    ),
  },
  'watermelondb/pull-result-shape': {
    ...exercise,
    message:
      /returned invalid timestamp|Cannot read properties of undefined|Invalid raw record supplied to Sync|Invalid value to encode into query/,
    ...code(pull('{ changes: {}, timestamp: 0 }'), pull(noChanges)),
  },
  'watermelondb/invalid-sync-options': {
    ...exercise,
    message: /\[Sync\] (migrationsEnabledAtVersion|Invalid)|unsafeTurbo|Migration syncs cannot be enabled/,
    ...code(
      `return synchronize({ database, pullChanges: async () => (${noChanges}), migrationsEnabledAtVersion: 2 })`,
      `return synchronize({ database, pullChanges: async () => (${noChanges}) })`,
    ),
  },
  'watermelondb/debug-import': {
    on: 'exercise',
    env: 'production',
    message: /debugPrintChanges\(\) MUST NOT BE USED IN PRODUCTION/,
    ...code(`return require('@nozbe/watermelondb/sync/debugPrintChanges')`, 'return post.id'),
  },
  'watermelondb/loki-options': {
    ...onLoad,
    message: /`use(WebWorker|IncrementalIndexedDB)` option is required/,
    wrong: { schema, models: { Post }, files: { 'src/db/index.ts': index('lokijs', 'schema, useWebWorker: false') } },
    right: onLoki,
  },
}
