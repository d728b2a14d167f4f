// Faults that a layer over Realm could have, each put in by a change of its text: a test must see them.
import type { Replacement } from './replacements.ts'

export interface RealmMutant {
  readonly name: string
  /** What sees it: the simulator with its faults, or the stories of two phones. */
  readonly seenBy: 'schedules' | 'stories'
  readonly replacement: Replacement
}

const mutant =
  (seenBy: RealmMutant['seenBy']) =>
  (name: string, file: string, find: string, put: string): RealmMutant => ({
    name,
    seenBy,
    replacement: { file: `../realm/${file}.ts`, find, put },
  })
const inSchedules = mutant('schedules')
const inStories = mutant('stories')

export const realmMutants: readonly RealmMutant[] = [
  inSchedules(
    'stores the data apart from the operation',
    'realm-store',
    'write => void changes.push(() => write(realm)),',
    'write => realm.write(() => write(realm)),',
  ),
  inSchedules(
    'stores what belongs together in several transactions',
    'realm-store',
    'realm.write(() => {\n      for (const change of changes) change()\n    })',
    'for (const change of changes) realm.write(change)',
  ),
  inSchedules(
    'gives the same places again',
    'realm-store',
    "return Number(state?.['lastSeq'] ?? 0)",
    "return Number(state?.['lastSeq'] ?? 0) * 0",
  ),
  inSchedules(
    'leaves what a crash has cut off',
    'realm-store',
    "for (const row of [...cutOff]) row['state'] = 'pending'",
    "for (const row of [...cutOff]) row['state'] = 'inflight'",
  ),
  inSchedules('has no order of an object', 'realm-store', '!taken.has(key) && ', ''),
  inSchedules('changes what was sent already', 'realm-store', "row['sentAt'] ??= now", ''),
  inSchedules('never takes the marks off', 'record-marks', 'clean(row)\n    return\n', 'return\n'),
  inSchedules(
    'takes the marks off while operations wait',
    'record-marks',
    '!isGone && change.left.length === 0',
    '!isGone',
  ),
  inStories(
    'overwrites unsent fields with what is pulled',
    'pull-into-realm',
    'if (row === null || !isDirty(row)) {',
    'if (row === null || isDirty(row) || true) {',
  ),
  inStories(
    'writes the checkpoint in a transaction of its own',
    'pull-into-realm',
    'apply: async page =>\n',
    "apply: async page =>\n      realm.write(() => states.set('checkpoint', page.checkpoint)) ??\n",
  ),
  inStories(
    'removes a deleted object before the server knows',
    'tracked-writes',
    "current['_deletedAt'] = new Date(now())",
    'realm.delete(current)',
  ),
  inStories(
    'keeps a deleted object for ever',
    'record-marks',
    'doubt(options.states, ref)\n  deleteObject(options, ref, row)',
    'doubt(options.states, ref)',
  ),
  inStories(
    'removes what the server has deleted though it was edited here',
    'pull-into-realm',
    'if (isDirty(row)) doubt(options.states, ref)\n  else deleteObject',
    'deleteObject',
  ),
  inStories(
    'lets an answer overwrite later edits',
    'realm-local-data',
    'without(values ?? {}, fieldsOf(others))',
    'values ?? {}',
  ),
  inStories(
    'forgets a link whose object comes later',
    'pull-into-realm',
    'for (const field of missing) keepLink(options, ref, field, fields[field] ?? null)',
    '',
  ),
  inStories('sends a child before its parent', 'links', "?.['_version'] === null)", "?.['_version'] === undefined)"),
  inStories(
    'keeps what was discarded',
    'record-marks',
    'if (before.length > 0) writeFields(options, ref, Object.fromEntries(before))',
    '',
  ),
  inStories(
    'keeps what was there before the sync to itself',
    '../sync/adopting-transport',
    'if (!signal.aborted) await adoption.adoptAll()',
    '',
  ),
  inStories(
    'sends an edit of what the server was never told of',
    'tracked-writes',
    'for (const ref of refs) await options.adoption.adopt(ref)',
    'void refs',
  ),
  inStories(
    'sends what links before what it links to',
    'adopt-objects',
    'await adopt(link, [...path, ref])',
    'void link',
  ),
  inStories(
    'sends what was there before although the server has it',
    '../sync/adopting-transport',
    'await pull(signal)\n',
    'await adoption.adoptAll()\n      await pull(signal)\n',
  ),
  inStories('leaves unsent changes at logout', 'realm-store', 'options.marks?.forget()', ''),
]
