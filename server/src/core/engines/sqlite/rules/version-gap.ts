// A version that no step leads to, where steps are run in order all the same.
import type { Rule } from '../../../rules/rule.ts'
import { expoSqlite } from '../example-app.ts'
import type { SqliteStore } from '../types.ts'

const app = (numbers: readonly number[], marks: Readonly<Record<number, string>> = {}) => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

const steps = [
${numbers.map(at => `  { version: ${at}, sql: 'CREATE TABLE t${at} (id INTEGER PRIMARY KEY)' },${marks[at] ?? ''}`).join('\n')}
]

const { user_version: current } = db.getFirstSync<{ user_version: number }>('PRAGMA user_version')
for (const { version, sql } of steps.filter(step => step.version > current)) {
  db.execSync(sql)
  db.execSync(\`PRAGMA user_version = \${version}\`)
}
`,
})

export const versionGap: Rule<SqliteStore> = {
  id: 'sqlite/version-gap',
  severity: 'info',
  on: 'store',
  docs: {
    what: 'The steps of the migration are numbered one after the other, and a number is left out.',
    why: 'All steps run, so nothing is broken. Whoever looks for the step may take it for lost, and a step that is added with that number later never runs on phones that are beyond it.',
    fix: 'Leave the number out for good, and say so in a comment.',
  },
  *check({ ladder }) {
    if (!ladder || (ladder.shape !== 'list' && ladder.shape !== 'if-below')) return
    const { steps } = ladder
    const gaps = steps.flatMap((step, i) => {
      const before = steps[i - 1]?.version.value
      return before !== undefined && step.version.value - before > 1 ? [{ step, before }] : []
    })
    const isOrdered = steps.every((step, i) => i === 0 || steps[i - 1]!.version.value < step.version.value)
    // Where most numbers are far apart they are those of builds or days.
    if (!isOrdered || steps.length < 4 || gaps.length * 3 > steps.length) return
    for (const { step, before } of gaps) {
      if (step.version.value - before > 3) continue
      const missing = Array.from({ length: step.version.value - before - 1 }, (_, i) => before + 1 + i)
      yield {
        at: step.version.at,
        message: `No step leads to version ${missing.join(' or ')}. All steps run all the same; a step that is given that number later would never run on phones that are beyond it.`,
      }
    }
  },
  examples: [
    {
      name: 'a number that is left out',
      project: expoSqlite,
      files: app([1, 2, 3, 5], { 5: '\n//           ^ No step leads to version 4' }),
    },
    { name: 'numbers in order', project: expoSqlite, files: app([1, 2, 3, 4]) },
    { name: 'numbers of builds', project: expoSqlite, files: app([101, 103, 110, 120]) },
  ],
}
