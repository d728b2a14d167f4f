// Queries are found wherever the code keeps them, with the table and the clauses that they have in the end.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { exampleQuery } from '../../src/core/engines/watermelondb/queries/example-query.ts'
import { everyClause } from '../../src/core/engines/watermelondb/queries/read-clauses.ts'
import { queriesOf } from '../../src/core/engines/watermelondb/queries/read-query.ts'
import type { CodeOfFile } from '../../src/core/engines/watermelondb/types.ts'
import { engines, rules } from '../../src/core/rules/all.ts'
import type { AnyRule, Rule } from '../../src/core/rules/rule.ts'
import { workspaceOf } from '../../testkit/workspace-of.ts'

/** Starts an app with one rule that is told of every file that is read again. */
function start(files: Readonly<Record<string, string>>, onCode: (code: CodeOfFile) => void) {
  const spy: Rule<CodeOfFile> = {
    id: 'watermelondb/spy',
    severity: 'info',
    on: 'code',
    docs: { what: '', why: '', fix: '' },
    check(code) {
      onCode(code)
      return []
    },
    examples: [],
  }
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]))
  const onRuleError = (rule: string, error: unknown) => assert.fail(`${rule} threw ${error}`)
  const analyzer = createAnalyzer({ engines, rules: [spy as unknown as AnyRule], onRuleError })
  analyzer.setWorkspace(workspaceOf(texts.keys()))
  analyzer.batch(() => {
    for (const [file, text] of texts) analyzer.set(file, text)
  })
  return { analyzer, texts }
}

/** The queries of a file, each as `table: clause clause?`; `…` behind those that may have more clauses, `?` behind the uncertain. */
function queriesIn(files: Readonly<Record<string, string>>, path = 'src/screen.ts'): string[] {
  let found: string[] = []
  start(files, code => {
    if (code.file !== `/app/${path}`) return
    found = queriesOf(code).queries.map(({ collection, clauses }) => {
      const names = [...everyClause(clauses)].map(one => (one.isCertain ? one.name : `${one.name}?`))
      return `${collection.table.text}: ${[...names, ...(clauses.complete ? [] : ['…'])].join(' ')}`.trim()
    })
  })
  return found
}

const usesIn = (files: Readonly<Record<string, string>>): string[] => {
  let found: string[] = []
  start(files, code => {
    if (code.file === '/app/src/screen.ts')
      found = queriesOf(code).uses.map(use => `${use.query.collection.table.text}.${use.method}`)
  })
  return found
}

