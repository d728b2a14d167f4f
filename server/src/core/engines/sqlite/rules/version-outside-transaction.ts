// A version that is written apart from the step that leads to it.
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import { contains } from '../../../text/span.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { expoSqlite } from '../example-app.ts'
import { versionWritten } from '../ladder/version-calls.ts'
import { startOfStatement } from '../migrations/call-pattern.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import { transactionAround } from '../transactions/in-body.ts'
import type { LadderStep, SqliteStore, VersionWrite } from '../types.ts'

interface Data {
  readonly store: SqliteStore
  readonly write: VersionWrite
  readonly step: LadderStep
}

const app = (steps: string) => ({
  'src/db.ts': `import * as SQLite from 'expo-sqlite'

export const db = SQLite.openDatabaseSync('app.db')

export async function migrate() {
  const row = await db.getFirstAsync<{ user_version: number }>('PRAGMA user_version')
  const version = row?.user_version ?? 0
${steps}
}
`,
})

export const versionOutsideTransaction: Rule<SqliteStore, Data> = {
  id: 'sqlite/version-outside-transaction',
  severity: 'warning',
  on: 'store',
  docs: {
    what: '`PRAGMA user_version = …` runs after the transaction of its step, or once for steps that run without one.',
    why: 'When the app is closed between the two, the step runs again at the next start and fails with `duplicate column name`: the database cannot be opened any more. Inside a transaction the pragma is rolled back with it.',
    fix: 'Moves the statement into the transaction of the step.',
  },
  *check(store) {
    const { ladder } = store
    for (const write of ladder?.writes ?? []) {
      if (write.inTransaction !== false) continue
      const steps = write.step ? [write.step] : stepsBefore(store, write)
      const open = steps.find(step => step.complete && isApart(store, step) && step.texts.some(isOnce))
      if (!open) continue
      const { value } = open.version
      yield {
        at: write.call.at,
        message: `The step to version ${value} is done before this is written: when the app is closed in between, the step runs again and fails, and the database cannot be opened any more. Write the version in the same transaction.`,
        related: [{ at: open.at, message: `The step to version ${value}` }],
        data: { store, write, step: open },
      }
    }
  },
  fix: ({ data }, context) => moveInside(data, context),
  examples: [
    {
      name: 'behind the transaction of the step',
      project: expoSqlite,
      files: app(`  if (version < 1) {
    await db.withTransactionAsync(async () => {
      await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)')
    })
    await db.execAsync('PRAGMA user_version = 1')
//        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the step runs again
  }`),
      fixed: app(`  if (version < 1) {
    await db.withTransactionAsync(async () => {
      await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)')
      await db.execAsync('PRAGMA user_version = 1')
    })
  }`),
    },
    {
      name: 'once for all steps',
      project: expoSqlite,
      files: app(`  if (version < 1) await db.execAsync('CREATE TABLE tasks (id INTEGER PRIMARY KEY)')
  if (version < 2) await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
  await db.execAsync('PRAGMA user_version = 2')
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The step to version 1`),
    },
    {
      name: 'inside the transaction, and steps that may run again',
      project: expoSqlite,
      files: app(`  if (version < 1) {
    await db.execAsync('CREATE TABLE IF NOT EXISTS tasks (id INTEGER PRIMARY KEY)')
    await db.execAsync('PRAGMA user_version = 1')
  }
  if (version < 2) {
    await db.withTransactionAsync(async () => {
      await db.execAsync('ALTER TABLE tasks ADD COLUMN note TEXT')
      await db.execAsync('PRAGMA user_version = 2')
    })
  }`),
    },
  ],
}

/** The steps that a write behind all of them is for: those that write no version of their own. */
function stepsBefore({ ladder }: SqliteStore, { call, value }: VersionWrite): readonly LadderStep[] {
  if (!ladder || ladder.fresh?.texts.some(text => text.call === call)) return []
  // A loop runs the steps of a list, and writes the version for each of them or behind it.
  if (ladder.shape === 'list') return ladder.steps.filter(step => step.inTransaction === false)
  const { steps, writes } = ladder
  const last = steps.at(-1)
  if (!last || call.at.file !== last.body.file || call.at.span.start < last.body.span.end) return []
  return steps.filter(
    step => !writes.some(write => write.step === step) && (value === undefined || step.version.value <= value),
  )
}

/** True where a step certainly has a transaction that is over, or none. */
function isApart({ scope, transactions }: SqliteStore, { inTransaction, texts }: LadderStep): boolean {
  if (inTransaction !== undefined) return true
  const calls = texts.map(text => text.call).filter(call => !versionWritten(call))
  return calls.every(call => call.transaction ?? transactionAround(scope, transactions, call.at.file, call.fn))
}

/** True for a text that fails when it is run again. */
const isOnce = ({ sql: { text } }: LadderStep['texts'][number]): boolean =>
  definitionsIn(text).some(({ kind, isTemporary, statement }) => {
    const words = text.slice(statement.start, statement.end)
    if (isTemporary) return false
    return kind === 'alter' || !/\bif\s+(?:not\s+)?exists\b/i.test(words)
  })

/** The write, when it stands right behind the transaction of its step, becomes the last statement in it. */
function moveInside({ store, write, step }: Data, context: FixContext): Fix | undefined {
  const { file, value } = write.call.call
  const text = context.text(file)
  if (text === undefined || write.step !== step) return undefined
  const start = startOfStatement(text, value.at.start)
  const before = store.transactions.find(
    one =>
      one.call.file === file &&
      one.call.value.at.end < start &&
      contains(step.body.span, one.call.value.at) &&
      /^;?\s*$/.test(text.slice(one.call.value.at.end, start)),
  )
  const body = before?.body?.file === file ? store.scope.usage(file)?.functions[before.body.fn]?.bodyAt : undefined
  if (!before || !body || text[body.start] !== '{' || before.ownHandle !== undefined) return undefined
  const style = styleOf(text)
  const inside = text.slice(body.start + 1, body.end - 1)
  const at = body.start + 1 + inside.trimEnd().length
  const end = value.at.end + (text[value.at.end] === ';' ? 1 : 0)
  const statement = text.slice(start, end)
  const indent = lineIndent(text, before.call.value.at.start) + style.indent
  const lineStart = text.lastIndexOf('\n', start - 1)
  return {
    title: 'Move into the transaction',
    safe: false,
    edits: [
      { file, start: at, end: at, text: `${style.newline}${indent}${statement}` },
      { file, start: text[lineStart - 1] === '\r' ? lineStart - 1 : lineStart, end, text: '' },
    ],
  }
}
