// An object is read after it was deleted, or a realm is used after it was closed.
import type { CallFact } from '../../../facts/file-facts.ts'
import type { Rule } from '../../../rules/rule.ts'
import { type MemberValue, type NameValue, type Value, walkValue } from '../../../source/value.ts'
import { callIndex } from '../code/call-index.ts'
import { methodCall } from '../code/method-call.ts'
import { objectsOf } from '../code/objects-of.ts'
import { realmOf } from '../code/realm-of.ts'
import { transactionAround } from '../code/transactions.ts'
import { realm12, realmApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

const Task = `static schema = { name: 'Task', primaryKey: '_id', properties: { _id: 'int', title: 'string' } }`
const app = (body: string) =>
  realmApp({
    models: { Task },
    files: {
      'src/remove.ts': `import type Realm from 'realm'
import type { Task } from './models/Task'

export function remove(realm: Realm, task: Task, key: number) {
${body}
}
`,
    },
  })

export const useAfterDelete: Rule<CodeOfFile> = {
  id: 'realm/use-after-delete',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A property of an object is read behind `realm.delete(object)`, or a realm is used behind `realm.close()`, in the same straight run of code.',
    why: 'Realm throws `Accessing object which has been invalidated or deleted`, or `Cannot access realm that has been closed`.',
    fix: 'Read what is needed before the object is deleted.',
  },
  *check(code) {
    const { scope, file } = code
    const { byName } = callIndex(scope.usage(file))
    for (const { call, fact } of byName.get('delete') ?? []) {
      const method = methodCall(call)
      const [deleted] = call.args
      if (!method || deleted?.kind !== 'name' || call.args.length !== 1 || !isSteady(code, deleted)) continue
      const of = realmOf(code, { value: method.of, file }) && objectsOf(code, { value: deleted, file }, fact.fn)
      if (of?.shape !== 'object') continue
      const read = firstUse(code, deleted, call.at.end, runsOf(code, fact), name => name !== 'isValid')
      if (!read) continue
      yield {
        at: { file, span: read.at },
        message: `"${deleted.name}" was deleted before, so reading it throws. Read what you need before "realm.delete".`,
        related: [{ at: { file, span: call.at }, message: 'Deleted here' }],
      }
    }
    for (const { call, fact } of byName.get('close') ?? []) {
      const method = methodCall(call)
      const closed = method?.of
      if (closed?.kind !== 'name' || fact.isConditional || !isSteady(code, closed)) continue
      if (!realmOf(code, { value: closed, file })) continue
      const harmless = new Set(['isClosed', 'close', 'path'])
      const use = firstUse(
        code,
        closed,
        call.at.end,
        fact.fn === undefined ? [] : [fact.fn],
        name => !harmless.has(name),
      )
      if (!use) continue
      yield {
        at: { file, span: use.at },
        message: `"${closed.name}" was closed before, so using it throws. Close it when nothing needs it any more.`,
        related: [{ at: { file, span: call.at }, message: 'Closed here' }],
      }
    }
  },
  examples: [
    {
      name: 'read behind the transaction that deletes it',
      project: realm12,
      files: app(`  realm.write(() => {
    realm.delete(task)
  })
  console.log('deleted', task.title)
  //                     ^^^^^^^^^^ was deleted before`),
    },
    {
      name: 'read in the transaction, returned, a realm that is closed',
      project: realm12,
      files: app(`  const found = realm.objectForPrimaryKey('Task', key)
  realm.write(() => {
    realm.delete(found)
    realm.create('Task', { _id: 2, title: found.title })
  //                                      ^^^^^^^^^^^ was deleted before
  })
  realm.close()
  return realm.objects('Task').length
  //     ^^^^^^^^^^^^^ was closed before`),
    },
    {
      name: 'validity, lists, branches, what is read before, what may be another object',
      project: realm12,
      files: app(`  const { title } = task
  const all = realm.objects('Task')
  let other = realm.objectForPrimaryKey('Task', key)
  realm.write(() => {
    realm.delete(all)
    realm.delete(task)
    realm.delete(other)
    other = realm.create('Task', { _id: 3, title })
  })
  if (key > 3) realm.close()
  return [task.isValid(), all.length, other.title, realm.isClosed, realm.objects('Task')]`),
    },
  ],
}

/** True for a name that never stands for another object. */
function isSteady({ scope, file }: CodeOfFile, { key }: NameValue): boolean {
  const binding = key === undefined ? undefined : scope.binding(file, key)
  return binding !== undefined && (binding.value !== undefined || binding.kind === 'param')
}

/** The functions whose code certainly comes behind the call: its own, and those that its transaction is written in. */
function runsOf(code: CodeOfFile, fact: CallFact): readonly number[] {
  const runs: number[] = []
  const { homes } = callIndex(code.scope.usage(code.file))
  let at: CallFact | undefined = fact
  while (at && !at.isConditional && at.fn !== undefined) {
    runs.push(at.fn)
    at = transactionAround(code, at.fn)?.fn === at.fn ? homes.get(at.fn)?.fact : undefined
  }
  return runs
}

/** The first use of a member of `name` behind `offset` in one of the functions. */
function firstUse(
  { scope, file }: CodeOfFile,
  { key }: NameValue,
  offset: number,
  runs: readonly number[],
  counts: (member: string) => boolean,
): MemberValue | undefined {
  const usage = scope.usage(file)
  if (!usage || key === undefined || runs.length === 0) return undefined
  const isRun = (fn: number | undefined) => fn !== undefined && runs.includes(fn)
  const values: Value[] = [
    ...usage.calls.filter(fact => isRun(fact.fn)).map(fact => fact.value),
    ...usage.assigns.filter(fact => isRun(fact.fn)).flatMap(fact => [fact.target, fact.value]),
    ...runs.flatMap(fn => usage.functions[fn]?.returns ?? []),
    ...Object.values(scope.module(file)?.bindings ?? {}).flatMap(one =>
      one.value && isRun(one.fn) ? [one.value] : [],
    ),
  ]
  const uses = values
    .flatMap(value => (value.at.end > offset ? [...walkValue(value)] : []))
    .filter(
      (part): part is MemberValue =>
        part.kind === 'member' &&
        part.of.kind === 'name' &&
        part.of.key === key &&
        part.at.start >= offset &&
        part.name !== undefined &&
        counts(part.name),
    )
  return uses.sort((a, b) => a.at.start - b.at.start)[0]
}
