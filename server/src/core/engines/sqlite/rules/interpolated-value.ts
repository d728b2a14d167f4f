// A value that is written into the SQL instead of being bound.
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite, opSqlite, sqliteApp } from '../example-app.ts'
import { bindValue } from '../statements/bind-value.ts'
import { type Interpolation, interpolations } from '../statements/interpolations.ts'
import type { SqlInCode } from '../types.ts'

interface Data {
  readonly code: SqlInCode
  readonly found: Interpolation
}

export const interpolatedValue: Rule<SqlInCode, Data> = {
  id: 'sqlite/interpolated-value',
  severity: 'warning',
  on: 'call',
  docs: {
    what: 'A value that is known only at run time is written into the text of the SQL, where a parameter could stand. Not for constants, numbers, names of tables and columns, lists of `?`, `PRAGMA`, and the `sql` tag, which binds.',
    why: "A quote in it breaks the statement, and what a person types can become SQL: a note called `'; DROP TABLE` is enough. SQLite also has to read the statement anew for each value.",
    fix: 'Writes `?` and gives the value to the call.',
  },
  *check(code) {
    for (const found of interpolations(code))
      yield {
        at: found.at,
        message: found.isQuoted
          ? 'This value becomes a part of the SQL: a quote in it breaks the statement, and what people type can run as SQL. Bind it with "?".'
          : 'This value becomes a part of the SQL: a text breaks the statement, or runs as SQL. Bind it with "?".',
        data: { code, found },
      }
  },
  fix: ({ data: { code, found } }, context) => bindValue(code, found, context),
  examples: [
    {
      name: 'a text in quotes',
      project: expoSqlite,
      files: sqliteApp({
        files: {
          'src/find.ts': `import { db } from './db'

export const find = (name: string) =>
  db.getAllAsync(\`SELECT * FROM tasks WHERE done = ? AND title = '\${name}'\`, [1])
//                                                                  ^^^^ a quote in it
`,
        },
      }),
      fixed: {
        'src/find.ts': `import { db } from './db'

export const find = (name: string) =>
  db.getAllAsync(\`SELECT * FROM tasks WHERE done = ? AND title = ?\`, [1, name])
`,
      },
    },
    {
      name: 'a part of a pattern',
      project: opSqlite,
      files: sqliteApp({
        package: 'op-sqlite',
        files: {
          'src/find.ts': `import { db } from './db'

export async function find(words: string) {
  return db.execute(\`SELECT * FROM tasks WHERE title LIKE '%\${words}%' ORDER BY title\`)
//                                                            ^^^^^
}
`,
        },
      }),
      fixed: {
        'src/find.ts': `import { db } from './db'

export async function find(words: string) {
  return db.execute(\`SELECT * FROM tasks WHERE title LIKE '%' || ? || '%' ORDER BY title\`, [words])
}
`,
      },
    },
    {
      name: 'values without quotes, and values one by one',
      project: expoSqlite,
      files: sqliteApp({
        files: {
          'src/save.ts': `import { db } from './db'

export async function save(task: { title: string; id: string }) {
  await db.runAsync(\`UPDATE tasks SET title = ? WHERE id = \${task.id} AND done = ?\`, task.title, 1)
//                                                           ^^^^^^^ runs as SQL
}
`,
        },
      }),
      fixed: {
        'src/save.ts': `import { db } from './db'

export async function save(task: { title: string; id: string }) {
  await db.runAsync(\`UPDATE tasks SET title = ? WHERE id = ? AND done = ?\`, task.title, task.id, 1)
}
`,
      },
    },
    {
      name: 'a text that is put together',
      project: expoSqlite,
      files: sqliteApp({
        files: {
          'src/find.ts': `import { db } from './db'

export const find = (name: string) => db.getAllAsync("SELECT * FROM tasks WHERE title = '" + name + "'")
//                                                                                           ^^^^
`,
        },
      }),
    },
    {
      name: 'constants, numbers, names, conditions and lists of marks',
      project: expoSqlite,
      files: sqliteApp({
        files: {
          'src/find.ts': `import { db } from './db'

const LIMIT = 20
const TABLE = 'tasks'
type Order = 'ASC' | 'DESC'

export async function find(ids: number[], count: number, order: Order, column: string, where: string[], on: boolean) {
  const placeholders = ids.map(() => '?').join(',')
  await db.getAllAsync(\`SELECT * FROM \${TABLE} LIMIT \${LIMIT} OFFSET \${count}\`)
  await db.getAllAsync(\`SELECT * FROM tasks WHERE id IN (\${placeholders})\`, ids)
  await db.getAllAsync(\`SELECT * FROM tasks WHERE id IN (\${ids.map(() => '?').join(',')})\`, ids)
  await db.getAllAsync(\`SELECT * FROM tasks WHERE id IN (\${new Array(ids.length).fill('?').join(',')})\`, ids)
  await db.getAllAsync(\`SELECT * FROM tasks WHERE \${where.join(' AND ')} ORDER BY \${column} \${order}\`)
  await db.getAllAsync(\`SELECT * FROM tasks WHERE done = \${on ? 1 : 0} AND id = \${Number(column)}\`)
  await db.getAllAsync(\`SELECT * FROM tasks WHERE id > \${ids.length} AND id < \${count + 1}\`)
  await db.execAsync(\`PRAGMA user_version = \${count}\`)
  await db.execAsync(\`CREATE TABLE copies (at TEXT DEFAULT '\${column}')\`)
  return db.sql\`SELECT * FROM tasks WHERE title = \${column}\`
}
`,
        },
      }),
    },
  ],
}
