// Makes query strings, right and wrong ones, from a seed: the same seed gives the same queries.

/** A source of random choices. */
export interface Dice {
  readonly number: (below: number) => number
  readonly of: <T>(all: readonly T[]) => T
  readonly chance: (of: number) => boolean
}

/** A small generator of well spread numbers (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed
  const number = (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
  return { number, of: all => all[number(all.length)]!, chance: of => number(of) === 0 }
}

/** So many queries on Person of `rql-people.ts`; about a third are broken by one change of their text. */
export function rqlCorpus(seed: number, count: number): readonly string[] {
  const d = dice(seed)
  return Array.from({ length: count }, () => {
    const query = queryOf(d)
    return d.chance(3) ? mutated(d, query) : query
  })
}

const scalars = [
  ...['name', 'nick', 'title', 'full_title', 'age', 'height', 'score', 'ratio', 'price', 'active', 'born', 'died'],
  ...['photo', 'key', 'ref', 'any', 'in', 'limit', 'size', 'first', 'text', 'sort', 'asc', 'contains', 'tax-no'],
  ...['two\\ words', 'größe', 'id'],
]
const links = [
  'best',
  'dog.owner',
  'best.best',
  'friends',
  'pets.owner',
  '@links.Dog.owner.owner',
  'admirers',
  'best.friends',
]
const objects = [
  'best',
  'dog',
  'toy',
  'friends',
  'dogs',
  'admirers',
  'pets',
  '@links.Dog.owner',
  '@links.Person.best',
  'dogs.toys',
  'best.dog',
]
const values = [
  'tags',
  'nums',
  'reals',
  'days',
  'flags',
  'things',
  'labels',
  'marks',
  'counts',
  'texts',
  'best.tags',
  'friends.nums',
  'dogs.nicks',
]
const wrong = [
  'nme',
  'Name',
  'best.nme',
  'friends.x.y',
  'name.x',
  'age.b',
  '@links.Dog.best',
  '@links.Cat.owner',
  'tags.x',
  'dog.age',
]
const constants = {
  number: ['0', '5', '-3', '+4', '0x1F', '1.5', '-2.', '.5', '1e3', '2.5f', 'inf', '-infinity'],
  string: [`'a'`, `"b"`, `'5'`, `'5x'`, `''`, `'it\\'s'`, `'\\u00e9'`, `'ü'`, 'B64"aGVsbG8="'],
  bool: ['true', 'FALSE'],
  date: ['2020-01-01@10:00:00', '2020-1-1T1:2:3:4', 'T5:6', 'T-5:-6', 'T5:-6', '1800-01-01@00:00:00'],
  key: ['uuid(12345678-1234-1234-1234-123456789012)', 'oid(0123456789abcdef01234567)'],
  object: [`obj('Dog', 'Rex')`, `obj("Person", 1)`, `obj('Cat', 1)`, 'O0'],
  null: ['null', 'NULL', 'nil'],
}
/** What obj() gives depends on the data, so it is compared with links only. */
const shapes = [
  'geoBox([0.2, 0.2], [0.7, 0.7])',
  'geoCircle([0.3, 2], 1000.0)',
  'geoPolygon({[0.0, 0.0], [1.0, 0.0], [1, 1], [0.0, 0.0]})',
  'geoPolygon({[0.0, 0.0], [1.0, 0.0], [1, 1], [0.0, 0.0]}, {[0.5, 0.1], [0.6, 0.2], [0.5, 0.2], [0.5, 0.1]})',
  'geoBox([-1, 0.2], [0.7, 0.7])',
  'geoCircle([0.3, 2], $1)',
  '$0',
  '$3',
  '5.0',
]
const families = (Object.keys(constants) as readonly (keyof typeof constants)[]).filter(family => family !== 'object')
const constant = (d: Dice): string => d.of(constants[d.of(families)])

/** The family of constants that a property is compared with in a right query. */
const familyOf: Readonly<Record<string, keyof typeof constants>> = {
  ...Object.fromEntries(
    ['name', 'nick', 'title', 'full_title', 'size', 'first', 'text', 'contains', 'two\\ words'].map(key => [
      key,
      'string',
    ]),
  ),
  ...Object.fromEntries(
    ['age', 'height', 'score', 'ratio', 'price', 'in', 'limit', 'sort', 'tax-no', 'größe', 'id'].map(key => [
      key,
      'number',
    ]),
  ),
  active: 'bool',
  asc: 'bool',
  born: 'date',
  died: 'date',
  key: 'key',
  ref: 'key',
}

