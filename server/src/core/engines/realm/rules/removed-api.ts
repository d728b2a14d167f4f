// Code uses what the installed version of realm no longer has.
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { type OldUse, oldUses } from '../code/old-names.ts'
import { replaceAt } from '../edit-object.ts'
import { realm12, realmApp, realmProject } from '../example-app.ts'
import type { ClassInStore, CodeOfFile } from '../types.ts'
import { majorFor } from '../versions.ts'

const old = (body: string, head = '') => ({
  ...realmApp({ models: { Task: "static schema = { name: 'Task', properties: { title: 'string' } }" } }),
  'src/old.js': `import { Task } from './models/Task'
${head}
export function look(realm) {
${body}
}
`,
})

export const removedApi: Rule<CodeOfFile | ClassInStore, OldUse | undefined> = {
  id: 'realm/removed-api',
  severity: 'error',
  on: ['code', 'class'],
  docs: {
    what: 'JavaScript uses what older versions of Realm had: `realm.empty`, `realm.readOnly`, `object._objectId()`, `new Task({ … })` without a realm (gone since 11), lists as `properties` or as values of an object (since 12).',
    why: 'It reads `undefined` or throws (`realm.create is not a function`, `Array of properties are no longer supported`), and no compiler says so.',
    fix: 'Uses the present name.',
  },
  *check(subject) {
    if ('class' in subject) yield* listOfProperties(subject)
    else yield* oldNames(subject)
  },
  fix({ data }) {
    if (data?.text === undefined) return undefined
    return { title: `Use ${data.now}`, safe: true, edits: [replaceAt(data.at, data.text)] }
  },
  examples: [
    {
      name: 'old names of a realm',
      project: realm12,
      files: old(`  if (realm.readOnly) console.log(realm.empty)
  //                                    ^^^^^ Use isEmpty`),
      fixed: { 'src/old.js': old('  if (realm.readOnly) console.log(realm.isEmpty)')['src/old.js']! },
    },
    {
      name: 'old names of objects, objects without a realm, copies by path, lists of values',
      project: realmProject('20.2.0'),
      files: old(`  const id = realm.objects(Task)[0]._objectId()
  //                                ^^^^^^^^^ Use _objectKey()
  const draft = new Task({ title: 'a' })
  //                ^^^^ realm.create is not a function
  realm.writeCopyTo('copy.realm')
  //    ^^^^^^^^^^^ Use writeCopyTo({ path })
  realm.write(() => realm.create('Task', ['a']))
  //                             ^^^^^^ an object of values
  return [id, draft]`),
    },
    {
      name: 'a list of properties',
      project: realm12,
      files: {
        'src/realm.ts': `import Realm from 'realm'

const Task = {
  name: 'Task',
  properties: [{ name: 'title', type: 'string' }],
  //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ must be an object
}
export const realm = new Realm({ schema: [Task], schemaVersion: 1 })
`,
      },
    },
    {
      name: 'present names, other objects, TypeScript, whose compiler tells',
      project: realm12,
      files: {
        ...old(
          `  console.log(realm.isEmpty, list.empty, stream.readOnly)
  realm.writeCopyTo({ path: 'copy.realm' })
  realm.write(() => realm.create('Task', { title: 'a' }))
  return new Other({ title: 'a' })`,
          "import { list, stream, Other } from 'somewhere'",
        ),
        'src/typed.ts': "import type Realm from 'realm'\n\nexport const isEmpty = (realm: Realm) => realm.empty\n",
      },
    },
    {
      name: 'realm 10 has them',
      project: realmProject('10.24.0'),
      files: old('  console.log(realm.empty, new Task({ title: realm.readOnly }))'),
    },
  ],
}

function* oldNames(code: CodeOfFile): Generator<Evidence<OldUse>> {
  const major = majorFor(code.scope, code.file)
  if (major === undefined || major < 11 || !/\.[cm]?jsx?$/.test(code.file)) return
  for (const use of oldUses(code, major))
    yield {
      at: use.at,
      message: `Realm ${major} no longer has ${use.old}: ${use.why}. Use ${use.now}.`,
      data: use,
    }
}

function* listOfProperties({ class: one, scope }: ClassInStore): Generator<Evidence<undefined>> {
  const { propertiesValue } = one
  const entry = one.entries.get('properties')
  const major = propertiesValue && majorFor(scope, propertiesValue.file)
  if (propertiesValue?.value.kind !== 'array' || !entry || major === undefined || major < 12) return
  yield {
    at: { file: entry.value.file, span: entry.value.value.at },
    message: `"properties" must be an object: a list throws when the realm is opened since realm 12, so the app does not start. Write { name: type } instead.`,
  }
}
