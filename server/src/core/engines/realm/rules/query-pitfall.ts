// Realm accepts a query, and it says something else than it seems to.
import type { Rule } from '../../../rules/rule.ts'
import { queryExample } from '../queries/example-query.ts'
import { type QueryProblem, queryProblems } from '../queries/judge-queries.ts'
import { mendEdit } from '../queries/mend-query.ts'
import type { CodeOfFile } from '../types.ts'

export const queryPitfall: Rule<CodeOfFile, QueryProblem> = {
  id: 'realm/query-pitfall',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A query that Realm accepts and that cannot be meant: `tags.length` for the number of tags, `%` in LIKE, an escaped quote, a comparison of a required property with null, a list of values of another type, a name in a SUBQUERY without its variable, an argument that is not used.',
    why: 'It matches nothing, or everything, and nobody is told.',
    fix: 'Writes `.@count`, `*`, `$x.name`; values with quotes are given as `$0`.',
  },
  *check(code) {
    for (const one of queryProblems(code, 'pitfall'))
      yield {
        at: one.at,
        message: `Realm accepts this query and reads it otherwise: ${one.problem.message}.`,
        data: one,
      }
  },
  fix({ data: { query, text, problem } }, context) {
    const { mend } = problem
    const edit = mend && mendEdit(query, text, mend, context)
    return (
      edit && {
        title: mend?.at.start === mend?.at.end ? `Insert ${mend?.text}` : `Write ${mend?.text}`,
        safe: false,
        edits: [edit],
      }
    )
  },
  examples: [
    queryExample(
      'the length of a list',
      `  return realm.objects('Person').filtered('tags.length > 3')
  //                                            ^^^^^^ @count`,
      `  return realm.objects('Person').filtered('tags.@count > 3')`,
    ),
    queryExample(
      'a pattern of SQL',
      `  return realm.objects('Person').filtered("name LIKE '%al%'")
  //                                                  ^^^^ stands for any text`,
      `  return realm.objects('Person').filtered("name LIKE '*al*'")`,
    ),
    queryExample(
      'a name in a SUBQUERY without its variable',
      `  return realm.objects('Person').filtered('SUBQUERY(dogs, $d, weight > 3).@count > 0')
  //                                                          ^^^^^^ that of the element`,
      `  return realm.objects('Person').filtered('SUBQUERY(dogs, $d, $d.weight > 3).@count > 0')`,
    ),
    queryExample(
      'escapes, null, lists of another type, operators of strings, arguments that are not used',
      `  const people = realm.objects('Person')
  people.filtered('age == null')
  //               ^^^^^^^^^^^ never null
  people.filtered('age IN {"Al", 3}')
  //                       ^^^^ never equal
  people.filtered('age CONTAINS "x"')
  //                   ^^^^^^^^ never matches
  people.filtered('name == "O\\\\\\'Neill"')
  //                         ^^^^ does not decode
  people.filtered('name == $0', text, person.name)
  //                                  ^^^^^^^^^^^ does not use its argument $1`,
    ),
    queryExample(
      'what is meant as it is written',
      `  const people = realm.objects('Person')
  people.filtered('nick == null OR best == null OR best.age == null')
  people.filtered('name == "100%" AND name LIKE "*al?%"')
  return people.filtered('SUBQUERY(dogs, $d, $d.weight > 3 AND $d.name == $0).@count > 0', text)`,
    ),
  ],
}
