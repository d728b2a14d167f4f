// Queries, sorts and writes of the rules' examples in the real Realm: what is reported fails, what is not reported works.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { ts } from 'ts-morph'
import { rules } from '../../src/core/rules/all.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { needOracle, oracleFolder, requireOracle } from '../../testkit/oracle/installed.ts'
import {
  type OpenedRealm,
  type RealmObjectSchema,
  type RealmResults,
  realmBson,
  renewRealm,
  withRealm,
} from '../../testkit/oracle/realm.ts'
import { findingsOf, readExample, runApp } from '../../testkit/run-example.ts'

/** The classes of `example-query.ts`. */
const schemas: readonly RealmObjectSchema[] = [
  {
    name: 'Person',
    primaryKey: '_id',
    properties: {
      _id: 'objectId',
      name: 'string',
      nick: 'string?',
      age: 'int',
      active: 'bool',
      born: 'date',
      fullTitle: { type: 'string', mapTo: 'full_title' },
      tags: 'string[]',
      best: 'Person?',
      dogs: 'Dog[]',
    },
  },
  {
    name: 'Dog',
    properties: {
      name: 'string',
      weight: 'int',
      owners: { type: 'linkingObjects', objectType: 'Person', property: 'dogs' },
    },
  },
]

/** What a `filtered` or `sorted` of an example came to. */
interface Asked {
  readonly line: number
  readonly query: string
  readonly ok: boolean
  readonly found: number
}

/** Queries that realm 12.0, which the oracle runs, takes otherwise than later versions. */
const apart = [/^name == "O/, /^age IN \{"Al"/, /^age CONTAINS "x"/, /^full_title$/]
/** Lines of examples whose names, values or texts nobody knows before they run. */
const open = /'name', 'desc'|objects\(text\)|sorted\(text\)|\$\{text\}|unknown\(\)|\.\.\.ids|text \?/

const file = 'src/people.ts'

/** Runs the function of an example on a realm with people in it, and tells what each of its queries came to. */
async function ask(source: string): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  const tagged = source
    .split('\n')
    .map((line, i) => line.replace(/\.(filtered|sorted)\(/g, `.$1At(${i}, `))
    .join('\n')
  const code = ts.transpile(tagged, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 })
  await withRealm(schemas, async realm => {
    await insertPeople(realm)
    const exports: { look?: (...args: readonly unknown[]) => unknown } = {}
    const unknown = (): unknown => new Proxy(() => undefined, { get: () => unknown(), apply: () => unknown() })
    const names = ['exports', 'require', 'makeStore', 'people', 'store', 'unknown']
    const run = new Function(...names, code)
    run(exports, unknown, unknown, unknown(), unknown(), () => new Date())
    exports.look!(watched(realm, asked), 'Person', ['Al', 'Bo'], { name: 'Al', tags: unknown() })
  })
  return asked
}

/** The realm, telling of each query; what fails goes on with what it was asked of. */
function watched(realm: OpenedRealm, asked: Asked[]): unknown {
  const watch = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object' || value instanceof Date) return value
    return new Proxy(value, {
      get(target, key) {
        const method = key === 'filteredAt' ? 'filtered' : key === 'sortedAt' ? 'sorted' : undefined
        if (method)
          return (line: number, ...args: readonly unknown[]) => {
            const results = target as RealmResults
            const run = results[method] as (...given: unknown[]) => RealmResults
            try {
              const next = run.apply(results, [...args])
              asked.push({ line, query: String(args[0]), ok: true, found: [...next].length })
              return watch(next)
            } catch {
              asked.push({ line, query: String(args[0]), ok: false, found: 0 })
              return watch(results)
            }
          }
        if (key === Symbol.iterator) return () => [...(target as Iterable<unknown>)].map(watch)[Symbol.iterator]()
        return watch(Reflect.get(target, key, target))
      },
    })
  }
  return { objects: (name: string) => watch(realm.realm.objects(name)) }
}

