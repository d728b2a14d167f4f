// Completion inside of query strings and sort keys.
import assert from 'node:assert/strict'
import { realmApp } from '../../src/core/engines/realm/example-app.ts'
import { completeFiles } from '../answers/complete.ts'

const classes = {
  Person: `properties: { name: 'string', best: 'Person?', dogs: 'Dog[]' },`,
  Dog: `properties: { name: 'string', weight: 'int' },`,
}
const person = ['name', 'best', 'dogs']
const dog = ['name', 'weight']

/** What is offered at `$0` behind `realm.objects('Person')`. */
const offered = (statement: string): readonly string[] =>
  completeFiles(
    realmApp({
      classes,
      files: {
        'src/look.ts': `import type Realm from 'realm'\n\nexport const look = (realm: Realm) => realm.objects('Person')${statement}\n`,
      },
    }),
  ).labels

describe('realm: completion in queries', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [`.filtered('$0')`, person],
    [`.filtered('name == "a" AND $0')`, person],
    [`.filtered('best.na$0')`, person],
    [`.filtered('best.dogs.$0')`, dog],
    [`.filtered("dogs.$0`, dog],
    [`.filtered('SUBQUERY(dogs, $d, $d.$0).@count > 0')`, dog],
    [`.sorted('$0')`, person],
    [`.sorted([['best.$0', true]])`, person],
  ]
  for (const [statement, labels] of cases)
    it(statement, () => {
      assert.deepEqual(offered(statement), labels)
    })
})
