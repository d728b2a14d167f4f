// Rules about classes and about what objects are created from, against Realm and its Babel plugin themselves.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { realm12, realmApp, withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import { babelPluginMisuse } from '../../src/core/engines/realm/rules/babel-plugin-misuse.ts'
import { missingRequiredValue } from '../../src/core/engines/realm/rules/missing-required-value.ts'
import { missingSchema } from '../../src/core/engines/realm/rules/missing-schema.ts'
import { propertyTypeMismatch } from '../../src/core/engines/realm/rules/property-type-mismatch.ts'
import { unknownField } from '../../src/core/engines/realm/rules/unknown-field.ts'
import { unmappableType } from '../../src/core/engines/realm/rules/unmappable-type.ts'
import type { AnyRule, Example } from '../../src/core/rules/rule.ts'
import { needOracle, oracleFolder, requireOracle } from '../../testkit/oracle/installed.ts'
import {
  openRealm,
  type RealmHandle,
  type RealmObjectSchema,
  type RealmRow,
  realmBson,
  realmObject,
  withRealm,
} from '../../testkit/oracle/realm.ts'
import { complaintOf20 } from '../../testkit/oracle/realm-20.ts'
import { translateClasses } from '../../testkit/oracle/realm-classes.ts'
import { applyFix, findingsOf, readExample, runApp } from '../../testkit/run-example.ts'

const messageOf = async (schema: readonly unknown[]): Promise<string> => {
  const opened = await openRealm(schema as readonly RealmObjectSchema[])
  if (opened.ok) opened.value.close()
  return opened.ok ? 'opened' : opened.message
}

/** A class of JavaScript where the types of the oracle want a plain schema, or the name of one. */
const asName = (model: unknown): string => model as string

/** The schema that the plugin writes into a module with one class. */
function schemaIn(
  code: string,
): Record<string, Record<string, { readonly type: string; readonly objectType?: string }>> {
  const start = code.indexOf('{', code.indexOf('static schema ='))
  let depth = 0
  let end = start
  do {
    if (code[end] === '{') depth++
    if (code[end] === '}') depth--
    end++
  } while (depth > 0)
  // Defaults may name what the module imports.
  const text = code.slice(start, end).replace(/default: (?:\(\) => )?[^\n]*\n/g, 'default: undefined\n')
  return JSON.parse(JSON.stringify(runInNewContext(`(${text})`))) as ReturnType<typeof schemaIn>
}

const presetOf = ({ project }: Example): boolean =>
  project?.babel !== undefined && project.babel !== 'unknown' && project.babel.presets.length > 0

