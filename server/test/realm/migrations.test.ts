// What is read of `onMigration`: branches, the rows that it writes, and where that is not all.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject } from '../../src/core/engines/realm/example-app.ts'
import type { MigrationRead } from '../../src/core/engines/realm/types.ts'
import { realmsOf } from './listing.ts'

const classes = {
  Task: "properties: { title: 'string', owner: 'User', steps: 'Step[]' },",
  User: "properties: { name: 'string' },",
  Step: "embedded: true,\nproperties: { text: 'string' },",
}

const read = (
  config: string,
  files: Readonly<Record<string, string>> = {},
  project = realm12,
): MigrationRead | undefined => realmsOf(realmApp({ classes, version: 9, config, files }), project).stores[0]?.migration

/** Branches and steps as lines: `Task.title < 3`; `!` for what no test guards, `?` at the end where there may be more. */
const told = (config: string, files?: Readonly<Record<string, string>>): string => {
  const migration = read(config, files)
  if (!migration) return 'none'
  const branches = migration.branches.map(({ toVersion }) => toVersion ?? '?').join(' ')
  const steps = migration.steps.map(
    ({ kind, className, property, isGuarded, toVersion }) =>
      `${kind === 'assign' ? '' : `${kind} `}${className}.${property}${isGuarded ? ` < ${toVersion}` : ' !'}`,
  )
  return [`[${branches}]`, ...steps].join(', ') + (migration.complete ? '' : ' ?')
}

const inBranch = (body: string) => `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 3) {
${body}
  }
},`

