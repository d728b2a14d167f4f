// A writer waits for another writer of the same database, which waits for the first.
import type { CallFact } from '../../../facts/file-facts.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { methodCall } from '../code/read-collection.ts'
import {
  createWriterReader,
  isSameDatabase,
  type Opening,
  promised,
  type Work,
  type WriterReader,
} from '../code/read-writer.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly file: string
  readonly call: CallValue
  readonly work: Work
  readonly opening: Opening
  readonly start: number
}

/** The calls that an awaited or returned call waits for. */
function waitedFor(fact: CallFact): readonly Value[] {
  const core = promised(fact.value)
  const method = methodCall(core)
  const isAll = method?.of.kind === 'name' && method.of.name === 'Promise' && /^(?:all|allSettled)$/.test(method.name)
  const [list] = isAll ? method.call.args : []
  return list?.kind === 'array' ? list.items.map(promised) : [core]
}

const titleOf = (work: Work): string => (work.kind === 'write' ? 'writer' : 'reader')

function* deadlocks(code: CodeOfFile, writers: WriterReader): Generator<Evidence<Data>> {
  for (const [id, facts] of writers.index.byFunction) {
    const work = id < 0 ? undefined : writers.workOf(id)
    const one = writers.functionOf(id)
    if (!work || !one) continue
    for (const fact of facts) {
      if (fact.use !== 'awaited' && fact.use !== 'returned') continue
      for (const value of waitedFor(fact)) {
        const opening = writers.openingOf(value, id)
        if (value.kind !== 'call' || !opening || !isSameDatabase(work.database, opening.database)) continue
        yield {
          at: { file: code.file, span: value.callee.kind === 'member' ? value.callee.nameAt : value.callee.at },
          message: `"${opening.title}" waits until this ${titleOf(work)} has ended, and this ${titleOf(work)} waits for it: neither ever ends, and no later write runs. ${opening.isImmediate ? 'Call it through callWriter()' : 'Call it after the writer'}.`,
          data: { file: code.file, call: value, work, opening, start: one.at.start },
        }
      }
    }
  }
}

/** `callWriter(() => …)` whose function calls no writer, but changes a record itself. */
function* misuses(code: CodeOfFile, writers: WriterReader): Generator<Evidence<Data>> {
  for (const name of ['callWriter', 'callReader'])
    for (const { call, fact } of writers.index.byName.get(name) ?? []) {
      const [argument] = call.args
      if (argument?.kind !== 'function' || call.callee.kind !== 'member' || !writers.workAround(fact.fn)) continue
      const inside = writers.index.byFunction.get(argument.id) ?? []
      const [first] = inside
      const write = first && writers.writeOf(promised(first.value), argument.id)
      if (!write && (first || writers.functionOf(argument.id)?.returns.length !== 0)) continue
      yield {
        at: { file: code.file, span: call.callee.nameAt },
        message: write
          ? `"${name}" must call a writer, but "${write.name}" is none: the call throws. Call "${write.name}" itself, as this already is a writer.`
          : `"${name}" must call a writer, but its function calls nothing, so it throws. Call a @writer method or database.write() in it.`,
      }
    }
}

const Post = (method: string) => `static table = 'posts'
@text('title') title!: string
@writer async rename(title: string) {
  await this.update(post => {
    post.title = title
  })
}
${method}`
const file = (body: string) => `import { database } from './db'
import type { Post } from './models/Post'

export async function finish(post: Post) {
${body}
}
`

