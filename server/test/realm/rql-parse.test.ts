// Reading query strings: the tree, the names, and what is wrong where.
import assert from 'node:assert/strict'
import { parseQuery } from '../../src/core/engines/realm/rql/parse-query.ts'
import { tokenize } from '../../src/core/engines/realm/rql/tokens.ts'
import { rqlCorpus } from '../../testkit/oracle/rql-corpus.ts'

const kindsOf = (text: string) => tokenize(text).tokens.map(({ kind, text: word }) => `${kind} ${word}`.trim())
/** The marked part of the text, and the text with the mend put in. */
const firstProblem = (text: string) => {
  const [problem] = parseQuery(text).problems
  if (!problem) return undefined
  const { at, mend } = problem
  const mended = mend && text.slice(0, mend.at.start) + mend.text + text.slice(mend.at.end)
  return { marked: text.slice(at.start, at.end), ...(mended === undefined ? {} : { mended }) }
}

describe('rql: tokens', () => {
  it('takes the longest match, and of equal ones the first', () => {
    assert.deepEqual(kindsOf('age-1 age -1 in inn In'), [
      'name age-1',
      'name age',
      'number -1',
      'in in',
      'name inn',
      'name In',
      'end',
    ])
    assert.deepEqual(kindsOf('2020-01-01 2020-01-01@1:2:3'), [
      'natural 2020',
      'number -01',
      'number -01',
      'timestamp 2020-01-01@1:2:3',
      'end',
    ])
    assert.deepEqual(kindsOf('$0 $0a $K1 O1 O1a L1:2 T1:-2 a\\ b .5 0x1F'), [
      'argument $0',
      'name $0a',
      'path-argument $K1',
      'link O1',
      'name O1a',
      'typedLink L1:2',
      'timestamp T1:-2',
      'name a\\ b',
      'float .5',
      'number 0x1F',
      'end',
    ])
  })

  it('reports what is no token, and reads on', () => {
    const { tokens, problems } = tokenize('a % b')
    assert.deepEqual([tokens.length, problems.map(({ at }) => at)], [3, [{ start: 2, end: 3 }]])
  })
})

