// Embedded objects are asked for by themselves, or objects by a primary key that their class does not have.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Rule } from '../../../rules/rule.ts'
import { type ClassCall, classCalls } from '../code/class-calls.ts'
import { candidates } from '../code/class-of.ts'
import { realm12, realmApp } from '../example-app.ts'
import type { CodeOfFile, RealmClass } from '../types.ts'

const classes = {
  Task: `primaryKey: '_id',
properties: { _id: 'objectId', address: 'Address?' },`,
  Note: `properties: { text: 'string' },`,
  Open: `...common,
properties: { text: 'string' },`,
  Address: `embedded: true,
properties: { street: 'string' },`,
}
const code = (body: string) => ({
  'src/look.tsx': `import { useObject, useQuery } from '@realm/react'
import type Realm from 'realm'

export function look(realm: Realm, key: string, task: any) {
${body}
}
`,
})

export const invalidLookup: Rule<CodeOfFile> = {
  id: 'realm/invalid-lookup',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'An embedded class is queried or created by itself, or an object is looked up by primary key in a class that has none.',
    why: 'Realm throws `You cannot query an embedded object`, `Explicit creation of embedded object not allowed`, or `Expected a primary key`.',
    fix: 'Reach embedded objects through the object that holds them; look up objects without a primary key by a query.',
  },
  *check(code) {
    for (const call of classCalls(code)) {
      const found = candidates(call.stores, call.named?.name.text)
      const problems = found.map(one => problemOf(call.method, one.class))
      const [problem] = problems
      if (problem === undefined || problems.includes(undefined)) continue
      yield {
        at: placeOf(call.argument),
        message: problem,
        related: found.map(one => ({ at: one.class.name.at, message: `The class "${one.class.name.text}"` })),
      }
    }
  },
  examples: [
    {
      name: 'embedded classes, and classes without a primary key',
      project: realm12,
      files: realmApp({
        classes,
        files: code(`  realm.objects('Address')
  //            ^^^^^^^^^ cannot be queried
  useQuery('Address')
  //       ^^^^^^^^^ cannot be queried
  realm.create('Address', { street: 'x' })
  //           ^^^^^^^^^ only as a part
  realm.objectForPrimaryKey('Note', key)
  //                        ^^^^^^ has no primary key
  return useObject('Note', key)
  //               ^^^^^^ has no primary key`),
      }),
    },
    {
      name: 'embedded objects in their objects, keys that are there or may be',
      project: realm12,
      files: realmApp({
        classes,
        files: code(`  realm.create('Task', { _id: key, address: { street: 'x' } })
  realm.objectForPrimaryKey('Task', key)
  realm.objectForPrimaryKey('Open', key)
  useQuery('Note')
  return task.objects('Address')`),
      }),
    },
  ],
}

function problemOf(method: ClassCall['method'], one: RealmClass): string | undefined {
  const name = `"${one.name.text}"`
  if (one.embedded && (method === 'objects' || method === 'useQuery'))
    return `${name} is embedded: it cannot be queried, so this throws. Query the class whose objects hold it.`
  if (one.embedded && method === 'create')
    return `${name} is embedded: its objects are created only as a part of another object, so this throws.`
  const isLookup = method === 'objectForPrimaryKey' || method === 'useObject'
  if (!isLookup || !one.complete || one.primaryKey || one.primaryKeyEntry) return undefined
  return `${name} has no primary key, so this throws. Give the class one, or find the object by a query.`
}
