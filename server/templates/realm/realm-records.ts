// The app's objects as the sync reads and writes them.
import type { RecordStore } from '../sync/remote.ts'
import { createPullIntoRealm, type PullIntoRealmOptions } from './pull-into-realm.ts'
import { createRealmLocalData } from './realm-local-data.ts'

export interface RealmRecords extends RecordStore {
  /**
   * Removes every synced object from the device, as a logout must, with what waits to be sent and what is known of the server.
   * All in one write: objects that were left without it would be taken for those of whoever signs in next.
   */
  wipe(): Promise<void>
}

export function createRealmRecords(options: PullIntoRealmOptions): RealmRecords {
  const { realm, classes, userId } = options
  return {
    ...createPullIntoRealm(options),
    local: createRealmLocalData(options),
    wipe: async () =>
      realm.write(() => {
        for (const name of ['SyncMissingLink', ...classes]) realm.delete(realm.objects(name))
        for (const name of ['OutboxOp', 'SyncState']) realm.delete(realm.objects(name).filtered('userId == $0', userId))
      }),
  }
}
