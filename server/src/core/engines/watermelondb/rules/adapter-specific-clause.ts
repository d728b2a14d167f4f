// A clause that the database's only kind of adapter does not know.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { projectStores } from '../code/read-collection.ts'
import { adapterKinds } from '../queries/candidate-tables.ts'
import { exampleQuery, lokiFiles } from '../queries/example-query.ts'
import type { CodeOfFile } from '../types.ts'

const clauses: Readonly<Record<string, 'sqlite' | 'loki'>> = {
  'Q.unsafeSqlExpr': 'sqlite',
  'Q.unsafeSqlQuery': 'sqlite',
  'Q.unsafeLokiExpr': 'loki',
  'Q.unsafeLokiTransform': 'loki',
}

const titles = { sqlite: 'SQLiteAdapter', loki: 'LokiJSAdapter' }

export const adapterSpecificClause: Rule<CodeOfFile> = {
  id: 'watermelondb/adapter-specific-clause',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A query has an SQL clause while all databases of the app are opened by LokiJS, or a Loki clause while all are opened by SQLite.',
    why: 'The adapter does not know the clause, so the query fails with `Unknown clause`.',
    fix: 'Write the condition with `Q.where` and its like, or in the language of the adapter.',
  },
  *check(code) {
    for (const { name, call } of code.sites()) {
      const wanted = Object.hasOwn(clauses, name) ? clauses[name] : undefined
      const kinds = wanted && adapterKinds(projectStores(code))
      if (!wanted || !kinds || kinds.has(wanted)) continue
      yield {
        at: placeOf(call),
        message: `${name} works with ${titles[wanted]} only, but this app opens its database by ${titles[wanted === 'sqlite' ? 'loki' : 'sqlite']}: the query fails. Use clauses that both know.`,
      }
    }
  },
  examples: [
    {
      name: 'SQL on Loki',
      files: exampleQuery(
        `export const odd = () => database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1')).fetch()
//                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ works with SQLiteAdapter only`,
        { files: lokiFiles },
      ),
    },
    {
      name: 'Loki on SQLite',
      files: exampleQuery(`const recent = Q.unsafeLokiTransform((rows: any[]) => rows.slice(0, 5))
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ works with LokiJSAdapter only`),
    },
    {
      name: 'an app with both adapters',
      files: exampleQuery(
        `export const odd = () => database.get('posts').query(Q.unsafeSqlExpr('likes % 2 = 1'), Q.sortBy('title')).fetch()
export const even = () => database.get('posts').query(Q.unsafeLokiExpr({ likes: { $mod: [2, 0] } }), Q.sortBy('title'))`,
        {
          files: {
            'src/db/web.ts': `import LokiJSAdapter from '@nozbe/watermelondb/adapters/lokijs'
import { schema } from './schema'
export const adapter = new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true })
`,
          },
        },
      ),
    },
  ],
}
