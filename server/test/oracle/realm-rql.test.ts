// Queries on the real Realm: what the parser and the checker reject is what Realm rejects, query for query.
import assert from 'node:assert/strict'
import { checkQuery } from '../../src/core/engines/realm/rql/check-query.ts'
import { parseQuery } from '../../src/core/engines/realm/rql/parse-query.ts'
import type { RqlProblem } from '../../src/core/engines/realm/rql/problem.ts'
import type { RqlArguments } from '../../src/core/engines/realm/rql/world.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type OpenedRealm, openRealm, renewRealm } from '../../testkit/oracle/realm.ts'
import { rqlCorpus } from '../../testkit/oracle/rql-corpus.ts'
import { insertPeople, peopleSchemas, peopleWorld } from '../../testkit/oracle/rql-people.ts'

const args = ['a', 5, [1, 2]]
const given: RqlArguments = { count: 3, values: [{ type: 'string', value: 'a' }, { type: 'number' }, { type: 'list' }] }
const worlds = { known: peopleWorld(13), unknown: peopleWorld('unknown') }

/** What we say: with the version of the oracle, and without knowing it. */
function ours(query: string, version: keyof typeof worlds): readonly RqlProblem[] {
  const parsed = parseQuery(query)
  return [...parsed.problems, ...checkQuery(parsed, worlds[version], 'Person', given).problems]
}