function queryOf(d: Dice): string {
  const order = d.chance(5) ? ` ${orderOf(d)}` : ''
  return `${condition(d, 2)}${order}${order && d.chance(3) ? ` ${orderOf(d)}` : ''}`
}

function condition(d: Dice, depth: number): string {
  if (depth === 0 || d.chance(2)) return comparison(d, depth)
  switch (d.number(6)) {
    case 0:
      return `${condition(d, depth - 1)} ${d.of(['AND', '&&', 'and', 'And'])} ${condition(d, depth - 1)}`
    case 1:
      return `${condition(d, depth - 1)} ${d.of(['OR', '||', 'or'])} ${condition(d, depth - 1)}`
    case 2:
      return `${d.of(['NOT ', '!', 'not '])}${condition(d, depth - 1)}`
    case 3:
      return d.of(['TRUEPREDICATE', 'falsepredicate'])
    default:
      return `(${condition(d, depth - 1)})`
  }
}

function comparison(d: Dice, depth: number): string {
  switch (d.number(16)) {
    case 14:
      return `${d.of(['place', 'best.place', 'place', 'toy', 'best', 'name', 'dogs.toys', 'friends.@count', 'ANY friends'])} ${d.of(['GEOWITHIN', 'geoWithin'])} ${d.of(shapes)}`
    case 15:
      return `${d.of([d.of(constants.number), `(${value(d)})`, `(${value(d)} + ${constant(d)})`])} ${d.of(['+', '-', '*', '/', '=='])} ${d.of(constants.number)} ${operator(d)} ${d.of([value(d), `(${value(d)})`])}`
    case 0:
      return `${value(d)} ${d.of(['BETWEEN', 'between'])} {${d.of([`${constant(d)}, ${constant(d)}`, '1, 3', constant(d), ''])}}`
    case 1:
      return `${value(d)} IN ${d.of([list(d), list(d), d.of(values), value(d), 'friends.age', '$2'])}`
    case 2:
      return `${d.of(['ANY', 'ALL', 'NONE', 'some', 'any'])} ${d.of([d.of(values), `friends.${d.of(scalars)}`, value(d)])} ${operator(d)} ${d.of([constant(d), list(d)])}`
    case 3:
      return `SUBQUERY(${d.of([...objects, ...objects, ...values, 'name'])}, ${d.of(['$x', '$x', '$y', 'x'])}, ${subBody(d, depth)}).@${d.of(['count', 'size'])} ${d.of(['>', '==', '<='])} ${d.of(['0', '1', 'age', "'a'"])}`
    case 4:
      return `${d.of([...objects, ...links])} ${d.of(['==', '!=', '==', 'IN', '>', '==[c]'])} ${d.of(['null', d.of(constants.object), constant(d), d.of(objects), `{${d.of(constants.object)}}`])}`
    case 5:
      return `${d.of([...objects, ...values, ...scalars])}.${d.of(['@count', '@size', '@type', '@count'])} ${operator(d)} ${d.of(['0', '2', `'string'`, `'nothing'`, 'null', '{1, 2}', `{'int', 'string'}`])}`
    case 6:
      return `${d.of([...objects, ...values, 'name', 'any'])}.${d.of(['@sum', '@avg', '@min', '@max'])}${d.of(['', '', '.age', '.weight', '.born', '.name', '.cost', '.nme', '.tags'])} ${operator(d)} ${constant(d)}`
    case 7:
      return `${value(d)} ${d.of(['+', '-', '*', '/'])} ${d.of([d.of(scalars), constant(d)])} ${d.of(['==', '>', '<='])} ${d.of([constant(d), value(d)])}`
    case 8:
      return `${value(d)} ${operator(d)} $${d.number(5)}`
    case 9:
      return `${d.of(['counts', 'texts', 'tags', 'things', 'nums', 'name', 'friends'])}${d.of(["['k']", '[0]', '.k', '.@keys', '.@values', '.length', '[FIRST]', '[*]'])} ${operator(d)} ${constant(d)}`
    case 10:
      return `${constant(d)} ${operator(d)} ${value(d)}`
    case 11:
      return `${value(d)} ${operator(d)} ${value(d)}`
    case 12:
      return `${value(d)} ${operator(d)} ${d.of([list(d), constant(d)])}`
    default: {
      const key = d.of(scalars)
      const right = d.of(constants[familyOf[key] ?? 'string'])
      const text = familyOf[key] === 'string' && d.chance(2)
      return `${key} ${text ? d.of(['BEGINSWITH', 'contains[c]', 'LIKE', 'EndsWith', '==[c]']) : d.of(['==', '!=', '=', '<>', '<', '>='])} ${right}`
    }
  }
}

