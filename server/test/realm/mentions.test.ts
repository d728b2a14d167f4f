// Where the code names classes and properties of realms.
import assert from 'node:assert/strict'
import { realm12, realmApp, withBabelPlugin } from '../../src/core/engines/realm/example-app.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { applyEdits } from '../../src/core/text/edit.ts'
import { appRoot } from '../../testkit/run-example.ts'
import { realmsOf } from './listing.ts'

/** The mentions of a file by place: `defines Task.title @ title`, `*` behind those that renaming changes elsewhere or nowhere. */
function mentionsIn(
  files: Readonly<Record<string, string>>,
  path: string,
  project: Example['project'] = realm12,
): string[] {
  const { app } = realmsOf(files, project)
  const file = `${appRoot}/${path}`
  return [...app.analyzer.catalog(() => undefined).mentions(file)]
    .sort((a, b) => a.at.span.start - b.at.span.start)
    .map(mention => {
      const text = files[path]!.slice(mention.at.span.start, mention.at.span.end)
      if (mention.kind === 'word') return `word @ ${text}`
      const name = mention.kind === 'field' ? `${mention.entity}.${mention.field}` : mention.entity
      const version = mention.version === undefined ? '' : ` v${mention.version}`
      return `${mention.part} ${mention.role} ${name} @ ${text}${version}${mention.source === mention.at ? '' : ' *'}`
    })
}

const classes = {
  Task: `primaryKey: '_id',
properties: { _id: 'int', title: { type: 'string', mapTo: 't' }, owner: 'User?', tags: 'User[]' },`,
  User: "properties: { name: 'string', tasks: { type: 'linkingObjects', objectType: 'Task', property: 'owner' } },",
}

const code = (body: string) => ({
  ...realmApp({ classes }),
  'src/code.tsx': `import { useObject, useQuery, useRealm } from '@realm/react'
import { TaskSchema } from './db/schema'
export function Use() {
  const realm = useRealm()
${body}
}
`,
})
const inCode = (body: string) => mentionsIn(code(body), 'src/code.tsx')

