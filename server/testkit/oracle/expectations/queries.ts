// What the library says of wrong queries.
import type { Expectation } from '../expectation.ts'
import { Comment, code, exercise, onLoki, Post, query, related, screen, twoTables } from './pieces.ts'

export const queryExpectations: Readonly<Record<string, Expectation>> = {
  'watermelondb/unknown-query-column': {
    ...exercise,
    message: /no such column: \w+\.\w+/,
    ...query(`Q.where('subTitle', 'x')`, `Q.where('title', 'x')`),
  },
  'watermelondb/unknown-query-table': {
    ...exercise,
    message: /Cannot read properties of null|no such table|Query on '\w+'/,
    ...code(`return database.get('post').query().fetch()`, `return database.get('posts').query().fetch()`),
  },
  'watermelondb/invalid-query-argument': {
    ...exercise,
    message:
      /Cannot compare to undefined in a Query|Invalid Comparison passed|Invalid value passed to query|argument passed to \w+\(\) is not an array|passed to Q\.\w+\(\) (is not a|are not)|Invalid sortOrder|Invalid Query clause passed/,
    ...query(`Q.where('title', undefined as any)`, `Q.where('title', null)`),
  },
  'watermelondb/skip-without-take': {
    ...exercise,
    message: /cannot skip without take/,
    ...query('Q.skip(1)', 'Q.skip(1), Q.take(1)'),
  },
  'watermelondb/count-with-take': {
    ...exercise,
    message: /take\/skip is not currently supported with counting/,
    ...query('Q.take(5)', `Q.where('title', 'x')`, 'fetchCount'),
  },
  'watermelondb/undeclared-nested-join': {
    ...exercise,
    message: /To nest Q\.on inside Q\.and\/Q\.or you must explicitly declare Q\.experimentalJoinTables|no such column/,
    ...query(
      `Q.or(Q.where('title', 'x'), Q.on('comments', 'post_id', 'x'))`,
      `Q.experimentalJoinTables(['comments']), Q.or(Q.where('title', 'x'), Q.on('comments', 'post_id', 'x'))`,
      'fetch',
      related,
    ),
  },
  'watermelondb/join-without-association': {
    ...exercise,
    message: /does not have associations=\{\} defined for/,
    wrong: screen(`return database.get('posts').query(Q.on('comments', 'post_id', 'x')).fetch()`, {
      schema: twoTables,
      models: { Post, Comment },
    }),
    right: screen(`return database.get('posts').query(Q.on('comments', 'post_id', 'x')).fetch()`, related),
  },
  'watermelondb/mixed-unsafe-query': {
    ...exercise,
    message: /Cannot use Q\.unsafeSqlQuery with other clauses|Cannot extend an unsafe SQL query/,
    ...query(
      `Q.unsafeSqlQuery('select * from posts'), Q.where('title', 'x')`,
      `Q.unsafeSqlQuery('select * from posts')`,
    ),
  },
  'watermelondb/adapter-specific-clause': {
    ...exercise,
    message: /Unknown clause (sql|loki)|unsafeSqlQuery are not supported with LokiJSAdapter/,
    ...query(`Q.unsafeSqlExpr('1 = 1')`, `Q.where('title', 'x')`, 'fetch', onLoki),
  },
  'watermelondb/sql-error': {
    ...exercise,
    message: /no such (table|column)|syntax error/,
    ...query(`Q.unsafeSqlQuery('select * from post')`, `Q.unsafeSqlQuery('select * from posts')`),
  },
  'watermelondb/observe-unsafe-sql': {
    ...exercise,
    message: /Illegal clause sql/,
    ...code(
      `database.get('posts').query(Q.unsafeSqlExpr('1 = 1')).observe().subscribe(() => undefined)
  await database.write(() => post.update(() => { post.title = 'x' }))`,
      `database.get('posts').query(Q.unsafeSqlExpr('1 = 1'), Q.sortBy('title')).observe().subscribe(() => undefined)
  await database.write(() => post.update(() => { post.title = 'x' }))`,
    ),
  },
}
