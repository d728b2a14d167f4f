// A transaction is given an async function.
import type { Located } from '../../../catalog/scope.ts'
import type { CallFact, FunctionFact } from '../../../facts/file-facts.ts'
import type { Rule } from '../../../rules/rule.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { hoistAwaits } from '../../../write/hoist-awaits.ts'
import { callIndex } from '../code/call-index.ts'
import { methodCall } from '../code/method-call.ts'
import { realmOf } from '../code/realm-of.ts'
import { realm12, realmApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly id: number
  readonly fact: CallFact
}

const save = (body: string, head = '') => `import type Realm from 'realm'
import { load } from './load'

${head}export async function save(realm: Realm, url: string) {
${body}
}
`
const app = (body: string, head = '') =>
  realmApp({
    files: {
      'src/load.ts': `export async function load(url: string) {
  return (await fetch(url)).json()
}
`,
      'src/save.ts': save(body, head),
    },
  })

export const asyncWrite: Rule<CodeOfFile, Data> = {
  id: 'realm/async-write',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'The function that is given to `realm.write()` is async, or returns a promise.',
    why: 'The transaction ends when the function returns, which is at its first `await`. What comes behind it fails with `Cannot modify managed objects outside of a write transaction`, and an error no longer undoes what was written before.',
    fix: 'Awaits first, and writes in one synchronous function.',
  },
  *check(code) {
    const { scope, file } = code
    for (const { call, fact } of callIndex(scope.usage(file)).byName.get('write') ?? []) {
      const method = methodCall(call)
      const [argument] = call.args
      if (!method || !argument || argument.kind === 'spread') continue
      const found = scope.follow({ value: argument, file })
      if (found.value.kind !== 'function' || !realmOf(code, { value: method.of, file })) continue
      const { id } = found.value
      const fn = scope.usage(found.file)?.functions[id]
      if (!fn || fn.isGenerator) continue
      const isInline = argument.kind === 'function'
      const message =
        'The transaction ends at the first "await": what is written behind it throws, and an error undoes nothing. Await before "write", and write in a synchronous function.'
      if (fn.isAsync) {
        yield {
          at: { file, span: isInline ? fn.nameAt : argument.at },
          message,
          ...(isInline && { data: { code, id, fact } }),
        }
        continue
      }
      const promise = promiseOf(code, fn, found.file)
      if (!promise) continue
      yield {
        at: { file, span: isInline ? promise.at : argument.at },
        message: `This function returns a promise, and the transaction does not wait for it. ${message}`,
      }
    }
  },
  fix({ data }, context) {
    if (!data) return undefined
    const { code, id, fact } = data
    const { file, scope } = code
    const bindings = scope.module(file)?.bindings
    const own = { file, text: context.text(file), usage: scope.usage(file), bindings, walk: walkValue }
    const edits = hoistAwaits(own, id, fact.fn, fact.value.at.start)
    if (!edits) return undefined
    const isPlain = edits.length === 1
    return { title: isPlain ? 'Remove async' : 'Await before the transaction', safe: isPlain, edits }
  },
  examples: [
    {
      name: 'what is written is awaited in the transaction',
      project: realm12,
      files: app(`  realm.write(async () => {
  //          ^^^^^ ends at the first "await"
    const tasks = await load(url)
    for (const task of tasks) realm.create('Task', task)
  })`),
      fixed: {
        'src/save.ts': save(`  const tasks = await load(url)
  realm.write(() => {
    for (const task of tasks) realm.create('Task', task)
  })`),
      },
    },
    {
      name: 'two that depend on one another, one without a name',
      project: realm12,
      files: app(`  await realm.write(async () => {
  //                ^^^^^ ends at the first "await"
    const answer = await fetch(url)
    const body = await answer.json()
    const task = realm.create('Task', { title: body.title })
    task.text = await load(url)
  })`),
      fixed: {
        'src/save.ts': save(`  const answer = await fetch(url)
  const body = await answer.json()
  const text = await load(url)
  await realm.write(() => {
    const task = realm.create('Task', { title: body.title })
    task.text = text
  })`),
      },
    },
    {
      name: 'async for nothing',
      project: realm12,
      files: app(`  realm.write(async () => {
  //          ^^^^^ ends at the first "await"
    realm.create('Task', { title: url })
  })`),
      fixed: {
        'src/save.ts': save(`  realm.write(() => {
    realm.create('Task', { title: url })
  })`),
      },
    },
    {
      name: 'functions with a name, promises that are returned, a realm that is awaited',
      project: realm12,
      files: app(
        `  realm.write(fill)
  //          ^^^^ ends at the first "await"
  realm.write(() => load(url))
  //                ^^^^^^^^^ returns a promise
  realm.write(() => Promise.all([]))
  //                ^^^^^^^^^^^^^^^ returns a promise
  const opened = await openRealm()
  opened.write(async () => {})
  //           ^^^^^ ends at the first "await"`,
        `import { openRealm } from './db/realm'

const fill = async () => {}

`,
      ),
    },
    {
      name: 'synchronous functions, and what is no realm',
      project: realm12,
      files: app(`  realm.write(() => {
    realm.create('Task', { title: url })
  })
  realm.write(() => realm.create('Task', { title: url }))
  await database.write(async () => {})
  stream.write(async () => {})`),
    },
  ],
}

/** What a function returns that certainly is a promise. */
function promiseOf(code: CodeOfFile, fn: FunctionFact, file: string): Value | undefined {
  return fn.returns.find(value => isPromise(code, { value, file }))
}

function isPromise({ scope }: CodeOfFile, { value, file }: Located): boolean {
  if (value.kind !== 'call') return false
  const { callee } = value
  const isGlobal = (of: Value) => of.kind === 'name' && of.key === undefined && of.name === 'Promise'
  if (isGlobal(callee) || (callee.kind === 'member' && isGlobal(callee.of))) return true
  if (callee.kind === 'member' && callee.name === 'then') return true
  const found = value.isNew ? undefined : scope.follow({ value: callee, file })
  return found?.value.kind === 'function' && scope.usage(found.file)?.functions[found.value.id]?.isAsync === true
}
