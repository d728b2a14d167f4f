// A file imports a tool that throws in release builds.
import type { ImportFact } from '../../../facts/file-facts.ts'
import type { Rule } from '../../../rules/rule.ts'
import { walkValue } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { callIndex } from '../code/call-index.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly fact: ImportFact
}

const module = '@nozbe/watermelondb/sync/debugPrintChanges'

export const debugImport: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/debug-import',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A file imports `sync/debugPrintChanges`.',
    why: 'The module throws when it is imported in a release build, so the app crashes at its start.',
    fix: 'Removes the import and its calls.',
  },
  *check(code) {
    const module = code.scope.module(code.file)
    for (const fact of module?.imports ?? []) {
      if (
        fact.typeOnly ||
        !/\/sync\/debugPrintChanges(?:\/index)?$/.test(fact.from) ||
        !code.library.isWatermelon(fact.from)
      )
        continue
      // What is required inside a function or a condition may run in development only.
      if (
        fact.names.length === 0 ||
        !fact.names.every(({ local }) => module?.bindings[local]?.import?.from === fact.from)
      )
        continue
      yield {
        at: { file: code.file, span: fact.fromAt },
        message:
          '"debugPrintChanges" throws when a release build imports it, so the app crashes at its start. Remove it.',
        data: { code, fact },
      }
    }
  },
  fix({ data: { code, fact } }, context) {
    const { file, scope } = code
    const text = context.text(file)
    const usage = scope.usage(file)
    if (text === undefined || !usage) return undefined
    const locals = new Set(fact.names.map(one => one.local))
    const isLocal = (value: { kind: string; key?: string }) => value.kind === 'name' && locals.has(value.key ?? '')
    const calls = [...locals]
      .flatMap(local => callIndex(usage).byName.get(local) ?? [])
      .filter(({ call }) => isLocal(call.callee))
    const mentions = usage.calls.flatMap(one => [...walkValue(one.value)].filter(isLocal))
    // Where it is used for more than statements, somebody has to look.
    if (mentions.length !== calls.length || calls.some(one => !one.isOuter || one.fact.use !== 'statement'))
      return undefined
    const line = (start: number, end: number): TextEdit => {
      const from = text.lastIndexOf('\n', start - 1) + 1
      const rest = /^[ \t]*;?[ \t]*(?:\r?\n)?/.exec(text.slice(end))?.[0].length ?? 0
      const isAlone = text.slice(from, start).trim() === ''
      return { file, start: isAlone ? from : start, end: end + rest, text: '' }
    }
    const edits = [line(fact.at.start, fact.at.end), ...calls.map(({ call }) => line(call.at.start, call.at.end))]
    return { title: 'Remove debugPrintChanges', safe: false, edits }
  },
  examples: [
    {
      name: 'an import',
      files: exampleApp({
        files: {
          'src/sync.ts': `import { database } from './db'
import debugPrintChanges from '${module}'
//                            ^^^^^^^^^^^^^^ crashes at its start

export async function pull() {
  const changes = { posts: { created: [], updated: [], deleted: [] } }
  debugPrintChanges(changes, false)
  return { changes, database }
}
`.replace(
            '//                            ^^^^^^^^^^^^^^',
            `//                            ${'^'.repeat(module.length + 2)}`,
          ),
        },
      }),
      fixed: {
        'src/sync.ts': `import { database } from './db'

export async function pull() {
  const changes = { posts: { created: [], updated: [], deleted: [] } }
  return { changes, database }
}
`,
      },
    },
    {
      name: 'in development only, and other modules',
      files: exampleApp({
        files: {
          'src/sync.ts': `import { synchronize } from '@nozbe/watermelondb/sync'
import debugPrintChanges from './debugPrintChanges'

if (__DEV__) {
  const print = require('${module}').default
  print({}, false)
}
`,
        },
      }),
    },
  ],
}
