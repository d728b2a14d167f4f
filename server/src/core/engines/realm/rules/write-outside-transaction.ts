// Objects are changed outside of a transaction, in code that certainly runs outside of all of them.
import { runsIn } from '../../../catalog/runs-in.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { lineIndent, styleOf } from '../../../write/style.ts'
import { callIndex } from '../code/call-index.ts'
import { candidates } from '../code/class-of.ts'
import { methodCall } from '../code/method-call.ts'
import { nearestRealm } from '../code/nearest-realm.ts'
import { objectsOf } from '../code/objects-of.ts'
import { realmOf } from '../code/realm-of.ts'
import { realm12, realmApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly code: CodeOfFile
  readonly at: Span
  /** Where the realm is spelled that writes; undefined for an assignment. */
  readonly realm: Span | undefined
  readonly fn: number | undefined
}

const methods = ['create', 'delete', 'deleteAll', 'deleteModel']
const places = { load: 'when the file is loaded', effect: 'in an effect', event: 'in an event handler' }
const screen = (body: string) => `import { useQuery, useRealm } from '@realm/react'
import { useEffect } from 'react'

export function Tasks() {
  const realm = useRealm()
  const tasks = useQuery('Task')
${body}
}
`
const app = (body: string) => realmApp({ files: { 'src/Tasks.tsx': screen(body) } })

export const writeOutsideTransaction: Rule<CodeOfFile, Data> = {
  id: 'realm/write-outside-transaction',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'Code that runs on load, in an effect or in an event handler creates, changes or deletes objects without `realm.write()`.',
    why: 'Realm throws `Cannot modify managed objects outside of a write transaction`, and nothing is saved.',
    fix: 'Wraps the change in `realm.write()`. Functions with a name are not judged: they may run in the transaction of their caller.',
  },
  *check(code) {
    const { scope, file } = code
    const usage = scope.usage(file)
    const index = callIndex(usage)
    // Whoever begins transactions by hand may do so before any of these.
    if (index.byName.has('beginTransaction')) return
    const placeOf = (fn: number | undefined) => {
      const place = runsIn({ scope, file, index }, fn)
      return place === 'unknown' ? undefined : places[place]
    }
    for (const name of methods)
      for (const { call, fact } of index.byName.get(name) ?? []) {
        const method = methodCall(call)
        const place = method && realmOf(code, { value: method.of, file }) && placeOf(fact.fn)
        if (!method || place === undefined) continue
        yield {
          at: { file, span: method.nameAt },
          message: `"${name}" runs outside of a transaction (${place}): it throws, and nothing is saved. Wrap it in realm.write().`,
          data: { code, at: call.at, realm: method.of.at, fn: fact.fn },
        }
      }
    for (const { target, fn, at } of usage?.assigns ?? []) {
      if (target.kind !== 'member' || target.name === undefined) continue
      const place = placeOf(fn)
      const of = place === undefined ? undefined : objectsOf(code, { value: target.of, file }, fn)
      if (of?.shape !== 'object' || !of.isManaged) continue
      const found = candidates(of.stores, of.className)
      if (found.length === 0 || !found.every(one => one.class.properties.has(target.name!))) continue
      yield {
        at: { file, span: target.nameAt },
        message: `"${target.name}" of a "${of.className}" is assigned outside of a transaction (${place}): it throws, and nothing is saved. Wrap it in realm.write().`,
        data: { code, at, realm: undefined, fn },
      }
    }
  },
  fix({ data: { code, at, realm, fn } }, context) {
    const { file } = code
    const text = context.text(file)
    if (text === undefined) return undefined
    const title = 'Wrap in realm.write()'
    if (realm) {
      const spelled = text.slice(realm.start, realm.end)
      if (!/^[\w$.]+$/.test(spelled)) return undefined
      const edits = [
        { file, start: at.start, end: at.start, text: `${spelled}.write(() => ` },
        { file, start: at.end, end: at.end, text: ')' },
      ]
      return { title, safe: true, edits }
    }
    const name = nearestRealm(code, fn)
    if (name === undefined) return undefined
    const style = styleOf(text)
    const indent = lineIndent(text, at.start)
    const lines = [
      `${name}.write(() => {`,
      `${indent}${style.indent}${text.slice(at.start, at.end)}${style.semicolon}`,
      `${indent}})`,
    ]
    return { title, safe: true, edits: [{ file, start: at.start, end: at.end, text: lines.join(style.newline) }] }
  },
  examples: [
    {
      name: 'in an event handler',
      project: realm12,
      files: app(`  const add = <Button onPress={() => realm.create('Task', { title: 'new' })} />
  //                                       ^^^^^^ in an event handler
  return add`),
      fixed: {
        'src/Tasks.tsx':
          screen(`  const add = <Button onPress={() => realm.write(() => realm.create('Task', { title: 'new' }))} />
  return add`),
      },
    },
    {
      name: 'a property that is assigned',
      project: realm12,
      files: app(`  useEffect(() => {
    tasks.forEach(task => {
      task.title = 'seen'
  //       ^^^^^ in an effect
    })
  }, [])`),
      fixed: {
        'src/Tasks.tsx': screen(`  useEffect(() => {
    tasks.forEach(task => {
      realm.write(() => {
        task.title = 'seen'
      })
    })
  }, [])`),
      },
    },
    {
      name: 'when the file is loaded',
      project: realm12,
      files: realmApp({
        files: {
          'src/seed.ts': `import Realm from 'realm'
import { config } from './db/realm'

const realm = new Realm(config)
realm.deleteAll()
//    ^^^^^^^^^ when the file is loaded
`,
        },
      }),
    },
    {
      name: 'transactions, helpers, plain objects, other properties, what is no realm',
      project: realm12,
      files: app(`  const save = (title: string) => realm.create('Task', { title })
  const draft = { title: 'x' }
  useEffect(() => {
    realm.write(() => {
      for (const task of tasks) task.title = 'seen'
      tasks.forEach(task => realm.delete(task))
    })
    draft.title = 'y'
    tasks[0].note = 'kept in memory'
    cache.delete('x')
  }, [])
  return <Button onPress={() => realm.write(() => save('a'))} onSave={() => realm.create('Task', draft)} />`),
    },
  ],
}
