// With a release to compare with, one keystroke in a class asks again about that class alone.
import assert from 'node:assert/strict'
import { realm12, realmApp } from '../../src/core/engines/realm/example-app.ts'
import { classDifferences, upgradeOf } from '../../src/core/engines/realm/migrations/upgrade-of.ts'
import { removedClassStays } from '../../src/core/engines/realm/rules/removed-class-stays.ts'
import { schemaChangedWithoutBump } from '../../src/core/engines/realm/rules/schema-changed-without-bump.ts'
import type { ClassInStore, RealmStore } from '../../src/core/engines/realm/types.ts'
import type { AnyRule, Rule } from '../../src/core/rules/rule.ts'
import { appRoot, findingsOf, runApp } from '../../testkit/run-example.ts'

const model = (name: string, type: string) => `import Realm from 'realm'
export class ${name} extends Realm.Object {
  static schema = { name: '${name}', properties: { a: '${type}' } }
}
`
const names = Array.from({ length: 100 }, (_, i) => `M${i}`)
const released = realmApp({ models: Object.fromEntries(names.map(name => [name, model(name, 'int')])) })

describe('Realm migrations, while one types', () => {
  it('asks about the class that was edited, and about no other', () => {
    const asked: string[] = []
    const ofClass: Rule<ClassInStore, never> = {
      ...schemaChangedWithoutBump,
      fix: () => undefined,
      *check(subject) {
        asked.push(subject.class.name.text)
        for (const { at, message } of schemaChangedWithoutBump.check(subject)) yield { at, message }
      },
    }
    const ofStore: Rule<RealmStore, never> = {
      ...removedClassStays,
      fix: () => undefined,
      *check(store) {
        asked.push('store')
        for (const { at, message } of removedClassStays.check(store)) yield { at, message }
      },
    }
    const rules = [ofClass, ofStore] as unknown as AnyRule[]
    const app = runApp(released, { rules, released, project: realm12 })
    asked.length = 0
    app.analyzer.set(`${appRoot}/src/models/M7.ts`, model('M7', 'string'))
    assert.deepEqual([...new Set(asked)], ['M7'])
    assert.equal(findingsOf(app, ofClass.id).length, 1)
    const [store] = app.analyzer.stores() as readonly RealmStore[]
    const upgrade = upgradeOf(store!)
    assert.deepEqual(
      classDifferences(store!, upgrade!.released, store!.class('M7')!).map(({ kind }) => kind),
      ['type-changed'],
    )
  })
})
