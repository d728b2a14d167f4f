// A chain of steps by `user_version` that leaves some of them out, or runs them again.
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { expoSqlite } from '../example-app.ts'
import { type LadderFault, ladderFaults } from '../ladder/faults.ts'
import type { SqliteStore } from '../types.ts'

type Mend = NonNullable<LadderFault['mend']>

const app = (steps: string) => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  let version = row?.user_version ?? 0
${steps}
  await db.execAsync(\`PRAGMA user_version = \${version}\`)
}
`,
})

const first = `  if (version === 0) {
    await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL)')
    version = 1
  }`

export const brokenVersionLadder: Rule<SqliteStore, Mend> = {
  id: 'sqlite/broken-version-ladder',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'The steps that bring a database from one `user_version` to the next do not lead on: a step does not advance the variable that the next one asks, two lead to one version, none leads to a version that is asked for, one is for version 0, the version that is wanted is below the last step, or the version is never written.',
    why: 'Phones skip steps and lack tables and columns for ever, or run the same steps at every start, which fails with `duplicate column name`.',
    fix: 'Advances the variable, or writes the number that the steps lead to.',
  },
  *check(store) {
    for (const { at, message, related, mend } of ladderFaults(store))
      yield { at, message, related, ...(mend && { data: mend }) }
  },
  fix: ({ data }, context) => (data.kind === 'number' ? writeNumber(data, context) : advance(data, context)),
  examples: [
    {
      name: 'a step that does not advance',
      project: expoSqlite,
      files: app(`${first}
  if (version === 1) {
//    ^^^^^^^^^^^^^ stops after one
    await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
  }
  if (version === 2) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN due INTEGER')
    version = 3
  }`),
      fixed: app(`${first}
  if (version === 1) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
    version = 2
  }
  if (version === 2) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN due INTEGER')
    version = 3
  }`),
    },
    {
      name: 'a step that nobody reaches',
      project: expoSqlite,
      files: app(`${first}
  if (version === 2) {
//    ^^^^^^^^^^^^^ phones at version 1 never run this one
    await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
    version = 3
  }`),
    },
    {
      name: 'the wanted version was not raised with the last step',
      project: expoSqlite,
      files: app(
        `  const LATEST = 1
//               ^ go up to version 2
  if (version >= LATEST) return
${first}
  if (version === 1) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
    version = 2
  }`,
      ),
      fixed: app(
        `  const LATEST = 2
  if (version >= LATEST) return
${first}
  if (version === 1) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
    version = 2
  }`,
      ),
    },
    {
      name: 'a list with a step for version 0, and two for one version',
      project: expoSqlite,
      files: {
        'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

const steps = [
  { version: 0, up: () => db.execSync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)') },
//           ^ never runs
  { version: 1, up: () => db.execSync('CREATE TABLE lists (id INTEGER PRIMARY KEY)') },
  { version: 1, up: () => db.execSync('CREATE TABLE notes (id INTEGER PRIMARY KEY)') },
//           ^ Two steps
]

const { user_version: current } = db.getFirstSync<{ user_version: number }>('PRAGMA user_version')
for (const step of steps) {
  if (step.version <= current) continue
  step.up(db)
  db.execSync(\`PRAGMA user_version = \${step.version}\`)
}
`,
      },
    },
    {
      name: 'steps that lead on',
      project: expoSqlite,
      files: app(`${first}
  if (version === 1) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
    version++
  }
  if (version < 5) {
    await db.execAsync('ALTER TABLE tasks ADD COLUMN due INTEGER')
    version = 5
  }`),
    },
    {
      name: 'one step after another in a loop',
      project: expoSqlite,
      files: {
        'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

for (;;) {
  const { user_version: version } = db.getFirstSync<{ user_version: number }>('PRAGMA user_version')
  if (version === 0) db.execSync('CREATE TABLE tasks (id INTEGER PRIMARY KEY); PRAGMA user_version = 1')
  else if (version === 1) db.execSync('ALTER TABLE tasks ADD COLUMN note TEXT; PRAGMA user_version = 2')
  else break
}
`,
      },
    },
  ],
}

function writeNumber({ number, to }: Extract<Mend, { kind: 'number' }>, context: FixContext): Fix | undefined {
  const { file, span } = number.at
  if (context.text(file)?.slice(span.start, span.end) !== String(number.value)) return undefined
  return { title: `Write ${to}`, safe: false, edits: [{ file, start: span.start, end: span.end, text: String(to) }] }
}

function advance({ step, variable }: Extract<Mend, { kind: 'advance' }>, context: FixContext): Fix | undefined {
  const { file, span } = step.body
  const text = context.text(file)
  if (text === undefined || text[span.start] !== '{' || text[span.end - 1] !== '}') return undefined
  const inside = text.slice(span.start + 1, span.end - 1)
  if (/\breturn\b/.test(inside)) return undefined
  const style = styleOf(text)
  const line = `${variable} = ${step.version.value}${style.semicolon}`
  const end = span.start + 1 + inside.trimEnd().length
  const indent = lineIndent(text, span.start) + style.indent
  return {
    title: `Set "${variable}" to ${step.version.value}`,
    safe: false,
    edits: [{ file, start: end, end, text: `${style.newline}${indent}${line}` }],
  }
}
