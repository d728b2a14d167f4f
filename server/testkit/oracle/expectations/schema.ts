// What the library says of wrong schemas.
import type { Expectation } from '../expectation.ts'
import { columns, index, onLoad, Post, schema, title } from './pieces.ts'

export const schemaExpectations: Readonly<Record<string, Expectation>> = {
  'watermelondb/invalid-schema-version': {
    ...onLoad,
    message: /Schema version must be greater than 0/,
    wrong: { version: 0 },
    right: { version: 1 },
  },
  'watermelondb/missing-name': {
    ...onLoad,
    message: /Missing (table name in schema|column name)|Table schema must contain a name/,
    ...columns(`name: '', type: 'string'`, title),
  },
  'watermelondb/reserved-name': {
    ...onLoad,
    message: /Invalid column or table name '\w+' - reserved by WatermelonDB/,
    ...columns(`name: 'id', type: 'string'`, title),
  },
  'watermelondb/unsafe-name': {
    ...onLoad,
    message: /Unsafe name '.*' not allowed/,
    ...columns(`name: 'due-at', type: 'number'`, `name: 'due_at', type: 'number'`),
  },
  'watermelondb/invalid-column-type': {
    ...onLoad,
    message: /Invalid type \w+ for column '\w+'/,
    ...columns(`name: 'meta', type: 'json'`, `name: 'meta', type: 'string'`),
  },
  'watermelondb/invalid-timestamp-column': {
    ...onLoad,
    message: /(created_at|updated_at|last_modified) must be of type '?number/,
    ...columns(`name: 'created_at', type: 'string'`, `name: 'created_at', type: 'number'`),
  },
  'watermelondb/undefined-import': {
    ...onLoad,
    message: /Missing schema in the adapter|Table schema must contain a name|Cannot destructure property 'table'/,
    wrong: {
      schema,
      models: { Post },
      files: { 'src/db/index.ts': index('sqlite', 'schema', 'Post', 'Note as Post') },
    },
    right: { schema, models: { Post } },
  },
}
