// What the README says of a layer that sends through an outbox.
import type { SyncPlan } from '../layer.ts'
import { literal } from '../names.ts'
import { asksPeople } from '../screen-files.ts'
import { hasNumbers } from '../sqlite/tables-file.ts'
import { exampleEntity, type Guide, type GuideParts, importPath } from './guide.ts'
import { fenced, label } from './markdown.ts'
import { authWords, backgroundWiring, nobodyAsked, oneSync, screenWiring, startText } from './screen-wiring.ts'
import { type OutboxTarget, type StoreWords, storeWords } from './store-words.ts'

export function outboxGuide(guide: Guide): GuideParts {
  const { plan } = guide
  const words = storeWords[plan.target as OutboxTarget]
  return {
    audit: 'each decision is kept for 90 days; `sync.audit()` gives the latest.',
    flow: flow(guide, words),
    states: {
      title: 'The states of an operation',
      diagram: states(plan),
      note: 'Each failed attempt waits longer than the one before, from a second to five minutes. Being offline or signed out is no failure.',
    },
    runs: 'A run begins at the start, after an edit, when the network is back, the app comes to the front, a user signs in or a pause is over. It pulls, then it sends. `syncNow()` begins one for a pull to refresh or a push message.',
    wiring: wiring(guide, words),
    server: plan.transport === 'rest' ? restServer : graphqlServer,
    limits: [
      ...words.limits(guide),
      'One request for each operation, one after the other, a hundred in a run: a first upload of thousands of records takes its time.',
      'Keys are made on the device, so the server must take them as they are.',
      'The server is not listened to: other devices are heard of when a run begins.',
      'At 10,000 operations the outbox is full: edits throw `OutboxFullError`, and nothing is dropped.',
      'It encrypts nothing, and sends no files.',
    ],
  }
}

function flow(guide: Guide, { kept, together, records }: StoreWords): string {
  const { plan } = guide
  const isRest = plan.transport === 'rest'
  const sender = isRest ? 'core/rest-remote.ts' : 'graphql/graphql-remote.ts'
  return `flowchart TD
  screen[${label('screens')}]
  edit[${label('create(), update(), remove()', 'create-app-sync.ts')}]
  store[(${label(...kept)})]
  drain[${label('createDrain()', 'core/drain.ts')}]
  pull[${label('createPull()', 'core/pull.ts')}]
  records[${label('apply()', records)}]
  remote[${label('createAppRemote()', `remote.ts, ${sender}`)}]
  server([${label(plan.endpoint, isRest ? 'openapi.json' : 'schema.graphql')}])
  policy{${label('conflictPolicy()', 'conflicts.ts')}}
  failed[${label('useFailedOperations()', 'react/use-failed-operations.ts')}]
${asksPeople(plan) ? `  people[${label('useConflicts()', 'react/ConflictScreen.tsx')}]\n` : ''}
  screen --> edit
  edit -->|${label(together)}| store
  store -->|${label('useSyncStatus()')}| screen
  store --> drain
  drain -->|${label('first')}| pull
  drain -->|${label('then, one by one')}| remote
  remote --> server
  server -->|${label('changes since the checkpoint')}| pull
  pull --> records --> store
  remote -->|${label('the record has changed there')}| policy
  policy -->|${label('decided')}| store
  remote -->|${label('refused for good')}| failed
  failed -->|${label('retry(), discard()')}| store${
    asksPeople(plan) ? `\n  policy -->|${label('ask')}| people\n  people -->|${label('resolve()')}| store` : ''
  }`
}

function states(plan: SyncPlan): string {
  const asked = asksPeople(plan) || plan.conflicts === 'custom'
  return `stateDiagram-v2
  [*] --> pending: edited
  pending --> pending: edited again before it was sent
  pending --> inflight: its turn has come
  pending --> done: created and deleted before it was sent
  inflight --> pending: no answer, a busy server, the app was killed
  inflight --> pending: a conflict was decided, sent again on the new version
  inflight --> done: taken, or the server's record has won
${
  asked
    ? `  inflight --> conflict: a person must decide
  conflict --> pending: resolve() for ours, or a mixture
  conflict --> done: resolve() for theirs
`
    : ''
}  inflight --> dead: refused for good, or after 30 days
  dead --> pending: retry()
  dead --> done: discard()
  done --> [*]: removed from the outbox`
}

