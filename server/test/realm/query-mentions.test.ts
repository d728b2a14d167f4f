// What queries name: each part of a key path where its letters stand, also half a name, and the places for one.
import assert from 'node:assert/strict'
import { realm12, realmApp } from '../../src/core/engines/realm/example-app.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'

const classes = {
  Person: `properties: { name: 'string', title: { type: 'string', mapTo: 'full_title' }, best: 'Person?', dogs: 'Dog[]' },`,
  Dog: `properties: { name: 'string', weight: 'int' },`,
}

/** The mentions of one statement on people, as `entity.field @ offset 'letters'`, in order. */
function named(statement: string): readonly string[] {
  const head = `import type Realm from 'realm'\n\nexport const look = (realm: Realm) => realm.objects('Person')`
  const file = `${head}${statement}\n`
  const app = runApp(realmApp({ classes, files: { 'src/look.ts': file } }), { rules: [], project: realm12 })
  return [...app.analyzer.catalog(() => undefined).mentions(`${appRoot}/src/look.ts`)]
    .filter(one => one.at.span.start >= head.length)
    .sort((a, b) => a.at.span.start - b.at.span.start)
    .map(one => {
      const { start, end } = one.at.span
      const name = one.kind === 'word' ? 'word' : one.kind === 'field' ? `${one.entity}.${one.field}` : one.entity
      const isPlain = one.kind !== 'word' && one.source !== undefined
      return `${name} @ ${start - head.length} '${file.slice(start, end)}'${isPlain ? '' : ' as it is not called'}`
    })
}

describe('realm: mentions in queries', () => {
  it('names each part of a path, behind escapes and in templates', () => {
    assert.deepEqual(named(`.filtered('name == \\'x\\' AND best.dogs.weight > 3')`), [
      "Person.name @ 11 'name'",
      "Person.best @ 29 'best'",
      "Person.dogs @ 34 'dogs'",
      "Dog.weight @ 39 'weight'",
    ])
    assert.deepEqual(named('.filtered(`\n  name == $0 SORT(best.name ASC)\n`)'), [
      "Person.name @ 14 'name'",
      "Person.best @ 30 'best'",
      "Person.name @ 35 'name'",
    ])
  })

  it('tells persisted names, variables and backlinks apart', () => {
    assert.deepEqual(
      named(
        `.filtered('full_title == "x" AND SUBQUERY(dogs, $d, $d.weight > 3).@count > 0 AND @links.Person.best.name == "y"')`,
      ),
      [
        "Person.title @ 11 'full_title' as it is not called",
        "Person.dogs @ 42 'dogs'",
        "Dog.weight @ 55 'weight'",
        "Person @ 89 'Person'",
        "Person.best @ 96 'best'",
        "Person.name @ 101 'name'",
      ],
    )
  })

  it('names what is half written, and where nothing is written yet', () => {
    assert.deepEqual(named(`.filtered('')`), ["Person. @ 11 ''"])
    assert.deepEqual(named(`.filtered('name == "a" AND ')`), ["Person.name @ 11 'name'", "Person. @ 27 ''"])
    assert.deepEqual(named(`.filtered('best.na')`), ["Person.best @ 11 'best'", "Person.na @ 16 'na'"])
    assert.deepEqual(named(`.filtered('best.dogs. > 3')`), ["Dog. @ 21 ''"])
    assert.deepEqual(named(`.filtered('SUBQUERY(dogs, $d, $d.).@count > 0')`), [
      "Person.dogs @ 20 'dogs'",
      "Dog. @ 33 ''",
    ])
  })

  it('names the keys of sorts', () => {
    assert.deepEqual(named(`.sorted('best.name', true)`), ["Person.best @ 9 'best'", "Person.name @ 14 'name'"])
    assert.deepEqual(named(`.sorted([['name', true], 'bes'])`), ["Person.name @ 11 'name'", "Person.bes @ 26 'bes'"])
  })
})
