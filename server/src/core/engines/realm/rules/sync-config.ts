// A configuration for Device Sync has options that it does not take.
import type { Entry } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import { isGiven } from '../openings/read-opening.ts'
import { isWithSync } from '../sync/versions.ts'
import type { ClassInStore, OpeningInStore } from '../types.ts'
import { majorOf } from '../versions.ts'

/** `validateConfiguration` of realm-js 12. */
const forbidden = ['onMigration', 'migrationOptions', 'inMemory', 'deleteRealmIfMigrationNeeded']

export const syncConfig: Rule<OpeningInStore | ClassInStore> = {
  id: 'realm/sync-config',
  severity: 'off',
  on: ['opening', 'class'],
  docs: {
    what: 'With realm 12, a configuration with `sync` also has `onMigration`, `inMemory` or `deleteRealmIfMigrationNeeded`, it is flexible and has a `partitionValue`, or a class of it has another primary key than `_id`. Off where nobody asks for it: the service is shut down.',
    why: 'Opening throws.',
    fix: 'None.',
  },
  *check(subject) {
    if ('class' in subject) yield* primaryKey(subject)
    else yield* options(subject)
  },
  examples: [
    {
      name: 'options of local realms',
      project: realm12,
      files: realmApp({
        version: null,
        config: `sync: { user, flexible: true, partitionValue: 'a' },
                              ^^^^^^^^^^^^^^ cannot be specified when flexible sync is enabled
onMigration: () => {},
^^^^^^^^^^^ cannot both be defined
inMemory: true,
^^^^^^^^ cannot both be defined`,
        classes: { Task: "primaryKey: '_id',\nproperties: { _id: 'objectId' }," },
      }),
    },
    {
      name: 'another primary key, none, one under another name',
      project: realm12,
      files: realmApp({
        version: null,
        config: 'sync: { user, flexible: true },',
        classes: {
          Task: "primaryKey: 'id',\n            ^^^^ must be \"_id\"\nproperties: { id: 'objectId' },",
          Note: `{
  name: 'Note',
//      ^^^^^^ must be "_id"
  properties: { text: 'string' },
}`,
          Part: "embedded: true,\nproperties: { text: 'string' },",
          Mail: "primaryKey: '_id',\nproperties: { _id: 'string' },",
        },
      }),
    },
    {
      name: 'what sync takes, and local realms',
      project: realm12,
      files: realmApp({
        config: 'onMigration: () => {},',
        files: {
          'src/db/more.ts': `import Realm from 'realm'
import { Task } from './other'

export const a = (user: Realm.User) => Realm.open({ path: 'a', schema: [Task], sync: { user, partitionValue: 'a' }, onMigration: undefined })
export const b = (user: Realm.User) => Realm.open({ path: 'b', schema: [Task], sync: { user, flexible: true } })
`,
        },
      }),
    },
    {
      name: 'realm 20 has no sync at all',
      project: realmProject('20.2.0'),
      files: realmApp({ config: 'sync: { user, flexible: true },\nonMigration: () => {},' }),
    },
  ],
}

function* options({ opening, store, scope }: OpeningInStore): Generator<Evidence<never>> {
  const { entries, kind } = opening
  const sync = entries.get('sync')
  if (!sync || kind === 'other' || majorOf(store.project) !== 12 || !isGiven(scope, sync)) return
  for (const name of forbidden) {
    const entry = entries.get(name)
    if (entry && isGiven(scope, entry) && isSure(entry))
      yield {
        at: entry.nameAt,
        message: `"${name}" and "sync" cannot both be defined: Realm throws when it opens. Leave "${name}" out.`,
        related: [{ at: sync.nameAt, message: '"sync" is given here' }],
      }
  }
  const settings = scope.shape(sync.value)?.entries
  const partition = settings?.get('partitionValue')
  const isFlexible = scope.boolean(settings?.get('flexible')?.value) === true
  if (partition && isFlexible && isGiven(scope, partition))
    yield {
      at: partition.nameAt,
      message:
        '"partitionValue" cannot be specified when flexible sync is enabled: Realm throws when it opens. Leave one of "partitionValue" and "flexible" out.',
    }
}

/** What comes from elsewhere may be left out at run time. */
const isSure = ({ value: { value } }: Entry): boolean =>
  !['conditional', 'binary', 'name', 'unknown'].includes(value.kind)

function* primaryKey({ class: one, store }: ClassInStore): Generator<Evidence<never>> {
  if (one.embedded || !one.complete || !one.isNamed || !isWithSync(store.project) || majorOf(store.project) !== 12)
    return
  const { primaryKey: key, properties, name } = one
  const persisted = key && (properties.get(key.text)?.persisted.text ?? key.text)
  if (persisted === '_id' || !store.openings.every(opening => opening.isSync || opening.kind === 'other')) return
  yield {
    at: key?.at ?? name.at,
    message: `The primary key of "${name.text}" must be "_id" where it syncs: the server refuses the class.`,
  }
}
