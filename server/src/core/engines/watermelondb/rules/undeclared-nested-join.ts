// A join inside `Q.and` or `Q.or` whose table is not declared at the top of the query.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { insertArgument, neighbour } from '../queries/call-arguments.ts'
import { adapterKinds } from '../queries/candidate-tables.ts'
import { exampleQuery, fixedQuery, lokiFiles } from '../queries/example-query.ts'
import { type Clause, everyClause } from '../queries/read-clauses.ts'
import { queriesOf } from '../queries/read-query.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly on: Located<CallValue>
  readonly query: Located<CallValue>
  readonly table: string
}

export const undeclaredNestedJoin: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/undeclared-nested-join',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`Q.on` stands inside `Q.and` or `Q.or`, and the query declares its table neither by `Q.experimentalJoinTables` nor by a `Q.on` of its own.',
    why: 'Only declared tables are joined: development builds throw, release builds send SQL that fails with `no such column`.',
    fix: 'Declares the table at the beginning of the query.',
  },
  *check(code) {
    for (const { own, clauses, call, collection } of queriesOf(code).queries) {
      const nested = own.list.flatMap(one => [...everyClause(one.inner)]).filter(one => one.name === 'on')
      if (nested.length === 0 || !clauses.complete) continue
      if (adapterKinds(collection.stores)?.has('sqlite') === false) continue
      const declared = clauses.list.map(one => declaredBy(code, one))
      if (declared.some(one => one === undefined)) continue
      const tables = new Set(declared.flatMap(one => one ?? []))
      for (const { call: on } of nested) {
        const [literal] = on.value.args
        const table = code.scope.text(literal && { value: literal, file: on.file })?.text
        if (!literal || table === undefined || tables.has(table)) continue
        tables.add(table)
        yield {
          at: placeOf(on),
          message: `The query does not join "${table}": a Q.on inside Q.and or Q.or needs Q.experimentalJoinTables(['${table}']) at the beginning of the query, or it fails.`,
          data: { on, query: call, table },
        }
      }
    }
  },
  fix({ data: { on, query, table } }, context) {
    const declare = neighbour(on, 'experimentalJoinTables', context)
    const text = context.text(query.file)
    const [first] = query.value.args
    if (declare === undefined || text === undefined || !first || first.kind === 'array') return undefined
    const edit = insertArgument(query, 0, `${declare}([${quoted(table, styleOf(text))}])`, context)
    return edit && { title: `Declare the join of "${table}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a join in an alternative',
      files: exampleQuery(`export const found = () =>
  database.get('posts').query(Q.or(Q.where('title', 'x'), Q.on('comments', 'body', 'x'))).fetch()
//                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ does not join "comments"`),
      fixed: fixedQuery(`export const found = () =>
  database.get('posts').query(Q.experimentalJoinTables(['comments']), Q.or(Q.where('title', 'x'), Q.on('comments', 'body', 'x'))).fetch()`),
    },
    {
      name: 'declared joins, and clauses that are not known',
      files: exampleQuery(`const join = Q.experimentalJoinTables(['comments'])
const either = Q.or(Q.where('title', 'x'), Q.on('comments', 'body', 'x'))
export function found(more: any[], tables: string[]) {
  database.get('posts').query(join, either)
  database.get('posts').query(Q.on('comments', 'body', 'y'), either)
  database.get('posts').query(Q.on('comments', Q.or(Q.where('body', 'x'), Q.where('body', 'y'))))
  database.get('posts').query(Q.experimentalJoinTables(tables), either)
  return database.get('posts').query(...more, either)
}`),
    },
    {
      name: 'on Loki',
      files: exampleQuery(`database.get('posts').query(Q.and(Q.on('comments', 'body', 'x')))`, { files: lokiFiles }),
    },
  ],
}

/** The tables that a clause of the query itself joins; undefined where they are not known. */
function declaredBy(code: CodeOfFile, { name, call }: Clause): readonly string[] | undefined {
  const args = call.value.args.map((value): Located => ({ value, file: call.file }))
  const textOf = (located: Located | undefined) => code.scope.text(located)?.text
  if (name === 'experimentalJoinTables') {
    const items = code.scope.items(args[0])
    const tables = items?.items.map(textOf)
    return items?.complete && tables?.every(one => one !== undefined) ? tables : undefined
  }
  if (name !== 'on' && name !== 'experimentalNestedJoin') return []
  const table = textOf(args[name === 'on' ? 0 : 1])
  return table === undefined ? undefined : [table]
}
