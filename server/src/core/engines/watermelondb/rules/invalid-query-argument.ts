// A query is given something that it cannot compare with.
import type { Located } from '../../../catalog/scope.ts'
import type { Evidence, Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { neighbour } from '../call-arguments.ts'
import { exampleQuery, fixedQuery } from '../example-query.ts'
import { isJavaScript } from '../is-javascript.ts'
import { kindOfValue, type ValueKind } from '../kind-of-value.ts'
import { clauseName } from '../read-clauses.ts'
import { placeOf } from '../read-table.ts'
import type { Site } from '../sites.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly site: Site
  readonly value: Located
  readonly kind: ValueKind | undefined
}

const comparisons = new Set(['eq', 'notEq', 'gt', 'gte', 'weakGt', 'lt', 'lte'])
const texts = new Set(['like', 'notLike', 'includes', 'sanitizeLikeString'])
const counts = new Set(['take', 'skip', 'between'])

export const invalidQueryArgument: Rule<CodeOfFile, Data> = {
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
    if (!isScript && scope.workspace().project(file).strictNullChecks !== false) return
    for (const site of code.sites()) {
      if (!site.name.startsWith('Q.')) continue
      const name = clauseName(site.name.slice(2))
      const args = site.call.value.args.map((value): Located => ({ value, file: site.call.file }))
      if (args.some(arg => arg.value.kind === 'spread')) continue
      for (const [index, value] of args.entries()) {
        const kind = kindOfValue(scope, value)
        const isOrder = name === 'sortBy' && index === 1 && kind === 'string'
        const problem = isOrder ? orderProblem(scope.text(value)?.text) : kind && problemOf(name, index, kind)
        if (!problem || (!isScript && kind !== 'undefined')) continue
        yield evidence(site, value, problem, kind)
      }
    }
  },
  fix: ({ data }, context) => mend(data, context),
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
//                 ^^^^^^^^^^^^^ is an object
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
      fixed: fixedQuery(`export const found = () => database.get('posts').query(Q.where('title', Q.notIn(['x'])))`, 'js'),
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
      files: exampleQuery(`export const found = () => database.get('posts').query(Q.where('title', undefined), Q.take('5'))
//                                                                      ^^^^^^^^^ Did you mean null?`),
      fixed: fixedQuery(`export const found = () => database.get('posts').query(Q.where('title', null), Q.take('5'))`),
      project: { strict: false },
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

/** What is wrong with an argument of that kind (`src/QueryDescription/operators.js`). */
function problemOf(name: string, index: number, kind: ValueKind): string | undefined {
  const isCompared = (name === 'where' && index === 1) || (name === 'on' && index === 2) || (comparisons.has(name) && index === 0)
  if (isCompared) {
    if (kind === 'undefined') return 'is undefined, with which nothing can be compared. Did you mean null?'
    if (kind === 'Date') return 'is a Date, but columns hold numbers. Compare with its getTime().'
    if (kind === 'array') return 'is a list. Compare with Q.oneOf.'
    return kind === 'object' ? 'is an object, which no column holds.' : undefined
  }
  if ((name === 'oneOf' || name === 'notIn') && index === 0) return kind === 'array' ? undefined : 'must be a list.'
  if (texts.has(name) && index === 0) return kind === 'string' ? undefined : 'must be a text.'
  if (counts.has(name)) return kind === 'number' ? undefined : 'must be a number.'
  if (name === 'sortBy' && index === 1) return kind === 'undefined' ? undefined : orderMessage
  return undefined
}

const orderMessage = 'must be Q.asc or Q.desc.'

const orderProblem = (order: string | undefined): string | undefined =>
  order === undefined || order === 'asc' || order === 'desc' ? undefined : orderMessage

function evidence(site: Site, value: Located, problem: string, kind: Data['kind']): Evidence<Data> {
  return {
    at: placeOf(value),
    message: `This argument of ${site.name} ${problem} The query throws when it is built.`,
    data: { site, value, kind },
  }
}

function mend({ site, value: { value, file }, kind }: Data, context: FixContext): Fix | undefined {
  const { start, end } = value.at
  const replace = (title: string, text: string): Fix => ({ title, safe: false, edits: [{ file, start, end, text }] })
  const name = site.name.slice(2)
  const source = context.text(file)?.slice(start, end)
  if (source === undefined) return undefined
  if (name === 'sortBy') {
    const order = value.kind === 'string' ? /^(asc|desc)/i.exec(value.text)?.[1]?.toLowerCase() : undefined
    const written = order && neighbour(site.call, order, context)
    return written ? replace(`Change to ${written}`, written) : undefined
  }
  if (name === 'oneOf' || name === 'notIn') {
    const isOne = kind === 'string' || kind === 'number' || kind === 'boolean'
    return isOne ? replace('Put it into a list', `[${source}]`) : undefined
  }
  if (kind === 'undefined' && value.kind === 'undefined') return replace('Change to null', 'null')
  if (kind !== 'Date') return undefined
  return replace('Compare with getTime()', value.kind === 'call' && value.argsAt.start === value.argsAt.end ? `(${source}).getTime()` : `${source}.getTime()`)
}
