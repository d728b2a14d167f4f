// A prepared change never reaches a batch, or a batch is given a record without one.

import { nameOfCall } from '../../../catalog/call-index.ts'
import type { Evidence, Fix, Rule } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { isMentionedOnce, isOwnRecord, isPassedOn } from '../code/prepared-records.ts'
import { collectionOf } from '../code/read-collection.ts'
import { createWriterReader, type WriterReader } from '../code/read-writer.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

/** Replace `at` by `text`, and take `cut` out. */
interface Data {
  readonly file: string
  readonly at: Span
  readonly text: string
  readonly cut: Span | undefined
}

const preparing = new Set(['prepareUpdate', 'prepareMarkAsDeleted', 'prepareDestroyPermanently'])
const prepared: Readonly<Record<string, string>> = {
  create: 'prepareCreate',
  update: 'prepareUpdate',
  markAsDeleted: 'prepareMarkAsDeleted',
  destroyPermanently: 'prepareDestroyPermanently',
}

type Found = Generator<Evidence<Data>>

/** `collection.prepareCreate()` whose result is dropped. */
function* droppedCreates(code: CodeOfFile, { index, functionOf }: WriterReader): Found {
  for (const { call, fact, isOuter } of index.byName.get('prepareCreate') ?? []) {
    const home = fact.fn === undefined ? undefined : index.homes.get(fact.fn)
    const isForEach = fact.use === 'returned' && home?.call !== undefined && nameOfCall(home.call) === 'forEach'
    if (!isOuter || (fact.use !== 'statement' && !isForEach) || call.callee.kind !== 'member') continue
    if (!collectionOf(code, { value: call.callee.of, file: code.file }, fact.fn)) continue
    const at = call.callee.nameAt
    const canAwait = fact.use === 'statement' && fact.fn !== undefined && functionOf(fact.fn)?.isAsync
    yield {
      at: { file: code.file, span: at },
      message:
        'The record of "prepareCreate" is dropped, so it is never saved. Pass it to database.batch(), or call create().',
      ...(canAwait && {
        data: { file: code.file, at, text: 'create', cut: { start: call.at.start, end: call.at.start } },
      }),
    }
  }
}

/** `record.prepareUpdate()` of a record that its function fetched, does not pass on and gives to no batch. */
function* lostUpdates(code: CodeOfFile, writers: WriterReader): Found {
  for (const name of preparing)
    for (const { call, fact, isOuter } of writers.index.byName.get(name) ?? []) {
      const { callee } = call
      if (!isOuter || fact.use !== 'statement' || callee.kind !== 'member' || callee.of.kind !== 'name') continue
      if (!isOwnRecord(code, writers, callee.of, fact.fn) || isPassedOn(code, writers, callee.of, fact.fn)) continue
      yield {
        at: { file: code.file, span: callee.nameAt },
        message: `"${callee.of.name}" is prepared but reaches no batch: nothing is saved, and its next update throws. Pass it to database.batch().`,
      }
    }
}

/** `batch(record.update())`: what is saved already, or no record at all, is no prepared change. */
function* unprepared(code: CodeOfFile, writers: WriterReader): Found {
  for (const { call, fact } of writers.index.byName.get('batch') ?? []) {
    if (call.args.length === 0 || !writers.writeOf(call, fact.fn)) continue
    const items = call.args.flatMap(arg => (arg.kind === 'array' ? arg.items : [arg]))
    for (const item of items) {
      if (
        item.kind === 'name' &&
        isOwnRecord(code, writers, item, fact.fn) &&
        isMentionedOnce(code, writers, item, fact.fn)
      )
        yield {
          at: { file: code.file, span: item.at },
          message: `"${item.name}" has no prepared change, so the batch throws and none of its changes is saved. Call ${item.name}.prepareUpdate() before.`,
        }
      const inner = item.kind === 'await' ? item.value : item
      const write = writers.writeOf(inner, fact.fn)
      const name = write && write.kind !== 'database' ? prepared[write.name] : undefined
      if (!write || !name) continue
      yield {
        at: { file: code.file, span: write.nameAt },
        message: `"${write.name}" saves by itself and prepares nothing, so the batch throws and none of its changes is saved. Use "${name}".`,
        data: {
          file: code.file,
          at: write.nameAt,
          text: name,
          cut: item === inner ? undefined : { start: item.at.start, end: inner.at.start },
        },
      }
    }
  }
}

const Post = "static table = 'posts'\n@text('title') title!: string"
const file = (body: string) => `import { database } from './db'
import type { Post } from './models/Post'

export const finish = (posts: Post[], post: Post) =>
  database.write(async () => {
${body}
  })
`
const collection = `database.get<Post>('posts')`

export const preparedNotBatched: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/prepared-not-batched',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'A prepared change is not passed to `database.batch()`, or a batch is given a record that is not prepared.',
    why: 'A change that reaches no batch is never saved, and the next update throws `Cannot update a record with pending changes`.',
    fix: 'Creates the record at once, or prepares the change that the batch is given.',
  },
  *check(code) {
    const writers = createWriterReader(code)
    yield* droppedCreates(code, writers)
    yield* lostUpdates(code, writers)
    yield* unprepared(code, writers)
  },
  fix({ data }): Fix | undefined {
    if (!data) return undefined
    const { file: path, at, text, cut } = data
    const edits = [{ file: path, start: at.start, end: at.end, text }]
    if (cut) edits.push({ file: path, ...cut, text: text === 'create' ? 'await ' : '' })
    return { title: `Use ${text}()`, safe: false, edits }
  },
  examples: [
    {
      name: 'a created record that is dropped',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    ${collection}.prepareCreate(() => {})
    //                          ^^^^^^^^^^^^^ is never saved`),
        },
      }),
      fixed: { 'src/finish.ts': file(`    await ${collection}.create(() => {})`) },
    },
    {
      name: 'an update that reaches no batch',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    const found = await ${collection}.find('1')
    found.prepareUpdate(() => {})
    //    ^^^^^^^^^^^^^ reaches no batch`),
        },
      }),
    },
    {
      name: 'a batch of changes that save themselves',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    await database.batch(post.update(() => {}), [await ${collection}.create(() => {})])
    //                        ^^^^^^ Use "prepareUpdate"
    //                                                                             ^^^^^^ Use "prepareCreate"`),
        },
      }),
      fixed: {
        'src/finish.ts': file(
          `    await database.batch(post.prepareUpdate(() => {}), [await ${collection}.create(() => {})])`,
        ),
      },
    },
    {
      name: 'a batch of a record as it was fetched',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    const found = await ${collection}.find('1')
    await database.batch(found)
    //                   ^^^^^ has no prepared change`),
        },
      }),
    },
    {
      name: 'prepared records on their way to a batch, falsy items',
      files: exampleApp({
        models: { Post },
        files: {
          'src/finish.ts': file(`    const list: Post[] = []
    const found = await ${collection}.find('1')
    found.prepareUpdate(() => {})
    list.push(found)
    posts.forEach(one => one.prepareUpdate(() => {}))
    post.prepareMarkAsDeleted()
    await database.batch(...posts, post, null, false && post, ...list, ...posts.map(() => ${collection}.prepareCreate(() => {})))`),
          'src/mark.ts': `export function mark(post: Post) {\n  post.prepareUpdate(() => {})\n}\n`,
        },
      }),
    },
  ],
}
