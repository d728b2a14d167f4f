// Faults that people make in sync adapters of WatermelonDB, each put into the layer by a change of its text.

import type { Replacement } from '../replacements.ts'
import type { CaseName } from './cases.ts'

export interface Mutant {
  readonly name: string
  readonly replacements: readonly Replacement[]
}

const mutant = (name: string, ...replacements: Replacement[]): Mutant => ({ name, replacements })
const own = (file: string, find: string, put: string): Replacement => ({ file: `watermelondb/${file}`, find, put })
const shared = (file: string, find: string, put: string): Replacement => ({ file: `sync/${file}`, find, put })

/** Those that stories of two devices show. */
export const mutants: readonly Mutant[] = [
  mutant(
    'has no mutex and no single flight',
    own('create-sync.ts', 'if (running) {', 'if (Number.isNaN(failures)) {'),
    shared('mutex.ts', 'tail.then(work)', 'work()'),
  ),
  mutant('does not test `response.ok`', own('rest-transport.ts', 'if (!response.ok)', 'if (response.status === 0)')),
  mutant(
    'takes the time of the device for the checkpoint',
    own('sync-once.ts', 'timestamp: answer.timestamp', 'timestamp: Date.now()'),
  ),
  mutant(
    'does not store what it sends',
    own('sync-once.ts', 'await attempts.write(attempt)', 'await Promise.resolve()'),
  ),
  mutant(
    'takes its own changes for edits when they come back',
    own(
      'resolve-record.ts',
      'return sent ? marked.filter(name => local[name] !== sent[name]) : marked',
      'return marked',
    ),
  ),
  mutant(
    'lets deletions swallow edits',
    own('meet-changes.ts', "const isOurs = deleteVsEdit === 'deleteWins'", 'const isOurs = true'),
  ),
  mutant(
    'keeps the edit of a deleted record an update',
    own('push-selection.ts', ' || options.deletedRemotely[table]?.includes(row.id) === true', ''),
  ),
  mutant(
    'takes no notice of Retry-After',
    own('create-sync.ts', 'notBefore = now + failure.retryAfterMs', 'notBefore = 0'),
  ),
  mutant(
    'does not wait for an alarm after a failure',
    shared('triggers.ts', 'clock.after(Math.max(0, at - clock.now()), ring)', '(() => undefined)'),
  ),
  mutant(
    'has no time limit for a request',
    shared('deadline.ts', 'const cancel = clock.after(timeoutMs, giveUp)', 'const cancel = () => undefined'),
  ),
  mutant('does not renew a token', own('authorized-request.ts', '!(await refresh())', 'refresh === undefined')),
  mutant(
    'marks refused records as sent',
    own('sync-once.ts', 'mutable(selection.left, refused)', 'mutable(selection.left)'),
    own('sync-once.ts', 'await rejected.note(answer, changes)', 'await Promise.resolve()'),
  ),
  mutant(
    'gives up to an old record of the server',
    own('sync-once.ts', 'await rejected.refresh(answer.changes)', 'await Promise.resolve()'),
  ),
  mutant(
    'applies what comes back as created',
    own('meet-changes.ts', 'created: [],', 'created: one.created.filter(row => gone.has(row.id)),'),
  ),
]

/** Those that one case shows. */
export const caseMutants: readonly (Mutant & { readonly shownBy: CaseName })[] = [
  {
    ...mutant(
      'goes on from the checkpoint that WatermelonDB writes after the batch',
      own(
        'pull-journal.ts',
        "since: isOutgrown ? null : Number(row['pulled_until']), isOutgrown }",
        'since: pulledAt, isOutgrown }',
      ),
    ),
    shownBy: 'survives a crash behind the batch',
  },
  {
    ...mutant(
      'writes its checkpoint before the batch',
      own(
        'sync-once.ts',
        '        const entry = await journal.entry(pulledAt, answer.timestamp, schemaVersion)',
        `        const entry = await journal.entry(pulledAt, answer.timestamp, schemaVersion)
        await database.write(async () => {
          const [row] = await database.get(journalTable).query().fetch()
          await row?.update(one => void Object.assign(one._raw, entry[journalTable]?.updated[0]))
        })`,
      ),
    ),
    shownBy: 'survives a crash before the batch',
  },
  {
    ...mutant(
      'forgets after a crash what the batch has left to do',
      own('sync-once.ts', '  await database.write(finishPull)\n', ''),
    ),
    shownBy: 'asks after a crash behind the batch',
  },
  {
    ...mutant(
      'lets one bad record block the others',
      own(
        'sync-once.ts',
        "isAboutContent(error) ? portions.refused(names) : 'giveUp'",
        "isAboutContent(error) ? ('giveUp' as const) : 'giveUp'",
      ),
    ),
    shownBy: 'finds the one record that the server means',
  },
  {
    ...mutant(
      'takes what the server has not said for nothing',
      own(
        'rejected-records.ts',
        'reason, at: now(), sent: row })),',
        'reason, at: now(), sent: row, remote: null })),',
      ),
    ),
    shownBy: 'finds the one record that the server means',
  },
  {
    ...mutant(
      'sends a record whose conflict is open',
      own('push-selection.ts', 'options.open[table]?.includes(id) === true', 'false'),
    ),
    shownBy: 'holds open conflicts',
  },
  {
    ...mutant(
      'sends an unanswered set again with a new key',
      own('sync-once.ts', 'await send(attempt)\n      }', 'await send({ ...attempt, key: options.newKey() })\n      }'),
    ),
    shownBy: 'survives a lost answer',
  },
  {
    ...mutant(
      'forgets an unanswered set',
      own(
        'sync-once.ts',
        'attempt !== null && !attempt.isAcknowledged',
        'attempt?.key === undefined && attempt !== null',
      ),
    ),
    shownBy: 'survives a lost answer',
  },
  {
    ...mutant(
      'keeps the mark of an edit that the server has won',
      own(
        'resolve-record.ts',
        "case 'remote':\n      return { row: theirs, conflict",
        "case 'remote':\n      return { row: { ...theirs, ...marks }, conflict",
      ),
    ),
    shownBy: 'sends nothing of what the server has won',
  },
  {
    ...mutant(
      'does not tell the server of a migration',
      own('rest-transport.ts', 'if (migration !== null)', 'if (migration === undefined)'),
    ),
    shownBy: 'fills new columns',
  },
  {
    ...mutant(
      'does not let WatermelonDB look for migrations',
      own('sync-once.ts', '      migrationsEnabledAtVersion: options.migrationsEnabledAtVersion,', ''),
    ),
    shownBy: 'fills new columns',
  },
]
