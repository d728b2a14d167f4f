// A pattern of `Q.like` is made of text that may hold wildcards.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { kindsOf } from '../models/plain-type.ts'
import { neighbour } from '../queries/call-arguments.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import type { Site } from '../sites.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly site: Site
  readonly part: Located
}

export const unsanitizedLike: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/unsanitized-like',
  severity: 'info',
  on: 'code',
  docs: {
    what: 'The pattern of `Q.like` or `Q.notLike` contains text that is not known and did not pass through `Q.sanitizeLikeString`.',
    why: '`%` and `_` in that text act as wildcards: whoever searches for `50%` or `a_b` finds other records.',
    fix: 'Wraps the text in `Q.sanitizeLikeString`. It turns everything but latin letters and digits into `_`, which matches any one character.',
  },
  *check(code) {
    for (const site of code.sites()) {
      if (site.name !== 'Q.like' && site.name !== 'Q.notLike') continue
      const [pattern] = site.call.value.args
      if (!pattern) continue
      for (const part of partsOf(code, { value: pattern, file: site.call.file }, 0, false))
        yield {
          at: placeOf(part),
          message: `"%" and "_" in this text act as wildcards of ${site.name}, so a search for them finds other records. Wrap it in Q.sanitizeLikeString().`,
          data: { site, part },
        }
    }
  },
  fix({ data: { site, part } }, context) {
    const sanitize = neighbour(site.call, 'sanitizeLikeString', context)
    const { start, end } = part.value.at
    if (sanitize === undefined || part.file !== site.call.file) return undefined
    const edits = [
      { file: part.file, start, end: start, text: `${sanitize}(` },
      { file: part.file, start: end, end, text: ')' },
    ]
    return { title: 'Wrap in Q.sanitizeLikeString', safe: false, edits }
  },
  examples: [
    {
      name: 'a searched text',
      files: exampleQuery(`export const search = (text: string) =>
  database.get('posts').query(Q.where('title', Q.like(\`%\${text}%\`))).fetch()
//                                                        ^^^^ act as wildcards`),
      fixed: fixedQuery(`export const search = (text: string) =>
  database.get('posts').query(Q.where('title', Q.like(\`%\${Q.sanitizeLikeString(text)}%\`))).fetch()`),
    },
    {
      name: 'parts and kept patterns',
      files: exampleQuery(`export function search(filter: { text: string }) {
  const pattern = '%' + filter.text.trim() + '%'
//                      ^^^^^^^^^^^^^^^^^^ act as wildcards
  return database.get('posts').query(Q.where('title', Q.notLike(pattern)))
}`),
    },
    {
      name: 'a text that serves more than the pattern',
      files: exampleQuery(`export function search(text: string) {
  const wanted = text.trim()
  return database.get('posts').query(Q.or(Q.where('title', wanted), Q.where('title', Q.like(\`%\${wanted}%\`))))
//                                                                                              ^^^^^^ act as wildcards
}`),
      fixed: fixedQuery(`export function search(text: string) {
  const wanted = text.trim()
  return database.get('posts').query(Q.or(Q.where('title', wanted), Q.where('title', Q.like(\`%\${Q.sanitizeLikeString(wanted)}%\`))))
}`),
    },
    {
      name: 'constants, sanitized texts, whole patterns, and what other functions give',
      files: exampleQuery(`const prefix = 'draft'
export function search(text: string, year: number, pattern: string, sanitizedText: string) {
  const safe = Q.sanitizeLikeString(text)
  return database.get('posts').query(
    Q.where('title', Q.like(\`\${prefix}%\`)), Q.where('title', Q.like(\`%\${safe.toLowerCase()}%\`)),
    Q.where('title', Q.like(\`%\${escapeLike(text)}%\`)), Q.where('title', Q.like(\`\${year}-%\`)),
    Q.where('title', Q.like(pattern)), Q.where('title', Q.like(\`%\${sanitizedText}%\`)),
    Q.where('title', Q.like(\`%\${text.replace(/[%_]/g, '')}%\`)),
  )
}`),
    },
  ],
}

/** Patterns made of more pieces than this are not judged further. */
const deepest = 10

/** Methods that leave wildcards in a text. */
const keepers = new Set(['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'normalize', 'toString'])

/**
 * The parts of a pattern that may bring wildcards. A whole pattern that is not known was meant as one; functions that are
 * not known may have taken the wildcards out.
 */
function partsOf(code: CodeOfFile, located: Located, depth: number, isPart: boolean): readonly Located[] {
  const { scope } = code
  const { value, file } = located
  const inside = (inner: Located['value'], part = true) => partsOf(code, { value: inner, file }, depth + 1, part)
  if (depth > deepest) return []
  switch (value.kind) {
    case 'template':
      return value.values.flatMap(part => inside(part))
    case 'binary':
      if (value.op === '+') return [...inside(value.left), ...inside(value.right)]
      return value.op === '||' || value.op === '??'
        ? [...inside(value.left, isPart), ...inside(value.right, isPart)]
        : []
    case 'conditional':
      return [...inside(value.whenTrue, isPart), ...inside(value.whenFalse, isPart)]
    case 'call': {
      const { callee } = value
      if (!isPart || callee.kind !== 'member' || !keepers.has(callee.name ?? '')) return []
      return inside(callee.of).length > 0 ? [located] : []
    }
    case 'name':
    case 'member': {
      const found = scope.follow(located)
      if (found.value !== value) {
        const parts = isOpenText(found) || found.file !== file ? [] : partsOf(code, found, depth + 1, isPart)
        // The name may serve more than the pattern, so it is wrapped here, unless wildcards of the code's own are in it.
        return isPart && parts.length > 0 && !isMade(found.value) ? [located] : parts
      }
      return isPart && mayHoldWildcards(code, located) ? [located] : []
    }
    default:
      return []
  }
}

/** True for texts that are put together from pieces. */
const isMade = (value: Located['value']): boolean =>
  value.kind === 'template' || (value.kind === 'binary' && value.op === '+')

/** True for values that say nothing about a text. */
const isOpenText = ({ value }: Located): boolean => value.kind === 'object' || value.kind === 'array'

function mayHoldWildcards({ scope }: CodeOfFile, { value, file }: Located): boolean {
  const name = value.kind === 'name' || value.kind === 'member' ? (value.name ?? '') : ''
  if (/sanit|escap|safe|slug|pattern|like|id$|date|year|month|day/i.test(name)) return false
  const binding = value.kind === 'name' && value.key !== undefined ? scope.binding(file, value.key) : undefined
  const kinds = kindsOf(binding?.type)
  return value.kind === 'member' || (binding !== undefined && (kinds === undefined || kinds.has('string')))
}
