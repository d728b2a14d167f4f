// A property is gone, and nothing has come in its place.

import type { Snapshot } from '../../../baseline/snapshot.ts'
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { placeOfChange, unmendedChanges } from '../migrations/judge-class.ts'
import { classDifferences } from '../migrations/upgrade-of.ts'
import type { ClassInStore } from '../types.ts'

const hasAdded = ({ store, class: own }: ClassInStore, released: Snapshot): boolean =>
  classDifferences(store, released, own).some(({ kind }) => kind === 'property-added')

/** True when the migration takes the values elsewhere. */
const isRead = ({ store, class: own }: ClassInStore, persisted: string | undefined): boolean =>
  (store.migration?.steps ?? []).some(step =>
    step.reads.some(read => read.realm === 'old' && read.className === own.name.text && read.property === persisted),
  )

export const removedPropertyDropsData: Rule<ClassInStore> = {
  id: 'realm/removed-property-drops-data',
  severity: 'info',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'A property is gone, and nothing has come in its place.',
    why: 'Phones that update drop the column with all its values, which no later version can bring back.',
    fix: 'Nothing to mend where that is meant.',
  },
  *check(subject) {
    const gone = [...unmendedChanges(subject, ['property-removed'])].filter(
      ({ difference: { from } }) => !isRead(subject, from?.persisted),
    )
    const [first] = gone
    if (!first || hasAdded(subject, first.upgrade.released)) return
    const names = gone.map(({ difference: { from } }) => `"${from?.persisted}"`)
    const [isAre, its] = names.length > 1 ? ['are', 'their'] : ['is', 'its']
    yield {
      at: placeOfChange(subject, first.difference),
      message: `${names.join(', ')} of "${first.difference.className}" ${isAre} gone since ${first.upgrade.label}: phones that update drop all ${its} values for good.`,
    }
  },

  examples: [
    {
      name: 'a property is removed',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: { name: 'string', note: 'string' }," } }),
      files: realmApp({
        classes: {
          Task: '{\n  name: \'Task\',\n//      ^^^^^^ "note" of "Task" is gone\n  properties: { name: \'string\' },\n}',
        },
        version: 2,
      }),
    },
    {
      name: 'what the migration reads before',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: { name: 'string', note: 'string' }," } }),
      files: realmApp({
        classes: { Task: "properties: { name: 'string' }," },
        version: 2,
        config: `onMigration: (old, now) => {
  if (old.schemaVersion < 2) {
    const olds = old.objects<any>('Task')
    now.objects<any>('Task').forEach((task, i) => {
      task.name = olds[i].name + olds[i].note
    })
  }
},`,
      }),
    },
    {
      name: 'what may be a rename',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: { name: 'string', note: 'string' }," } }),
      files: realmApp({ classes: { Task: "properties: { name: 'string', count: 'int' }," }, version: 2 }),
    },
  ],
}
