// Right queries and writes that look wrong: with all rules on, nothing may be reported about them.
import assert from 'node:assert/strict'
import { realm12, realmApp, realmProject } from '../../src/core/engines/realm/example-app.ts'
import type { Example } from '../../src/core/rules/rule.ts'
import { runApp } from '../../testkit/run-example.ts'

/** Rules about what `filtered`, `sorted`, `objects` and `write` are given. */
const ours =
  /^realm\/(?:query-|invalid-sort|invalid-write|invalid-lookup|class-not-in-schema|async-write|write-outside-transaction|use-after-delete)/

function staysSilent(files: Readonly<Record<string, string>>, project: Example['project'] = realm12): void {
  const app = runApp(files, project && { project })
  const found = [...app.texts.keys()].flatMap(file =>
    app.analyzer
      .findings(file)
      .filter(one => ours.test(one.rule))
      .map(one => `${file} ${one.rule}: ${one.message}`),
  )
  assert.deepEqual(found, [])
}

const classes = {
  Task: `primaryKey: '_id',
properties: {
  _id: 'objectId',
  name: 'string',
  isDone: { type: 'bool', mapTo: 'done' },
  limit: 'int',
  size: 'string',
  first: 'string',
  last: 'string',
  text: 'string',
  sort: 'int',
  asc: 'bool',
  in: 'int',
  'tax-no': 'int',
  'two words': 'string',
  ids: 'string[]',
  owner: 'Person?',
  count: 'counter?',
  value: 'mixed',
  extras: 'mixed{}',
},`,
  Person: `primaryKey: 'id',
properties: { id: 'string?', tasks: { type: 'linkingObjects', objectType: 'Task', property: 'owner' } },`,
  Empty: 'properties: {},',
}

const look = (body: string, head = '') =>
  realmApp({
    classes,
    files: {
      'src/look.tsx': `import { useQuery, useRealm } from '@realm/react'
import Realm from 'realm'
${head}
export function look(realm: Realm, words: string[], name: any) {
  const tasks = realm.objects('Task')
${body}
}
`,
    },
  })

