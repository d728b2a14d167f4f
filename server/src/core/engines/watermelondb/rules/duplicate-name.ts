// Two columns of a table, two tables of a schema or two models of a database have one name.
import type { Located } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import type { Place } from '../../../text/span.ts'
import { columnLists, removeFrom, samePlace } from '../column-lists.ts'
import { exampleApp } from '../example-app.ts'
import type { Column, Model, Table, WatermelonStore } from '../types.ts'

interface Data {
  readonly list: Located | undefined
  /** The element to take out: the one whose loss changes nothing. */
  readonly remove: Place
  readonly title: string
  readonly safe: boolean
}

export const duplicateName: Rule<WatermelonStore, Data> = {
  id: 'watermelondb/duplicate-name',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'A table lists a column twice, a schema has two tables of one name, or one `Database` is given two models of one table.',
    why: 'Nothing checks it: the last one wins. Columns of the first table vanish, and records of the first model never appear.',
    fix: 'Removes the one that has no effect.',
  },
  *check(store) {
    yield* columnsTwice(store)
    yield* tablesTwice(store)
    yield* modelsTwice(store)
  },
  fix({ data }, context) {
    const edit = removeFrom(data.list, data.remove, context)
    return edit && { title: data.title, safe: data.safe, edits: [edit] }
  },
  examples: [
    {
      name: 'a column twice',
      files: exampleApp({
        schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'title', type: 'string' },
//          ^^^^^^^ Column "title" is listed twice
  ],
}),`,
      }),
      fixed: { 'src/db/schema.ts': exampleApp({})['src/db/schema.ts']! },
    },
    {
      name: 'the last one wins, so the first goes',
      files: exampleApp({
        schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: 'rank', type: 'string' },
    { name: 'rank', type: 'number' },
//          ^^^^^^ the last one wins
  ],
}),`,
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          schema: "tableSchema({\n  name: 'posts',\n  columns: [\n    { name: 'rank', type: 'number' },\n  ],\n}),",
        })['src/db/schema.ts']!,
      },
    },
    {
      name: 'a table twice',
      files: exampleApp({
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }] }),
tableSchema({ name: 'posts', columns: [{ name: 'body', type: 'string' }] }),
//                  ^^^^^^^ column "title" of the first is lost`,
      }),
    },
    {
      name: 'two models of one table',
      files: {
        ...exampleApp({ models: { Post: "static table = 'posts'", Note: "static table = 'posts'" } }),
        'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
import { Post } from '../models/Post'
import { Note } from '../models/Note'
export const adapter = new SQLiteAdapter({ schema })
export const database = new Database({ adapter, modelClasses: [Post, Note] })
//                                                                   ^^^^ both stand for table "posts"
`,
      },
    },
    {
      name: 'two databases with equal tables and models',
      files: {
        'src/models.ts': `import { Model } from '@nozbe/watermelondb'
export class A extends Model { static table = 'users' }
export class B extends Model { static table = 'users' }
`,
        'src/db.ts': `import { appSchema, Database, tableSchema } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { A, B } from './models'
const users = { name: 'users', columns: [{ name: 'title', type: 'string' as const }] }
const one = appSchema({ version: 1, tables: [tableSchema(users)] })
const two = appSchema({ version: 1, tables: [tableSchema(users)] })
export const databases = {
  one: new Database({ adapter: new SQLiteAdapter({ dbName: 'one', schema: one }), modelClasses: [A] }),
  two: new Database({ adapter: new SQLiteAdapter({ dbName: 'two', schema: two }), modelClasses: [B] }),
}
`,
      },
    },
  ],
}

type Found = Evidence<Data>

function* columnsTwice(store: WatermelonStore): Generator<Found> {
  for (const { columns, value, tableName } of columnLists(store)) {
    const seen = new Map<string, Column>()
    for (const column of columns) {
      const name = column.name.text
      const first = seen.get(name)
      seen.set(name, column)
      if (!first || name === '' || samePlace(first.at, column.at)) continue
      const isEqual = areEqual(first, column)
      yield {
        at: column.name.at,
        message: `Column "${name}" is listed twice${tableName === undefined ? '' : ` in table "${tableName}"`}: nothing checks it and the last one wins. Remove one.`,
        related: [{ at: first.name.at, message: 'The first one' }],
        data: {
          list: value,
          remove: isEqual ? column.at : first.at,
          title: isEqual ? 'Remove the second' : 'Remove the first, which has no effect',
          safe: isEqual,
        },
      }
    }
  }
}

const areEqual = (a: Column, b: Column): boolean =>
  !a.unclear && !b.unclear && a.type?.text === b.type?.text && a.optional === b.optional && a.indexed === b.indexed

function* tablesTwice(store: WatermelonStore): Generator<Found> {
  const seen = new Map<string, Table>()
  for (const table of store.schema?.tables ?? []) {
    const name = table.name.text
    const first = seen.get(name)
    if (table.isNamed && name !== '') seen.set(name, table)
    if (!first) continue
    const lost = table.complete ? [...first.columns.keys()].filter(column => !table.columns.has(column)) : []
    const loss = lost.length === 0 ? '' : `: column ${lost.map(one => `"${one}"`).join(', ')} of the first is lost`
    yield {
      at: table.name.at,
      message: `Table "${name}" is there twice and the last one wins${loss}. Remove one, or give it another name.`,
      related: [{ at: first.name.at, message: 'The first one' }],
      data: { list: store.schema?.tablesValue, remove: first.at, title: 'Remove the first, which has no effect', safe: false },
    }
  }
}

function* modelsTwice(store: WatermelonStore): Generator<Found> {
  const { scope } = store
  for (const database of store.databases) {
    const list = database.entries.get('modelClasses')?.value
    const seen = new Map<string, Model>()
    for (const item of scope.items(list)?.items ?? []) {
      const found = scope.follow(item)
      const { value } = found
      if (value.kind !== 'class') continue
      const model = store.models.find(one => one.file === found.file && one.key === value.key)
      const table = model?.table?.text
      if (!model || table === undefined) continue
      const first = seen.get(table)
      seen.set(table, model)
      if (!first || first === model) continue
      const at = { file: item.file, span: item.value.at }
      yield {
        at,
        message: `${first.name} and ${model.name} both stand for table "${table}": the last one wins and ${first.name} is never used. Remove one of them.`,
        related: [{ at: first.nameAt, message: `${first.name}` }],
        data: { list: list && scope.follow(list), remove: at, title: `Remove ${model.name}`, safe: false },
      }
    }
  }
}
