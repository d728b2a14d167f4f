// Faults that people make in sync queues, each put into the layer by a change of its text: the simulator must see them.
import type { StoreKind } from './layer-queue.ts'
import type { Replacement } from './replacements.ts'

export interface Mutant {
  readonly name: string
  /** The store over which the fault can show. */
  readonly store: StoreKind
  readonly replacements: readonly Replacement[]
}

const sendChecked = 'options.transport.send(checked, inner)'

const inDrain = (find: string, put: string): Replacement => ({ file: 'drain.ts', find, put })
const inMmkv = (find: string, put: string): Replacement => ({ file: 'mmkv-store.ts', find, put })
const mutant = (name: string, ...replacements: Replacement[]): Mutant => ({ name, store: 'memory', replacements })
const sqliteMutant = (name: string, ...replacements: Replacement[]): Mutant => ({
  name,
  store: 'expo-sqlite',
  replacements,
})

/** The list that the simulator was measured with, and below it the faults that this layer in particular could have. */
export const mutants: readonly Mutant[] = [
  mutant(
    'no idempotency key',
    inDrain(sendChecked, 'options.transport.send({ ...checked, id: undefined as unknown as string }, inner)'),
  ),
  mutant(
    'a new key for each attempt',
    inDrain(sendChecked, "options.transport.send({ ...checked, id: op.id + '-' + op.attempts }, inner)"),
  ),
  mutant(
    'removes the operation before it is sent',
    inDrain('let result: SendResult\n', 'let result: SendResult\n    await outbox.ack(op, {})\n'),
  ),
  mutant(
    'no timer for the next attempt',
    inDrain('alarm.set(mayServe() ? (pulledAgainAt ?? (await outbox.nextAt())) : null)', ''),
  ),
  mutant('no listener for the network', {
    file: 'triggers.ts',
    find: 'options.net.subscribe(online => (online ? options.onReason() : options.onOffline())),',
    put: '',
  }),
  mutant('no run at the start', { file: 'create-sync.ts', find: 'drain.start()\n      kick()', put: 'drain.start()' }),
  mutant(
    'no single flight and no mark of what is on its way',
    inDrain('if (running !== undefined) {', 'if (Number.isNaN(limits.batchSize)) {'),
    inMmkv('put(claimed)\n', '\n'),
  ),
  mutant('no mutex', { file: 'mutex.ts', find: 'tail.then(work)', put: 'work()' }),
  mutant('no time limit for a request', {
    file: 'deadline.ts',
    find: 'const cancel = clock.after(timeoutMs, giveUp)',
    put: 'const cancel = () => undefined',
  }),
  mutant(
    'a refused token is permanent',
    inDrain('if (!isRefusedToken(error) || signal.aborted) throw error', 'throw error'),
    { file: 'classify-error.ts', find: "if (status === 401) return { kind: 'auth' }", put: '' },
  ),
  mutant('a permanent refusal is tried for ever', {
    file: 'classify-error.ts',
    find: "return { kind: 'conflict' }\n  return { kind: 'permanent' }",
    put: "return { kind: 'conflict' }\n  return { kind: 'transient' }",
  }),
  mutant(
    'drops after three attempts',
    inDrain(
      'const wait = backoffMs(op.attempts, options.random, limits)\n        return postpone',
      'if (op.attempts >= 3) return outbox.ack(op, {})\n        const wait = backoffMs(op.attempts, options.random, limits)\n        return postpone',
    ),
  ),
  mutant('no order of a record', { file: 'op-list.ts', find: '!isTaken(op, op.seq) && ', put: '' }),
  sqliteMutant('no order of a record, in SQL', {
    file: 'sqlite-store.ts',
    find: "AND (e.state <> 'dead' OR e.op = 'create'))\n  OR",
    put: 'AND 0)\n  OR',
  }),
  mutant('keeps the operations in memory only', inMmkv('storage.set(keyOf(op), JSON.stringify(op))', '')),
  mutant('a restart gives the same places again', inMmkv('lastSeq = Math.max(lastSeq,', 'Math.max(lastSeq,')),
  mutant(
    'takes no notice of Retry-After',
    inDrain("Math.max(wait, failure.kind === 'throttled' ? failure.retryAfterMs : 0)", 'wait'),
  ),
  mutant('joins an edit with one that was sent', {
    file: 'coalesce.ts',
    find: ' || last.sentAt !== null',
    put: '',
  }),
  mutant('cancels a create that was sent', {
    file: 'coalesce.ts',
    find: "if (last === undefined || last.state !== 'pending' || last.sentAt !== null) return { action: 'append' }",
    put: "if (last === undefined || last.state !== 'pending') return { action: 'append' }\n  if (last.sentAt !== null && !(last.kind === 'create' && next.kind === 'delete')) return { action: 'append' }",
  }),
  mutant('leaves what a crash has cut off', inMmkv("put({ ...op, state: 'pending' })", 'continue')),
  sqliteMutant('leaves what a crash has cut off, in SQL', {
    file: 'sqlite-store.ts',
    find: "SET state = 'pending' WHERE user_id = ? AND state = 'inflight'",
    put: "SET state = 'inflight' WHERE user_id = ? AND state = 'inflight'",
  }),
  mutant('a token is not renewed', inDrain('if (!(await refresh()))', 'if (true)')),
  mutant(
    'goes to the dead letter when offline',
    inDrain(
      "return postpone(op, 0, reason, false)\n      case 'conflict'",
      "return bury(op, reason)\n      case 'conflict'",
    ),
  ),
  mutant(
    'removes before it writes the dead letter',
    inMmkv(
      'storage.set(keyOf(op), JSON.stringify(op))\n    if (before !== undefined && keyOf(before) !== keyOf(op)) storage.remove(keyOf(before))',
      'if (before !== undefined && keyOf(before) !== keyOf(op)) storage.remove(keyOf(before))\n    storage.set(keyOf(op), JSON.stringify(op))',
    ),
  ),
  mutant('goes on after the storage has failed', inDrain('isDoubtful = true', '')),
  sqliteMutant('stores the operation apart from the data', {
    file: 'outbox.ts',
    find: 'async (rows, tx) => add(rows, { ...copy, ...(await write(tx)) }))',
    put: 'async (_rows, tx) => write(tx)).then(written => add(store, { ...copy, ...written }))',
  }),
  {
    name: 'writes into the transactions of others',
    store: 'op-sqlite',
    replacements: [
      { file: 'op-sqlite-database.ts', find: '/^\\s*SELECT/i.test(statement)', put: 'statement.length > 0' },
    ],
  },
]