describe('rql: parser', () => {
  it('builds the tree by precedence', () => {
    const { tree, problems } = parseQuery('NOT a == 1 AND b == 2 OR c == 3 + 4 * 5 SORT(a.b DESC) LIMIT(5)')
    assert.deepEqual(problems, [])
    const or = tree.where
    assert.ok(or?.kind === 'or')
    const [and, last] = or.parts
    assert.ok(and?.kind === 'and' && last?.kind === 'compare')
    assert.deepEqual(
      and.parts.map(({ kind }) => kind),
      ['not', 'compare'],
    )
    assert.ok(last.right.kind === 'operation' && last.right.right.kind === 'operation')
    assert.deepEqual([last.right.operator, last.right.right.operator], ['+', '*'])
    assert.deepEqual(
      tree.order.map(order =>
        order.kind === 'sort' ? order.by[0]?.descending : order.kind === 'limit' && order.count,
      ),
      [true, 5],
    )
  })

  it('gives every name with its place and what is around it', () => {
    const text = `SUBQUERY(friends, $x, $x.na\\ me == $1).@count > 0 AND @links.Dog.owner.@sum.age > $0`
    const { names, arguments: used } = parseQuery(text)
    assert.deepEqual(
      names.map(name => [
        name.role,
        name.role === 'argument' ? name.index : name.name,
        text.slice(name.at.start, name.at.end),
        name.within.map(({ variable }) => variable.name).join(),
      ]),
      [
        ['property', 'friends', 'friends', ''],
        ['variable', '$x', '$x', ''],
        ['variable', '$x', '$x', '$x'],
        ['property', 'na me', 'na\\ me', '$x'],
        ['argument', 1, '$1', '$x'],
        ['class', 'Dog', 'Dog', ''],
        ['property', 'owner', 'owner', ''],
        ['property', 'age', 'age', ''],
        ['argument', 0, '$0', ''],
      ],
    )
    assert.deepEqual(used, [0, 1])
  })

  it('reads around what it can not read', () => {
    const { tree, names, problems } = parseQuery('name == AND age > 3 OR x ! y SORT(age ASC)')
    assert.equal(problems.length, 1)
    assert.deepEqual(
      names.map(name => 'name' in name && name.name),
      ['name', 'age', 'x', 'age'],
    )
    assert.equal(tree.order.length, 1)
  })

  it('says what was meant', () => {
    const cases: readonly (readonly [string, string, string?])[] = [
      ['age === 3', '===', 'age == 3'],
      ['age !== 3', '!==', 'age != 3'],
      ['age eq 3', 'eq', 'age == 3'],
      ['name STARTSWITH "a"', 'STARTSWITH', 'name BEGINSWITH "a"'],
      ['name MATCHES "a"', 'MATCHES', 'name LIKE "a"'],
      ['name contains[cd] "a"', '[cd]', 'name contains[c] "a"'],
      ['name IN ["a", "b"]', '[', 'name IN {"a", "b"}'],
      ['name IN ("a", "b")', '(', 'name IN {"a", "b"}'],
      ['name NOT IN {"a"}', 'NOT', 'NOT name IN {"a"}'],
      ['name In {"a"}', 'In', 'name IN {"a"}'],
      ['age BETWEEN 1 AND 3', '1', 'age BETWEEN {1, 3}'],
      ['age BETWEEN [1, 3]', '[', 'age BETWEEN {1, 3}'],
      ['nums.@average > 2', '@average', 'nums.@avg > 2'],
      ['active', 'active', 'active == true'],
      ['SORT(age ASC)', 'SORT', 'TRUEPREDICATE SORT(age ASC)'],
      ['age > 1 SORT(age)', 'age', 'age > 1 SORT(age ASC)'],
      ['age > 1 LIMIT 5', '5', 'age > 1 LIMIT(5)'],
      ['place geoWithin geoBox([-1, 2], [3, 4])', '-1', 'place geoWithin geoBox([-1.0, 2], [3, 4])'],
      [`name == 'it''s'`, `'it''s'`],
      ['name == %@', '%@'],
      ['name == ?', '?'],
      ['name == "a', '"a'],
      ['age > 3)', ')'],
      ['(age > 3', ''],
      ['age >', ''],
      ['', ''],
      ['(name) CONTAINS "a"', 'CONTAINS'],
      ['ANY friends.@avg.age > 2', '@avg'],
      ['name IN {other}', 'other'],
    ]
    for (const [text, marked, mended] of cases) {
      assert.deepEqual(firstProblem(text), { marked, ...(mended === undefined ? {} : { mended }) }, text)
      if (mended !== undefined) assert.deepEqual(parseQuery(mended).problems, [], mended)
    }
  })

  it('takes what looks wrong and is right', () => {
    const queries = [
      ...[
        'limit > 0',
        'in IN {1}',
        'a IN {,1}',
        'a => 1',
        'a =< 1',
        'a <> 1',
        'a = 1',
        'a==[c]b',
        'NOT0.a=0',
        'a=1AND b=2',
      ],
      ...[
        'TRUEPREDICATE\n SORT(sort ASC, limit DESC)\tDISTINCT(a.b) LIMIT(1) LIMIT(2)',
        '((a)) == 1',
        '((a == 1))',
        '!!(a==1)',
      ],
      ...[
        'binary == 1',
        'a == bin("x")',
        'a[FIRST].b[*] == 1',
        'a[SIZE] == 1',
        '$K0 == 1',
        'größe == 1',
        'size.size.@size > 1',
      ],
    ]
    for (const query of queries) assert.deepEqual(parseQuery(query).problems, [], query)
  })

  it('never throws, and keeps to the text, whatever the text is', () => {
    for (const whole of rqlCorpus(9, 200)) {
      for (const text of [whole, whole.slice(0, whole.length / 2), whole.slice(whole.length / 3)]) {
        const { names, problems } = parseQuery(text)
        for (const { at } of [...names, ...problems])
          assert.ok(0 <= at.start && at.start <= at.end && at.end <= text.length)
      }
    }
  })
})
