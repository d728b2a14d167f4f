// A query uses an argument that it is not given.
import type { Rule } from '../../../rules/rule.ts'
import { queryExample } from '../queries/example-query.ts'
import { queryProblems } from '../queries/judge-queries.ts'
import type { CodeOfFile } from '../types.ts'

export const queryArgumentCount: Rule<CodeOfFile> = {
  id: 'realm/query-argument-count',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A query names `$n`, and `filtered()` is given fewer arguments than that.',
    why: 'Realm throws `Request for argument at index 1 but only 1 argument is provided` when the query runs.',
    fix: 'Give the value behind the query. Arguments are counted from `$0`.',
  },
  *check(code) {
    for (const { at, problem } of queryProblems(code, 'argument-count'))
      yield {
        at,
        message: `${problem.message}: the query throws when it runs. Arguments are counted from $0.`,
      }
  },
  examples: [
    queryExample(
      'counted from one, and none at all',
      `  const people = realm.objects('Person')
  people.filtered('name == $1', text)
  //                       ^^ only 1 argument is provided
  people.filtered('name == $0')
  //                       ^^ no arguments are provided
  return realm.objects(text).filtered('one == $0 OR other == $2', text, 3)
  //                                                         ^^ only 2 arguments are provided`,
    ),
    queryExample(
      'given, or spread',
      `  const people = realm.objects('Person')
  people.filtered('name == $0 OR nick == $0', text)
  people.filtered('name == $0 AND age > $1', ...ids)
  return people.filtered('name IN {$0, $1}', 'a', 'b')`,
    ),
  ],
}
