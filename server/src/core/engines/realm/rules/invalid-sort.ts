// Objects are sorted by what Realm cannot sort by.
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { quotedLike } from '../../../write/style.ts'
import { type SortProblem, sortProblems } from '../queries/check-sort.ts'
import { queryExample } from '../queries/example-query.ts'
import { type QueryProblem, queryProblems } from '../queries/judge-queries.ts'
import { mendEdit } from '../queries/mend-query.ts'
import { queriesOf } from '../queries/read-queries.ts'
import type { CodeOfFile } from '../types.ts'

type Data = { readonly sort: SortProblem; readonly file: string } | { readonly query: QueryProblem }

export const invalidSort: Rule<CodeOfFile, Data> = {
  id: 'realm/invalid-sort',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`sorted()`, or SORT or DISTINCT in a query, names what does not exist, goes through a list, or ends in an object; or a direction is written as a word.',
    why: 'Realm throws, some of it only once there are two objects to sort: small tests pass.',
    fix: 'Names the most similar property, and writes directions as `sorted("age", true)`.',
  },
  *check(code) {
    for (const sort of queriesOf(code).sorts)
      for (const problem of sortProblems(code, sort))
        yield { at: problem.at, message: problem.message, data: { sort: problem, file: code.file } }
    for (const one of queryProblems(code, 'order'))
      yield { at: one.at, message: `${one.problem.message}. The query throws when it runs.`, data: { query: one } }
  },
  fix({ data }, context) {
    if ('sort' in data) return fixSort(data.sort, data.file, context)
    const { query, text, problem } = data.query
    const edit = problem.mend && mendEdit(query, text, problem.mend, context)
    return edit && { title: `Write ${problem.mend?.text}`, safe: false, edits: [edit] }
  },
  examples: [
    queryExample(
      'a direction in the key',
      `  return realm.objects('Person').sorted('age DESC')
  //                                    ^^^^^^^^^^ true for descending`,
      `  return realm.objects('Person').sorted('age', true)`,
    ),
    queryExample(
      'directions as words',
      `  realm.objects('Person').sorted([['age', 'desc'], ['name', false]])
  //                                      ^^^^^^ is a boolean`,
      `  realm.objects('Person').sorted([['age', true], ['name', false]])`,
    ),
    queryExample(
      'one key and its direction in an array',
      `  realm.objects('Person').sorted(['age', true])
  //                             ^^^^^^^^^^^^^ two arguments`,
      `  realm.objects('Person').sorted('age', true)`,
    ),
    queryExample(
      'properties that are not there, lists, objects, a word that is no direction',
      `  const people = realm.objects('Person')
  people.sorted('agee')
  //            ^^^^^^ Did you mean "age"?
  people.sorted('best.nme')
  //            ^^^^^^^^^^ Did you mean "name"?
  people.sorted('dogs.weight')
  //            ^^^^^^^^^^^^^ is a collection
  people.sorted(['name', 'best'])
  //                     ^^^^^^ is an object
  people.sorted('name', 'desc')
  //                    ^^^^^^ always sorts ascending
  people.filtered('age > 3 SORT(agee ASC)')
  //                            ^^^^ No property 'agee'
  people.filtered('age > 3 DISTINCT(tags)')
  //                                ^^^^ is a collection`,
      `  const people = realm.objects('Person')
  people.sorted('age')
  people.sorted('best.nme')
  people.sorted('dogs.weight')
  people.sorted(['name', 'best'])
  people.sorted('name', 'desc')
  people.filtered('age > 3 SORT(agee ASC)')
  people.filtered('age > 3 DISTINCT(tags)')`,
    ),
    queryExample(
      'what Realm sorts by',
      `  const people = realm.objects('Person')
  people.sorted('age').sorted([['best.age', true], 'name']).sorted('full_title', text === 'x')
  people.sorted(text).filtered('age > 3 SORT(best.age DESC) DISTINCT(name)')
  person.tags.sorted('anything')
  return people[0].tags.sorted(true)`,
    ),
  ],
}

function fixSort({ mend }: SortProblem, file: string, context: FixContext): Fix | undefined {
  const source = context.text(file)
  if (!mend || source === undefined) return undefined
  const made = (title: string, { start, end }: { start: number; end: number }, text: string, isHere = true) => {
    const edit: TextEdit = { file, start, end, text }
    return isHere ? { title, safe: false, edits: [edit] } : undefined
  }
  switch (mend.kind) {
    case 'key': {
      const { at, kind } = mend.literal.value
      const text = quotedLike(source.slice(at.start, at.end), mend.text)
      return made(`Change to "${mend.text}"`, at, text, kind === 'string' && mend.literal.file === file)
    }
    case 'descending': {
      const { at, kind } = mend.literal.value
      const key = quotedLike(source.slice(at.start, at.end), mend.key)
      // In an array a key and its direction are an array of their own.
      const isInArray = /[[,]\s*$/.test(source.slice(0, at.start))
      const both = isInArray ? `[${key}, ${mend.isDescending}]` : mend.isDescending ? `${key}, true` : key
      return made(`Write ${both}`, at, both, kind === 'string' && mend.literal.file === file)
    }
    case 'direction':
      return made(`Write ${mend.isDescending}`, mend.value.at, String(mend.isDescending), mend.value.kind === 'string')
    case 'unwrap': {
      const inside = source
        .slice(mend.array.at.start + 1, mend.array.at.end - 1)
        .trim()
        .replace(/,$/, '')
      return made(`Write sorted(${inside})`, mend.array.at, inside)
    }
  }
}