async function insertPeople(realm: OpenedRealm): Promise<void> {
  const { ObjectId } = await realmBson()
  const made = (age: number, more: object = {}) => {
    const { ok } = realm.insert('Person', {
      _id: new ObjectId(),
      name: age > 3 ? 'Al' : 'Albert',
      age,
      active: age > 3,
      born: new Date(0),
      fullTitle: 'Dr',
      tags: ['a', 'b', 'c', 'd'],
      dogs: [{ name: 'Rex', weight: age }],
      ...more,
    })
    assert.ok(ok)
  }
  made(2)
  made(5)
  made(8, { tags: [] })
  made(9)
  // Everybody has a best friend, so that examples can look at that one.
  const library = realm.realm as unknown as { write(work: () => void): void }
  library.write(() => {
    const people = realm.realm.objects('Person')
    for (const one of people) one['best'] = people[0]
  })
}

const judged = [
  'query-syntax',
  'query-unknown-property',
  'query-type',
  'query-argument-count',
  'query-pitfall',
  'invalid-sort',
]

/** The lines of an example that are reported, by any of these rules, before or after its fix. */
function reportedLines(example: Example, text: string): ReadonlySet<number> {
  const app = runApp({ ...readExample(example).files, [file]: text }, example.project && { project: example.project })
  const lines = judged
    .filter(rule => rule !== 'query-pitfall')
    .flatMap(rule => findingsOf(app, `realm/${rule}`))
    .filter(one => !/always sorts ascending/.test(one.message))
    .map(one => text.slice(0, one.span.start).split('\n').length - 1)
  return new Set(lines)
}

describe('oracle: queries of the examples', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
    renewRealm()
  })

  for (const rule of rules.filter(one => judged.includes(one.id.slice('realm/'.length)) && one.id.startsWith('realm/')))
    for (const example of rule.examples) {
      const { files } = readExample(example)
      for (const [form, text] of [
        ['as it is', files[file]],
        ['mended', example.fixed?.[file]],
      ] as const) {
        if (text === undefined) continue
        it(`${rule.id}: ${example.name}, ${form}`, async () => {
          const reported = reportedLines(example, text)
          const asked = (await ask(text)).filter(
            ({ query, line }) => !apart.some(one => one.test(query)) && !open.test(text.split('\n')[line]!),
          )
          const isReported = (one: Asked) => {
            if (reported.has(one.line)) return true
            // A query over several lines, or in a constant, is reported where it is written.
            const written = text.split('\n').findIndex((line, i) => reported.has(i) && one.query.includes(line.trim()))
            return (
              written >= 0 || text.split('\n').some((line, i) => reported.has(i) && line.includes(`'${one.query}'`))
            )
          }
          assert.deepEqual(
            asked
              .filter(one => one.ok === isReported(one))
              .map(({ query, ok }) => `${ok ? 'works' : 'fails'}: ${query}`),
            [],
          )
        })
      }
    }

  it('pitfalls match nothing or everything, or something else than what is meant', async () => {
    await withRealm(schemas, async realm => {
      await insertPeople(realm)
      const found = (query: string, ...args: readonly unknown[]) => {
        const answer = realm.query('Person', query, args)
        return answer.ok ? answer.value : answer.message
      }
      assert.deepEqual([found('tags.length > 3'), found('tags.@count > 3')], [0, 3])
      assert.deepEqual([found("name LIKE '%al%'"), found("name LIKE[c] '*al*'")], [0, 4])
      assert.deepEqual([found('age == null'), found('age != null')], [0, 4])
      assert.equal(found('age CONTAINS $0', '5'), 0)
      assert.deepEqual([found("nick == 'O\\'Neill'"), found('nick == $0', "O'Neill")], [0, 0])
      const { ok } = realm.insert('Person', { ...(await someone()), nick: "O'Neill" })
      assert.ok(ok)
      assert.deepEqual([found("nick == 'O\\'Neill'"), found('nick == $0', "O'Neill")], [0, 1])
      assert.equal(
        found('SUBQUERY(dogs, $d, weight > 3).@count > 0'),
        found('SUBQUERY(dogs, $d, $d.weight > 3).@count > 0'),
      )
    })
  })

  it('a value with a quote that is put into a query throws or changes what it says', async () => {
    await withRealm(schemas, async realm => {
      await insertPeople(realm)
      const filtered = (value: string) => realm.query('Person', `name == "${value}"`)
      assert.ok(!filtered('12" vinyl').ok)
      assert.deepEqual(filtered('x" OR age > 0 OR name == "'), { ok: true, value: 4 })
      assert.deepEqual(realm.query('Person', 'name == $0', ['x" OR age > 0 OR name == "']), { ok: true, value: 0 })
    })
  })
})

