// A query string is no query.
import type { Rule } from '../../../rules/rule.ts'
import { queryExample } from '../queries/example-query.ts'
import { type QueryProblem, queryProblems } from '../queries/judge-queries.ts'
import { isRightAfter, mendEdit } from '../queries/mend-query.ts'
import type { CodeOfFile } from '../types.ts'

export const querySyntax: Rule<CodeOfFile, QueryProblem> = {
  id: 'realm/query-syntax',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A query that is given to `filtered()` does not parse.',
    why: 'Realm throws `Invalid predicate … syntax error` when the query runs, often while a screen is rendered. Its language looks like SQL or JavaScript and is neither.',
    fix: 'Writes what was surely meant: `==` for `===`, `IN {…}` for `IN […]`, `active == true` for `active`, `SORT(name ASC)` for `SORT(name)`.',
  },
  *check(code) {
    for (const one of queryProblems(code, 'syntax'))
      yield {
        at: one.at,
        message: `This query does not parse, so it throws when it runs. ${one.problem.message}.`,
        data: one,
      }
  },
  fix({ data: { query, text, problem } }, context) {
    const { mend } = problem
    const edit = mend && mendEdit(query, text, mend, context)
    if (!mend || !edit) return undefined
    const title = mend.text.trim() === '' ? 'Remove it' : `Write ${mend.text.trim()}`
    return { title, safe: isRightAfter(query, text.written.text, mend), edits: [edit] }
  },
  examples: [
    queryExample(
      'operators of JavaScript',
      `  return realm.objects('Person').filtered('age === 3 AND name == "a"')
  //                                           ^^^ ===`,
      `  return realm.objects('Person').filtered('age == 3 AND name == "a"')`,
    ),
    queryExample(
      'a bare boolean',
      `  return realm.objects('Person').filtered("name == \\"Al\\" AND active")
  //                                                          ^^^^^^ active == true`,
      `  return realm.objects('Person').filtered("name == \\"Al\\" AND active == true")`,
    ),
    queryExample(
      'a list in brackets, in quotes that must be escaped',
      `  const adults = realm.objects('Person').sorted('age')
  return adults.filtered("name IN ['Al', \\"Bo\\"]")
  //                              ^ in braces`,
      `  const adults = realm.objects('Person').sorted('age')
  return adults.filtered("name IN {'Al', \\"Bo\\"}")`,
    ),
    queryExample(
      'SORT without a direction, a template over several lines',
      `  return realm.objects('Person').filtered(\`
    age > 3
    SORT(age)
    //   ^^^ ASC or DESC
  \`)`,
      `  return realm.objects('Person').filtered(\`
    age > 3
    SORT(age ASC)
  \`)`,
    ),
    queryExample(
      'no condition, and one side of a choice',
      `  realm.objects('Person').filtered('SORT(age DESC)')
  //                                ^^^^ TRUEPREDICATE
  return realm.objects('Person').filtered(text ? 'age BETWEEN {1, 2}' : 'age BETWEEN 1 AND 2')
  //                                                                                 ^ in braces`,
      `  realm.objects('Person').filtered('TRUEPREDICATE SORT(age DESC)')
  return realm.objects('Person').filtered(text ? 'age BETWEEN {1, 2}' : 'age BETWEEN 1 AND 2')`,
    ),
    queryExample(
      'what looks wrong and is right',
      `  const people = realm.objects('Person')
  people.filtered('age = 3 && name <> "a" || age => 3 AND age =< 4')
  people.filtered('TRUEPREDICATE SORT(age DESC) LIMIT(5)')
  people.filtered('name CONTAINS [c] "a" AND age IN $0', [1, 2])
  return people.filtered(\`
    name == "a"
    AND ANY dogs.weight > 3
  \`)`,
    ),
    queryExample(
      'other libraries, and texts that are made at run time',
      `  const store = makeStore()
  store.objects('Person').filtered('age === 3')
  people.filtered('age === 3')
  return realm.objects('Person').filtered(\`age === \${text}\`)`,
    ),
  ],
}
