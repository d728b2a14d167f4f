// What Realm refuses, a rule reports; what Realm takes, no rule reports; and what a fix writes, Realm takes.
import assert from 'node:assert/strict'
import { rules } from '../../src/core/rules/all.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { openRealm, type RealmObjectSchema, withRealm } from '../../testkit/oracle/realm.ts'
import { complaintOf20 } from '../../testkit/oracle/realm-20.ts'
import { openingRules, ruleOfComplaint, type SchemaCase, schemaCases } from '../../testkit/oracle/realm-schema-cases.ts'
import { applyFix, type RunningApp, runApp } from '../../testkit/run-example.ts'

const opening = openingRules(rules)
const ruleOf = (name: string) => rules.filter(({ id }) => id === `realm/${name}`)

describe('oracle: schemas of Realm', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  it('has all the rules', () => assert.equal(opening.length, 12))

  for (const one of schemaCases)
    it(one.name, async () => {
      const complaint = await complaintOf(one)
      const app = appOf(one.schema, one.version)
      const found = findings(app).map(({ rule }) => rule.slice('realm/'.length))
      if (complaint === undefined) return assert.deepEqual(found, [])
      const expected = ruleOfComplaint.find(([pattern]) => pattern.test(complaint))?.[1]
      assert.ok(
        expected?.split('|').some(rule => found.includes(rule)),
        `${complaint}\nis not one of ${found.join(', ')}`,
      )
    })

  it('takes what the fixes write', async () => {
    let mended = 0
    for (const one of schemaCases) {
      const before = appOf(one.schema, one.version)
      const after = findings(before).length > 0 ? mend(before, one.version) : undefined
      if (!after) continue
      const schema = schemaOf(after)
      assert.equal(
        await complaintOf({ ...one, schema, newer: one.newer || isNewer(schema) }),
        undefined,
        `${one.name}\n${textOf(after)}`,
      )
      mended++
    }
    assert.ok(mended > 60, `only ${mended} could be mended`)
  })

  it('throws at each object that is created without a value where the default is wrong', async () => {
    const invalidDefault = ruleOf('invalid-default')
    let wrong = 0
    for (const declaration of defaultTypes)
      for (const value of [null, 5, '2020', true, [], {}, undefined]) {
        const schema = [
          { name: 'A', properties: { x: { ...declaration, default: value } } },
          { name: 'B', properties: {} },
        ]
        const isRefused = await withRealm(
          schema,
          realm => !realm.insert('A', value === undefined ? { x: undefined } : {}).ok,
        )
        const found = findings(appOf(schema, '20.2.0', invalidDefault))
        const what = JSON.stringify({ ...declaration, default: value })
        // Without a default a required value is missing, which is no fault of the schema.
        assert.equal(found.length > 0, isRefused && value !== undefined, what)
        if (found.length > 0) wrong++
      }
    assert.ok(wrong > 60, `only ${wrong}`)
  })

  it('cannot query by a reserved name, and by all others', async () => {
    const reserved = ruleOf('reserved-property-name')
    const wrong: string[] = []
    for (const name of propertyNames) {
      const schema = [{ name: 'A', properties: { [name]: 'int' } }]
      const isPossible = await withRealm(schema, realm => {
        realm.insert('A', { [name]: 7 })
        const written = name.replaceAll(' ', '\\ ')
        const [same, different] = [7, 8].map(value => realm.query('A', `${written} == ${value}`))
        return same?.ok === true && same.value === 1 && different?.ok === true && different.value === 0
      })
      const found = findings(appOf(schema, '20.2.0', reserved))
      assert.equal(found.length, isPossible ? 0 : 1, name)
      if (!isPossible) wrong.push(name)
    }
    assert.ok(wrong.length > 30)
  })

  it('creates no second object where the default of the primary key is one value', async () => {
    const schema = [{ name: 'A', primaryKey: 'x', properties: { x: { type: 'string', default: String(Date.now()) } } }]
    await withRealm(schema, realm => {
      assert.ok(realm.insert('A', {}).ok)
      assert.match(JSON.stringify(realm.insert('A', {})), /with an existing primary key value/)
    })
  })
})

const defaultTypes: readonly object[] = [
  ...'int bool string float double date data objectId uuid decimal128'.split(' ').map(type => ({ type })),
  { type: 'int', optional: true },
  { type: 'string', optional: true },
  { type: 'object', objectType: 'B' },
  { type: 'list', objectType: 'int' },
  { type: 'list', objectType: 'int', optional: true },
  { type: 'set', objectType: 'int' },
  { type: 'dictionary', objectType: 'int' },
]

const propertyNames =
  'and or not any some all none true false null nil inf infinity nan obj subquery geobox geocircle geopolygon geowithin truepredicate falsepredicate O1 O1a L1 1st 1a 1e5 0x1 AND And NOT Not Any ANY True TRUE Null Obj INF SOME Some ALL All NONE None In in limit size first last text sort asc desc ascending descending contains like between distinct bin binary uuid oid SIZE ASC B64 T1 as match true1 a-b é $x _id x0 infx'.split(
    ' ',
  )

/** What Realm says; undefined where it opens. */
async function complaintOf({ schema, newer }: SchemaCase): Promise<string | undefined> {
  const complaint = complaintOf20({ schema })
  if (complaint !== undefined || newer) return complaint
  const opened = await openRealm(schema as readonly RealmObjectSchema[])
  if (!opened.ok) return opened.message
  opened.value.close()
  return undefined
}

const isNewer = (schema: unknown): boolean => /"counter"|"full-text"/.test(JSON.stringify(schema))

const file = 'src/realm.js'
const head = "import Realm from 'realm'\n\nexport const schema = "
const tail = '\n\nexport const open = () => Realm.open({ schema, schemaVersion: 1 })\n'

const appOf = (schema: readonly unknown[], version = '20.2.0', asked = opening): RunningApp =>
  runApp({ [file]: `${head}${sourceOf(schema)}${tail}` }, { rules: asked, project: { versions: { realm: version } } })

const textOf = (app: RunningApp): string => app.texts.get(`/app/${file}`)!

const findings = (app: RunningApp) => app.analyzer.findings(`/app/${file}`)

/** The schema in a file that this test wrote, and that fixes changed. */
const schemaOf = (app: RunningApp): readonly unknown[] =>
  new Function(`return ${textOf(app).slice(head.length, -tail.length)}`)() as readonly unknown[]

/** Applies first fixes until nothing is found; undefined where something has no fix. */
function mend(app: RunningApp, version = '20.2.0'): RunningApp | undefined {
  let now = app
  for (let round = 0; round < 10; round++) {
    const [first] = findings(now)
    if (!first) return now
    const [fix] = now.analyzer.fixes(first, now.context)
    if (!fix) return undefined
    now = runApp(applyFix(now, fix), { rules: opening, project: { versions: { realm: version } } })
  }
  throw new Error(`fixes do not come to an end:\n${textOf(now)}`)
}

/** Values as source, undefined ones included. */
function sourceOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sourceOf).join(', ')}]`
  if (value === null || typeof value !== 'object') return value === undefined ? 'undefined' : JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${sourceOf(inner)}`)
    .join(', ')} }`
}
