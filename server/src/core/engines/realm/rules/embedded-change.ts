// A class became embedded, and nothing sees to rows that cannot be.
import type { Rule } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'
import { type ChangeOfClass, migrationFixes, placeOfChange, unmendedChanges } from '../migrations/judge-class.ts'
import { isGiven } from '../openings/read-opening.ts'
import type { ClassInStore } from '../types.ts'

const app = (place: string, version = 1, config?: string): Record<string, string> =>
  realmApp({
    classes: { Task: "properties: { at: 'Place' },", Place: place },
    version,
    ...(config !== undefined && { config }),
  })

/** Any deletion, and any option that may say so, counts. */
const isResolved = ({ store, scope, class: own }: ClassInStore): boolean => {
  const options = store.openings.map(one => one.entries.get('migrationOptions'))
  const isOff = (entry: (typeof options)[number]): boolean => {
    const shape = scope.shape(entry?.value)
    const resolve = shape?.entries.get('resolveEmbeddedConstraints')
    return shape?.complete === true && (!resolve || scope.boolean(resolve.value) === false)
  }
  const { migration } = store
  const isTouched =
    migration?.calls.some(({ realm, method }) => realm === 'new' && method === 'delete') ||
    migration?.steps.some(step => step.realm === 'new' && step.className === own.name.text)
  return isTouched === true || options.some(entry => isGiven(scope, entry) && !isOff(entry))
}

export const embeddedChange: Rule<ClassInStore, ChangeOfClass> = {
  id: 'realm/embedded-change',
  severity: 'warning',
  on: 'class',
  needsBaseline: true,
  docs: {
    what: 'A class is embedded now, and neither `resolveEmbeddedConstraints` nor a step of `onMigration` sees to its rows.',
    why: 'An embedded object belongs to exactly one other: phones with a row that has no link, or two, throw `Cannot convert … to embedded` and cannot open the realm.',
    fix: 'Adds `migrationOptions: { resolveEmbeddedConstraints: true }`, which deletes rows without a link and copies those with several.',
  },
  *check(subject) {
    for (const data of unmendedChanges(subject, ['to-embedded'])) {
      const { difference, upgrade } = data
      const { className } = difference
      if (isResolved(subject)) continue
      yield {
        at: placeOfChange(subject, difference),
        message: `"${className}" is embedded since ${upgrade.label}: phones with a row of it that has no link, or more than one, throw "Cannot convert" and cannot open the realm. Set "resolveEmbeddedConstraints", or clean up in "onMigration".`,
        data,
      }
    }
  },
  fix: ({ data }, context) => migrationFixes(data, context),
  examples: [
    {
      name: 'a class becomes embedded',
      project: realm12,
      released: app("properties: { city: 'string' },"),
      files: app(
        "{\n  name: 'Place',\n//      ^^^^^^^ is embedded since\n  embedded: true,\n  properties: { city: 'string' },\n}",
        2,
      ),
      fixed: {
        'src/db/realm.ts': app('', 2, 'migrationOptions: { resolveEmbeddedConstraints: true },')['src/db/realm.ts']!,
      },
    },
    {
      name: 'the option is given',
      project: realm12,
      released: app("properties: { city: 'string' },"),
      files: app(
        "embedded: true,\nproperties: { city: 'string' },",
        2,
        'migrationOptions: { resolveEmbeddedConstraints: true },',
      ),
    },
    {
      name: 'rows are cleaned up',
      project: realm12,
      released: app("properties: { city: 'string' },"),
      files: app(
        "embedded: true,\nproperties: { city: 'string' },",
        2,
        "onMigration: (_old, realm) => {\n  realm.delete(realm.objects('Place').filtered('@links.@count == 0'))\n},",
      ),
    },
    {
      name: 'a class that is embedded no more',
      project: realm12,
      released: app("embedded: true,\nproperties: { city: 'string' },"),
      files: app("properties: { city: 'string' },", 2),
    },
  ],
}
