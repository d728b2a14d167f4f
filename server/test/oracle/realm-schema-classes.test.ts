// The same for classes that the real Babel plugin translates: what Realm refuses of them a rule reports, and nothing else.
import assert from 'node:assert/strict'
import { withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import { rules } from '../../src/core/rules/all.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { openRealm, type RealmObjectSchema } from '../../testkit/oracle/realm.ts'
import { complaintOf20 } from '../../testkit/oracle/realm-20.ts'
import { translateClasses } from '../../testkit/oracle/realm-classes.ts'
import { openingRules, ruleOfComplaint } from '../../testkit/oracle/realm-schema-cases.ts'
import { applyFix, type RunningApp, runApp } from '../../testkit/run-example.ts'

/** Bodies of the classes Task and User, of which User is embedded where it says so. */
const cases: readonly {
  readonly name: string
  readonly task: string
  readonly user?: string
  readonly listed?: string
  readonly isRight?: boolean
}[] = [
  {
    name: 'all that is right',
    isRight: true,
    task: "static primaryKey = '_id'\n_id = new Realm.BSON.ObjectId()\n@index title!: string\nowner?: User\nnotes!: Realm.List<string>\nrank?: Realm.Types.Int\n@mapTo('is_done') done = false",
    user: "tasks!: Realm.Types.LinkingObjects<Task, 'owner'>",
  },
  { name: 'a number as key', task: "static primaryKey = 'id'\nid!: number" },
  { name: 'a date as key', task: "static primaryKey = 'at'\nat!: Date" },
  { name: 'an optional text as key', isRight: true, task: "static primaryKey = 'id'\nid?: string" },
  { name: 'a key that is not there', task: "static primaryKey = 'ID'\nid!: string" },
  { name: 'a mapped key', task: "static primaryKey = 'id'\n@mapTo('_id') id!: string" },
  { name: 'an optional list of objects', task: 'owners?: Realm.List<User>' },
  { name: 'a list of objects or undefined', task: 'owners!: Realm.List<User> | undefined' },
  { name: 'an optional set of objects', task: 'owners?: Realm.Set<User>' },
  { name: 'an optional list of texts', isRight: true, task: 'names?: Realm.List<string>' },
  { name: 'an optional dictionary of objects', isRight: true, task: 'owners?: Realm.Dictionary<User>' },
  { name: 'an index on a number', task: '@index rank!: number' },
  { name: 'an index on an integer', isRight: true, task: '@index rank!: Realm.Types.Int' },
  { name: 'an index on a link', task: '@index owner?: User' },
  { name: 'a class that is not listed', task: 'owner?: User', listed: '[Task]' },
  { name: 'an enum', task: 'kind!: Kind' },
  { name: 'a backlink of nothing', task: 'owner?: User', user: "tasks!: Realm.Types.LinkingObjects<Task, 'ownr'>" },
  {
    name: 'a backlink by the JavaScript name',
    task: "@mapTo('o') owner?: User",
    user: "tasks!: Realm.Types.LinkingObjects<Task, 'owner'>",
  },
  {
    name: 'a backlink by the name in the file',
    isRight: true,
    task: "@mapTo('o') owner?: User",
    user: "tasks!: Realm.Types.LinkingObjects<Task, 'o'>",
  },
  {
    name: 'an embedded class with a key',
    task: 'owner?: User',
    user: "static embedded = true\nstatic primaryKey = 'id'\nid!: string",
  },
  {
    name: 'a set of an embedded class',
    task: 'owners!: Realm.Set<User>',
    user: 'static embedded = true\nname!: string',
  },
  { name: 'an embedded class in itself', task: 'owner?: User', user: 'static embedded = true\nboss?: User' },
  { name: 'one name in the file', task: "title!: string\n@mapTo('title') name!: string" },
  { name: 'a long name', task: `${'n'.repeat(64)}!: string` },
  { name: 'a class twice', task: 'title!: string', listed: '[Task, Task]' },
]

describe('oracle: classes of Realm', function () {
  this.timeout(60_000)
  before(function () {
    needOracle(this)
  })

  for (const { name, task, user = 'name!: string', listed = '[Task, User]', isRight = false } of cases)
    it(name, async () => {
      const app = appOf(sourceOf(task, user), listed)
      const complaint = await complaintOf(app, listed)
      const found = findings(app).map(({ rule }) => rule.slice('realm/'.length))
      assert.equal(complaint === undefined, isRight, complaint)
      if (complaint === undefined) return assert.deepEqual(found, [])
      const expected = ruleOfComplaint.find(([pattern]) => pattern.test(complaint))?.[1]
      assert.ok(
        expected?.split('|').some(rule => found.includes(rule)),
        `${complaint}\nis not one of ${found.join(', ')}`,
      )

      const [fix] = app.analyzer.fixes(findings(app)[0]!, app.context)
      if (!fix || findings(app).length > 1 || listed !== '[Task, User]') return
      const fixed = appOf(applyFix(app, fix)[models]!, listed)
      assert.equal(await complaintOf(fixed, listed), undefined, fixed.texts.get(`/app/${models}`))
    })
})

const models = 'src/models.ts'
const asked = openingRules(rules)

const sourceOf = (task: string, user: string): string => `import Realm, { index, mapTo } from 'realm'

enum Kind {
  Open,
}

export class User extends Realm.Object<User> {
  ${user}
}

export class Task extends Realm.Object<Task> {
  ${task}
}
`

const appOf = (source: string, listed: string): RunningApp =>
  runApp(
    {
      [models]: source,
      'src/realm.ts': `import Realm from 'realm'\nimport { Task, User } from './models'\n\nexport const open = () => Realm.open({ schema: ${listed}, schemaVersion: 1 })\n`,
    },
    { rules: asked, project: withBabelPlugin('20.2.0') },
  )

const findings = (app: RunningApp) => [...app.texts.keys()].flatMap(file => app.analyzer.findings(file))

/** What Realm says of the schemas that the plugin writes. */
async function complaintOf(app: RunningApp, listed: string): Promise<string | undefined> {
  const { code } = translateClasses(app.texts.get(`/app/${models}`)!)
  const script = code.replace(/^import .*$/gm, '').replace(/^export /gm, '')
  const Realm = { Object: class {}, BSON: { ObjectId: class {} } }
  const decorator = () => undefined
  const classes = new Function('Realm', 'index', 'mapTo', `${script}\nreturn ${listed}`)(
    Realm,
    decorator,
    () => decorator,
  )
  const schema = (classes as readonly { readonly schema: RealmObjectSchema }[]).map(one => one.schema)
  const complaint = complaintOf20({ schema })
  if (complaint !== undefined) return complaint
  const opened = await openRealm(schema)
  if (!opened.ok) return opened.message
  opened.value.close()
  return undefined
}