describe('realm: queries and writes that look wrong', () => {
  it('queries of other libraries, on anything, on unknown classes', () => {
    staysSilent(
      look(`  name.filtered('age === 3').sorted('age ASC')
  lodash.filtered('a ===').objects('Nobody')
  realm.objects(name).filtered('whatever == 3 AND is.never.known > $0', 3).sorted('nothing')
  ;(tasks as any as { filtered(text: string): void }).filtered('name == "a"')
  const other = new Other()
  other.write(async () => {})
  other.objects('Nobody')
  other.create('Nobody', {})`),
    )
  })

  it('arguments of every kind', () => {
    staysSilent(
      look(`  tasks.filtered('name IN $0 AND name == $1 AND value == $2', words, null, name)
  tasks.filtered('ANY ids IN $0 AND _id == $1', ['a'], new Realm.BSON.ObjectId())
  tasks.filtered('limit BETWEEN {$0, $1} AND owner == $2', 1, 2, tasks[0].owner)
  tasks.filtered('name == $0', ...words)
  tasks.filtered(words ? 'done == true' : 'name == $0', name)
  tasks.filtered(\`owner.tasks.@count > $0 AND @links.@count == 0\`, 0)`),
    )
  })

  it('names that are words of the language, have hyphens or blanks, or are persisted ones', () => {
    staysSilent(
      look(`  tasks.filtered('limit > 1 AND size == "L" AND first == "a" AND last == "b" AND text == "t" AND in > 3')
  tasks.filtered('sort > 1 AND asc == true AND tax-no == 1 AND two\\\\ words == "x"')
  tasks.filtered('done == true OR isDone == false SORT(done ASC)').sorted('done').sorted('isDone', true)
  tasks.filtered('extras.key == 3 AND extras["key"] == "x" AND value == 3 AND value == "x"').sorted('extras[key]')`),
    )
  })

  it('spellings that the language takes', () => {
    staysSilent(
      look(`  tasks.filtered('limit = 1 AND limit <> 2 AND limit => 1 AND limit =< 3 && !(name == "a" || name ==[c] "b")')
  tasks.filtered('name CONTAINS [c] "a" AND not name beginswith "b" AND name like "*c?"')
  tasks.filtered('TRUEPREDICATE SORT(name ASC, owner.id DESC) DISTINCT(name) LIMIT(3)')
  tasks.filtered(\`
    name == "a"
      OR (limit + 1 > 3)
  \`)
  tasks.filtered('_id == oid(0123456789abcdef01234567) AND count >= 1')`),
    )
  })

  it('texts from constants, enums and choices', () => {
    staysSilent(
      look(
        `  tasks.filtered(byName, name).filtered(\`\${Field.Name} == $0\`, name).filtered('limit > ' + most)
  tasks.filtered(name ? byName : 'done == $0', name).sorted(Field.Name)
  tasks.filtered(\`\${name} CONTAINS $0\`, name).sorted(name, words.length > 3)
  tasks.filtered(words.map((_, i) => \`name == $\${i}\`).join(' OR '), ...words)
  const key: 'name' | 'limit' = name
  tasks.filtered(\`TRUEPREDICATE SORT(\${key} \${name ? 'ASC' : 'DESC'})\`)`,
        `
enum Field {
  Name = 'name',
}
const most = 3
const byName = 'name == $0'
`,
      ),
    )
  })

  it('parameters of inner functions that are called with known texts only', () => {
    staysSilent(
      realmApp({
        classes,
        files: {
          'src/lists.ts': `import Realm from 'realm'

export function lists(realm: Realm) {
  const query = (name: string) => realm.objects('Task').filtered(\`name == '\${name}'\`)
  const home = query('home')
  return [home, query(home.length > 0 ? 'work' : 'garden')]
}
`,
        },
      }),
    )
  })

  it('transactions', () => {
    staysSilent(
      look(`  const hook = useRealm()
  const mine = useQuery({ type: 'Task', query: all => all.filtered('done == true').sorted('name') })
  realm.write(() => {
    for (const task of tasks) task.name = 'x'
    const made = realm.create('Task', { name: 'a' }, Realm.UpdateMode.Modified)
    made.name = 'b'
    realm.delete(made)
    realm.deleteAll()
  })
  if (!realm.isInTransaction) realm.write(() => realm.delete(tasks))
  const save = (title: string) => hook.create('Task', { name: title })
  return <Button onPress={() => hook.write(() => save(mine[0].name))} onSave={() => hook.create('Task', {})} />`),
    )
  })

  it('migrations ask for classes that are gone', () => {
    staysSilent(
      realmApp({
        classes,
        version: 2,
        config: `onMigration: (oldRealm: Realm, newRealm: Realm) => {
  if (oldRealm.schemaVersion < 2) copy(oldRealm, newRealm)
},`,
        files: {
          'src/copy.ts': `import type Realm from 'realm'

export function copy(before: Realm, after: Realm) {
  const gone = before.objects('Gone').filtered('anything == 3')
  for (const one of after.objects('Task')) one._id = gone[0].key
}
`,
        },
      }),
    )
  })

  it('realms whose schema is not known, or is in another package', () => {
    const open = (body: string) => ({
      'src/look.ts': `import Realm from 'realm'
import { schemas } from 'other-package'

${body}
`,
    })
    staysSilent(
      open(
        `export const look = async () => (await Realm.open({ schema: schemas, schemaVersion: 1 })).objects('Any').filtered('a.b == 3')`,
      ),
    )
    staysSilent(open(`export const look = (realm: Realm) => realm.objects('Any').filtered('a.b == 3').sorted('c')`))
  })

  it('versions that read queries otherwise', () => {
    for (const version of ['10.24.0', '11.10.2', '12.0.0', '12.7.0', '20.2.0'])
      staysSilent(
        look(`  tasks.filtered('name == $0 AND limit > 3 AND ANY ids == "x"', name).sorted([['name', true]])`),
        realmProject(version),
      )
  })
})