describe('Realm migrations', () => {
  it('are read from loops of every kind', () => {
    const loops = [
      "const olds = oldRealm.objects('Task'), news = newRealm.objects('Task')\nfor (let i = 0; i < olds.length; i++) { news[i].title = olds[i].name }",
      "for (const task of newRealm.objects('Task')) task.title = 'a'",
      "for (const i in newRealm.objects('Task')) { const task = newRealm.objects('Task')[i]\n task['title'] = 'a' }",
      "newRealm.objects('Task').forEach((task, i) => { task.title = oldRealm.objects('Task')[i].name })",
      "newRealm.objects('Task').filtered('a == 1').map(task => { task.title = 'a' })",
      "const [first] = newRealm.objects('Task')\nconst task = newRealm.objectForPrimaryKey('Task', 1)!\ntask.title = 'a'",
      "newRealm.objects<any>('Task').update('title', 'a')",
      "Array.from(newRealm.objects('Task')).forEach(task => Object.assign(task, { title: 'a' }))",
    ]
    for (const loop of loops) assert.equal(told(inBranch(loop)), '[3], Task.title < 3', loop)
  })

  it('follow links, lists and new objects', () => {
    assert.equal(
      told(
        inBranch(`const task = newRealm.objects('Task')[0]
task.owner.name = 'a'
task.steps.forEach(step => { step.text = 'b' })
task.steps.push({ text: 'c' })
newRealm.create('User', { name: 'd' })
newRealm.create('Task', all)
newRealm.deleteModel('Old')`),
      ),
      '[3], Task.steps < 3, create User.name < 3, create Task.* < 3, delete-model Old.* < 3, User.name < 3, Step.text < 3',
    )
  })

  it('know every way to ask for the old version', () => {
    const task = "newRealm.objects('Task')[0].title = 'a'"
    const ways: Readonly<Record<string, string>> = {
      [`if (oldRealm.schemaVersion < 3) ${task}`]: '[3], Task.title < 3',
      [`if (oldRealm.schemaVersion <= 3) ${task}`]: '[4], Task.title < 4',
      [`if (3 > oldRealm.schemaVersion && ready) { ${task} }`]: '[3], Task.title < 3',
      [`const oldVersion = oldRealm.schemaVersion\nif (oldVersion < LATEST) ${task}`]: '[7], Task.title < 7',
      [`oldRealm.schemaVersion < 3 && (${task})`]: '[3], Task.title < 3',
      [`oldRealm.schemaVersion < 3 ? (${task}) : other()`]: '[3], Task.title < 3',
      // A name that does not say so: guarded, and nobody knows up to which version.
      [`const from = oldRealm.schemaVersion\nif (from < LATEST) ${task}`]: '[], Task.title < undefined',
      [`const { schemaVersion } = oldRealm\nif (schemaVersion === 2) ${task}`]: '[3], Task.title < 3',
      [`if (oldRealm.schemaVersion >= 3) return\n${task}`]: '[3], Task.title < 3',
      [`if (oldRealm.schemaVersion > 3) { other() } else { ${task} }`]: '[4], Task.title < 4',
      [`switch (oldRealm.schemaVersion) {\n case 1: other()\n case 2: ${task} }`]: '[2 3], Task.title < 3',
      [`if (oldRealm.schemaVersion < 5) { if (oldRealm.schemaVersion < 3) ${task} }`]: '[5 3], Task.title < 3',
      [`if (oldRealm.schemaVersion < later()) ${task}`]: '[?], Task.title < undefined',
      [task]: '[], Task.title !',
    }
    for (const [body, lines] of Object.entries(ways))
      assert.equal(told(`onMigration: (oldRealm, newRealm) => {\nconst LATEST = 7\n${body}\n},`), lines, body)
  })

  it('follow functions, here and in other files, whatever they call the realms', () => {
    const helpers = `export const rename = (a: Realm, b: Realm, name: string, key: string) => {
  const rows = b.objects(name)
  a.objects(name).forEach((row, i) => { rows[i][key] = row.old })
}
export function all({ oldRealm, newRealm }) { if (oldRealm.schemaVersion < 4) one(newRealm.objects('User')) }
const one = users => { for (const user of users) touch(user) }
function touch(user) { user.name = '' }
export class Steps { static run(old, next) { next.objects('Task')[0].title = 'x' } }
`
    const file = (body: string) => ({
      'src/db/helpers.ts': helpers,
      'src/db/realm.ts': `import Realm from 'realm'
import * as helpers from './helpers'
import { all, rename, Steps } from './helpers'
import { StepSchema, TaskSchema, UserSchema } from './schema'
${body}`,
    })
    const open = (migration: string) =>
      `export const realm = new Realm({ schema: [TaskSchema, UserSchema, StepSchema], schemaVersion: 9, onMigration: ${migration} })`
    const ways: Readonly<Record<string, string>> = {
      [open("(o, n) => { if (o.schemaVersion < 3) rename(o, n, 'Task', 'title') }")]: '[3], Task.title < 3',
      [open('(oldRealm, newRealm) => { all({ oldRealm, newRealm }) }')]: '[4], User.name < 4',
      [open('(o, n) => helpers.all({ oldRealm: o, newRealm: n })')]: '[4], User.name < 4',
      [open('Steps.run')]: 'none',
      [open('(o, n) => Steps.run(o, n)')]: '[], Task.title !',
      [open('migrate').concat(
        "\nfunction migrate(o, n) { const step = () => { n.objects('Task')[0].title = '' }; step() }",
      )]: '[], Task.title !',
      [`class Db { open() { ${open('(o, n) => { this.migrate(o, n) }').slice('export '.length)} }
migrate(o, n) { if (o.schemaVersion < 2) n.objects('User')[0].name = '' } }`]: '[2], User.name < 2',
    }
    for (const [body, lines] of Object.entries(ways)) assert.equal(told('', file(body)), lines, body)
  })

  it('are not complete where something cannot be followed', () => {
    for (const body of [
      'convert(newRealm)',
      'new Migrator(newRealm).run()',
      'steps.forEach(step => step(oldRealm, newRealm))',
      "byId[task.id].title = 'a'",
      'newRealm.objects(name())[0].title = 1',
      "const kept = {}\nfor (const task of newRealm.objects('Task')) kept[task.id] = task\nkept[1].title = 'a'",
    ])
      assert.match(told(`onMigration: (oldRealm, newRealm) => {\n${body}\n},`), /\?$/, body)
  })

  it('are complete where nothing of the realm is given away', () => {
    for (const body of [
      '',
      'console.log(newRealm)',
      'const count = {}\ncount.tasks = 1',
      "const tasks = oldRealm.objects('Task')\nlogger.info(tasks.length)",
      'this.migrated = true',
    ])
      assert.equal(told(`onMigration: (oldRealm, newRealm) => {\n${body}\n},`), '[]', body)
  })

  it('go by `migration` before realm 11', () => {
    const config = "migration: (oldRealm, newRealm) => { newRealm.objects('Task')[0].title = '' },"
    assert.equal(read(config), undefined)
    assert.deepEqual([...(read(config, {}, realmProject('10.24.0'))?.assigned ?? [])], ['Task.title'])
  })

  it('tell what both realms are asked for', () => {
    const calls = read(
      inBranch("oldRealm.objects('Task')\nnewRealm.write(() => {})\nnewRealm.objectForPrimaryKey('User', 1)"),
    )?.calls
    assert.deepEqual(
      calls?.map(({ realm, method, className }) => `${realm}.${method} ${className?.text}`),
      ['old.objects Task', 'new.write undefined', 'new.objectForPrimaryKey User'],
    )
  })
})
