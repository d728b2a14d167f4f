// A query is given something that it cannot compare with.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { isAtLeast } from '../../../text/version.ts'
import { isJavaScript } from '../is-javascript.ts'
import { argumentProblem } from '../queries/argument-problem.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { kindOfValue } from '../queries/kind-of-value.ts'
import { mendArgument, type WrongArgument } from '../queries/mend-argument.ts'
import { clauseName } from '../queries/read-clauses.ts'
import type { Site } from '../sites.ts'
import type { CodeOfFile } from '../types.ts'

export const invalidQueryArgument: Rule<CodeOfFile, WrongArgument> = {
  id: 'watermelondb/invalid-query-argument',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A function of `Q` is given undefined, a Date, an object, or something else of the wrong type. In TypeScript the compiler says so, except for undefined without strict null checks.',
    why: 'The query throws as soon as it is built, such as `Cannot compare to undefined in a Query. Did you mean null?`.',
    fix: 'Compares with `.getTime()` of a Date, with null instead of undefined, with a list where one is needed.',
  },
  *check(code) {
    const { scope, file } = code
    const isScript = isJavaScript(file)
    const { strictNullChecks, versions } = scope.workspace().project(file)
    if (!isScript && strictNullChecks !== false) return
    const version = code.library.packages.map(name => versions[name]).find(one => one !== undefined)
    // Until 0.25 undefined was taken for null.
    const isOld = /^\d/.test(version ?? '') && !isAtLeast(version, '0.25')
    for (const site of code.sites()) {
      if (!site.name.startsWith('Q.')) continue
      const name = clauseName(site.name.slice(2))
      const args = site.call.value.args.map((value): Located => ({ value, file: site.call.file }))
      if (args.some(arg => arg.value.kind === 'spread')) continue
      for (const [index, value] of args.entries()) {
        const kind = kindOfValue(scope, value)
        const problem = kind && argumentProblem(name, index, kind, scope.text(value)?.text)
        if (!problem || (!isScript && kind !== 'undefined') || (isOld && kind === 'undefined')) continue
        yield evidence(site, value, problem, kind)
      }
    }
  },
  fix: ({ data }, context) => mendArgument(data, context),
  examples: [
    {
      name: 'a Date, undefined, and an object',
      files: exampleQuery(
        `const since = new Date()
export const found = () => database.get('posts').query(
  Q.where('created_on', Q.gt(since)),
//                           ^^^^^ is a Date
  Q.where('title', undefined),
//                 ^^^^^^^^^ Did you mean null?
  Q.where('title', { eq: 'x' }),
//                 ^^^^^^^^^^^ is an object
  Q.where('title', ['x']),
//                 ^^^^^ Q.oneOf
  Q.where('title', Q.oneOf('x')),
//                         ^^^ must be a list
  Q.where('title', Q.like(5)),
//                        ^ must be a text
  Q.sortBy('title', 'DESC'),
//                  ^^^^^^ must be Q.asc or Q.desc
  Q.take('5'),
//       ^^^ must be a number
)`,
        {},
        'js',
      ),
      fixed: fixedQuery(
        `const since = new Date()
export const found = () => database.get('posts').query(
  Q.where('created_on', Q.gt(since.getTime())),
  Q.where('title', undefined),
  Q.where('title', { eq: 'x' }),
  Q.where('title', ['x']),
  Q.where('title', Q.oneOf('x')),
  Q.where('title', Q.like(5)),
  Q.sortBy('title', 'DESC'),
  Q.take('5'),
)`,
        'js',
      ),
    },
    {
      name: 'no list',
      files: exampleQuery(
        `export const found = () => database.get('posts').query(Q.where('title', Q.notIn('x')))
//                                                                              ^^^ must be a list`,
        {},
        'js',
      ),
      fixed: fixedQuery(
        `export const found = () => database.get('posts').query(Q.where('title', Q.notIn(['x'])))`,
        'js',
      ),
    },
    {
      name: 'an order in capitals',
      files: exampleQuery(
        `export const found = () => database.get('posts').query(Q.sortBy('title', 'DESC'))
//                                                                       ^^^^^^ must be Q.asc or Q.desc`,
        {},
        'js',
      ),
      fixed: fixedQuery(`export const found = () => database.get('posts').query(Q.sortBy('title', Q.desc))`, 'js'),
    },
    {
      name: 'undefined without strict null checks',
      files:
        exampleQuery(`export const found = () => database.get('posts').query(Q.where('title', undefined), Q.take('5'))
//                                                                      ^^^^^^^^^ Did you mean null?`),
      fixed: fixedQuery(`export const found = () => database.get('posts').query(Q.where('title', null), Q.take('5'))`),
      project: { strict: false },
    },
    {
      name: 'undefined before 0.25',
      files: exampleQuery(`database.get('posts').query(Q.where('title', undefined))`, {}, 'js'),
      project: { versions: { '@nozbe/watermelondb': '0.24.0' } },
    },
    {
      name: 'right arguments, and such that are not known',
      files: exampleQuery(
        `export const found = (since, list, page) => database.get('posts').query(
  Q.where('title', null), Q.where('created_on', Q.gt(since)), Q.where('created_on', Q.lt(new Date().getTime())),
  Q.where('title', Q.oneOf(list)), Q.where('title', Q.oneOf([])), Q.where('is_pinned', true),
  Q.where('likes', Q.eq(Q.column('created_on'))), Q.sortBy('title', 'desc'), Q.sortBy('likes'),
  Q.skip(page * 5), Q.take(page.size), Q.on('comments', 'body', 'x'), Q.on('comments', [Q.where('body', 'x')]),
)`,
        {},
        'js',
      ),
    },
    {
      name: 'TypeScript, where the compiler says so',
      files: exampleQuery(`database.get('posts').query(Q.where('created_on', new Date()), Q.take('5'))`),
    },
  ],
}

function evidence(site: Site, value: Located, problem: string, kind: WrongArgument['kind']): Evidence<WrongArgument> {
  return {
    at: placeOf(value),
    message: `This argument of ${site.name} ${problem} The query throws when it is built.`,
    data: { site, value, kind },
  }
}
