// Checking query strings against the classes of a realm.
import assert from 'node:assert/strict'
import { checkQuery } from '../../src/core/engines/realm/rql/check-query.ts'
import { parseQuery } from '../../src/core/engines/realm/rql/parse-query.ts'
import type { RqlArguments, RqlWorld } from '../../src/core/engines/realm/rql/world.ts'
import { peopleWorld } from '../../testkit/oracle/rql-people.ts'

const check = (text: string, given: RqlArguments = {}, world: RqlWorld = peopleWorld('unknown')) =>
  checkQuery(parseQuery(text), world, 'Person', given)
/** `the marked text: the message`, with ` → the mended query`. */
const said = (text: string, given?: RqlArguments, world?: RqlWorld) =>
  check(text, given, world).problems.map(({ at, message, mend }) => {
    const mended = mend && ` → ${text.slice(0, mend.at.start)}${mend.text}${text.slice(mend.at.end)}`
    return `${text.slice(at.start, at.end)}: ${message}${mended ?? ''}`
  })

describe('rql: checker', () => {
  it('knows the properties and classes', () => {
    assert.deepEqual(said('nme == 1 AND dog.wieght > 2'), [
      `nme: 'Person' has no property 'nme': did you mean 'name'? → name == 1 AND dog.wieght > 2`,
      `wieght: 'Dog' has no property 'wieght': did you mean 'weight'? → nme == 1 AND dog.weight > 2`,
    ])
    assert.deepEqual(said('name.first == "a"'), [`first: Property 'Person.name' has no property 'first'`])
    assert.deepEqual(said('@links.Dg.owner.name == "a"'), [
      `Dg: No property 'owner' found in type 'Dg' which links to type 'Person': did you mean 'Dog'? → @links.Dog.owner.name == "a"`,
    ])
    assert.deepEqual(said('@links.Dog.sire.name == "a"'), [`sire: 'Dog.sire' does not link to 'Person'`])
    assert.deepEqual(said('dog == obj("Dgo", "Rex")'), [
      `Dgo: Unknown object type 'Dgo': did you mean 'Dog'? → dog == obj("Dog", "Rex")`,
    ])
    assert.deepEqual(said('friends.@sum.ageo > 1'), [
      `ageo: 'Person' has no property 'ageo': did you mean 'age'? → friends.@sum.age > 1`,
    ])
  })

  it('resolves every name, by its JavaScript name and its persisted one', () => {
    const text =
      'title == "a" AND full_title == "b" AND SUBQUERY(pets, $x, $x.owner.name == "c").@count > 0 SORT(best.age ASC)'
    assert.deepEqual(
      check(text).mentions.map(({ at, className, property, byPersistedName }) => [
        text.slice(at.start, at.end),
        `${className}.${property}`,
        byPersistedName ?? false,
      ]),
      [
        ['title', 'Person.title', false],
        ['full_title', 'Person.title', true],
        ['pets', 'Person.pets', false],
        ['owner', 'Dog.owner', false],
        ['name', 'Person.name', false],
        ['best', 'Person.best', false],
        ['age', 'Person.age', false],
      ],
    )
  })

  it('knows the types', () => {
    assert.deepEqual(said('active == 1'), [
      `active == 1: Unsupported comparison between type 'bool' and type 'int': a boolean is true or false → active == true`,
    ])
    assert.deepEqual(said('born > "2020-01-01"'), [
      `born > "2020-01-01": Unsupported comparison between type 'timestamp' and type 'string': give a Date as $0, or write 2020-01-31@00:00:00 → born > 2020-01-01@00:00:00`,
    ])
    assert.deepEqual(said('name IN "a"'), [
      `"a": The keypath following 'IN' must contain a list. Found '"a"' → name IN {"a"}`,
    ])
    assert.deepEqual(said('best > $0', { values: [{ type: 'number' }] }), [
      `>: Unsupported operator > in query. Only equal (==) and not equal (!=) are supported for this type.`,
    ])
    assert.deepEqual(said('friends == null'), [`friends == null: Cannot compare linklist ('friends') with NULL`])
    assert.deepEqual(said('ANY age > 1'), [`ANY: The keypath following 'ANY' must contain a list`])
    assert.deepEqual(said('age.@count > 1'), [`@count: Operation '@count' is not supported on property of type 'int'`])
    assert.deepEqual(said('tags == labels'), [
      `tags == labels: Ordered comparison between two primitive lists is not implemented yet ('tags' and 'labels')`,
    ])
    assert.deepEqual(said('1 == 2'), ['1 == 2: Cannot compare two constants'])
    assert.deepEqual(said('age BETWEEN {1}'), [`{1}: Operator 'BETWEEN' requires list with 2 elements.`])
    assert.deepEqual(said('name + 1 == 2'), [`name + 1: Cannot perform '+' operation on 'name' and '1'`])
  })

  it('counts the arguments', () => {
    assert.deepEqual(said('name == $1', { count: 1 }), [
      '$1: Request for argument at index 1 but only 1 argument is provided',
    ])
    assert.deepEqual(said('name == $0', { count: 0 }), [
      '$0: Request for argument at index 0 but no arguments are provided',
    ])
    assert.deepEqual(said('name == $7'), [], 'nobody knows how many there are')
  })

  it('checks SUBQUERY, SORT and DISTINCT', () => {
    assert.deepEqual(said('SUBQUERY(tags, $x, $x == 1).@count > 0'), [
      `tags: A subquery can not operate on a list of primitive values (property 'tags')`,
    ])
    assert.deepEqual(said('SUBQUERY(best, $x, $x.age == 1).@count > 0'), [
      `best: A subquery must operate on a list property, but 'best' is type 'link'`,
    ])
    assert.deepEqual(said('SUBQUERY(dogs, $x, $x.age == 1).@count > 0'), [`age: 'Dog' has no property 'age'`])
    assert.deepEqual(said('TRUEPREDICATE SORT(agee ASC)'), [
      `agee: No property 'agee' found on object type 'Person' specified in 'sort' clause: did you mean 'age'? → TRUEPREDICATE SORT(age ASC)`,
    ])
    assert.equal(said('TRUEPREDICATE DISTINCT(friends.age)').length, 1)
    assert.deepEqual(said('TRUEPREDICATE SORT(best.dog.weight ASC) DISTINCT(name)'), [])
  })

  it('is silent about what is unknown', () => {
    const closed = peopleWorld('unknown')
    const open: RqlWorld = {
      ...closed,
      complete: false,
      classOf: name => {
        const one = name === 'Dog' ? undefined : closed.classOf(name)
        return (
          one && {
            ...one,
            complete: false,
            properties: one.properties.map(p => (p.name === 'age' ? { ...p, type: 'unknown' } : p)),
          }
        )
      },
    }
    const queries = [
      ...[
        'nme == 1',
        'nme.x.y == 1',
        'dog.x == 1',
        'age == "a"',
        'age.x == 1',
        '@links.Cat.x.y == 1',
        'dog == obj("Cat", 1)',
      ],
      ...['friends.@sum.agee > 1', 'SUBQUERY(nme, $x, $x.y == 1).@count > 0', 'TRUEPREDICATE SORT(nme ASC, dog.x ASC)'],
    ]
    for (const query of queries) assert.deepEqual(said(query, {}, open), [], query)
    assert.deepEqual(checkQuery(parseQuery('a.b == 1'), closed, 'Nobody').problems, [])
  })

  it('depends on the version of core where versions differ, and judges without one only what all reject', () => {
    const verdicts = (text: string) =>
      ([13, 14, 'unknown'] as const).map(core => check(text, {}, peopleWorld(core)).problems.length > 0)
    assert.deepEqual(verdicts('counts.k == 1'), [true, false, false])
    assert.deepEqual(verdicts('name[0] == "a"'), [false, true, false])
    assert.deepEqual(verdicts('photo == "a"'), [false, true, false])
    assert.deepEqual(verdicts('age IN {"a"}'), [true, false, false])
    assert.deepEqual(verdicts('age BETWEEN {1.5, 3}'), [false, true, false])
    assert.deepEqual(verdicts('best.age BETWEEN {1.5, 3}'), [false, false, false])
    assert.deepEqual(verdicts('age == "a"'), [true, true, true])
  })
})

