// A query takes nothing, and gets everything.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { projectStores } from '../code/read-collection.ts'
import { adapterKinds } from '../queries/candidate-tables.ts'
import { exampleQuery, lokiFiles } from '../queries/example-query.ts'
import { clauseName } from '../queries/read-clauses.ts'
import type { CodeOfFile } from '../types.ts'

export const takeZero: Rule<CodeOfFile> = {
  id: 'watermelondb/take-zero',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A query has `Q.take(0)`.',
    why: 'The library leaves a limit of zero out, so the query gives all records instead of none.',
    fix: 'Run no query where nothing is wanted, or leave `Q.take` out where everything is.',
  },
  *check(code) {
    for (const { name, call } of code.sites()) {
      if (clauseName(name.replace(/^Q\./, '')) !== 'take' || !name.startsWith('Q.')) continue
      const [count] = call.value.args
      if (code.scope.number(count && { value: count, file: call.file })?.value !== 0) continue
      if (adapterKinds(projectStores(code))?.has('sqlite') === false) continue
      yield {
        at: placeOf(call),
        message: 'Q.take(0) is no limit: SQLite gives all records. Run no query where none are wanted.',
      }
    }
  },
  examples: [
    {
      name: 'a limit of zero',
      files: exampleQuery(`const limit = 0
export const none = () => database.get('posts').query(Q.take(limit)).fetch()
//                                                    ^^^^^^^^^^^^^ SQLite gives all records`),
    },
    {
      name: 'a limit',
      files: exampleQuery(`export const some = (limit: number) => database.get('posts').query(Q.take(limit)).fetch()`),
    },
    { name: 'on Loki', files: exampleQuery('export const clause = Q.take(0)', { files: lokiFiles }) },
  ],
}
