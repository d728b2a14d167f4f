// An async function sets the fields of a record.

import type { CallFact } from '../../../facts/file-facts.ts'
import type { Rule } from '../../../rules/rule.ts'
import { type CallValue, walkValue } from '../../../source/value.ts'
import { hoistAwaits } from '../../../write/hoist-awaits.ts'
import { collectionOf, methodCall } from '../code/read-collection.ts'
import { createWriterReader } from '../code/read-writer.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly id: number
  readonly call: CallValue
  readonly fact: CallFact
}

const Post = "static table = 'posts'\n@text('title') title!: string"
const code = (body: string) => `import { database } from './db'
import type { Post } from './models/Post'

export async function rename(post: Post) {
  await database.write(async () => {
${body}
  })
}
`

export const asyncUpdater: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/async-updater',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'The function given to `create`, `update`, `prepareCreate` or `prepareUpdate` is async.',
    why: 'It throws `Unexpected Promise. Passed function should be synchronous`, and the compiler does not see it.',
    fix: 'Awaits before the call and makes the function synchronous.',
  },
  *check(code) {
    const writers = createWriterReader(code)
    for (const name of ['create', 'prepareCreate', 'update', 'prepareUpdate'])
      for (const { call, fact } of writers.index.byName.get(name) ?? []) {
        const argument = call.args[0]
        if (!argument) continue
        const found = code.scope.follow({ value: argument, file: code.file })
        if (found.value.kind !== 'function') continue
        const { id } = found.value
        const fn = code.scope.usage(found.file)?.functions[id]
        const of = methodCall(call)?.of
        if (!fn?.isAsync || !of) continue
        const isLibrarys = /create/i.test(name)
          ? collectionOf(code, { value: of, file: code.file }, fact.fn) !== undefined
          : writers.records
              .recordOf(of, fact.fn)
              ?.models.every(one => !one.members.some(member => member.name === name))
        if (!isLibrarys) continue
        const isInline = argument.kind === 'function'
        yield {
          at: { file: code.file, span: isInline ? fn.nameAt : argument.at },
          message: `"${name}" needs a synchronous function: this one is async, so the call throws and nothing is saved. Await before the call.`,
          ...(isInline && { data: { code, id, call, fact } }),
        }
      }
  },
  fix({ data }, context) {
    const { file, scope } = data.code
    const bindings = scope.module(file)?.bindings
    const code = { file, text: context.text(file), usage: scope.usage(file), bindings, walk: walkValue }
    const edits = hoistAwaits(code, data.id, data.fact.fn, data.fact.value.at.start)
    if (!edits) return undefined
    const isPlain = edits.length === 1
    return { title: isPlain ? 'Remove async' : 'Await before the call', safe: isPlain, edits }
  },
  examples: [
    {
      name: 'an updater that awaits',
      files: exampleApp({
        models: { Post },
        files: {
          'src/rename.ts': code(`    await post.update(async changed => {
      //              ^^^^^ needs a synchronous function
      changed.title = await Promise.resolve('new')
    })`),
        },
      }),
      fixed: {
        'src/rename.ts': code(`    const title = await Promise.resolve('new')
    await post.update(changed => {
      changed.title = title
    })`),
      },
    },
    {
      name: 'async for nothing, and a function with a name',
      files: exampleApp({
        models: { Post },
        files: {
          'src/rename.ts': code(`    const fill = async (made: Post) => {}
    const collection = database.get<Post>('posts')
    await collection.create(async () => {})
    //                      ^^^^^ async
    await collection.create(fill)
    //                      ^^^^ async`),
        },
      }),
      fixed: {
        'src/rename.ts': code(`    const fill = async (made: Post) => {}
    const collection = database.get<Post>('posts')
    await collection.create(() => {})
    await collection.create(fill)`),
      },
    },
    {
      name: 'functions of other libraries, synchronous functions, an update of the app',
      files: exampleApp({
        models: { Post: `${Post}\nasync update(fill: () => Promise<void>) {\n  await fill()\n}` },
        files: {
          'src/rename.ts': code(`    await store.update(async () => {})
    await post.update(async () => {})
    await database.get<Post>('posts').create(made => {
      made.title = 'new'
    })`),
        },
      }),
    },
  ],
}