describe('read-query', () => {
  it('finds databases by import, hook, parameter, option and property', () => {
    const files = exampleQuery(`import { useDatabase } from '@nozbe/watermelondb/react'
export function Screen({ database: given }: any, db: any, props: any, other: any, typed: Database | null) {
  const hooked = useDatabase()
  const { database } = props
  return [
    hooked.get('posts').query(), db.collections.get('comments').query(), props.database.get('posts').query(),
    database.get('comments').query(), typed.get('posts').query(), given.get('posts').query(), other.get('posts').query(),
  ]
}`)
    assert.deepEqual(queriesIn(files), ['posts:', 'comments:', 'posts:', 'comments:', 'posts:'])
  })

  it('is silent about databases of other libraries', () => {
    const files = exampleQuery(`import other from 'other-database'
export function run(db: SQLiteDatabase) {
  const database = new Other()
  return [db.get('posts').query(), database.get('posts').query(), other.get('posts').query()]
}`)
    assert.deepEqual(queriesIn(files), [])
    const alone = { ...files, 'src/screen.ts': "export const run = (db: any) => db.get('posts').query()\n" }
    assert.deepEqual(queriesIn(alone), [])
  })

  it('reads clauses in lists, spreads, constants and conditions', () => {
    const files = exampleQuery(`const byTitle = Q.where('title', 'x')
const base = [byTitle, Q.sortBy('title')]
export function run(limit: number | undefined, more: any[]) {
  const posts = database.get('posts')
  const clauses = []
  clauses.push(Q.take(5))
  return [
    posts.query([byTitle, Q.or(byTitle, Q.and(byTitle))]),
    posts.query(...base),
    posts.query(...clauses),
    posts.query(byTitle, ...more),
    posts.query(...(limit ? [Q.take(limit)] : [])),
    posts.query(...[limit && Q.take(limit)].filter(Boolean)),
    posts.query(Q.on('comments', [byTitle]), Q.on('comments', 'body', 'x')),
  ]
}`)
    assert.deepEqual(queriesIn(files), [
      'posts: where or where and where',
      'posts: where sortBy …',
      'posts: take? …',
      'posts: where …',
      'posts: take?',
      'posts: take?',
      'posts: on where on',
    ])
  })

  it('follows queries that are kept and extended', () => {
    const files = exampleQuery(`const posts = database.get('posts').query(Q.where('title', 'x'))
const some = posts.extend(Q.take(5))
export async function run(page: number) {
  let query = database.get('comments').query()
  if (page > 0) query = query.extend(Q.skip(page))
  const list = await posts
  return [some.extend(Q.skip(5)), list.extend(Q.take(7))]
}`)
    assert.deepEqual(queriesIn(files).sort(), [
      'comments:',
      'comments: skip …',
      'posts: where',
      'posts: where take',
      'posts: where take skip',
    ])
  })

  it('tells what is done with queries', () => {
    const files = exampleQuery(`const posts = database.get('posts').query()
export const count = () => [posts.fetchCount(), posts.extend(Q.take(1)).observe(), other.observe()]
export const columns = () => database.get('comments').query().observeWithColumns(['body'])`)
    assert.deepEqual(usesIn(files), [
      'posts.fetchCount',
      'posts.observe',
      'posts.extend',
      'comments.observeWithColumns',
    ])
  })

  it('reads queries of models: this.collections, this.collection, children and kept queries', () => {
    const files = exampleApp({
      schema: `tableSchema({ name: 'posts', columns: [] }),\ntableSchema({ name: 'comments', columns: [] }),`,
      models: {
        Post: `static table = 'posts'
@children('comments') comments!: any
@lazy latest = this.comments.extend(Q.take(5))
@lazy others = this.collections.get('posts').query(Q.where('id', 'x'))
@writer async all() {
  const list = [1].map(() => this.collection.query())
  return [list, this.latest.extend(Q.skip(5)), this.database.get('comments').query(), this.unknown.extend(Q.take(1))]
}`,
      },
    })
    files['src/models/Post.ts'] = `import { Q } from '@nozbe/watermelondb'\n${files['src/models/Post.ts']}`
    assert.deepEqual(queriesIn(files, 'src/models/Post.ts').sort(), [
      'comments:',
      'comments: take',
      'comments: take skip',
      'posts:',
      'posts: where',
    ])
  })

  it('reads no file again for a change of a table that it does not name', () => {
    const tables = Array.from(
      { length: 1000 },
      (_, i) => `tableSchema({ name: 't${i}', columns: [{ name: 'a${i}', type: 'string' }] }),`,
    )
    const files = exampleQuery("database.get('t500').query(Q.where('a500', 'x'))", {
      schema: tables.join('\n'),
      models: {},
    })
    files['src/other.ts'] = files['src/screen.ts']!.replaceAll('500', '7')
    const queryRules = rules.filter(rule => queryRuleIds.test(rule.id)) as unknown as Rule<CodeOfFile>[]
    let read: string[] = []
    const { analyzer, texts } = start(files, code => {
      read.push(code.file)
      for (const rule of queryRules) for (const one of rule.check(code)) assert.fail(one.message)
    })
    assert.equal(queryRules.length, 14)
    const schema = '/app/src/db/schema.ts'
    const edit = (from: string, to: string): string[] => {
      read = []
      texts.set(schema, texts.get(schema)!.replace(from, to))
      analyzer.set(schema, texts.get(schema)!)
      return read.filter(file => file !== schema).sort()
    }
    assert.deepEqual(edit("'a800', type: 'string'", "'a800', type: 'number'"), [])
    assert.deepEqual(edit("{ name: 'a500', type: 'string' }", "{ name: 'a500', type: 'string', isOptional: true }"), [
      '/app/src/screen.ts',
    ])
  })
})

const queryRuleIds =
  /\/(unknown-query-column|unknown-query-table|query-value-type|invalid-query-argument|skip-without-take|count-with-take|take-zero|undeclared-nested-join|join-without-association|mixed-unsafe-query|adapter-specific-clause|sql-error|sql-returns-deleted|observe-unsafe-sql)$/