describe('Realm mentions', () => {
  it('in plain schemas: the class alone is the name in a type', () => {
    assert.deepEqual(mentionsIn(realmApp({ classes }), 'src/db/schema.ts'), [
      'schema defines Task @ Task',
      'schema refers Task._id @ _id',
      'schema defines Task._id @ _id',
      'word @ int',
      'schema defines Task.title @ title',
      'word @ string',
      'schema defines Task.owner @ owner',
      'relation refers User @ User',
      'word @ User',
      'schema defines Task.tags @ tags',
      'relation refers User @ User',
      'word @ User',
      'schema defines User @ User',
      'schema defines User.name @ name',
      'word @ string',
      'schema defines User.tasks @ tasks',
      'word @ linkingObjects',
      'relation refers Task @ Task',
      'relation refers Task.owner @ owner',
    ])
  })

  it('in classes with a schema, and in those that the Babel plugin translates', () => {
    const app = realmApp({
      models: {
        Task: "static schema = { name: 'Job', properties: { title: 'string' } }\ntitle!: string",
        User: "static primaryKey = 'name'\nname!: string\nfriends!: Realm.List<User>\nof!: Realm.Types.LinkingObjects<User, 'friends'>",
      },
    })
    assert.deepEqual(mentionsIn(app, 'src/models/Task.ts', withBabelPlugin()), [
      'model stands Job @ Task *',
      'schema defines Job @ Job',
      'schema defines Job.title @ title',
      'word @ string',
      'model stands Job.title @ title',
    ])
    assert.deepEqual(mentionsIn(app, 'src/models/User.ts', withBabelPlugin()), [
      'schema defines User @ User',
      'schema refers User.name @ name',
      'schema defines User.name @ name',
      'schema defines User.friends @ friends',
      'relation refers User @ User *',
      'schema defines User.of @ of',
      'relation refers User @ User *',
      'relation refers User.friends @ friends',
    ])
  })

  it('by constants, where their text stands too', () => {
    const files = {
      'src/names.ts': "export enum Names { Task = 'Task', User = 'User' }\n",
      'src/realm.ts': `import Realm from 'realm'
import { Names } from './names'
const Task = { name: Names.Task, properties: { owner: Names.User, all: \`\${Names.User}[]\` } }
const User = { name: Names.User, properties: {} }
export const realm = new Realm({ schema: [Task, User] })
realm.objects(Names.Task)
`,
    }
    assert.deepEqual(mentionsIn(files, 'src/names.ts'), ['config refers Task @ Task', 'config refers User @ User'])
    assert.deepEqual(mentionsIn(files, 'src/realm.ts'), [
      'schema defines Task @ Task *',
      'schema defines Task.owner @ owner',
      'relation refers User @ User *',
      'schema defines Task.all @ all',
      'relation refers User @ User *',
      'schema defines User @ User *',
      'query refers Task @ Task *',
    ])
  })

  it('in queries: classes, key paths, sort keys', () => {
    assert.deepEqual(inCode("  useQuery('Task').filtered('owner.name == $0 SORT(t ASC)', 1).sorted('title')"), [
      'query refers Task @ Task',
      'query refers Task.owner @ owner',
      'query refers User.name @ name',
      // By its persisted name: renaming the property leaves it.
      'query refers Task.title @ t *',
      'query refers Task.title @ title',
    ])
    assert.deepEqual(inCode("  realm.objects('User').sorted([['name', true], 'name'])\n  useObject('User', 1)"), [
      'query refers User @ User',
      'query refers User.name @ name',
      'query refers User.name @ name',
      'query refers User @ User',
    ])
    assert.deepEqual(inCode("  useQuery({ type: 'Task', query: all => all.filtered('ANY tags.name == \"a\"') })"), [
      'query refers Task @ Task',
      'query refers Task.tags @ tags',
      'query refers User.name @ name',
    ])
    assert.deepEqual(inCode("  useQuery('')"), ['query refers  @ '])
  })

  it('in writes: keys of new objects, also within objects, and assignments', () => {
    assert.deepEqual(
      inCode(
        "  const t = realm.create('Task', { _id: 1, owner: { name: 'a' }, tags: [{ name: 'b' }] })\n  t.title = 'c'",
      ),
      [
        'write refers Task @ Task',
        'write refers Task._id @ _id',
        'write refers Task.owner @ owner',
        'write refers User.name @ name',
        'write refers Task.tags @ tags',
        'write refers User.name @ name',
        'write refers Task.title @ title',
      ],
    )
    assert.deepEqual(inCode("  const title = 'a'\n  realm.create('Task', { title })"), [
      'write refers Task @ Task',
      // The name of a variable as well.
      'write refers Task.title @ title *',
    ])
  })

  it('leaves alone what is no realm', () => {
    assert.deepEqual(
      inCode("  axios.create('Task', { title: 1 })\n  const list = [1].filter(x => x)\n  list.filtered?.('a == 1')"),
      [],
    )
    assert.deepEqual(inCode("  const user = {}\n  user.name = 'a'"), [])
  })

  it('in migrations, with the version of the branch', () => {
    const files = realmApp({
      classes,
      version: 3,
      config:
        "onMigration: (oldRealm, newRealm) => {\n  if (oldRealm.schemaVersion < 3) newRealm.objects('Task')[0].title = oldRealm.objects('Old')[0].name\n},",
    })
    assert.deepEqual(mentionsIn(files, 'src/db/realm.ts'), [
      'migration changes Task @ Task',
      'migration changes Task.title @ title v3',
      'migration changes Old @ Old',
    ])
  })

  it('stand where their names stand, so that changing them renames', () => {
    const files = code(
      "  const t = realm.create('Task', { title: 'x' })\n  t.title = 'c'\n  useQuery('Task').filtered('title == 1')",
    )
    const { app } = realmsOf(files, realm12)
    const catalog = app.analyzer.catalog(() => undefined)
    const edits = [...app.texts.keys()].flatMap(file =>
      catalog
        .mentions(file)
        .flatMap(mention =>
          mention.kind === 'field' && mention.entity === 'Task' && mention.field === 'title' && mention.source
            ? [{ file, start: mention.source.span.start, end: mention.source.span.end, text: 'name' }]
            : [],
        ),
    )
    const renamed = [...app.texts].map(([file, text]) =>
      applyEdits(
        text,
        edits.filter(edit => edit.file === file),
      ),
    )
    assert.equal(edits.length, 4)
    assert.ok(
      renamed.some(text => text.includes("{ name: 'x' })\n  t.name = 'c'\n  useQuery('Task').filtered('name == 1')")),
    )
    assert.ok(renamed.some(text => text.includes("name: { type: 'string', mapTo: 't' }")))
  })
})
