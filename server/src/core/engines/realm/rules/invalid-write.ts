// A transaction is opened in another one, or a primary key is changed.
import type { Rule } from '../../../rules/rule.ts'
import type { CallValue } from '../../../source/value.ts'
import { lineIndent } from '../../../write/style.ts'
import { callIndex } from '../code/call-index.ts'
import { candidates } from '../code/class-of.ts'
import { methodCall } from '../code/method-call.ts'
import { objectsOf } from '../code/objects-of.ts'
import { isSameRealm, realmOf } from '../code/realm-of.ts'
import { transactionAround } from '../code/transactions.ts'
import { realm12, realmApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly call: CallValue
  readonly isStatement: boolean
}

const Task = `primaryKey: '_id',
properties: { _id: 'int', title: 'string', parts: 'Task[]' },`
const save = (body: string) => `import type Realm from 'realm'

export function save(realm: Realm, other: Realm, titles: string[]) {
${body}
}
`
const app = (body: string) => realmApp({ classes: { Task }, files: { 'src/save.ts': save(body) } })

export const invalidWrite: Rule<CodeOfFile, Data> = {
  id: 'realm/invalid-write',
  severity: 'error',
  on: 'code',
  docs: {
    what: '`realm.write()` is called inside of `realm.write()`, or the primary key of an object is assigned.',
    why: 'Realm throws `The Realm is already in a write transaction`, or `Cannot change value of primary key outside migration function`, and the whole transaction is undone.',
    fix: 'Takes the inner `write` away, as its work belongs to the outer transaction. For another primary key create a new object and delete the old one.',
  },
  *check(code) {
    const { scope, file } = code
    for (const { call, fact, isOuter } of callIndex(scope.usage(file)).byName.get('write') ?? []) {
      const method = methodCall(call)
      const around = method && call.args.length > 0 ? transactionAround(code, fact.fn) : undefined
      const realm = around && method && realmOf(code, { value: method.of, file })
      if (!around || !method || !realm || !isSameRealm(realm, around.realm)) continue
      yield {
        at: { file, span: method.nameAt },
        message:
          'This realm is in a transaction already, so this "write" throws and everything is undone. Take it away: its work belongs to the transaction around it.',
        related: [{ at: { file, span: around.call.callee.at }, message: 'The transaction around it' }],
        data: { code, call, isStatement: isOuter && fact.use === 'statement' },
      }
    }
    if (!guardsKeys(code.project.versions['realm'])) return
    for (const { target, fn } of scope.usage(file)?.assigns ?? []) {
      if (target.kind !== 'member' || target.name === undefined) continue
      const of = objectsOf(code, { value: target.of, file }, fn)
      if (of?.shape !== 'object' || !of.isManaged) continue
      const found = candidates(of.stores, of.className)
      if (found.length === 0 || !found.every(one => one.class.primaryKey?.text === target.name)) continue
      yield {
        at: { file, span: target.nameAt },
        message: `"${target.name}" is the primary key of "${of.className}", which never changes, so this throws. Create a new object and delete this one.`,
        related: found.flatMap(one =>
          one.class.primaryKey ? [{ at: one.class.primaryKey.at, message: 'The primary key' }] : [],
        ),
      }
    }
  },
  fix({ data }, context) {
    if (!data?.isStatement) return undefined
    const { code, call } = data
    const text = context.text(code.file)
    const [callback] = call.args
    const fn = callback?.kind === 'function' ? code.scope.usage(code.file)?.functions[callback.id] : undefined
    if (text === undefined || callback?.kind !== 'function' || !fn?.bodyAt || fn.params.length > 0) return undefined
    const { start, end } = call.at
    const title = 'Take the inner write away'
    const made = (by: string) => ({ title, safe: false, edits: [{ file: code.file, start, end, text: by }] })
    const body = text.slice(fn.bodyAt.start, fn.bodyAt.end)
    if (!body.startsWith('{')) return made(body)
    const isOwn = Object.values(code.scope.module(code.file)?.bindings ?? {}).some(one => one.fn === callback.id)
    if (fn.returns.length > 0) return undefined
    // Names that are declared inside may be taken outside.
    if (isOwn) return made(body)
    const inner = /^\{[ \t]*\r?\n([\s\S]*?)\s*\}$/.exec(body)?.[1]
    if (inner === undefined) return made(body.slice(1, -1).trim())
    const outer = lineIndent(text, start)
    const deeper = /^[ \t]*/.exec(inner)?.[0] ?? ''
    const lines = inner.split('\n').map(line => (line.startsWith(deeper) ? outer + line.slice(deeper.length) : line))
    return made(
      lines
        .join('\n')
        .slice(outer.length)
        .replace(/;$/, text[end] === ';' ? '' : ';'),
    )
  },
  examples: [
    {
      name: 'a write in a write',
      project: realm12,
      files: app(`  realm.write(() => {
    realm.create('Task', { _id: 1, title: 'a' })
    titles.forEach(title => {
      realm.write(() => {
  //        ^^^^^ already
        realm.create('Task', { _id: 2, title })
        realm.create('Task', { _id: 3, title })
      })
    })
  })`),
      fixed: {
        'src/save.ts': save(`  realm.write(() => {
    realm.create('Task', { _id: 1, title: 'a' })
    titles.forEach(title => {
      realm.create('Task', { _id: 2, title })
      realm.create('Task', { _id: 3, title })
    })
  })`),
      },
    },
    {
      name: 'a primary key that is assigned',
      project: realm12,
      files: app(`  realm.write(() => {
    const task = realm.create('Task', { _id: 1, title: 'a' })
    task._id = 2
  //     ^^^ never changes
    for (const part of task.parts) part._id = 3
  //                                    ^^^ never changes
  })`),
    },
    {
      name: 'other realms, other functions, what runs later, other properties',
      project: realm12,
      files: app(`  const rename = () => realm.write(() => {})
  realm.write(() => {
    other.write(() => {})
    setTimeout(() => realm.write(() => {}))
    const task = realm.create('Task', { _id: 1, title: 'a' })
    task.title = 'b'
    const draft = { _id: 1 }
    draft._id = 2
  })
  realm.write(rename)`),
    },
  ],
}

/** Realm 12.0.0 to 12.2.0 took another primary key without a word (realm-js #6161). */
const guardsKeys = (version: string | undefined): boolean =>
  version !== undefined && !/^v?12\.(?:[01]\.|2\.0)/.test(version)