describe('oracle: writes and lookups', function () {
  this.timeout(30_000)
  before(function () {
    needOracle(this)
  })

  const classes: readonly RealmObjectSchema[] = [
    { name: 'Task', primaryKey: '_id', properties: { _id: 'int', title: 'string', address: 'Address?' } },
    { name: 'Note', properties: { text: 'string' } },
    { name: 'Address', embedded: true, properties: { street: 'string' } },
  ]
  interface Library {
    write<T>(work: () => T): T
    create(name: string, values: object): Record<string, unknown>
    objects(name: string): unknown
    objectForPrimaryKey(name: string, key: unknown): unknown
    delete(one: unknown): void
    deleteAll(): void
    close(): void
  }
  const on = (work: (realm: Library) => unknown) =>
    withRealm(classes, opened => work(opened.realm as unknown as Library))
  const throws = (work: () => unknown, message: RegExp) => assert.throws(work, message)

  it('writes outside of a transaction', () =>
    on(realm => {
      const task = realm.write(() => realm.create('Task', { _id: 1, title: 'a' }))
      throws(() => realm.create('Task', { _id: 2, title: 'b' }), /outside of a write transaction/)
      throws(() => {
        task['title'] = 'b'
      }, /outside of a write transaction/)
      throws(() => realm.delete(task), /within a transaction/)
      throws(() => realm.deleteAll(), /transaction/)
    }))

  it('a transaction in another one', () =>
    on(realm => {
      throws(() => realm.write(() => realm.write(() => undefined)), /already in a write transaction/)
    }))

  it('another primary key, which realm 20 refuses before any native code', () => {
    const path = join(oracleFolder, 'node_modules', 'realm', 'dist', 'property-accessors', 'default.js')
    const { createDefaultPropertyAccessor } = requireOracle(path) as {
      createDefaultPropertyAccessor(of: object): { set(object: object, value: unknown): void }
    }
    const same = (value: unknown) => value
    const realm = { isInMigration: false, isInTransaction: true }
    const accessor = createDefaultPropertyAccessor({
      realm,
      typeHelpers: { fromBinding: same, toBinding: same },
      columnKey: 1,
    })
    const object = (key: number) => ({
      table: { getPrimaryKeyColumn: () => key },
      setAny: () => undefined,
      isValid: true,
    })
    throws(() => accessor.set(object(1), 2), /Cannot change value of primary key outside migration function/)
    accessor.set(object(5), 2)
  })

  it('an async function commits at its first await', () =>
    on(async realm => {
      const promise = realm.write(async () => {
        realm.create('Task', { _id: 1, title: 'a' })
        await undefined
        realm.create('Task', { _id: 2, title: 'b' })
      })
      await assert.rejects(promise, /outside of a write transaction/)
      assert.equal((realm.objects('Task') as { length: number }).length, 1)
    }))

  it('classes that are not there, embedded ones, classes without a key', () =>
    on(realm => {
      throws(() => realm.objects('Todo'), /Object type 'Todo' not found in schema/)
      throws(() => realm.objects('Address'), /cannot query an embedded object/)
      throws(() => realm.write(() => realm.create('Address', { street: 'x' })), /embedded object not allowed/)
      throws(() => realm.objectForPrimaryKey('Note', 1), /Expected a primary key on 'Note'/)
    }))

  it('objects that were deleted, realms that were closed', () =>
    on(realm => {
      const task = realm.write(() => realm.create('Task', { _id: 1, title: 'a' }))
      realm.write(() => realm.delete(task))
      throws(() => task['title'], /invalidated or deleted/)
      realm.close()
      throws(() => realm.objects('Task'), /closed/)
    }))
})

async function someone(): Promise<Record<string, unknown>> {
  const { ObjectId } = await realmBson()
  return { _id: new ObjectId(), name: 'x', age: 1, active: true, born: new Date(0), fullTitle: '', tags: [], dogs: [] }
}
