// A query skips records without a limit.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import { insertArgument, neighbour } from '../queries/call-arguments.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly skip: Located<CallValue>
  readonly query: Located<CallValue>
}

export const skipWithoutTake: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/skip-without-take',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A query has `Q.skip` but no `Q.take`.',
    why: 'Development builds throw `cannot skip without take`; release builds ignore the skip, so pages of a list repeat.',
    fix: 'Adds a `Q.take` that takes all that is left. Put the size of a page there if there are pages.',
  },
  *check(code) {
    for (const { own, clauses, call } of queriesOf(code).queries) {
      const skip = own.list.find(one => one.name === 'skip' && one.isCertain)
      if (!skip || !clauses.complete || clauses.list.some(one => one.name === 'take')) continue
      const [count] = skip.call.value.args
      if (code.scope.number(count && { value: count, file: skip.call.file })?.value === 0) continue
      yield {
        at: placeOf(skip.call),
        message:
          'Q.skip needs a Q.take beside it: development builds throw, and release builds skip nothing. Add Q.take.',
        data: { skip: skip.call, query: call },
      }
    }
  },
  fix({ data: { skip, query } }, context) {
    const index = query.value.args.indexOf(skip.value)
    const take = neighbour(skip, 'take', context)
    if (index < 0 || take === undefined) return undefined
    const edit = insertArgument(query, index + 1, `${take}(Number.MAX_SAFE_INTEGER)`, context)
    return edit && { title: 'Add Q.take', safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a page without a size',
      files: exampleQuery(`export const rest = () =>
  database.get('posts').query(Q.sortBy('title'), Q.skip(20)).fetch()
//                                               ^^^^^^^^^^ Add Q.take`),
      fixed: fixedQuery(`export const rest = () =>
  database.get('posts').query(Q.sortBy('title'), Q.skip(20), Q.take(Number.MAX_SAFE_INTEGER)).fetch()`),
    },
    {
      name: 'with a take, in the query that is extended, or maybe',
      files: exampleQuery(`export function pages(from: number, size: number | undefined, more: any[]) {
  const posts = database.get('posts').query(Q.take(10))
  const clauses = [Q.skip(from)]
  clauses.push(Q.take(5))
  database.get('posts').query(Q.skip(from), ...more)
  database.get('posts').query(Q.skip(from), ...(size ? [Q.take(size)] : []))
  database.get('posts').query(...clauses)
  database.get('posts').query(Q.skip(0))
  return posts.extend(Q.skip(from))
}`),
    },
  ],
}
