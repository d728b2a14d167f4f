// What the library says of wrong models.
import type { Expectation } from '../expectation.ts'
import {
  associations,
  Comment,
  code,
  exercise,
  hasMany,
  members,
  onLoad,
  Post,
  parent,
  related,
  schema,
  screen,
  twoTables,
} from './pieces.ts'

export const modelExpectations: Readonly<Record<string, Expectation>> = {
  'watermelondb/missing-table': {
    ...onLoad,
    message: /Model class \w+ .*is missing "static table = 'table_name'"/,
    wrong: { schema, models: { Post: `@text('title') title!: string` } },
    right: { schema, models: { Post } },
  },
  'watermelondb/unknown-table': {
    ...onLoad,
    message: /static table defined that is missing in schema/,
    wrong: { schema, models: { Post: Post.replace('posts', 'post') } },
    right: { schema, models: { Post } },
  },
  'watermelondb/unknown-column': {
    ...exercise,
    set: true,
    message: /Cannot destructure property 'type' of 'columnSchema'/,
    ...members(`@field('tilte') title!: string`, `@field('title') title!: string`),
  },
  'watermelondb/invalid-decorator': {
    ...onLoad,
    message:
      /Pass column name|can only be used for simple properties|can only be applied to model fields|Cannot read properties of undefined \(reading '[gs]et'\)/,
    ...members(`@field(undefined as any) title!: string`, `@field('title') title!: string`),
  },
  'watermelondb/field-initializer': {
    on: 'create',
    env: 'development',
    message: /Not allowed to change (deleted )?record .*outside of create\/update\(\)/,
    ...members(`@field('title') title = 'new'`, `@field('title') title!: string`),
  },
  'watermelondb/unknown-association-table': {
    ...exercise,
    message: /@children decorator used for a table that's not has_many|no such table|Cannot read properties of null/,
    ...associations(`remarks: { type: 'has_many', foreignKey: 'post_id' }`),
  },
  'watermelondb/unknown-association-key': {
    ...exercise,
    message: /no such column: \w+\.\w+/,
    ...associations(`comments: { type: 'has_many', foreignKey: 'postId' }`),
  },
  'watermelondb/reversed-association': {
    ...exercise,
    message: /no such column: \w+\.\w+|not has_many/,
    ...associations(`comments: { type: 'belongs_to', key: 'post_id' }`),
  },
  'watermelondb/children-without-association': {
    ...exercise,
    message: /@children decorator used for a table that's not has_many/,
    ...associations(''),
  },
  'watermelondb/relation-key-not-column': {
    ...exercise,
    set: true,
    message: /\.id =: Cannot destructure property 'type' of 'columnSchema'/,
    wrong: {
      schema: twoTables,
      models: { Post: parent(hasMany), Comment: Comment.replace(`'posts', 'post_id'`, `'posts', 'postId'`) },
    },
    right: related,
  },
  'watermelondb/unregistered-model': {
    ...exercise,
    message: /Cannot read properties of null/,
    wrong: screen(`return database.get('comments').query().fetch()`, { schema: twoTables, models: { Post } }),
    right: screen(`return database.get('comments').query().fetch()`, related),
  },
  'watermelondb/shadowed-member': {
    ...exercise,
    message:
      /Cannot read properties of undefined \(reading '_\w+'\)|\.\w+ is not a function|Maximum call stack size exceeded/,
    ...members(`@field('title') collection!: any`, `@field('title') title!: string`),
  },
  'watermelondb/json-sanitizer': {
    ...exercise,
    message: /sanitizer is not a function|Cannot access '\w+' before initialization/,
    ...members(`@json('title', undefined as any) meta!: any`, `@json('title', (x: any) => x) meta!: any`),
  },
  'watermelondb/relation-assignment': {
    ...exercise,
    message: /Don't set relation directly\. Use relation\.set\(\) instead|Setter called on a @children/,
    ...code(
      `const comment = (await database.get('comments').query().fetch())[0]
  await database.write(() => comment.update(() => { comment.post = post }))`,
      `const comment = (await database.get('comments').query().fetch())[0]
  await database.write(() => comment.update(() => { comment.post.set(post) }))`,
      related,
    ),
  },
  'watermelondb/readonly-write': {
    ...exercise,
    message:
      /Attempt to set (a )?new value on a (property .* marked as @readonly|@nochange field)|Cannot change property marked as @immutableRelation/,
    ...code(
      `await database.write(() => post.update(() => { post.title = 'x' }))`,
      `await database.write(() => post.update(() => undefined))`,
      { schema, models: { Post: `static table = 'posts'\n@readonly @field('title') title!: string` } },
    ),
  },
  'watermelondb/removed-api': {
    ...exercise,
    message: /is not a function|Decorating class property failed|is undefined/,
    ...code(`return database.action(async () => undefined)`, `return database.write(async () => undefined)`),
  },
}
