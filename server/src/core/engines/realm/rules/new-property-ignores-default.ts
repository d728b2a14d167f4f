// A new property has a default, which rows that phones have do not get.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { isFilledByItself } from '../migrations/copy-value.ts'
import { type ChangeOfClass, migrationFixes, placeOfChange, unmendedChanges } from '../migrations/judge-class.ts'
import type { ClassInStore } from '../types.ts'

/** True for defaults that are what old rows get anyway. */
function isZero({ class: own, scope }: ClassInStore, name: string): boolean {
  const written = own.properties.get(name)?.default
  const value = written && scope.follow(written).value
  if (value?.kind === 'number') return value.value === 0
  if (value?.kind === 'string') return value.text === ''
  return value?.kind === 'boolean' && !value.value
}

export const newPropertyIgnoresDefault: Rule<ClassInStore, ChangeOfClass> = {
  id: 'realm/new-property-ignores-default',
  severity: 'warning',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'A required property with a default is new, and `onMigration` does not set it.',
    why: 'Defaults are for new objects only: rows that phones have get 0, an empty string, false or 1970.',
    fix: 'Writes the step that gives old rows the default.',
  },
  *check(subject) {
    for (const data of unmendedChanges(subject, ['property-added'])) {
      const { difference, upgrade } = data
      const { to, className } = difference
      if (!to?.hasDefault || !to.shape || isFilledByItself(to.shape) || isZero(subject, to.name)) continue
      yield {
        at: placeOfChange(subject, difference),
        message: `"${to.name}" of "${className}" is new since ${upgrade.label}: its default is for new objects only, and rows that phones have get a zero instead. Set it in "onMigration".`,
        data,
      }
    }
  },
  fix: ({ data }, context) => migrationFixes(data, context),
  examples: [
    {
      name: 'a new property with a default',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: {
          Task: "properties: {\n  name: 'string',\n  priority: { type: 'int', default: 3 },\n//^^^^^^^^ for new objects only\n},",
        },
        version: 2,
      }),
      fixed: {
        'src/db/realm.ts': realmApp({
          version: 2,
          config: `onMigration: (oldRealm, newRealm) => {
  if (oldRealm.schemaVersion < 2) {
    for (const row of newRealm.objects<any>('Task')) {
      row.priority = 3
    }
  }
},`,
        })['src/db/realm.ts']!,
      },
    },
    {
      name: 'defaults that are what old rows get anyway',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: {
          Task: "properties: {\n  name: 'string',\n  count: { type: 'int', default: 0 },\n  text: { type: 'string', default: '' },\n  done: { type: 'bool', default: false },\n  note: { type: 'string', optional: true, default: 'x' },\n  plain: 'int',\n},",
        },
        version: 2,
      }),
    },
    {
      name: 'a step that sets it',
      project: realm12,
      released: realmApp({ classes: { Task: "properties: {\n  name: 'string',\n}," } }),
      files: realmApp({
        classes: { Task: "properties: {\n  name: 'string',\n  count: { type: 'int', default: 3 },\n}," },
        version: 2,
        config: `onMigration: (_old, realm) => {
  for (const task of realm.objects<any>('Task')) task.count = 3
},`,
      }),
    },
  ],
}
