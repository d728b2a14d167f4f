// A query names a property that the class does not have.
import type { Fix, Rule } from '../../../rules/rule.ts'
import { queryExample } from '../queries/example-query.ts'
import { type QueryProblem, queryProblems } from '../queries/judge-queries.ts'
import { isRightAfter, mendEdit } from '../queries/mend-query.ts'
import { compareAround } from '../rql/compare-around.ts'
import type { RqlMend } from '../rql/problem.ts'
import type { CodeOfFile } from '../types.ts'

export const queryUnknownProperty: Rule<CodeOfFile, QueryProblem> = {
  id: 'realm/query-unknown-property',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A key path in a query names a property, or behind `@links` a class, that does not exist. A text without quotes counts as a property.',
    why: "Realm throws `'Person' has no property 'nme'` when the query runs.",
    fix: 'Names the most similar property, or puts a text in quotes.',
  },
  *check(code) {
    for (const one of queryProblems(code, 'unknown-property', 'unknown-class')) {
      const { problem } = one
      const isText = quoting(one) !== undefined
      const advice = isText && !problem.mend ? 'a text stands in quotes, a value is better given as $0' : ''
      yield {
        at: one.at,
        message: `${problem.message}${advice && `: ${advice}`}. The query throws when it runs.`,
        data: one,
      }
    }
  },
  fix({ data }, context) {
    const { query, text, problem } = data
    const fixOf = (title: string, mend: RqlMend | undefined): Fix[] => {
      const edit = mend && mendEdit(query, text, mend, context)
      return edit ? [{ title, safe: false, edits: [edit] }] : []
    }
    const meant = problem.mend
    return [...fixOf(`Change to "${meant?.text}"`, meant), ...fixOf('Put the text in quotes', quoting(data))]
  },
  examples: [
    queryExample(
      'a name misspelt, behind escaped quotes',
      `  return realm.objects('Person').filtered('name == \\'Al\\' AND agee > 3')
  //                                                          ^^^^ did you mean 'age'`,
      `  return realm.objects('Person').filtered('name == \\'Al\\' AND age > 3')`,
    ),
    queryExample(
      'a text without quotes',
      `  return realm.objects('Person').filtered('name == Robert')
  //                                               ^^^^^^ a text stands in quotes`,
      `  return realm.objects('Person').filtered('name == "Robert"')`,
    ),
    queryExample(
      'over links and lists, through constants, on results that were narrowed',
      `  const query = 'best.dogs.wieght > 3'
  //                       ^^^^^^ did you mean 'weight'
  const young = realm.objects('Person').filtered('age < 9')
  young.filtered(query)
  const first = young[0]
  first.dogs.filtered('title == "x"')
  //                   ^^^^^ 'Dog' has no property 'title'
  for (const one of young) one.best.dogs.filtered('@links.Person.dog.age > 3')
  //                                                             ^^^ did you mean 'dogs'`,
      `  const query = 'best.dogs.weight > 3'
  const young = realm.objects('Person').filtered('age < 9')
  young.filtered(query)
  const first = young[0]
  first.dogs.filtered('title == "x"')
  for (const one of young) one.best.dogs.filtered('@links.Person.dog.age > 3')`,
    ),
    queryExample(
      'names in JavaScript and in the file, backlinks, and classes that are not known',
      `  const people = realm.objects('Person')
  people.filtered('fullTitle == "Dr" OR full_title == "Dr"')
  people.filtered('ANY dogs.owners.age > 3 AND @links.Person.best.@count > 0')
  people.filtered('SUBQUERY(dogs, $d, $d.weight > 3).@count > 0')
  return realm.objects(text).filtered('anything == 3')`,
    ),
  ],
}

/** The mend that puts a text in quotes: what a single word is compared with. */
function quoting({ problem, text: { parsed }, query }: QueryProblem): RqlMend | undefined {
  const compare = parsed?.tree.where && compareAround(parsed.tree.where, problem.at)
  const right = compare?.right
  if (right?.kind !== 'property' || right.post || right.aggregate || right.path.elements.length !== 1) return undefined
  const { start, end } = right.at
  if (start !== problem.at.start || end !== problem.at.end || !parsed) return undefined
  const mend = { at: right.at, text: `"${parsed.text.slice(start, end)}"` }
  return isRightAfter(query, parsed.text, mend) ? mend : undefined
}
