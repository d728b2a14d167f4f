// A query compares what Realm cannot compare.
import type { Rule } from '../../../rules/rule.ts'
import { queryExample } from '../queries/example-query.ts'
import { type QueryProblem, queryProblems } from '../queries/judge-queries.ts'
import { mendEdit } from '../queries/mend-query.ts'
import type { CodeOfFile } from '../types.ts'

export const queryType: Rule<CodeOfFile, QueryProblem> = {
  id: 'realm/query-type',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'An operator, a value, a quantifier or an aggregate in a query does not fit the type of the property.',
    why: "Realm throws `Unsupported comparison between type 'int' and type 'string'` when the query runs.",
    fix: 'Writes the value as the type of the property has it, where there is no doubt: `true` for `1`, `oid(…)` for the text of an ObjectId, a timestamp for the text of a date.',
  },
  *check(code) {
    for (const one of queryProblems(code, 'type'))
      yield { at: one.at, message: `${one.problem.message}. The query throws when it runs.`, data: one }
  },
  fix({ data: { query, text, problem } }, context) {
    const { mend } = problem
    const edit = mend && mendEdit(query, text, mend, context)
    return edit && { title: `Write ${mend?.text}`, safe: false, edits: [edit] }
  },
  examples: [
    queryExample(
      'a boolean compared with a number',
      `  return realm.objects('Person').filtered('age > 3 AND active == 1')
  //                                                   ^^^^^^^^^^^ true or false`,
      `  return realm.objects('Person').filtered('age > 3 AND active == true')`,
    ),
    queryExample(
      'the text of a date, and of an ObjectId',
      `  realm.objects('Person').filtered('born > "2020-01-31"')
  //                                ^^^^^^^^^^^^^^^^^^^ give a Date as $0
  return realm.objects('Person').filtered("_id == '0123456789abcdef01234567'")
  //                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ oid`,
      `  realm.objects('Person').filtered('born > 2020-01-31@00:00:00')
  return realm.objects('Person').filtered("_id == '0123456789abcdef01234567'")`,
    ),
    queryExample(
      'a number for a string, in its own quotes',
      `  return realm.objects('Person').filtered("name == 5")
  //                                       ^^^^^^^^^ Unsupported comparison`,
      `  return realm.objects('Person').filtered("name == \\"5\\"")`,
    ),
    queryExample(
      'arguments, quantifiers, aggregates, two constants',
      `  const people = realm.objects('Person')
  people.filtered('born > $0', 'today')
  //               ^^^^^^^^^ give a Date
  people.filtered('ANY age > 3')
  //               ^^^ must contain a list
  people.filtered('tags.@sum > 3')
  //                    ^^^^ aggregate
  people.filtered('1 == 1')
  //               ^^^^^^ two constants
  people.filtered('age IN 3')
  //                      ^ must contain a list
  people.filtered('best > null')
  //                    ^ Only equal`,
    ),
    queryExample(
      'what Realm compares',
      `  const people = realm.objects('Person')
  people.filtered('age == "5" AND best == null AND dogs.@count > 0')
  people.filtered('born > $0 AND active == $1 AND name IN $2', new Date(), true, ids)
  people.filtered('ALL tags BEGINSWITH[c] "a" AND dogs.@sum.weight > 3')
  return people.filtered('born > $0 AND age == $1', unknown(), ...ids)`,
    ),
  ],
}