describe('rql: pitfalls', () => {
  const warned = (text: string, given?: RqlArguments) =>
    check(text, given).pitfalls.map(({ at, message }) => `${text.slice(at.start, at.end)}: ${message}`)

  it('warns of what matches nothing or everything', () => {
    assert.deepEqual(warned('tags.length > 0'), [
      "length: 'length' is the length of each element: the number of elements is @count",
    ])
    assert.deepEqual(warned('name LIKE "%a%"'), ['%a%: In LIKE, * stands for any text; % is the character'])
    assert.deepEqual(warned(`name == 'it\\'s'`), [
      `\\': Realm does not decode '\\'' but compares with the backslash: give the value as $0`,
    ])
    assert.deepEqual(warned('age == null'), [`age == null: 'age' is never null, so this matches nothing`])
    assert.deepEqual(warned('name IN {1, "a"}'), [`1: 1 is never equal to a value of type 'string'`])
    assert.deepEqual(warned('active CONTAINS "a"'), [`CONTAINS: CONTAINS never matches 'active', which is no string`])
    assert.deepEqual(warned('name == $0', { count: 2 }), ['name == $0: The query does not use its argument $1'])
  })

  it('leaves alone what is meant', () => {
    const queries = [
      'nick == null',
      'best == null',
      'name LIKE "*50%*"',
      'age IN {"5", 6.5}',
      'tags CONTAINS "a"',
      'any == null',
    ]
    for (const query of queries) assert.deepEqual(warned(query), [], query)
  })
})
