// What the README says of a layer over WatermelonDB's own `synchronize`.
import { asksPeople } from '../screen-files.ts'
import type { Guide, GuideParts } from './guide.ts'
import { fenced, label } from './markdown.ts'
import { authWords, backgroundWiring, nobodyAsked, oneSync, screenWiring, startText } from './screen-wiring.ts'

export function watermelonGuide(guide: Guide): GuideParts {
  const { plan } = guide
  return {
    audit: 'each decision is kept for 90 days, in the table `sync_audit`.',
    flow: flow(guide),
    states: {
      title: 'The states of a record',
      diagram: states(guide),
      note: 'There is no queue: WatermelonDB marks each record itself, and `synchronize` sends what is marked. After a failure the next run waits longer, from a second to five minutes.',
    },
    runs: 'A run begins at the start, a second after an edit, when the network is back, the app comes to the front, a user signs in, and every ten minutes. It pulls, then it pushes. `syncNow()` begins one for a pull to refresh or a push message.',
    wiring: [
      `${oneSync} \`database\` is yours, with the tables of [watermelondb/sync-tables.ts](watermelondb/sync-tables.ts) in its schema, migrations and \`modelClasses\`. ${authWords}`,
      fenced('ts', appSync(guide)),
      'Write as before: the layer sees each change. Only a deletion has a rule, as `destroyPermanently` would tell the server nothing:',
      fenced('ts', edits),
      ...screenWiring(guide, {
        folder: 'watermelondb',
        hook: 'useRejectedRecords',
        file: 'use-rejected-records',
        status: 'unsynced',
        waiting: 'unsynced',
        failed: 'useRejectedRecords(sync)',
        undo: 'for `sync.retry` and `sync.discard`',
        withoutScreen: nobodyAsked,
      }),
      ...backgroundWiring(guide),
    ],
    server: plan.transport === 'rest' ? restServer : graphqlServer,
    limits: [
      'A conflict is seen record by record when something is pulled, and the time of an edit is not known: an edit here meets the record as the server has it.',
      'Changes go in sets of up to 500 records that the server applies as a whole. One that it refuses without saying why is halved until the record is found.',
      'Ids are made on the device, so the server must take them as they are.',
      'The server is not listened to: other devices are heard of when a run begins.',
      'A logout empties the whole database, also the tables that are not synced; two users need two databases, or a logout in between.',
      'It encrypts nothing, and sends no files.',
    ],
  }
}

function flow({ plan }: Guide): string {
  const isRest = plan.transport === 'rest'
  const [sender, file] = isRest
    ? ['createRestTransport()', 'watermelondb/rest-transport.ts']
    : ['createGraphqlTransport()', 'watermelondb/graphql-transport.ts']
  return `flowchart TD
  screen[${label('screens')}]
  database[(${label('records, each with _status and _changed')})]
  run[${label('syncOnce()', 'watermelondb/sync-once.ts')}]
  select[${label('selectForPush()', 'watermelondb/push-selection.ts')}]
  remote[${label(sender, file)}]
  server([${label(plan.endpoint, isRest ? 'openapi.json' : 'schema.graphql')}])
  meet[${label('meetChanges(), resolveRecord()', 'watermelondb/meet-changes.ts, resolve-record.ts')}]
  policy{${label('strategyOf()', 'conflicts.ts')}}
  failed[${label('useRejectedRecords()', 'watermelondb/use-rejected-records.ts')}]
${asksPeople(plan) ? `  people[${label('useConflicts()', 'watermelondb/ConflictScreen.tsx')}]\n` : ''}
  screen -->|${label('database.write()')}| database
  database -->|${label('useSyncStatus()')}| screen
  database -->|${label('onLocalChange()')}| run
  run -->|${label('first: pull')}| remote
  run -->|${label('then: push')}| select
  select --> remote
  remote --> server
  server -->|${label('changes since the last pull')}| meet
  meet -->|${label('one batch')}| database
  meet -->|${label('edited here as well')}| policy
  policy -->|${label('decided')}| database
  server -->|${label('rejected')}| failed
  failed -->|${label('retry(), discard()')}| database${
    asksPeople(plan) ? `\n  policy -->|${label('ask')}| people\n  people -->|${label('resolve()')}| database` : ''
  }`
}

function states({ plan }: Guide): string {
  return `stateDiagram-v2
  [*] --> changed: created
  synced --> changed: edited, or marked as deleted
  changed --> sent: pulled first, then pushed
  sent --> sent: no answer, the same set again under its key
  sent --> changed: edited meanwhile, or the set was refused as a whole
  sent --> synced: taken
  sent --> rejected: the server refuses this record
  rejected --> changed: retry(), or edited again
  rejected --> synced: discard()
  changed --> synced: the record of the server has won
${
  asksPeople(plan)
    ? `  changed --> conflict: a person must decide
  conflict --> changed: resolve() for ours, or a mixture
  conflict --> synced: resolve() for theirs
`
    : ''
}  synced --> [*]: deleted on both sides`
}

function appSync(guide: Guide): string {
  return `${startText(guide)}
/** Empties the database. False where something is unsent: ask, then force. */
export async function signOut(force = false) {
  const sync = await current
  if (sync === null) return true
  const isDone = await sync.logout({ force })
  if (isDone) current = null
  return isDone
}
`
}

const edits = `// edits.ts
import type { Database, Model } from '@nozbe/watermelondb'

export async function remove(database: Database, record: Model) {
  await database.write(() => record.markAsDeleted())
}
`

const restServer: readonly string[] = [
  '[openapi.json](openapi.json) says what it offers: `GET /sync` gives everything that has changed for the user since `lastPulledAt`, `POST /sync` applies a set of changes, all or none.',
  'Each push carries an `Idempotency-Key`: a key that was seen before gets the answer of then, and nothing is applied.',
  'There is no version for each record; where one has changed after the `lastPulledAt` of a push, the answer is 409, and the device pulls first.',
  'A deletion stays among the changes by its id, a tombstone, for as long as a device may be away.',
  "`timestamp` is the server's own time, and grows with every change; records that it cannot take it names under `rejected`.",
]

const graphqlServer: readonly string[] = [
  '[schema.graphql](schema.graphql) says what it offers: `pullChanges` gives everything that has changed for the user since `lastPulledAt`, `pushChanges` applies a set of changes, all or none.',
  'Each push carries an `Idempotency-Key` in its header: a key that was seen before gets the answer of then, and nothing is applied.',
  'There is no version for each record; where one has changed after the `lastPulledAt` of a push, the code of the error is `CONFLICT`, and the device pulls first.',
  'A deletion stays among the changes by its id, a tombstone, for as long as a device may be away.',
  "`timestamp` is the server's own time, and grows with every change; records that it cannot take it names under `rejected`.",
]
