// Something in a migration that Realm refuses, or that is lost.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type MisuseFix, misuses } from '../migrations/misuses.ts'
import type { RealmStore } from '../types.ts'

interface Data {
  readonly fix: MisuseFix | undefined
}

const task = { Task: "properties: { title: 'string' }," }
const inMigration = (body: string, head = '(oldRealm, newRealm)') =>
  realmApp({ classes: task, version: 2, config: `onMigration: ${head} => {\n${body}\n},` })

export const migrationMisuse: Rule<RealmStore, Data> = {
  id: 'realm/migration-misuse',
  severity: 'error',
  on: 'store',
  docs: {
    what: '`onMigration` is asynchronous, opens a transaction, writes to the old realm, or asks the new one for what its schema does not have.',
    why: 'The new realm is in a transaction that ends when the function returns, and the old one is read-only: Realm throws and the app cannot open its data, or what comes after an `await` is lost.',
    fix: 'Takes the transaction away, or takes the other realm.',
  },
  *check(store) {
    const { migration } = store
    if (!migration) return
    for (const { at, message, fix } of misuses(store, migration)) yield { at, message, data: { fix } }
  },
  fix({ data: { fix } }, context) {
    if (!fix) return undefined
    const { title, edits } = fix
    const made =
      typeof edits === 'function' ? edits(({ file, span }) => context.text(file)?.slice(span.start, span.end)) : edits
    return made && { title, safe: false, edits: made }
  },
  examples: [
    {
      name: 'a transaction',
      project: realm12,
      files: inMigration(`  newRealm.write(() => {
//         ^^^^^ in a transaction already
    newRealm.deleteModel('Old')
  })`),
      fixed: { 'src/db/realm.ts': inMigration(`  newRealm.deleteModel('Old')`)['src/db/realm.ts']! },
    },
    {
      name: 'an async function',
      project: realm12,
      files: inMigration(
        `//           ^^^^^ lost
  await Promise.resolve()
  newRealm.deleteModel('Old')`,
        'async (oldRealm, newRealm)',
      ),
    },
    {
      name: 'writes to the old realm',
      project: realm12,
      files: inMigration(`  oldRealm.deleteModel('Old')
//^^^^^^^^ read-only`),
      fixed: { 'src/db/realm.ts': inMigration(`  newRealm.deleteModel('Old')`)['src/db/realm.ts']! },
    },
    {
      name: 'writes to a row of the old realm',
      project: realm12,
      files: inMigration(`  for (const task of oldRealm.objects<any>('Task')) {
    task.title = task.name
    //   ^^^^^ read-only
  }`),
    },
    {
      name: 'a class that the new schema does not have',
      project: realm12,
      files: inMigration(`  for (const old of newRealm.objects<any>('Old')) {
    //                                    ^^^^^ not in the new schema
    newRealm.create('Task', { title: old.title })
  }`),
      fixed: {
        'src/db/realm.ts': inMigration(`  for (const old of oldRealm.objects<any>('Old')) {
    newRealm.create('Task', { title: old.title })
  }`)['src/db/realm.ts']!,
      },
    },
    {
      name: 'a property that is gone, read from the new realm',
      project: realm12,
      files: inMigration(`  for (const task of newRealm.objects<any>('Task')) {
    task.title = task.name
    //                ^^^^ undefined
  }`),
    },
    {
      name: 'what is right',
      project: realm12,
      files: inMigration(`  if (oldRealm.schemaVersion < 2) {
    const olds = oldRealm.objects<any>('Gone')
    for (const old of olds) newRealm.create('Task', { title: old.label })
    for (const task of newRealm.objects<any>('Task')) task.title = task.title.trim()
    newRealm.delete(newRealm.objects('Task').filtered('title == ""'))
    newRealm.deleteModel('Gone')
  }`),
    },
  ],
}
