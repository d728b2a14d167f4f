// Create Migration in the ways in which apps write their configurations and migrations.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject, withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { applyFix, baselinesOf, findingsOf, type RunningApp, runApp } from '../../testkit/run-example.ts'

type Files = Record<string, string>

const before = { Task: "properties: { name: 'string' }," }
const after = { Task: "properties: { title: 'string' }," }
const released = realmApp({ classes: before })

/** The file after Create Migration, or why none is written. A second call must find nothing to do. */
function created(
  files: Files,
  path = 'src/db/realm.ts',
  project: Example['project'] = realm12,
  from = released,
): string {
  const options = { rules: [], released: from, ...(project && { project }) }
  const create = (app: RunningApp) => {
    const [store] = app.analyzer.stores()
    const generated = store && app.analyzer.generators(store).createMigration?.(store, app.context)
    assert.ok(generated)
    return generated
  }
  const app = runApp(files, options)
  const generated = create(app)
  if ('problem' in generated) return generated.problem
  const fixed = applyFix(app, { title: '', safe: false, edits: generated.edits })
  const again = create(runApp(fixed, options))
  assert.match('problem' in again ? again.problem : 'something is written again', /^Nothing is missing/)
  return fixed[path] ?? ''
}

const configured = (config: string, version = 1) => created(realmApp({ classes: after, version, config }))

/** The loop that copies, with the names of the two realms. */
const loop = (oldRealm: string, newRealm: string) => `const oldTaskRows = ${oldRealm}.objects<any>('Task')
      const newTaskRows = ${newRealm}.objects<any>('Task')
      for (let i = 0; i < oldTaskRows.length; i++) {
        newTaskRows[i].title = oldTaskRows[i].name
      }`