export const nestedWriter: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/nested-writer',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A writer awaits another writer of the same database without `callWriter()`.',
    why: 'Writers run one after the other, so both wait for ever, and so does every later write of the app. There is no error.',
    fix: 'Calls it through `callWriter()`. Writers of another database, and calls that are not awaited, are fine.',
  },
  *check(code) {
    const writers = createWriterReader(code)
    const hasWork = ['write', 'read', 'action', 'callWriter', 'callReader'].some(name => writers.index.byName.has(name))
    if (!hasWork && code.scope.classKeys(code.file).length === 0) return
    yield* deadlocks(code, writers)
    yield* misuses(code, writers)
  },
  fix({ data }, context) {
    const text = data && context.text(data.file)
    if (text === undefined || !data.opening.isImmediate) return undefined
    const { file: path, call, work, opening, start } = data
    if (work.kind === 'read' && opening.kind === 'write') return undefined
    const method = work.kind === 'read' ? 'callReader' : opening.kind === 'read' ? 'callReader' : 'callWriter'
    const edits: TextEdit[] = []
    let caller = 'this'
    if (work.call) {
      const head = /^(async\s*)\(\s*(?:([\w$]+)\s*(?::[^)]*)?)?\)\s*=>|^(async\s+)([\w$]+)\s*=>/.exec(text.slice(start))
      if (!head) return undefined
      caller = head[2] ?? head[4] ?? 'writer'
      const open = start + (head[1]?.length ?? 0) + 1
      if (!head[2] && !head[4]) edits.push({ file: path, start: open, end: open, text: caller })
    }
    const { at } = call
    edits.push(
      { file: path, start: at.start, end: at.start, text: `${caller}.${method}(() => ` },
      { file: path, start: at.end, end: at.end, text: ')' },
    )
    return { title: `Use ${method}()`, safe: true, edits }
  },
  examples: [
    {
      name: 'a @writer method in another',
      files: exampleApp({
        models: {
          Post: Post("@writer async clear() {\n  await this.rename('')\n  //         ^^^^^^ neither ever ends\n}"),
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: { Post: Post("@writer async clear() {\n  await this.callWriter(() => this.rename(''))\n}") },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'database.write() in database.write(), and a method of a record',
      files: exampleApp({
        models: { Post: Post('') },
        files: {
          'src/finish.ts': file(`  await database.write(async () => {
    await post.rename('done')
    //         ^^^^^^ waits until this writer has ended
    return Promise.all([database.write(async () => {})])
    //                           ^^^^^ Call it through callWriter()
  })`),
        },
      }),
      fixed: {
        'src/finish.ts': file(`  await database.write(async (writer) => {
    await writer.callWriter(() => post.rename('done'))
    return Promise.all([database.write(async () => {})])
  })`),
      },
    },
    {
      name: 'a function with a writer of its own',
      files: exampleApp({
        models: { Post: Post('') },
        files: {
          'src/clear.ts': `import { database } from './db'

export async function clear(post: Post) {
  if (!post) throw new Error('no post')
  await database.write(async () => {})
}
export async function sometimes(isInWriter: boolean) {
  if (isInWriter) return
  await database.write(async () => {})
}
`,
          'src/finish.ts': `import { clear, sometimes } from './clear'\n${file(`  await database.write(async () => {
    await clear(post)
 //       ^^^^^ neither ever ends
    await sometimes(true)
  })`)}`,
        },
      }),
      fixed: {
        'src/finish.ts': `import { clear, sometimes } from './clear'\n${file(`  await database.write(async (writer) => {
    await writer.callWriter(() => clear(post))
    await sometimes(true)
  })`)}`,
      },
    },
    {
      name: 'callWriter() that calls no writer',
      files: exampleApp({
        models: {
          Post: Post(
            '@writer async clear() {\n  await this.callWriter(() => this.update(() => {}))\n  //         ^^^^^^^^^^ is none\n}',
          ),
        },
      }),
    },
    {
      name: 'callWriter(), calls that are not awaited, functions of other databases',
      files: exampleApp({
        models: {
          Post: Post(
            "@writer async clear() {\n  await this.callWriter(() => this.rename(''))\n  this.rename('later')\n}",
          ),
        },
        files: {
          'src/finish.ts': file(`  await database.write(async writer => {
    await writer.callWriter(() => post.rename('done'))
    database.write(async () => {})
    void post.rename('later')
    await realm.write(() => {})
    const fs = await file.write('text')
  })
  await post.rename('done')`),
        },
      }),
    },
  ],
}