function wiring(guide: Guide, words: StoreWords): readonly string[] {
  const { plan } = guide
  const entity = exampleEntity(guide)
  return [
    `${oneSync} ${words.given} ${authWords}`,
    fenced('ts', appSync(guide, words)),
    `${words.edits} An edit is done when it is stored; whether it has been sent shows \`status$\`.`,
    ...(entity === undefined
      ? []
      : [fenced('ts', edits(guide, entity.name, entity.typeName, fieldFor(entity.fields)))]),
    ...screenWiring(guide, {
      folder: 'react',
      hook: 'useFailedOperations',
      file: 'use-failed-operations',
      status: 'counts',
      waiting: 'counts.pending',
      failed: 'useFailedOperations(sync).operations',
      undo: 'with `retry` and `discard`',
      withoutScreen:
        plan.conflicts === 'custom'
          ? 'Where `decide()` asks, `sync.conflicts()` lists what waits for a person and `sync.resolve()` settles it; the screen is yours to make.'
          : nobodyAsked,
    }),
    ...backgroundWiring(guide),
  ]
}

function appSync(guide: Guide, { signOut, unsent }: StoreWords): string {
  return `${startText(guide)}
/** Removes ${signOut}. False where something is unsent: ask, then force. */
export async function signOut(force = false) {
  const sync = await current
  if (sync === null) return true
${unsent.join('\n')}
  await sync.signOut()
  current = null
  return true
}
`
}

function edits(guide: Guide, entity: string, typeName: string, field: string | undefined): string {
  const name = literal(entity)
  const change = field === undefined ? '{}' : `{ ${field} }`
  const isNumbered = hasNumbers(guide.schema.entities)
  return `// edits.ts
import type { AppSync } from '${importPath(guide)}'
${isNumbered ? `import type { Rows } from '${importPath(guide)}/tables'` : `import type { ${typeName} } from '${importPath(guide)}/entities'`}

export async function edit(sync: AppSync, values: ${isNumbered ? `Rows[${name}]` : typeName}) {
  const id = await sync.create(${name}, values)
${field === undefined ? '' : `  const { ${field} } = values\n`}  await sync.update(${name}, id, ${change})
  await sync.remove(${name}, id)
}
`
}

/** A field whose name is one of JavaScript as well. */
const fieldFor = (fields: readonly { readonly name: string; readonly refersTo?: string }[]): string | undefined =>
  fields.find(({ name, refersTo }) => refersTo === undefined && /^[a-z]\w*$/i.test(name) && !reserved.has(name))?.name

/** Names that cannot be those of a constant in the example. */
const reserved: ReadonlySet<string> = new Set(
  'id sync values await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
)

const restServer: readonly string[] = [
  '[openapi.json](openapi.json) says what it offers: each entity to make, read, change and delete, and `GET /changes`, from which devices pull.',
  'Each write carries an `Idempotency-Key`: the server applies it once, and answers a repeated one with the record as it is now.',
  'Each record has a `version` that every write changes; a write whose `If-Match` names another one gets 412, and the device decides the conflict.',
  'A deletion stays in `/changes` by its id, a tombstone, for as long as a device may be away.',
  "The checkpoint is the server's own, in the order in which changes became visible; a `stamp` is stored and given back as it came.",
]

const graphqlServer: readonly string[] = [
  '[schema.graphql](schema.graphql) says what it offers: mutations that make, change and delete a record of each entity, a query for one record, and `changes`, from which devices pull.',
  'Each mutation carries an `Idempotency-Key` in its header: the server applies it once, and a repeated one gets the answer of then.',
  'Each record has a `version` that every write changes; where `baseVersion` is another one, the code of the error is `CONFLICT`, and the device decides.',
  'A deletion stays in `changes` by its id, a tombstone, for as long as a device may be away.',
  "The checkpoint is the server's own, in the order in which changes became visible; a `stamp` is stored and given back as it came.",
]