describe('Create Migration for Realm', () => {
  it('turns a concise arrow into a block and keeps its names', () => {
    assert.ok(
      configured('onMigration: (o, n) => console.log(o, n),').includes(`  onMigration: (o, n) => {
    console.log(o, n)
    if (o.schemaVersion < 2) {
      ${loop('o', 'n')}
    }
  },
`),
    )
  })

  it('appends to a method, behind what is there', () => {
    const text = configured("onMigration(old, now) {\n  if (old.schemaVersion < 1) now.deleteModel('X')\n},")
    assert.ok(
      text.includes(`  onMigration(old, now) {
    if (old.schemaVersion < 1) now.deleteModel('X')
    if (old.schemaVersion < 2) {
      ${loop('old', 'now')}
    }
  },
`),
      text,
    )
  })

  it('adds parameters that are not there', () => {
    assert.match(configured('onMigration: () => {},'), /onMigration: \(oldRealm, newRealm\) => \{\n {4}if/)
    assert.match(configured('onMigration: old => {\n  log(old)\n},'), /onMigration: \(old, newRealm\) => \{\n {4}log/)
    const typed = configured('onMigration: (old: Realm) => {\n  log(old)\n},')
    assert.match(typed, /onMigration: \(old: Realm, newRealm: Realm\) => \{/)
  })

  it('writes into the branch of a version that is not released yet', () => {
    const text = configured(
      "onMigration: (a, b) => {\n  if (a.schemaVersion < 2) {\n    b.deleteModel('X')\n  }\n},",
      2,
    )
    assert.ok(
      text.includes(`    if (a.schemaVersion < 2) {
      b.deleteModel('X')
      ${loop('a', 'b')}
    }
`),
      text,
    )
  })

  it('goes before code that may return', () => {
    const text = configured("onMigration: (a, b) => {\n  if (a.schemaVersion >= 1) return\n  b.deleteModel('X')\n},")
    assert.ok(text.indexOf('schemaVersion < 2') < text.indexOf('return'), text)
  })

  it('gives `migration` the name that Realm looks at, and keeps it for realm 10', () => {
    const config = "migration: (a, b) => {\n  b.deleteModel('X')\n},"
    assert.match(configured(config), /onMigration: \(a, b\) => \{\n {4}b.deleteModel\('X'\)\n {4}if/)
    const old = created(realmApp({ classes: after, config }), 'src/db/realm.ts', realmProject('10.24.0'))
    assert.match(old, / migration: \(a, b\) => \{\n {4}b.deleteModel\('X'\)\n {4}if/)
    const fresh = created(realmApp({ classes: after }), 'src/db/realm.ts', realmProject('10.24.0'))
    assert.match(fresh, / migration: \(oldRealm, newRealm\) => \{/)
  })

  it('raises a constant, and freezes the tests that compare with it', () => {
    const files = realmApp({
      classes: after,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { migrate, VERSION } from './migrate'
import { TaskSchema } from './schema'

export const open = () => Realm.open({ schema: [TaskSchema], schemaVersion: VERSION, onMigration: migrate })
`,
        'src/db/migrate.ts': `export const VERSION = 1

export function migrate(a: Realm, b: Realm) {
    if (a.schemaVersion < VERSION) {
        b.deleteModel("Old");
    }
}
`,
      },
    })
    assert.equal(
      created(files, 'src/db/migrate.ts'),
      `export const VERSION = 2

export function migrate(a: Realm, b: Realm) {
    if (a.schemaVersion < 1) {
        b.deleteModel("Old");
    }
    if (a.schemaVersion < 2) {
        const oldTaskRows = a.objects<any>("Task");
        const newTaskRows = b.objects<any>("Task");
        for (let i = 0; i < oldTaskRows.length; i++) {
            newTaskRows[i].title = oldTaskRows[i].name;
        }
    }
}
`,
    )
  })

  it('hoists the function of a provider', () => {
    const app = (props: string) => ({
      ...realmApp({ classes: after }),
      'src/db/realm.ts': '',
      'src/App.tsx': `import { RealmProvider } from '@realm/react'
import { TaskSchema } from './db/schema'

export const App = () => (
  <RealmProvider schema={[TaskSchema]}${props}>
    {null}
  </RealmProvider>
)
`,
    })
    assert.equal(
      created(app(' schemaVersion={1}'), 'src/App.tsx'),
      `import { RealmProvider } from '@realm/react'
import { TaskSchema } from './db/schema'
import Realm from 'realm'

function migrate(oldRealm: Realm, newRealm: Realm) {
  if (oldRealm.schemaVersion < 2) {
    const oldTaskRows = oldRealm.objects<any>('Task')
    const newTaskRows = newRealm.objects<any>('Task')
    for (let i = 0; i < oldTaskRows.length; i++) {
      newTaskRows[i].title = oldTaskRows[i].name
    }
  }
}

export const App = () => (
  <RealmProvider schema={[TaskSchema]} schemaVersion={2} onMigration={migrate}>
    {null}
  </RealmProvider>
)
`,
    )
    const bare = created(app(''), 'src/App.tsx', realm12, realmApp({ classes: before, version: null }))
    assert.ok(bare.includes('<RealmProvider schema={[TaskSchema]} schemaVersion={1} onMigration={migrate}>'), bare)
  })

  it('writes JavaScript, tabs, CRLF and no trailing commas as its neighbours do', () => {
    const files = {
      ...realmApp({ classes: after }),
      'src/db/realm.ts': '',
      'src/db/open.js': `const Realm = require('realm');
const { TaskSchema } = require('./schema');

module.exports = new Realm({
	path: 'default.realm',
	schema: [TaskSchema],
	schemaVersion: 1
});
`.replaceAll('\n', '\r\n'),
    }
    const text = created(files, 'src/db/open.js')
    assert.doesNotMatch(text, /[^\r]\n/, 'line ends are not mixed')
    assert.ok(
      text.replaceAll('\r\n', '\n').endsWith(`	schemaVersion: 2,
	onMigration: (oldRealm, newRealm) => {
		if (oldRealm.schemaVersion < 2) {
			const oldTaskRows = oldRealm.objects('Task');
			const newTaskRows = newRealm.objects('Task');
			for (let i = 0; i < oldTaskRows.length; i++) {
				newTaskRows[i].title = oldTaskRows[i].name;
			}
		}
	}
});
`),
    )
  })

  it('opens a configuration on one line, with types where nothing gives them', () => {
    const files = realmApp({
      classes: after,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'

const config = { schema: [TaskSchema], schemaVersion: 1 }
export const open = () => Realm.open(config)
`,
      },
    })
    assert.match(
      created(files),
      /const config = \{\n {2}schema: \[TaskSchema\],\n {2}schemaVersion: 2,\n {2}onMigration: \(oldRealm: Realm, newRealm: Realm\) => \{/,
    )
  })

  it('says why nothing can be written', () => {
    assert.match(configured('onMigration: ({ schemaVersion }, now) => {},'), /cannot be read/)
    const twice = realmApp({
      classes: after,
      files: {
        'src/db/realm.ts': `import Realm from 'realm'
import { TaskSchema } from './schema'
export const a = () => Realm.open({ schema: [TaskSchema], schemaVersion: 1 })
export const b = () => Realm.open({ schema: [TaskSchema], schemaVersion: 1 })
`,
      },
    })
    assert.match(created(twice), /several configurations/)
    assert.match(created(released), /^Nothing is missing/)
    assert.match(created(realmApp({ classes: after, config: 'inMemory: true,' })), /in memory/)
    assert.match(created(realmApp({ classes: before, version: 0 })), /below the released version/)
  })

  it('reads from phones only what their version has', () => {
    const snapshots = [
      realmApp({ classes: { Other: "properties: { x: 'int' }," }, version: 1 }),
      realmApp({ classes: { ...before, Other: "properties: { x: 'int' }," }, version: 4 }),
    ].flatMap(files => [...baselinesOf(files, realm12).values()].flatMap(one => one.snapshots))
    const app = runApp(realmApp({ classes: { ...after, Other: "properties: { x: 'int' }," }, version: 4 }), {
      rules: [],
      project: realm12,
    })
    const [store] = app.analyzer.stores()
    app.analyzer.setBaselines(new Map([[store!.name, { kind: 'release', label: 'v4.json', snapshots }]]))
    const [own] = app.analyzer.stores()
    const generated = app.analyzer.generators(own!).createMigration?.(own!, app.context)
    assert.ok(generated && 'edits' in generated)
    const text = applyFix(app, { title: '', safe: false, edits: generated.edits })['src/db/realm.ts'] ?? ''
    assert.match(
      text,
      /if \(oldRealm.schemaVersion < 5\) \{\n {6}if \(oldRealm.schemaVersion >= 4\) \{\n {8}const oldTaskRows/,
    )
  })
})

describe('fixes for what looks like a rename', () => {
  const rule = 'realm/schema-changed-without-bump'
  const fixesOf = (app: RunningApp) => app.analyzer.fixes(findingsOf(app, rule)[0]!, app.context)

  it('copy, keep the stored name, or drop', () => {
    const app = runApp(realmApp({ classes: after }), { released, project: realm12 })
    const fixes = fixesOf(app)
    assert.deepEqual(
      fixes.map(fix => fix.title),
      [
        'Create migration to version 2 that moves "name" to "title"',
        'Go on storing it as "name" (mapTo)',
        'Create migration to version 2 that drops "name"',
      ],
    )
    const [, mapped, dropped] = fixes.map(fix => applyFix(app, fix))
    assert.ok(mapped?.['src/db/schema.ts']?.includes("title: { type: 'string', mapTo: 'name' }"))
    assert.match(
      dropped?.['src/db/realm.ts'] ?? '',
      /for \(const row of newRealm.objects<any>\('Task'\)\) \{\n {8}row.title = ''/,
    )
    for (const files of [mapped, dropped]) {
      const mended = runApp(files ?? {}, { released, project: realm12 })
      assert.deepEqual(findingsOf(mended, rule), [])
      assert.deepEqual(findingsOf(mended, 'realm/renamed-property-loses-data'), [])
    }
  })

  it('mapTo in the object form and in classes that the Babel plugin reads', () => {
    const object = { Task: "properties: { title: { type: 'string', indexed: true } }," }
    const app = runApp(realmApp({ classes: object }), { released, project: realm12 })
    const mapped = applyFix(app, fixesOf(app)[1]!)
    assert.ok(mapped['src/db/schema.ts']?.includes("{ type: 'string', indexed: true, mapTo: 'name' }"))
    const model = (name: string) => realmApp({ models: { Task: `${name}!: string\ndone!: boolean` } })
    const decorated = runApp(model('title'), { released: model('name'), project: withBabelPlugin() })
    const text = applyFix(decorated, fixesOf(decorated)[1]!)['src/models/Task.ts']
    assert.ok(text?.includes("  @Realm.mapTo('name')\n  title!: string"), text)
  })
})
