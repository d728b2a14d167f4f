// A SQL step does not end with a semicolon.
import type { Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { exampleApp } from '../example-app.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import type { WatermelonStore } from '../types.ts'

export const unterminatedSql: Rule<WatermelonStore, { readonly at: Place }> = {
  id: 'watermelondb/unterminated-sql',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'The SQL of `unsafeExecuteSql`, or of a raw `sql` step, does not end with `;`.',
    why: 'All steps are joined to one text: with the next step behind it SQLite answers `near "…": syntax error` and the database does not open. Development builds from 0.28 on throw.',
    fix: 'Adds the semicolon.',
  },
  *check(store) {
    if (isLokiOnly(store)) return
    for (const migration of store.migrationsRead?.list ?? [])
      for (const step of migration.steps) {
        if (step.kind !== 'sql' || !step.sql || step.sql.text.trimEnd().endsWith(';') || step.sql.text.trim() === '')
          continue
        yield {
          at: step.sql.at,
          message:
            'This SQL does not end with ";": it is joined to the next step and the database does not open. Add the semicolon.',
          data: { at: step.sql.at },
        }
      }
  },
  fix({ data: { at } }, context) {
    const literal = context.text(at.file)?.slice(at.span.start, at.span.end)
    // A concatenation may end with a name, and a comment at the end would swallow the semicolon.
    if (!literal || !/['"`]$/.test(literal) || /--[^\n]*$/.test(literal.slice(0, -1).trimEnd())) return undefined
    const end = at.span.start + literal.slice(0, -1).trimEnd().length
    return { title: 'Add the semicolon', safe: true, edits: [{ file: at.file, start: end, end, text: ';' }] }
  },
  examples: [
    {
      name: 'a step and a raw step',
      files: exampleApp({
        version: 2,
        migrations: `{
  toVersion: 2,
  steps: [
    unsafeExecuteSql('delete from posts'),
//                   ^^^^^^^^^^^^^^^^^^^ does not end with ";"
    { type: 'sql', sql: 'delete from posts;' },
  ],
},`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            "{\n  toVersion: 2,\n  steps: [\n    unsafeExecuteSql('delete from posts;'),\n    { type: 'sql', sql: 'delete from posts;' },\n  ],\n},",
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'a constant of another file, over several lines',
      files: {
        ...exampleApp({ version: 2 }),
        'src/db/sql.ts': `export const table = 'posts'
export const sql = 'update ' + \`\${table}\` + ' set title = 1 '
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Add the semicolon
`,
        'src/db/migrations.ts': `import { schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'
import { sql } from './sql'
export const migrations = schemaMigrations({ migrations: [{ toVersion: 2, steps: [{ type: 'sql', sql }] }] })
`,
        'src/db/index.ts': exampleApp({ migrations: '' })['src/db/index.ts']!,
      },
      fixed: {
        'src/db/sql.ts': `export const table = 'posts'
export const sql = 'update ' + \`\${table}\` + ' set title = 1; '
`,
      },
    },
    {
      name: 'white space behind the semicolon, and SQL that is not known',
      files: exampleApp({
        version: 2,
        migrations: `{ toVersion: 2, steps: [unsafeExecuteSql(\`
  delete from posts;
\`), unsafeExecuteSql(make()), unsafeExecuteSql(\`delete from \${name()}\`)] },`,
      }),
    },
  ],
}
