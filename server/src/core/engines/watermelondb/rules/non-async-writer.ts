// The work of a writer is no promise.
import type { FunctionFact } from '../../../facts/file-facts.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Span } from '../../../text/span.ts'
import { createWriterReader } from '../code/read-writer.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly file: string
  readonly fn: FunctionFact
}

/** True when no value that the function gives can be a promise. */
function isNeverPromise(fn: FunctionFact | undefined): fn is FunctionFact {
  if (!fn?.bodyAt || fn.isAsync || fn.isGenerator) return false
  return fn.returns.length === 0 ? fn.canFallThrough : fn.returns.every(isPlain)
}

const plain: ReadonlySet<Value['kind']> = new Set([
  'string',
  'number',
  'boolean',
  'null',
  'undefined',
  'template',
  'array',
  'object',
])
const isPlain = (value: Value): boolean => plain.has(value.kind)

const seed = (work: string) => `import { database } from './db'

export const seed = () => database.write(${work})
`
const post = (method: string) => `static table = 'posts'\n@text('title') title!: string\n${method}`

export const nonAsyncWriter: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/non-async-writer',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'The function given to `database.write()` or `database.read()`, or a @writer or @reader method, returns no promise.',
    why: 'A development build throws `must be asynchronous`.',
    fix: 'Makes the function `async`.',
  },
  *check(code) {
    const writers = createWriterReader(code)
    const finding = (fn: FunctionFact, span: Span, name: string) => ({
      at: { file: code.file, span },
      message: `The work of "${name}" returns no promise, so it throws in development builds. Make it async.`,
      data: { file: code.file, fn },
    })
    if (isJavaScript(code.file))
      for (const name of ['write', 'read'])
        for (const { call, fact } of writers.index.byName.get(name) ?? []) {
          const [work] = call.args
          const fn = work?.kind === 'function' ? writers.functionOf(work.id) : undefined
          if (work?.kind !== 'function' || call.callee.kind !== 'member' || !isNeverPromise(fn)) continue
          if (writers.databaseOf(call.callee.of, fact.fn)) yield finding(fn, call.callee.nameAt, name)
        }
    for (const key of code.scope.classKeys(code.file)) {
      const members = code.scope.classOf(code.file, key)?.members ?? []
      for (const { fn: id, name, nameAt, decorators } of members) {
        const fn = id === undefined || decorators.length === 0 ? undefined : writers.functionOf(id)
        if (id !== undefined && isNeverPromise(fn) && writers.workOf(id)?.model) yield finding(fn, nameAt, name)
      }
    }
  },
  fix({ data: { file, fn } }, context) {
    const text = context.text(file)
    if (text === undefined) return undefined
    const start = fn.kind === 'method' ? fn.nameAt.start : fn.at.start
    const edits: TextEdit[] = [{ file, start, end: start, text: 'async ' }]
    const type = fn.returnType
    if (type && !/\bPromise\b/.test(type.text))
      edits.push({ file, start: type.at.start, end: type.at.end, text: `Promise<${type.text}>` })
    return { title: 'Make it async', safe: true, edits }
  },
  examples: [
    {
      name: 'a @writer method',
      files: exampleApp({
        models: {
          Post: post(`@writer clear() {
//      ^^^^^ returns no promise
  this.title.trim()
}
@writer touch(): number {
//      ^^^^^ Make it async
  return 1
}`),
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: post(`@writer async clear() {
  this.title.trim()
}
@writer touch(): number {
  return 1
}`),
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'JavaScript',
      files: exampleApp({
        files: {
          'src/seed.js': `${seed('() => {}')}//                                 ^^^^^ "write" returns no promise\n`,
        },
      }),
      fixed: { 'src/seed.js': seed('async () => {}') },
    },
    {
      name: 'promises, and what may be one',
      files: exampleApp({
        models: {
          Post: post(`@writer touch() {
  return this.update(() => {})
}
@writer async clear() {}
@writer fail() {
  throw new Error('never')
}
touched() {}`),
        },
        files: { 'src/seed.js': seed('() => prepare()'), 'src/typed.ts': seed('() => {}') },
      }),
    },
  ],
}