describe('oracle: Realm classes', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  describe('unmappable-type', () => {
    for (const example of unmappableType.examples) {
      const path = 'src/models/Task.ts'
      it(example.name, async () => {
        const { files, markers } = readExample(example)
        const source = files[path]!
        const marked = (markers.get(path) ?? []).map(({ start }) => memberAt(source, start))
        const bad = await notStored(source, presetOf(example))
        for (const name of marked) assert.ok(bad.includes(name), `${name} is stored: ${bad.join()}`)
        // Functions, and what code makes for itself, are not meant to be stored.
        const silent = bad.filter(name => !marked.includes(name))
        assert.deepEqual(
          silent.filter(name => !['isDone', 'onChange', 'cache', 'logger'].includes(name)),
          [],
        )
        if (!example.fixed) return
        const after = await notStored(example.fixed[path]!, presetOf(example))
        assert.deepEqual(after, marked.slice(1))
      })
    }
  })

  describe('babel-plugin-misuse', () => {
    const source = (body: string, head = 'export class Task extends Realm.Object<Task> {') =>
      `import Realm, { index, mapTo } from 'realm'\nconst key = '_id'\n${head}\n  _id!: Realm.BSON.ObjectId\n  ${body}\n}\n`
    const reports = (text: string) =>
      findingsOf(
        runApp(
          { 'src/models.ts': text, 'src/db.ts': "import Realm from 'realm'\nexport const realm = new Realm({})\n" },
          { rules: [babelPluginMisuse as AnyRule], project: withBabelPlugin() },
        ),
        babelPluginMisuse.id,
      )

    it('the build stops at a schema of its own and at a class without a name', () => {
      const own = source("static schema = { name: 'Task', properties: {} }")
      assert.throws(() => translateClasses(own), /cannot define their own `schema` static/)
      const nameless = source('', 'export default class extends Realm.Object {')
      assert.throws(() => translateClasses(nameless))
      for (const text of [own, nameless]) assert.equal(reports(text).length, 1)
    })

    for (const [value, isTaken] of [
      ["'_id'", true],
      ["('_id')", true],
      ['key', false],
      ["'_id' as const", false],
      ["'_' + 'id'", false],
    ] as const)
      it(`static primaryKey = ${value}`, () => {
        const text = source(`static primaryKey = ${value}`)
        assert.equal(schemaIn(translateClasses(text).code)['primaryKey'] !== undefined, isTaken)
        assert.equal(reports(text).length, isTaken ? 0 : 1)
      })

    for (const [value, isTaken] of [
      ["'kept'", true],
      ['key', false],
      ["'kept' as string", false],
    ] as const)
      it(`@mapTo(${value})`, () => {
        const text = source(`@mapTo(${value}) title!: string`)
        const { title } = schemaIn(translateClasses(text).code)['properties']!
        assert.equal(title !== undefined && 'mapTo' in title, isTaken)
        assert.equal(reports(text).length, isTaken ? 0 : 1)
      })

    it('decorators that are left throw', () => {
      const decorators = requireOracle(join(oracleFolder, 'node_modules', 'realm', 'dist', 'decorators.js')) as {
        readonly index: () => void
        readonly mapTo: (name: string) => void
      }
      assert.throws(decorators.index, /@index decorator cannot be used without/)
      assert.throws(() => decorators.mapTo('a'), /@mapTo decorator cannot be used without/)
    })
  })

  it('class-without-extends and missing-schema: realm refuses both', async () => {
    const RealmObject = await realmObject()
    class Plain {
      a = 1
      static schema = { name: 'Plain', properties: { a: 'int' } }
    }
    class Bare extends RealmObject {}
    class Right extends RealmObject {
      static schema = { name: 'Right', properties: { a: 'int' } }
    }
    assert.match(await messageOf([Plain]), /Class 'Plain' must extend Realm.Object/)
    assert.match(await messageOf([Bare]), /Expected 'schema static' to be an object, got undefined/)
    assert.equal(await messageOf([Right]), 'opened')
    assert.equal(await messageOf([Plain.schema]), 'opened')
  })

  it('missing-schema: realm takes the schema that the fix writes', async () => {
    const [example] = missingSchema.examples
    const fixed = example!.fixed!['src/models/Task.ts']!
    const text = fixed.slice(fixed.indexOf('{', fixed.indexOf('static schema')), fixed.lastIndexOf('}'))
    const schema = runInNewContext(`(${text})`) as RealmObjectSchema
    const plain = JSON.parse(JSON.stringify(schema)) as RealmObjectSchema
    assert.equal(await messageOf([plain]), 'opened')
    assert.equal(complaintOf20({ schema: [plain] }), undefined)
  })

  describe('initial values and bare fields', () => {
    const schema = { name: 'Task', properties: { title: 'string', done: 'bool' } }
    const values = { title: 'a', done: true }
    const make = <T>(realm: RealmHandle, work: () => T): T =>
      (realm as RealmHandle & { write<R>(work: () => R): R }).write(work)

    it('initializer-overwrites-value: assigned fields change the database, native ones hide it, create does neither', async () => {
      const RealmObject = await realmObject()
      class Native extends RealmObject {
        static schema = schema
        done = false
      }
      class Assigned extends RealmObject {
        static schema = schema
        constructor(realm: RealmHandle, given: object) {
          super(realm, given)
          this['done'] = false
        }
      }
      for (const [Task, stored] of [
        [Native, true],
        [Assigned, false],
      ] as const)
        await withRealm([Task as unknown as RealmObjectSchema], ({ realm }) => {
          const made = make(realm, () => new Task(realm, values))
          assert.equal((made as RealmRow)['done'], false)
          assert.equal(realm.objects('Task')[0]!['done'], stored)
          const created = make(realm, () => realm.create(asName(Task), values))
          assert.equal(created['done'], true)
          assert.equal(realm.objects('Task')[1]!['done'], true)
        })
    })

    it('class-field-shadows-property: a bare field reads undefined and loses what is written', async () => {
      const RealmObject = await realmObject()
      class Task extends RealmObject {
        static schema = schema
        title: unknown
      }
      await withRealm([Task as unknown as RealmObjectSchema], ({ realm }) => {
        const made = make(realm, () => new Task(realm, values))
        assert.equal(made.title, undefined)
        make(realm, () => {
          made.title = 'b'
        })
        assert.equal(realm.objects('Task')[0]!['title'], 'a')
        assert.equal(make(realm, () => realm.create(asName(Task), values))['title'], 'a')
      })
    })

    it('undeclared-property: what is written is gone with the object', async () => {
      await withRealm([schema], ({ realm }) => {
        const made = make(realm, () => realm.create('Task', values))
        made['extra'] = 'x'
        assert.equal(realm.objects('Task')[0]!['extra'], undefined)
      })
    })
  })

  it('removed-api: lists, objects without a realm, old names', async () => {
    const RealmObject = await realmObject()
    class Task extends RealmObject {
      static schema = { name: 'Task', properties: { title: 'string' } }
    }
    await withRealm([Task as unknown as RealmObjectSchema], realm => {
      const list = realm.insert('Task', ['a'] as never)
      assert.match(list.ok ? '' : list.message, /Array values on object creation is no longer supported/)
      assert.throws(() => new Task({ title: 'a' } as never, undefined), /realm.create is not a function/)
      const bare = realm.realm as unknown as Record<string, unknown>
      assert.deepEqual([bare['empty'], bare['readOnly']], [undefined, undefined])
      assert.deepEqual([bare['isEmpty'], bare['isReadOnly']], [true, false])
    })
    const listed = { schema: [{ name: 'Task', properties: [{ name: 'title', type: 'string' }] }] }
    assert.match(complaintOf20(listed) ?? '', /to be an object, got an array/)
  })

  describe('values of new objects', () => {
    const classes = {
      Task: {
        primaryKey: 'id',
        properties: {
          id: 'int',
          title: 'string',
          note: 'string?',
          done: { type: 'bool', default: false },
          tags: 'string[]',
          kinds: 'int<>',
          map: 'double{}',
          any: 'mixed',
          owner: 'User',
          steps: 'Step[]',
          places: 'Step{}',
          part: 'Step',
          old: { type: 'string', mapTo: 'older', optional: true },
        },
      },
      User: { properties: { name: 'string', age: 'int?' } },
      Step: { embedded: true, properties: { text: 'string', rank: { type: 'int', default: 1 } } },
      Key: { primaryKey: 'key', properties: { key: 'string?', n: 'int?' } },
      Made: { primaryKey: 'key', properties: { key: { type: 'string', default: 'k' } } },
    }
    const schema = Object.entries(classes).map(([name, one]) => ({ name, ...one }))
    const app = realmApp({
      classes: Object.fromEntries(
        Object.entries(classes).map(([name, one]) => [name, JSON.stringify({ name, ...one }, undefined, 2)]),
      ),
    })
    const step = { text: 'a' }
    const base = { id: 1, title: 'a' }
    const cases: readonly (readonly [string, Record<string, unknown>])[] = [
      ['Task', base],
      ['Task', { id: 1 }],
      ['Task', { title: 'a' }],
      ['Task', {}],
      ['Task', { ...base, note: undefined, done: undefined }],
      ['Task', { id: 1, title: undefined }],
      ['Task', { ...base, titel: 'b' }],
      ['Task', { ...base, older: 'b' }],
      ['Task', { ...base, old: 'b' }],
      ['Task', { ...base, owner: { name: 'A' } }],
      ['Task', { ...base, owner: { age: 1 } }],
      ['Task', { ...base, owner: {} }],
      ['Task', { ...base, owner: { name: 'A', mail: 'x' } }],
      ['Task', { ...base, owner: null }],
      ['Task', { ...base, steps: [step, step] }],
      ['Task', { ...base, steps: [step, {}] }],
      ['Task', { ...base, steps: [{ text: 'a', rang: 1 }] }],
      ['Task', { ...base, places: { home: step } }],
      ['Task', { ...base, places: { home: { rank: 2 } } }],
      ['Task', { ...base, part: step }],
      ['Task', { ...base, part: { rank: 1 } }],
      ['Task', { ...base, tags: ['a'], kinds: [1], map: { a: 1 }, any: { a: 1 }.a }],
      ['User', { name: 'A' }],
      ['User', { age: 1 }],
      ['User', { name: 'A', age: null, extra: true }],
      ['Key', {}],
      ['Key', { key: null }],
      ['Key', { n: 1 }],
      ['Made', {}],
      ['Made', { key: 'x' }],
    ]
    const written = (value: unknown): string => {
      if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
      if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : JSON.stringify(value)
      return `{ ${Object.entries(value)
        .map(([key, one]) => `${key}: ${written(one)}`)
        .join(', ')} }`
    }
    /** All keys that are still there when the object is read back, in the objects inside too. */
    const keysOf = (value: unknown, back: unknown): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).flatMap(([key, one]) => {
            const found = (back as Record<string, unknown> | null)?.[key]
            const own = !Array.isArray(value) && one !== undefined && one !== null && found === undefined ? [key] : []
            return [...own, ...(own.length > 0 ? [] : keysOf(one, found))]
          })

    for (const [name, values] of cases)
      it(`${name} ${written(values)}`, async () => {
        const code = `import type Realm from 'realm'\nexport const add = (realm: Realm) => realm.create('${name}', ${written(values)})\n`
        const rules = [missingRequiredValue as AnyRule, unknownField as AnyRule]
        const run = runApp({ ...app, 'src/add.ts': code }, { rules, project: realm12 })
        const lacks = findingsOf(run, missingRequiredValue.id)
        const unknown = findingsOf(run, unknownField.id)
        await withRealm(schema, ({ insert, realm }) => {
          const made = insert(name, values)
          assert.equal(lacks.length > 0, !made.ok, made.ok ? 'it was created' : made.message)
          if (!made.ok) {
            assert.match(made.message, /Missing value for property|Expected .* got undefined/)
            return
          }
          const lost = keysOf(values, realm.objects(name)[0])
          assert.deepEqual(
            unknown.map(({ span }) => code.slice(span.start, span.end)),
            lost,
          )
        })
        if (lacks.length === 0) return
        // What the fix writes is enough.
        let fixed = run
        for (let finding = lacks[0]; finding; ) {
          const [fix] = fixed.analyzer.fixes(finding, fixed.context)
          assert.ok(fix)
          fixed = runApp(applyFix(fixed, fix), { rules, project: realm12 })
          finding = findingsOf(fixed, missingRequiredValue.id)[0]
        }
        const text = fixed.texts.get('/app/src/add.ts')!
        const given = runInNewContext(`(${text.slice(text.indexOf("',") + 2, text.lastIndexOf(')'))})`) as object
        await withRealm(schema, ({ insert }) => {
          const made = insert(name, revive(given) as Record<string, unknown>)
          assert.ok(made.ok, made.ok ? '' : made.message)
        })
      })
  })

  describe('property-type-mismatch and nullability-mismatch', () => {
    it('values of a type that is reported are refused', async () => {
      const { ObjectId, UUID } = await realmBson()
      const samples: Readonly<Record<string, unknown>> = {
        string: 'text',
        number: 1,
        boolean: true,
        Date: new Date(0),
        'Realm.BSON.ObjectId': new ObjectId(),
        'Realm.BSON.UUID': new UUID(),
        'string[]': ['a'],
      }
      const shapes = ['string', 'int', 'double', 'bool', 'date', 'objectId', 'uuid', 'string[]', 'int[]', 'User']
      // More is taken than is given back: texts for dates and numbers, arrays for lists.
      const taken = new Set(['date string', 'string[] string[]'])
      let compared = 0
      for (const shape of shapes)
        for (const [type, value] of Object.entries(samples)) {
          const body = `x!: ${type}\nstatic schema = { name: 'Task', properties: { x: '${shape}' } }`
          const user = "static schema = { name: 'User', properties: { name: 'string' } }"
          const run = runApp(realmApp({ models: { Task: body, User: user } }), {
            rules: [propertyTypeMismatch as AnyRule],
            project: realm12,
          })
          const isReported = findingsOf(run, propertyTypeMismatch.id).length > 0
          if (taken.has(`${shape} ${type}`)) continue
          const schema = [
            { name: 'Task', properties: { x: shape } },
            { name: 'User', properties: { name: 'string' } },
          ]
          await withRealm(schema, ({ insert }) => {
            assert.equal(!insert('Task', { x: value }).ok, isReported, `${type} in ${shape}`)
          })
          compared++
        }
      assert.ok(compared > 60)
    })

    it('a list is no array; links and optional properties read null; null in a required one throws', async () => {
      const properties = { tags: 'string[]', next: 'Task', note: 'string?', title: 'string' }
      await withRealm([{ name: 'Task', properties }], ({ insert, realm }) => {
        assert.ok(insert('Task', { tags: ['a'], title: 'a' }).ok)
        const [row] = realm.objects('Task')
        assert.equal(Array.isArray(row!['tags']), false)
        assert.deepEqual([row!['next'], row!['note']], [null, null])
        const refused = insert('Task', { title: null })
        assert.match(refused.ok ? '' : refused.message, /to be a string, got null/)
      })
    })
  })
})

/** Members that are not in the schema that the plugin writes, or that realm does not open. */
async function notStored(source: string, preset: boolean): Promise<readonly string[]> {
  const names = [...source.slice(source.indexOf('class Task')).matchAll(/^ {2}(\w+)[!?]?(?::| =)/gm)].map(m => m[1]!)
  let code: string
  try {
    code = translateClasses(source, { file: 'Task.ts', preset }).code
  } catch {
    return names
  }
  const schema = schemaIn(code)
  const bad: string[] = []
  for (const name of names) {
    const property = schema['properties']?.[name]
    if (!property) bad.push(name)
    else if (property.type !== 'linkingObjects') {
      const message = await messageOf([
        { name: 'Other', properties: { [name]: property } },
        { name: 'Task', properties: {} },
      ])
      if (message !== 'opened') bad.push(name)
    }
  }
  return bad
}

/** The member whose declaration holds `offset`. */
const memberAt = (source: string, offset: number): string =>
  /^\s*(\w+)/.exec(source.slice(source.lastIndexOf('\n', offset) + 1))?.[1] ?? ''

/** Objects of another context as our own. */
function revive(value: unknown): unknown {
  if (Object.prototype.toString.call(value) === '[object Date]') return new Date(Number(value))
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revive(one)]))
}
