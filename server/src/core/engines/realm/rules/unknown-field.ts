// A new object is given a value under a name that no property has.
import type { Entry } from '../../../catalog/scope.ts'
import type { Rule } from '../../../rules/rule.ts'
import { closest } from '../../../text/similar.ts'
import { writtenObjects } from '../code/created-objects.ts'
import { renameKey } from '../edit-object.ts'
import { realm12, realmApp } from '../example-app.ts'
import type { CodeOfFile, RealmClass } from '../types.ts'

interface Data {
  readonly entry: Entry
  readonly meant: string | undefined
}

const app = (body: string, head = '') => ({
  ...realmApp({
    classes: {
      Task: `primaryKey: '_id',
properties: { _id: 'int', title: 'string', done: { type: 'bool', mapTo: 'is_done' }, owner: 'User?', steps: 'Step[]' },`,
      User: "properties: { name: 'string' },",
      Step: "embedded: true,\nproperties: { text: 'string' },",
    },
  }),
  'src/add.ts': `import type Realm from 'realm'
${head}
export const add = (realm: Realm, others: object) =>
  realm.write(() => {
${body}
  })
`,
})

export const unknownField: Rule<CodeOfFile, Data> = {
  id: 'realm/unknown-field',
  severity: 'warning',
  on: 'code',
  docs: {
    what: 'The values for a new object have a key that no property of the class has; also in objects inside of them.',
    why: 'Realm ignores such a key without a word: what the user enters is not stored.',
    fix: 'Renames the key to the property that was most likely meant.',
  },
  *check(code) {
    for (const { entries, classes } of writtenObjects(code)) {
      if (!classes.every(one => one.complete)) continue
      for (const entry of entries.values()) {
        if (classes.some(one => one.properties.has(entry.name) || isDropped(one, entry.name))) continue
        const meant = meantProperty(entry, entries, classes)
        yield {
          at: entry.nameAt,
          message:
            `"${classes[0]!.name.text}" has no property "${entry.name}", so this value is ignored without a word and never stored. ` +
            (meant === undefined ? 'Remove it, or add the property.' : `Did you mean "${meant}"?`),
          related: classes.map(one => ({ at: one.name.at, message: `The class "${one.name.text}"` })),
          data: { entry, meant },
        }
      }
    }
  },
  fix({ data: { entry, meant } }, context) {
    const edit = meant === undefined ? undefined : renameKey(entry, meant, context)
    return edit && { title: `Rename to "${meant}"`, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'a mistyped key',
      project: realm12,
      files: app(`    realm.create('Task', { _id: 1, titel: 'a', done: false })
//                                 ^^^^^ Did you mean "title"?`),
      fixed: { 'src/add.ts': app("    realm.create('Task', { _id: 1, title: 'a', done: false })")['src/add.ts']! },
    },
    {
      name: 'the name in the file instead of the one in the code',
      project: realm12,
      files: app(`    realm.create('Task', { _id: 1, title: 'a', is_done: false }, 'modified')
//                                             ^^^^^^^ Did you mean "done"?`),
      fixed: {
        'src/add.ts': app("    realm.create('Task', { _id: 1, title: 'a', done: false }, 'modified')")['src/add.ts']!,
      },
    },
    {
      name: 'in objects inside',
      project: realm12,
      files: app(`    realm.create('Task', {
      _id: 1, title: 'a', done: true,
      owner: { name: 'A', email: 'a@b.c' },
      //                  ^^^^^ "User" has no property "email"
      steps: [{ text: 'a' }, { text: 'b', rank: 2 }],
      //                                  ^^^^ "Step" has no property "rank"
    })`),
    },
    {
      name: 'a class',
      project: realm12,
      files: {
        ...realmApp({ models: { Task: "static schema = { name: 'Task', properties: { title: 'string' } }" } }),
        'src/add.ts': `import type Realm from 'realm'
import { Task } from './models/Task'

export const add = (realm: Realm) => {
  new Task(realm, { title: 'a', rank: 1 })
  //                            ^^^^ "Task" has no property "rank"
  realm.create(Task, { title: 'a', colour: 'red' })
  //                               ^^^^^^ ignored
}
`,
      },
    },
    {
      name: 'known names, spreads, values that are not written here, other things that are created',
      project: realm12,
      files: app(
        `    realm.create('Task', { _id: 1, title: 'a', done: false, owner: { name: 'A' }, steps: [{ text: 'a' }] })
    realm.create('Task', { ...others, titel: 'a' })
    realm.create('Task', { _id: 1, [key()]: 'a' })
    realm.create('Task', { _id: 1, title: 'a', done: false, owner: { ...others, email: 'a' } })
    realm.create('Task', others)
    realm.create('Other', { anything: 1 })
    factory.create('Task', { titel: 'a' })`,
        "import { factory, key } from 'somewhere'",
      ),
    },
    {
      name: 'a class with unknown properties',
      project: realm12,
      files: {
        'src/realm.ts': `import Realm from 'realm'
import { base } from 'somewhere'

const Task = { name: 'Task', properties: { ...base, title: 'string' } }
const realm = new Realm({ schema: [Task], schemaVersion: 1 })
export const add = () => realm.write(() => realm.create('Task', { titel: 'a' }))
`,
      },
    },
  ],
}

/** What the Babel plugin leaves out was meant to be a property, and is reported as that. */
const isDropped = ({ dropped }: RealmClass, name: string): boolean =>
  dropped.some(({ member }) => member.fact.name === name)

function meantProperty(
  { name }: Entry,
  entries: ReadonlyMap<string, Entry>,
  classes: readonly RealmClass[],
): string | undefined {
  const fields = classes[0]?.fields.filter(field => !entries.has(field.name.text)) ?? []
  const mapped = fields.find(field => field.persisted.text === name)
  return (
    mapped?.name.text ??
    closest(
      name,
      fields.map(field => field.name.text),
    )
  )
}