describe('oracle: Realm queries', function () {
  this.timeout(120_000)
  let realm: OpenedRealm

  before(function () {
    needOracle(this)
  })
  // Some queries spoil the library's memory after hundreds of others, so each test has its own.
  beforeEach(async () => {
    renewRealm()
    const opened = await openRealm(peopleSchemas)
    assert.ok(opened.ok)
    realm = opened.value
    await insertPeople(realm)
  })
  afterEach(() => {
    realm.close()
    renewRealm()
  })

  /** How Realm disagrees with us; undefined where it does not. */
  function disagreement(query: string): string | undefined {
    const [problem] = ours(query, 'known')
    const answer = realm.query('Person', query, args)
    if (answer.ok && !problem)
      return ours(query, 'unknown').length === 0 ? undefined : `a false alarm without a version: ${query}`
    if (!answer.ok && problem) return undefined
    if (!answer.ok) return `missed: ${query} → ${answer.message}`
    return isOnlyOrder(query) ? undefined : `a false alarm: ${query} → ${problem!.message}`
  }

  /** A wrong order shows only when there are two objects to sort: whether it does so with a condition that takes all. */
  function isOnlyOrder(query: string): boolean {
    const start = parseQuery(query).tree.order[0]?.at.start
    if (start === undefined || ours(query, 'known').some(({ at }) => at.start < start)) return false
    return !realm.query('Person', `TRUEPREDICATE ${query.slice(start)}`, args).ok
  }

  for (const seed of [1, 2, 3, 4]) {
    it(`agrees on 400 generated queries, seed ${seed}`, () => {
      const queries = rqlCorpus(seed, 400)
      assert.deepEqual(
        queries.flatMap(query => disagreement(query) ?? []),
        [],
      )
      const accepted = queries.filter(query => ours(query, 'known').length === 0).length
      assert.ok(accepted > 60 && accepted < 340, `${accepted} of 400 are right: neither side is tested well`)
    })
  }

  it('agrees on what users write', () => {
    const queries = [
      ...[
        'name == "a"',
        `name = 'a' && age > 3`,
        'age === 3',
        'name LIKE "*a*"',
        'active',
        'active == 1',
        `active == 'true'`,
      ],
      ...[
        'name IN ["a"]',
        'name IN {"a"}',
        'name IN ("a", "b")',
        'name NOT IN {"a"}',
        'NOT name IN {"a"}',
        'tags.@count > 0',
      ],
      ...['tags.length > 0', 'tags.@average > 0', 'nums.@avg > 2', 'friends.@avg.age > 2', 'friends.age.@avg > 2'],
      ...[
        'best == null',
        'friends == null',
        'friends.@count == 0',
        'best > null',
        'ANY friends.age > 2',
        'ANY age > 2',
      ],
      ...['born > 2020-01-01', 'born > 2020-01-01@00:00:00', `born > '2020-01-01'`, 'born > 5', 'age BETWEEN {1, 3}'],
      ...[
        'age BETWEEN 1 AND 3',
        'TRUEPREDICATE SORT(age DESC)',
        'SORT(age DESC)',
        'age > 1 SORT(age)',
        'age > 1 LIMIT 5',
      ],
      ...[
        'age > 1 SORT(age DESC) LIMIT(2)',
        'full_title == "Dr"',
        'title == "Dr"',
        'Title == "Dr"',
        'tax-no == 1',
        'age-1 == 2',
      ],
      ...[
        'age - 1 == 2',
        'age -1 == 2',
        'age + 1 == 2',
        'age % 2 == 1',
        '-age == 2',
        '{,1} == age',
        '{1,} == age',
        '{} == age',
      ],
      ...[
        'SUBQUERY(friends, $x, $x.age > 2).@count > 0',
        'SUBQUERY(best, $x, $x.age > 2).@count > 0',
        'admirers.@count > 0',
      ],
      ...['SUBQUERY(friends, $x, age > 2).@count > 0', 'SUBQUERY(tags, $x, $x == 2).@count > 0', '@links.@count > 0'],
      ...[
        '@links.Person.best.age > 2',
        '@links.Person.bst.age > 2',
        '@links.Persn.best.age > 2',
        'friends.ratio - things > 2',
      ],
      ...[
        'any.@type == "string"',
        'any.@type == "strng"',
        'name.@type == "string"',
        'ref == "0123456789abcdef01234567"',
      ],
      ...[
        'ref == oid(0123456789abcdef01234567)',
        'price == 1.5',
        'photo == "a"',
        `counts['k'] == 1`,
        'counts.@values == 1',
      ],
      ...[
        'name == $0',
        'name == $1',
        'name == $2',
        'name IN $2',
        'name == $3',
        'age == $0',
        'age == $1',
        'ANY $2 == age',
      ],
      ...[
        'ANY $1 == age',
        '',
        '   ',
        'name',
        '(name == "a"',
        'name == "a")',
        'name == "a',
        'name == "it\'s"',
        `name == 'it''s'`,
      ],
      ...[
        'name contains[cd] "a"',
        'name CONTAINS [c] "a"',
        '(name) CONTAINS "a"',
        'NOT age == 1 AND age == 2',
        '!(age == 1)',
      ],
      ...[
        'score == nan',
        'ratio == NaN',
        'price == -infinity',
        'age == inf',
        'best.@count == 1',
        'name.@count > 2',
        'age.@count > 2',
      ],
      ...[
        'name TEXT "a"',
        'a\u00a0== 1',
        'größe > 1',
        'two\\ words == "w"',
        'two words == "w"',
        'pets == obj("Dog", "Rex")',
      ],
      ...[
        'dog == obj("Dog", "Rex")',
        'dog == obj("Person", 1)',
        'obj("Dog", "Rex") IN dogs',
        'born < 1899-01-01@00:00:00',
      ],
    ]
    assert.deepEqual(
      queries.flatMap(query => disagreement(query) ?? []),
      [],
    )
  })

  it('points at what Realm stumbles over', () => {
    let compared = 0
    for (const query of rqlCorpus(5, 1000)) {
      const [problem] = parseQuery(query).problems
      const answer = realm.query('Person', query, args)
      // A lone property is pointed at itself rather than at what is missing behind it.
      if (!problem || answer.ok || problem.message.includes('compared with nothing')) continue
      const character = /invalid character: (.+)$/s.exec(answer.message)?.[1]
      // Realm names the quote that opens a broken string; we point at what breaks it.
      if (character && !/['"]/.test(character)) assert.ok(query.startsWith(character, problem.at.start), query)
      const isEnd = answer.message.includes('unexpected end of file')
      if (isEnd) assert.ok(problem.at.end >= query.trimEnd().length, query)
      if (character || isEnd) compared++
    }
    assert.ok(compared > 50)
  })

  it('is stopped by a nan that is compared with an integer, as we say', async () => {
    const answer = realm.query('Person', 'age == nan')
    assert.ok(!answer.ok && answer.crashed)
    assert.match(ours('age == nan', 'known')[0]?.message ?? '', /NaN not supported for int/)
  })

  it('accepts what is only a pitfall', () => {
    const queries = [
      ...[
        'tags.length > 0',
        'name == null',
        'name LIKE "%a%"',
        `name == 'it\\'s'`,
        'active CONTAINS "x"',
        'name IN {1}',
      ],
      ...['ALL tags == "a"', 'best.@count == 1'],
    ]
    for (const query of queries) assert.ok(realm.query('Person', query).ok, query)
    const warned = queries
      .slice(0, 6)
      .filter(query => checkQuery(parseQuery(query), worlds.known, 'Person').pitfalls.length === 1)
    assert.deepEqual(warned, queries.slice(0, 6))
  })
})
