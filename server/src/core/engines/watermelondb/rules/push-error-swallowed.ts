// pushChanges hides an error of the server, so that what it refused counts as sent.
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { generatedSync } from '../code/generated-sync.ts'
import { syncsOf } from '../code/read-sync.ts'
import { type Swallowed, swallowedErrors } from '../code/swallowed-errors.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

const file = (body: string) => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () =>
  synchronize({
    database,
    pullChanges: async ({ lastPulledAt }) => pull(lastPulledAt),
    pushChanges: async ({ changes }) => {
${body}
    },
  })
`
const request = "fetch(url, { method: 'POST', body: JSON.stringify(changes) })"

export const pushErrorSwallowed: Rule<CodeOfFile, Swallowed> = {
  id: 'watermelondb/push-error-swallowed',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`pushChanges` catches errors without throwing again, or does not look at the response of `fetch`.',
    why: 'The rows are marked as synced although the server has not got them, and are never sent again.',
    fix: 'Throws the error again, or throws unless `response.ok`. Rows that the server refused may be returned as `experimentalRejectedIds`.',
  },
  *check(code) {
    for (const { push } of syncsOf(code))
      for (const found of push ? swallowedErrors(code, push) : [])
        yield {
          at: found.at,
          message:
            found.kind === 'catch'
              ? 'The push fails, this goes on, and the rows are marked as synced: they are never sent again. Throw the error again.'
              : '"fetch" does not fail when the server answers with an error, so rows that it refused are marked as synced and never sent again. Throw unless response.ok.',
          data: found,
        }
  },
  fix: ({ data }, context) => (data.kind === 'catch' ? rethrow(data, context) : testResponse(data, context)),
  instead: generatedSync,
  examples: [
    {
      name: 'a catch that only logs',
      files: exampleApp({
        files: {
          'src/sync.ts': file(`      try {
        const response = await ${request}
        if (!response.ok) throw new Error('refused')
      } catch (error) {
   //   ^^^^^ never sent again
        console.error(error)
      }`),
        },
      }),
      fixed: {
        'src/sync.ts': file(`      try {
        const response = await ${request}
        if (!response.ok) throw new Error('refused')
      } catch (error) {
        console.error(error)
        throw error
      }`),
      },
    },
    {
      name: 'a response that nobody looks at',
      files: exampleApp({
        files: {
          'src/sync.ts': file(`      const response = await ${request}
      //                     ^^^^^ Throw unless response.ok
      console.log(await response.text())`),
        },
      }),
      fixed: {
        'src/sync.ts': file(`      const response = await ${request}
      if (!response.ok) throw new Error(await response.text())
      console.log(await response.text())`),
      },
    },
    {
      name: 'a response that is dropped, in a function of its own',
      files: exampleApp({
        files: {
          'src/send.js': `const url = '/push'

export async function send(changes) {
  await ${request}
  //    ^^^^^ Throw unless response.ok
}
`,
          'src/sync.js': `import { send } from './send'\n${file('      await send(changes)')}`,
        },
      }),
      fixed: {
        'src/send.js': `const url = '/push'

export async function send(changes) {
  const response = await ${request}
  if (!response.ok) throw new Error(await response.text())
}
`,
      },
    },
    {
      name: 'errors that are thrown again, responses that are tested or given away, rejected rows, other clients',
      files: exampleApp({
        files: {
          'src/sync.ts': file(`      try {
        const response = await ${request}
        await check(response)
      } catch (error) {
        console.error(error)
        throw error
      }`),
          'src/tested.ts': file(`      const response = await ${request}
      if (!response.ok) throw new Error(await response.text())`),
          'src/rejected.ts': file(`      try {
        await api.post('/push', changes)
      } catch (error) {
        return { experimentalRejectedIds: error.ids }
      }`),
          'src/handled.ts': file(`      try {
        await api.post('/push', changes)
      } catch (error) {
        handle(error)
      }`),
          'src/later.ts': file(`      let failed
      try {
        await api.post('/push', changes)
      } catch (error) {
        failed = error
      }
      if (failed) throw failed`),
          'src/logged.ts': file("      await api.post('/push', changes).catch(error => handle(error))"),
          'src/axios.ts': file("      await axios.post('/push', changes)"),
        },
      }),
    },
  ],
}

/** `throw error` as the last statement of the catch. */
function rethrow({ at, clause }: Swallowed & { kind: 'catch' }, context: FixContext): Fix | undefined {
  const text = context.text(at.file)
  if (text === undefined || clause.returns) return undefined
  const own = text.slice(clause.at.start, clause.at.end)
  const head = /^catch(\s*)(?:\(\s*([\w$]+)\s*(?::[^)]*)?\)\s*)?\{/.exec(own)
  if (!head || !own.endsWith('}')) return undefined
  const style = styleOf(text)
  const name = head[2] ?? 'error'
  const edits: TextEdit[] = []
  const insert = (offset: number, inserted: string) =>
    edits.push({ file: at.file, start: offset, end: offset, text: inserted })
  if (!head[2]) insert(clause.at.start + 'catch'.length, ' (error)')
  const inside = own.slice(head[0].length, -1)
  const end = clause.at.start + head[0].length + inside.trimEnd().length
  const indent = lineIndent(text, clause.at.start)
  const isOneLine = !inside.includes('\n') && inside.trim() !== ''
  if (isOneLine) insert(end, `${/[;{]$/.test(inside.trimEnd()) ? '' : ';'} throw ${name}${style.semicolon}`)
  else if (inside.includes('\n')) insert(end, `${style.newline}${indent}${style.indent}throw ${name}${style.semicolon}`)
  else insert(end, ` throw ${name}${style.semicolon} `)
  return { title: 'Throw the error again', safe: false, edits }
}

/** `if (!response.ok) throw …` behind the request. */
function testResponse(
  { at, call, use, into, isAsync }: Swallowed & { kind: 'fetch' },
  context: FixContext,
): Fix | undefined {
  const text = context.text(at.file)
  if (text === undefined || !isAsync) return undefined
  const style = styleOf(text)
  const lineStart = text.lastIndexOf('\n', call.at.start - 1) + 1
  const before =
    /^(\s*)((?:const|let|var)\s+([\w$]+)\s*(?::[^=]*)?=\s*await\s+|await\s+|return\s+(?:await\s+)?|)$/.exec(
      text.slice(lineStart, call.at.start),
    )
  const behind = /^[ \t]*;?[ \t]*(?=\r?\n)/.exec(text.slice(call.at.end))
  if (!before || !behind || (into !== undefined && before[3] === undefined)) return undefined
  const indent = before[1] ?? ''
  const name = before[3] ?? 'response'
  const edits: TextEdit[] = []
  if (before[3] === undefined)
    edits.push({ file: at.file, start: lineStart + indent.length, end: call.at.start, text: `const ${name} = await ` })
  const end = call.at.end + behind[0].trimEnd().length
  const test = `if (!${name}.ok) throw new Error(await ${name}.text())${style.semicolon}`
  edits.push({ file: at.file, start: end, end, text: `${style.newline}${indent}${test}` })
  return { title: use === 'returned' ? 'Test response.ok' : 'Throw unless response.ok', safe: false, edits }
}
