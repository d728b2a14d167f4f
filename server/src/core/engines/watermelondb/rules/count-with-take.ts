// A query with a limit is counted.
import type { Located } from '../../../catalog/scope.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import { removeArgument } from '../queries/call-arguments.ts'
import { adapterKinds } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery, lokiFiles } from '../queries/example-query.ts'
import type { Clause } from '../queries/read-clauses.ts'
import { type QueryUse, queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly use: QueryUse
  readonly take: Clause
  /** The call that has the limit among its arguments. */
  readonly query: Located<CallValue> | undefined
}

const counting = new Set(['fetchCount', 'observeCount', 'experimentalSubscribeToCount'])

export const countWithTake: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/count-with-take',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`fetchCount` or `observeCount` is called on a query with `Q.take`.',
    why: 'On SQLite development builds throw `take/skip is not currently supported with counting`, release builds count all records.',
    fix: 'Counts the ids of the limited query, or drops the limit.',
  },
  *check(code) {
    const { queries, uses } = queriesOf(code)
    const calls = queries.map(one => one.call)
    for (const use of uses) {
      if (!counting.has(use.method)) continue
      const take = use.query.clauses.list.find(one => one.name === 'take' && one.isCertain)
      if (!take || !adapterKinds(use.query.collection.stores)?.has('sqlite')) continue
      const [count] = take.call.value.args
      if (code.scope.number(count && { value: count, file: take.call.file })?.value === 0) continue
      yield {
        at: use.nameAt,
        message: `${use.method}() does not go with Q.take: on SQLite development builds throw and release builds count all records. Count the ids, or drop the limit.`,
        related: [{ at: { file: take.call.file, span: take.call.value.at }, message: 'The limit' }],
        data: { use, take, query: calls.find(one => one.value.args.includes(take.call.value)) },
      }
    }
  },
  fix: ({ data }, context) => [...countIds(data.use, context), ...dropTake(data, context)],
  examples: [
    {
      name: 'a count up to a limit',
      files: exampleQuery(`export const many = async () => {
  const count = await database.get('posts').query(Q.where('likes', 1), Q.take(100)).fetchCount()
//                                                                                  ^^^^^^^^^^ does not go with Q.take
  return count > 99
}`),
      fixed: fixedQuery(`export const many = async () => {
  const count = (await database.get('posts').query(Q.where('likes', 1), Q.take(100)).fetchIds()).length
  return count > 99
}`),
    },
    {
      name: 'an observed count of a kept and extended query',
      files: exampleQuery(`const newest = database.get('posts').query(Q.where('title', 'x'), Q.take(5))
export const count = () => newest.extend(Q.where('likes', 1)).observeCount()
//                                                            ^^^^^^^^^^^^ does not go with Q.take`),
      fixed: fixedQuery(`const newest = database.get('posts').query(Q.where('title', 'x'))
export const count = () => newest.extend(Q.where('likes', 1)).observeCount()`),
    },
    {
      name: 'without a limit, or with one that may be missing',
      files: exampleQuery(`export function count(limit?: number) {
  database.get('posts').query(Q.take(5)).fetchIds()
  database.get('posts').query(...(limit ? [Q.take(limit)] : [])).fetchCount()
  return database.get('posts').query(Q.where('likes', 1)).fetchCount()
}`),
    },
    {
      name: 'on Loki, which counts right',
      files: exampleQuery(`database.get('posts').query(Q.take(5)).fetchCount()`, { files: lokiFiles }),
    },
  ],
}

/** `await q.fetchCount()` → `(await q.fetchIds()).length` */
function countIds({ method, nameAt, call, fact }: QueryUse, context: FixContext): Fix[] {
  const { file, span } = nameAt
  const text = context.text(file)
  if (method !== 'fetchCount' || fact.use !== 'awaited' || fact.value !== call.value || text === undefined) return []
  const start = text.slice(0, call.value.at.start).search(/\bawait\s+$/)
  if (start < 0) return []
  const edits = [
    { file, start, end: start, text: '(' },
    { file, start: span.start, end: span.end, text: 'fetchIds' },
    { file, start: call.value.at.end, end: call.value.at.end, text: ').length' },
  ]
  return [{ title: 'Count the ids', safe: false, edits }]
}

function dropTake({ query, take }: Data, context: FixContext): Fix[] {
  const index = query ? query.value.args.indexOf(take.call.value) : -1
  const edit = query && index >= 0 ? removeArgument(query, index, context) : undefined
  return edit ? [{ title: 'Drop Q.take', safe: false, edits: [edit] }] : []
}
