// What the library does when migrations and schema do not fit.
import type { Expectation } from '../expectation.ts'
import { add, empty, onLoad, postId, schema, subtitled, table, twoTables } from './pieces.ts'

export const migrationExpectations: Readonly<Record<string, Expectation>> = {
  'watermelondb/adapter-without-migrations': {
    on: 'open',
    env: 'production',
    before: 'previous-version',
    message: /Migrations not available for this version range, resetting database/,
    wrong: { version: 2 },
    right: { version: 2, migrations: empty(2) },
  },
  'watermelondb/missing-migration': {
    ...onLoad,
    message: /Missing migration\. Database schema is currently at version \d+, but migrations only cover range from/,
    wrong: { version: 3, migrations: empty(2) },
    right: { version: 3, migrations: empty(2) + empty(3) },
  },
  'watermelondb/migration-gap': {
    ...onLoad,
    message: /Invalid migrations! .* must be listed without gaps, or duplicates/,
    wrong: { version: 4, migrations: empty(2) + empty(4) },
    right: { version: 3, migrations: empty(2) + empty(3) },
  },
  'watermelondb/migration-newer-than-schema': {
    ...onLoad,
    message: /Migrations can't be newer than schema/,
    wrong: { version: 2, migrations: empty(2) + empty(3) },
    right: { version: 3, migrations: empty(2) + empty(3) },
  },
  'watermelondb/invalid-migration': {
    ...onLoad,
    message:
      /Minimum possible migration version is 2|Invalid migration|Missing (table name|'columns'|migrations array)/,
    wrong: { version: 2, migrations: empty(1) + empty(2) },
    right: { version: 2, migrations: empty(2) },
  },
  'watermelondb/unterminated-sql': {
    ...onLoad,
    message: /must end with a semicolon/,
    wrong: { version: 2, migrations: `{ toVersion: 2, steps: [unsafeExecuteSql('delete from posts')] },` },
    right: { version: 2, migrations: `{ toVersion: 2, steps: [unsafeExecuteSql('delete from posts;')] },` },
  },
  'watermelondb/column-never-migrated': {
    on: 'create',
    env: 'production',
    before: 'first-release',
    message: /table \w+ has no column named \w+/,
    wrong: { version: 2, schema: subtitled, migrations: `{ toVersion: 2, steps: [createTable(${spec()})] },` },
    right: {
      version: 2,
      schema: subtitled,
      migrations: `{ toVersion: 2, steps: [createTable(${spec('subtitle')})] },`,
    },
  },
  'watermelondb/table-never-migrated': {
    on: 'upgrade',
    env: 'production',
    message: /no such table: \w+/,
    released: { schema },
    wrong: { version: 2, schema: twoTables, migrations: empty(2) },
    right: {
      version: 2,
      schema: twoTables,
      migrations: `{ toVersion: 2, steps: [createTable({ name: 'comments', columns: [{ ${postId} }] })] },`,
    },
  },
  'watermelondb/unknown-migration-table': {
    on: 'open',
    env: 'production',
    before: 'first-release',
    message: /no such table: \w+/,
    wrong: { version: 2, migrations: add('subtitle').replace('posts', 'post') },
    right: { version: 2, schema: subtitled, migrations: add('subtitle') },
  },
  'watermelondb/duplicate-migration-step': {
    on: 'open',
    env: 'development',
    before: 'first-release',
    message: /duplicate column name: \w+|table "?\w+"? already exists/,
    wrong: { version: 3, schema: subtitled, migrations: add('subtitle') + add('subtitle', 3) },
    right: { version: 3, schema: subtitled, migrations: add('subtitle') + empty(3) },
  },
  'watermelondb/released-migration-edited': {
    on: 'upgrade',
    env: 'production',
    message: /has no column named \w+|no such table: \w+|is missing after the upgrade|does not open/,
    released: { version: 2, schema, migrations: empty(2) },
    wrong: { version: 2, schema: subtitled, migrations: add('subtitle') },
    right: { version: 3, schema: subtitled, migrations: empty(2) + add('subtitle', 3) },
  },
  'watermelondb/schema-changed-without-migration': {
    on: 'upgrade',
    env: 'production',
    message: /has no column named \w+|no such table: \w+/,
    released: { schema },
    wrong: { schema: subtitled },
    right: { version: 2, schema: subtitled, migrations: add('subtitle') },
  },
  'watermelondb/schema-version-lowered': {
    on: 'upgrade',
    env: 'production',
    message: /the upgrade resets the database/,
    released: { version: 3, migrations: empty(2) + empty(3) },
    wrong: { version: 2, migrations: empty(2) },
    right: { version: 3, migrations: empty(2) + empty(3) },
  },
  'watermelondb/column-type-changed': {
    on: 'upgrade',
    env: 'production',
    message: /of old rows was .* and reads /,
    released: { schema },
    wrong: { version: 2, schema: table('posts', `name: 'title', type: 'number'`), migrations: empty(2) },
    right: { version: 2, schema, migrations: empty(2) },
  },
}

function spec(...more: string[]): string {
  return `{ name: 'posts', columns: [${['title', ...more].map(name => `{ name: '${name}', type: 'string' }`).join(', ')}] }`
}
