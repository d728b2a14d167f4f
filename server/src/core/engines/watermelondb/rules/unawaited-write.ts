// A writer does not wait for a change that it makes.

import { type Home, nameOfCall } from '../../../catalog/call-index.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { Span } from '../../../text/span.ts'
import { methodCall } from '../code/read-collection.ts'
import { createWriterReader, recordWrites, type WriterReader } from '../code/read-writer.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly call: CallValue
  /** The function that could await it. */
  readonly canAwait: boolean
  /** The callback of a loop that is to become `for…of`. */
  readonly loop: number | undefined
}

const names = [...recordWrites, 'create', 'batch']

/** The loop whose callback `fn` is: `list.forEach(fn)`, or `list.map(fn)` whose result is dropped. */
function loopOf(writers: WriterReader, fn: number | undefined): Home | undefined {
  const home = fn === undefined ? undefined : writers.index.homes.get(fn)
  if (!home?.call || home.index !== 0 || home.prop !== undefined) return undefined
  const isDropped = home.fact.value === home.call && home.fact.use === 'statement'
  const name = nameOfCall(home.call)
  return isDropped && (name === 'forEach' || name === 'map') ? home : undefined
}

/** True where `fn` is the work of a writer, or a loop in it. */
function isInWriter(writers: WriterReader, fn: number | undefined): boolean {
  for (let at = fn; at !== undefined; ) {
    const work = writers.workOf(at)
    if (work) return work.kind === 'write'
    const loop = loopOf(writers, at)
    if (!loop) return false
    at = loop.fact.fn
  }
  return false
}

/** True for `call.then(…)`, when no `.catch()` hears of an error. */
function isUncaught(value: Value, call: CallValue): boolean {
  if (value === call) return true
  const method = methodCall(value)
  const isThen = method?.name === 'finally' || (method?.name === 'then' && method.call.args.length === 1)
  return method !== undefined && isThen && isUncaught(method.of, call)
}

const Post = "static table = 'posts'\n@text('title') title!: string"
const file = (body: string) => `import { database } from './db'
import type { Post } from './models/Post'

export const finish = (posts: Post[], post: Post) =>
  database.write(async () => {
${body}
  })
`

export const unawaitedWrite: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/unawaited-write',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A writer starts a change and does not wait for it, or changes records in `forEach(async …)`.',
    why: 'The writer may end first: an error goes unseen, and changes that come later throw because they run outside of a writer.',
    fix: 'Awaits the change, or turns `forEach` into a `for…of` loop that awaits each one.',
  },
  *check(code) {
    const writers = createWriterReader(code)
    const loops = new Set<CallValue>()
    for (const name of names)
      for (const { call, fact, isOuter } of writers.index.byName.get(name) ?? []) {
        const fn = fact.fn === undefined ? undefined : writers.functionOf(fact.fn)
        const loop = loopOf(writers, fact.fn)
        const isChained = !isOuter && fact.use === 'statement' && isUncaught(fact.value, call)
        const isDropped =
          isChained ||
          (isOuter && (fact.use === 'statement' || (fact.use === 'returned' && loop !== undefined && !fn?.isAsync)))
        const asyncLoop = fn?.isAsync ? loop : undefined
        if ((!isDropped && !asyncLoop) || !isInWriter(writers, fact.fn)) continue
        const write = writers.writeOf(call, fact.fn)
        if (!write) continue
        const through = (asyncLoop ?? (isDropped && fact.use === 'returned' ? loop : undefined))?.call
        if (through && loops.has(through)) continue
        if (through) loops.add(through)
        const at: Span = through?.callee.kind === 'member' ? through.callee.nameAt : write.nameAt
        yield {
          at: { file: code.file, span: at },
          message: through
            ? `The writer does not wait for "${nameOfCall(through)}" and may end before "${name}" is done: errors go unseen and later changes throw. Use a for…of loop with await.`
            : `The writer does not wait for "${name}": errors go unseen, and what comes after the writer has ended throws. Await it.`,
          data: {
            code,
            call: through ?? call,
            // What a chain calls later may open a writer, and must then not be awaited here.
            canAwait: fn?.isAsync === true && !loop && !isChained,
            loop: through ? fact.fn : undefined,
          },
        }
      }
  },
  fix({ data }, context) {
    const { code, call, canAwait, loop } = data
    if (loop !== undefined) return forOf(data, loop, context)
    if (!canAwait) return undefined
    const { start } = call.at
    return { title: 'Add await', safe: true, edits: [{ file: code.file, start, end: start, text: 'await ' }] }
  },
  examples: [
    {
      name: 'a change that is dropped',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    post.update(() => {})
    //   ^^^^^^ does not wait for "update"
    await database.get<Post>('posts').create(() => {})`),
        },
      }),
      fixed: {
        'src/finish.ts': file(`    await post.update(() => {})
    await database.get<Post>('posts').create(() => {})`),
      },
    },
    {
      name: 'forEach with an async function',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    posts.forEach(async one => {
    //    ^^^^^^^ Use a for…of loop
      await one.update(() => {})
      await one.markAsDeleted()
    })`),
        },
      }),
      fixed: {
        'src/finish.ts': file(`    for (const one of posts) {
      await one.update(() => {})
      await one.markAsDeleted()
    }`),
      },
    },
    {
      name: 'a chain that nobody waits for, on a collection whose table is not known',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    database.get(table).create(() => {}).then(() => {})
    //                  ^^^^^^ does not wait for "create"
    post.update(() => {}).catch(console.error)`),
        },
      }),
    },
    {
      name: 'changes that are awaited, returned or collected',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    const all = [post.update(() => {})]
    all.push(post.markAsDeleted())
    await Promise.all(posts.map(async one => {
      await one.update(() => {})
    }))
    posts.forEach(one => one.prepareUpdate(() => {}))
    posts.forEach(one => all.push(one.markAsDeleted()))
    map.update(() => {})
    await Promise.all(all)
    return post.update(() => {})`),
        },
      }),
    },
  ],
}

/** `list.forEach(async one => {…})` as `for (const one of list) {…}`. */
function forOf({ code, call }: Data, loop: number, context: FixContext): Fix | undefined {
  const { file: path, scope } = code
  const text = context.text(path)
  const fn = scope.usage(path)?.functions[loop]
  const list = call.callee.kind === 'member' ? call.callee.of : undefined
  if (text === undefined || !fn?.bodyAt || !list || !fn.isAsync || fn.params.length !== 1) return undefined
  const body = text.slice(fn.bodyAt.start, fn.bodyAt.end)
  const head = /^async\s*(?:\(\s*([\w$]+)\s*(?::[^)]*)?\)|([\w$]+))\s*=>\s*$/.exec(
    text.slice(fn.at.start, fn.bodyAt.start),
  )
  const name = head?.[1] ?? head?.[2]
  const outer = fn.parent === undefined ? undefined : scope.usage(path)?.functions[fn.parent]
  if (!name || !body.startsWith('{') || /\breturn\b/.test(body) || !outer?.isAsync) return undefined
  const edits = [
    {
      file: path,
      start: call.at.start,
      end: fn.bodyAt.start,
      text: `for (const ${name} of ${text.slice(list.at.start, list.at.end)}) `,
    },
    { file: path, start: fn.bodyAt.end, end: call.at.end, text: '' },
  ]
  return { title: 'Use a for…of loop', safe: false, edits }
}
