// synchronize() may run twice at once, or fail with nobody to hear of it.

import { nameOfCall } from '../../../catalog/call-index.ts'
import type { Rule } from '../../../rules/rule.ts'
import { contains, type Place, type Span } from '../../../text/span.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { callIndex } from '../code/call-index.ts'
import { generatedSync } from '../code/generated-sync.ts'
import { type SyncCall, syncsOf } from '../code/read-sync.ts'
import { wrap } from '../code/write-call.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly at: Place
  readonly call: Span
  /** The statement of the file in which it stands. */
  readonly statement: Span
  readonly name: string
}

const guardName = /sync|running|progress|flight|lock|mutex|busy|pending|promise|queue/i

/** True where a variable or member that may tell of a running sync is set in the file, or a lock is used. */
function isGuarded(code: CodeOfFile): boolean {
  const usage = code.scope.usage(code.file)
  const bindings = Object.values(code.scope.module(code.file)?.bindings ?? {})
  const isSet = bindings.some(one => one.kind === 'let' && one.value === undefined && guardName.test(one.name))
  const isAssigned = usage?.assigns.some(
    one =>
      one.target.kind === 'member' &&
      /^(?:current|\w*(?:sync|running|progress|flight|lock|busy|pending)\w*)$/i.test(one.target.name ?? ''),
  )
  const names = [...callIndex(usage).byName.keys()]
  return (
    isSet ||
    isAssigned === true ||
    names.some(name => /runExclusive|acquire|mutex|lock|useMutation|useQuery|enqueue|debounce|throttle/i.test(name))
  )
}

/** True where the promise is caught in this file, around the call or around a call of a function that makes it. */
function isCaught(code: CodeOfFile, sync: SyncCall): boolean {
  const usage = code.scope.usage(code.file)
  const catches = usage?.functions.flatMap(fn => fn.catches) ?? []
  const isCovered = (at: Span) => catches.some(clause => contains(clause.tryAt, at))
  if (isCovered(sync.call.value.at)) return true
  for (let at = sync.fact.fn; at !== undefined; at = usage?.functions[at]?.parent) {
    const own = usage?.functions[at]
    const calls = (usage?.calls ?? []).filter(fact => fact.value.kind === 'call' && isCovered(fact.value.at))
    const key = Object.entries(code.scope.module(code.file)?.bindings ?? {}).find(
      ([, binding]) => binding.value?.kind === 'function' && binding.value.id === at,
    )?.[1].name
    const name = own?.name ?? key
    if (name !== undefined && calls.some(fact => fact.value.kind === 'call' && nameOfCall(fact.value) === name))
      return true
  }
  return false
}

const file = (body: string, before = '') => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

${before}export async function sync() {
${body}
}
`
const call = 'synchronize({ database, pullChanges })'

export const unguardedSync: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/unguarded-sync',
  severity: 'off',
  on: 'code',
  docs: {
    what: '`synchronize()` with nothing in its file that keeps two syncs apart, or that catches its errors.',
    why: 'The second of two syncs throws `Concurrent synchronization is not allowed`; an error that nobody catches leaves the app out of date without a word.',
    fix: 'Lets a call during a running sync wait for that one. The docs ask for one more try after an error.',
  },
  *check(code) {
    const syncs = syncsOf(code)
    if (syncs.length === 0) return
    const guarded = isGuarded(code)
    const bindings = Object.values(code.scope.module(code.file)?.bindings ?? {})
    for (const sync of syncs) {
      const call = sync.call.value.at
      const statement = bindings.find(one => one.statementAt && contains(one.statementAt, call))?.statementAt
      if (!guarded)
        yield {
          at: sync.at,
          message:
            'Nothing keeps two syncs apart: the second one throws "Concurrent synchronization is not allowed". Let it wait for the first.',
          ...(statement && { data: { at: sync.at, call, statement, name: 'syncing' } }),
        }
      if (!isCaught(code, sync))
        yield {
          at: sync.at,
          message:
            'Nobody catches an error of this sync, so the app stays out of date without a word. Catch it and try once more.',
        }
    }
  },
  fix({ data }, context) {
    const text = data && context.text(data.at.file)
    if (text === undefined) return undefined
    const { at, call, statement, name } = data
    const style = styleOf(text)
    const indent = lineIndent(text, call.start)
    const type = isJavaScript(at.file) ? '' : ': Promise<void> | undefined'
    const held = `let ${name}${type}${style.semicolon}${style.newline}${style.newline}`
    const reset = `.finally(() => {${style.newline}${indent}${style.indent}${name} = undefined${style.semicolon}${style.newline}${indent}})`
    const edits = [
      { file: at.file, start: statement.start, end: statement.start, text: held },
      ...wrap(at.file, call, `(${name} ??= `, `${reset})`),
    ]
    return { title: 'Wait for a running sync', safe: false, edits }
  },
  instead: generatedSync,
  examples: [
    {
      name: 'nothing around it',
      files: exampleApp({
        files: {
          'src/sync.ts': file(`  await ${call}
  //    ^^^^^^^^^^^ keeps two syncs apart
  //    ^^^^^^^^^^^ Nobody catches`),
        },
      }),
      fixed: {
        'src/sync.ts': file(
          `  await (syncing ??= ${call}.finally(() => {
    syncing = undefined
  }))`,
          'let syncing: Promise<void> | undefined\n\n',
        ),
      },
    },
    {
      name: 'a guard and a catch',
      files: exampleApp({
        files: {
          'src/sync.ts': file(
            `  if (isRunning) return
  isRunning = true
  try {
    await ${call}
  } catch (error) {
    console.error(error)
  }
  isRunning = false`,
            'let isRunning = false\n\n',
          ),
        },
      }),
    },
  ],
}
