// What realm 20 and @realm/react 0.20 no longer have: App Services and Device Sync.

/** What a removed name was for, and what an app does now. */
interface Purpose {
  /** `It …` */
  readonly did: string
  readonly now: string
}

const app: Purpose = { did: 'connected to Atlas App Services', now: 'Talk to a server of your own, or take it out.' }
const login: Purpose = {
  did: 'was about users of Atlas App Services',
  now: 'Log users in with another service.',
}
const server: Purpose = {
  did: 'asked Atlas App Services for data or functions',
  now: 'Ask a server of your own.',
}
const session: Purpose = {
  did: 'told how the connection of Device Sync was doing',
  now: 'Take it out: a local realm has no connection.',
}
const choice: Purpose = {
  did: 'chose what Device Sync loads',
  now: 'Take it out: a local realm holds everything that it is given.',
}
const setting: Purpose = { did: 'set Device Sync up', now: 'Take it out, and open a local realm.' }

const names = (purpose: Purpose, text: string): readonly (readonly [string, Purpose])[] =>
  text
    .trim()
    .split(/\s+/)
    .map(name => [name, purpose])

/** What `Realm.…`, and named imports of `realm`, no longer are (`packages/realm/src/namespace.ts` of 12 against 20). */
const ofRealm: ReadonlyMap<string, Purpose> = new Map([
  ...names(app, 'App AnyApp AppConfiguration AppChangeCallback LocalAppConfiguration Metadata MetadataMode Services'),
  ...names(login, 'Auth User AnyUser ApiKey Credentials UserIdentity UserState ProviderType UserChangeCallback'),
  ...names(login, 'ApiKeyAuth EmailPasswordAuth DefaultUserProfileData'),
  ...names(server, 'DefaultFunctionsFactory MongoDBDatabase MongoDBCollection'),
  ...names(
    server,
    'MongoDB MongoDBService PushClient AppServicesFunction RealmFunction WatchOptionsFilter WatchOptionsIds',
  ),
  ...names(session, 'Sync SyncError CompensatingWriteError CompensatingWriteInfo ConnectionState SessionState'),
  ...names(session, 'SyncSession ConnectionNotificationCallback PartitionBasedSyncProgressNotificationCallback'),
  ...names(session, 'SessionStopPolicy ProgressDirection ProgressMode ProgressNotificationCallback'),
  ...names(session, 'ProgressRealmPromiseCallback EstimateProgressNotificationCallback'),
  ...names(choice, 'InitialSubscriptions SubscriptionSetState SubscriptionsState WaitForSync PartitionValue'),
  ...names(choice, 'Subscription SubscriptionOptions SubscriptionSet BaseSubscriptionSet MutableSubscriptionSet'),
  ...names(setting, 'ConfigurationWithSync ConfigurationWithoutSync SyncConfiguration FlexibleSyncConfiguration'),
  ...names(setting, 'PartitionSyncConfiguration OpenRealmBehaviorConfiguration OpenRealmBehaviorType'),
  ...names(setting, 'OpenRealmTimeOutBehavior ClientResetMode ClientResetConfig ClientResetManualConfiguration'),
  ...names(setting, 'ClientResetDiscardUnsyncedChangesConfiguration ClientResetRecoverUnsyncedChangesConfiguration'),
  ...names(setting, 'ClientResetRecoverOrDiscardUnsyncedChangesConfiguration SSLConfiguration'),
  ...names(setting, 'SSLVerifyCallback SSLVerifyObject SyncProxyConfig ProxyType'),
])

/** What `@realm/react` no longer exports. */
const ofReact: ReadonlyMap<string, Purpose> = new Map([
  ...names(app, 'AppProvider useApp'),
  ...names(login, 'UserProvider useUser useAuth useAuthOperation useEmailPasswordAuth AuthOperationName'),
  ...names(login, 'AuthResult useAuthResult OperationState OperationResult'),
  ...names(session, 'useProgress'),
])

/** What an open realm, or what came of it, no longer has. */
const ofInstance: ReadonlyMap<string, Purpose> = new Map([
  ...names(session, 'syncSession progress'),
  ...names(choice, 'subscriptions subscribe unsubscribe'),
])

/** A name as something that was removed. */
export interface Removed {
  /** As it is written behind `Realm.`, or by itself. */
  readonly name: string
  readonly from: 'realm' | '@realm/react'
  /** What is wrong, why, and what to do. */
  readonly message: string
}

/** What was removed under the library's name for it (`Realm.App.Sync`, `useUser`); undefined for what is still there. */
export function removedName(libraryName: string): Removed | undefined {
  const [first = '', second] = libraryName.split('.')
  if (first !== 'Realm') return removed(first, '@realm/react', ofReact.get(first))
  return second === undefined ? undefined : removed(second, 'realm', ofRealm.get(second))
}

/** What was removed of objects: `realm.syncSession`. */
export const removedMember = (name: string | undefined): Removed | undefined =>
  name === undefined ? undefined : removed(name, 'realm', ofInstance.get(name))

function removed(name: string, from: Removed['from'], purpose: Purpose | undefined): Removed | undefined {
  if (!purpose) return undefined
  const since = from === 'realm' ? 'realm 20' : '@realm/react 0.20'
  return {
    name,
    from,
    message: `"${name}" is gone since ${since}. It ${purpose.did}, which is shut down. ${purpose.now}`,
  }
}