function subBody(d: Dice, depth: number): string {
  const body = d.of([
    '$x.name == "a"',
    '$x.age > 3',
    '$x.weight == 2',
    'name == $0',
    '$x.best.name != null',
    '$y.name == 1',
    '$x.nme == 2',
  ])
  return depth > 0 && d.chance(4) ? `SUBQUERY($x.friends, $y, $y.age > 2).@count > 0 AND ${body}` : body
}

function value(d: Dice): string {
  switch (d.number(8)) {
    case 0:
      return `${d.of(links)}.${d.of(scalars)}`
    case 1:
      return d.of(values)
    case 2:
      return d.chance(3) ? d.of(wrong) : d.of(scalars)
    case 3:
      return d.of(objects)
    default:
      return d.of(scalars)
  }
}

const list = (d: Dice): string =>
  `${d.chance(8) ? d.of(['ANY ', 'ALL ', 'NONE ']) : ''}{${Array.from({ length: d.number(4) }, () => constant(d)).join(', ')}}`

const operator = (d: Dice): string =>
  d.of([
    ...['==', '==', '=', '!=', '<>', '<', '<=', '=<', '>', '>=', '=>', '==[c]', '!= [c]', '==[c] '],
    ...['BEGINSWITH', 'ENDSWITH', 'CONTAINS', 'contains[c]', 'LIKE', 'like[c]', 'IN'],
  ])

function orderOf(d: Dice): string {
  const path = () =>
    d.of([
      ...scalars,
      ...scalars,
      'best.name',
      'dog.weight',
      'best.best.age',
      'friends.age',
      'tags',
      'best',
      'pets.name',
      'nme',
      'name.age',
      '@links.Dog.owner',
    ])
  switch (d.number(4)) {
    case 0:
      return `DISTINCT(${path()}${d.chance(3) ? `, ${path()}` : ''})`
    case 1:
      return `LIMIT(${d.of(['1', '20', '0', '-1', '2.5', ''])})`
    default:
      return `${d.of(['SORT', 'sort'])}(${path()} ${d.of(['ASC', 'DESC', 'ascending', ''])}${d.chance(3) ? `, ${path()} DESC` : ''})`
  }
}

/** One small change, as a slip of a hand makes it. */
function mutated(d: Dice, query: string): string {
  const at = d.number(query.length + 1)
  const words = query.split(' ')
  const word = d.number(words.length)
  switch (d.number(7)) {
    case 0:
      return query.slice(0, at) + query.slice(at + 1)
    case 1:
      return (
        query.slice(0, at) +
        d.of([...`()[]{}.,'"$@\\%?&|=<>!-+*/:;#~\``, ' ', '\n', '\u00a0', 'é', '0']) +
        query.slice(at)
      )
    case 2:
      return words.filter((_, i) => i !== word).join(' ')
    case 3:
      return words.flatMap((text, i) => (i === word ? [text, text] : [text])).join(' ')
    case 4:
      return words
        .map((text, i) =>
          i === word ? d.of(['AND', '==', 'IN', '{1}', '(', ')', 'SORT', '$0', 'null', 'ANY', '===', 'eq']) : text,
        )
        .join(' ')
    case 5:
      return query.slice(0, at)
    default:
      return query.slice(0, at) + query.slice(at, at + 1).toUpperCase() + query.slice(at + 1)
  }
}
