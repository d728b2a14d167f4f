// Two columns of a table, two tables of a schema or two models of a database have one name.
import type { Located } from '../../../catalog/scope.ts'
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { type Place, samePlace } from '../../../text/span.ts'
import { exampleApp } from '../example-app.ts'
import { type ColumnList, type ColumnsInStore, removeFrom } from '../schema/column-lists.ts'
import type { Column, DatabaseSite, Registration, SchemaInStore, Table, WatermelonStore } from '../types.ts'

interface Data {
  readonly list: Located | undefined
  /** The element to take out: the one whose loss changes nothing. */
  readonly remove: Place
  readonly title: string
  readonly safe: boolean
}

export const duplicateName: Rule<WatermelonStore | SchemaInStore | ColumnsInStore, Data> = {
  id: 'watermelondb/duplicate-name',
  severity: 'error',
  on: ['store', 'schema', 'columns'],
  docs: {
    what: 'A table lists a column twice, a schema has two tables of one name, or one `Database` is given two models of one table.',
    why: 'Nothing checks it: the last one wins. Columns of the first table vanish, and records of the first model never appear.',
    fix: 'Removes the one that has no effect.',
  },
  *check(subject) {
    if ('list' in subject) yield* columnsTwice(subject.list)
    else if ('tablesOf' in subject) yield* tablesTwice(subject.tablesOf)
    else yield* modelsTwice(subject)
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

function* columnsTwice({ columns, value, tableName }: ColumnList): Generator<Found> {
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

const areEqual = (a: Column, b: Column): boolean =>
  !a.unclear && !b.unclear && a.type?.text === b.type?.text && a.optional === b.optional && a.indexed === b.indexed

function* tablesTwice(store: WatermelonStore): Generator<Found> {
  const tables = store.schema?.tables ?? []
  // A schema may have thousands of tables, and hardly ever one twice.
  if (tables.every(table => table.isNamed) && store.tableNames().length === tables.length) return
  const seen = new Map<string, Table>()
  for (const table of tables) {
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
      data: {
        list: store.schema?.tablesValue,
        remove: first.at,
        title: 'Remove the first, which has no effect',
        safe: false,
      },
    }
  }
}

function* modelsTwice(store: WatermelonStore): Generator<Found> {
  const { scope } = store
  const seen = new Map<DatabaseSite, Map<string, Registration>>()
  for (const one of store.registrations) {
    if (one.table === undefined) continue
    const ofDatabase = seen.get(one.database) ?? new Map<string, Registration>()
    seen.set(one.database, ofDatabase)
    const first = ofDatabase.get(one.table)
    ofDatabase.set(one.table, one)
    if (!first || (first.file === one.file && first.key === one.key)) continue
    const at = { file: one.item.file, span: one.item.value.at }
    const list = one.database.entries.get('modelClasses')?.value
    yield {
      at,
      message: `${first.key} and ${one.key} both stand for table "${one.table}": the last one wins and ${first.key} is never used. Remove one of them.`,
      related: [{ at: { file: first.item.file, span: first.item.value.at }, message: first.key }],
      data: { list: list && scope.follow(list), remove: at, title: `Remove ${one.key}`, safe: false },
    }
  }
}
