// A query compares a column with a value of another type.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Evidence, Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { isJavaScript } from '../is-javascript.ts'
import { candidateTables, inEvery, type TableOfStore } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery } from '../queries/example-query.ts'
import { kindOfValue, type ValueKind } from '../queries/kind-of-value.ts'
import { columnsOf, comparisonOf } from '../queries/query-columns.ts'
import { queriesOf } from '../queries/read-query.ts'
import { clearColumn, implicitColumns } from '../schema/find-column.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly value: Located
  readonly type: string
}

/** Comparisons whose arguments are values of the column; `like` and `includes` work on the text of any value. */
const valueComparisons = new Set(['eq', 'notEq', 'gt', 'gte', 'weakGt', 'lt', 'lte', 'between'])
const listComparisons = new Set(['oneOf', 'notIn'])

export const queryValueType: Rule<CodeOfFile, Data | undefined> = {
  id: 'watermelondb/query-value-type',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A query compares a column with a value of another type, such as a number column with a text, or looks for null in a list.',
    why: 'Values of different types are never equal, so the query silently finds nothing; `Q.notIn` with a null in the list never matches.',
    fix: 'Writes the value in the type of the column.',
  },
  *check(code) {
    const { scope, library, file } = code
    for (const { collection, own } of queriesOf(code).queries)
      for (const { table, column, compared } of columnsOf(scope, library, collection.table.text, own)) {
        if (!compared) continue
        const candidates = candidateTables(collection.stores, table)
        const { values, list } = comparedValues(code, compared)
        for (const value of values) {
          const kind = kindOfValue(scope, value)
          if (list !== undefined && kind === 'null' && isJavaScript(file)) yield nullInList(value, list)
          const type = kind && inEvery(candidates, one => otherType(one, column.text, kind))
          if (type) yield evidence(value, column.text, type, kind)
        }
      }
  },
  fix: ({ data }, context) => data && convert(data.value, data.type, context),
  examples: [
    {
      name: 'texts for numbers and booleans, numbers for texts',
      files: exampleQuery(`export const liked = (id: number) => database.get('posts').query(
  Q.where('likes', '42'),
//                 ^^^^ "likes" is a number column
  Q.where('is_pinned', Q.notEq('true')),
//                             ^^^^^^ "is_pinned" is a boolean column
  Q.where('title', Q.oneOf(['a', 5])),
//                               ^ "title" is a string column
  Q.where('id', id),
//              ^^ "id" is a string column
  Q.on('comments', 'post_id', Q.eq(7)),
//                                 ^ "post_id" is a string column
  Q.where('likes', Q.gt(\`\${id}\`)),
//                      ^^^^^^^ "likes" is a number column
)`),
      fixed: fixedQuery(`export const liked = (id: number) => database.get('posts').query(
  Q.where('likes', 42),
  Q.where('is_pinned', Q.notEq('true')),
  Q.where('title', Q.oneOf(['a', 5])),
  Q.where('id', id),
  Q.on('comments', 'post_id', Q.eq(7)),
  Q.where('likes', Q.gt(\`\${id}\`)),
)`),
    },
    {
      name: 'null in a list, in JavaScript',
      files: exampleQuery(
        `database.get('posts').query(Q.where('title', Q.notIn(['a', null])))
//                                                         ^^^^ never matches
database.get('posts').query(Q.where('title', null), Q.where('title', Q.notEq(null)))`,
        {},
        'js',
      ),
    },
    {
      name: 'equal types, numbers for booleans, patterns, and values that are not known',
      files: exampleQuery(`const filter = { likes: '' }
export const some = (likes: any, id: string | number, title?: string) => database.get('posts').query(
  Q.where('likes', 5), Q.where('likes', likes), Q.where('likes', filter.likes), Q.where('likes', true),
  Q.where('is_pinned', 1), Q.where('is_pinned', true), Q.where('id', id), Q.where('title', title ?? null),
  Q.where('likes', Q.like('4%')), Q.where('title', Q.oneOf([])), Q.where('created_on', Q.gt(Date.now())),
  Q.where('likes', Q.between(1, 2)), Q.where('likes', Q.eq(Q.column('created_on'))),
)`),
    },
  ],
}

/** The values that a comparison compares with; `list` names the comparison where they are those of a list. */
function comparedValues(
  { scope, library }: CodeOfFile,
  compared: Located,
): { values: readonly Located[]; list?: string } {
  const comparison = comparisonOf(scope, library, compared)
  if (!comparison) return { values: [compared] }
  const { name, args } = comparison
  if (valueComparisons.has(name)) return { values: args }
  return listComparisons.has(name) ? { values: scope.items(args[0])?.items ?? [], list: name } : { values: [] }
}

/** The type of the column where a value of that kind never equals one of its values. */
function otherType({ table }: TableOfStore, name: string, kind: ValueKind): string | undefined {
  const column = clearColumn(table, name)
  const type = column?.type?.text ?? (implicitColumns.has(name) && !table.columns.has(name) ? 'string' : undefined)
  if (type === 'string') return kind === 'number' || kind === 'boolean' ? type : undefined
  return (type === 'number' || type === 'boolean') && kind === 'string' ? type : undefined
}

function evidence(value: Located, column: string, type: string, kind: string | undefined): Evidence<Data> {
  return {
    at: placeOf(value),
    message: `"${column}" is a ${type} column and this is a ${kind}: they are never equal, so the query silently misses records. Compare with a ${type}.`,
    data: { value, type },
  }
}

function nullInList(value: Located, comparison: string): Evidence<Data> {
  return {
    at: placeOf(value),
    message: `Q.${comparison} with null in its list never matches null${comparison === 'notIn' ? ', nor anything else' : ''}. Compare with null by Q.eq or Q.notEq.`,
  }
}

/** The literal in the type of the column; a name is converted when the query runs. */
function convert({ value, file }: Located, type: string, context: FixContext): Fix | undefined {
  const text = context.text(file)
  if (text === undefined) return undefined
  const written = (): string | undefined => {
    if (type === 'string' && value.kind === 'number') return quoted(String(value.value), styleOf(text))
    if (type === 'string') return value.kind === 'name' ? `String(${value.name})` : undefined
    if (value.kind !== 'string') return undefined
    if (type === 'number') return /^-?\d+(?:\.\d+)?$/.test(value.text) ? value.text : undefined
    return /^(?:true|false)$/.test(value.text) ? value.text : undefined
  }
  const next = written()
  if (next === undefined) return undefined
  const { start, end } = value.at
  return { title: `Change to ${next}`, safe: false, edits: [{ file, start, end, text: next }] }
}
