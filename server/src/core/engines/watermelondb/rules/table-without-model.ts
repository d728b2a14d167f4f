// A table of the schema has no model class.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { createModel } from '../models/create-model.ts'
import type { TableInStore } from '../types.ts'

const schema = `tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    { name: 'likes', type: 'number', isOptional: true },
    { name: 'author_id', type: 'string', isIndexed: true },
    { name: 'created_at', type: 'number' },
  ],
}),
tableSchema({ name: 'authors', columns: [] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`
const Author = "static table = 'authors'"
const Comment = "static table = 'comments'\n@relation('posts', 'post_id') post!: any"

export const tableWithoutModel: Rule<TableInStore, TableInStore> = {
  id: 'watermelondb/table-without-model',
  severity: 'info',
  on: 'table',
  docs: {
    what: 'A table of the schema has no model class.',
    why: '`database.get()` gives null for the table, so no code can use it, and sync skips it.',
    fix: 'Writes the model: decorators that fit the columns, relations, associations, and the entry in `modelClasses`.',
  },
  *check(subject) {
    const { table, store } = subject
    if (!table.isNamed || !store.registrationComplete || store.table(table.name.text) !== table) return
    const name = table.name.text
    if (store.modelsOf(name).length > 0) return
    // A model whose table is not known, or not said yet, may be the one.
    if (store.models.some(model => !model.table)) return
    yield {
      at: table.name.at,
      message: `Table "${name}" has no model: database.get('${name}') gives null, and sync skips the table. Create one.`,
      data: subject,
    }
  },
  fix({ data: { table, store } }, context) {
    const created = createModel(store, table, context)
    return created?.isRegistered
      ? { title: `Create model ${created.className}`, safe: false, edits: created.edits }
      : undefined
  },
  examples: [
    {
      name: 'a table without a model',
      files: {
        ...exampleApp({ schema, models: { Author, Comment } }),
        'src/db/schema.ts': exampleApp({ schema })['src/db/schema.ts']!.replace(
          "name: 'posts',",
          "name: 'posts',\n      //    ^^^^^^^ has no model",
        ),
      },
      fixed: {
        'src/models/Post.ts': `import { Model } from '@nozbe/watermelondb'
import type { Query, Relation } from '@nozbe/watermelondb'
import { children, date, field, readonly, relation, text } from '@nozbe/watermelondb/decorators'
import type { Author } from './Author'
import type { Comment } from './Comment'

export class Post extends Model {
  static table = 'posts'

  static associations = {
    authors: { type: 'belongs_to', key: 'author_id' },
    comments: { type: 'has_many', foreignKey: 'post_id' },
  } as const

  @text('title') title!: string
  @field('likes') likes!: number | null
  @relation('authors', 'author_id') author!: Relation<Author>
  @readonly @date('created_at') createdAt!: Date
  @children('comments') comments!: Query<Comment>
}
`,
        'src/db/index.ts': exampleApp({ schema, models: { Author, Comment, Post: '' } })['src/db/index.ts']!,
      },
    },
    {
      name: 'JavaScript with default exports and files in lower case',
      files: {
        'db/schema.js': `import { appSchema, tableSchema } from "@nozbe/watermelondb";

export default appSchema({
  version: 1,
  tables: [
    tableSchema({ name: "blog_posts", columns: [{ name: "title", type: "string" }] }),
    //                  ^^^^^^^^^^^^ has no model
    tableSchema({ name: "authors", columns: [] }),
  ],
});
`,
        'model/author.js': `import { Model } from "@nozbe/watermelondb";

export default class Author extends Model {
  static table = "authors";
}
`,
        'db/index.js': `import { Database } from "@nozbe/watermelondb";
import LokiJSAdapter from "@nozbe/watermelondb/adapters/lokijs";
import schema from "./schema";
import Author from "../model/author";

const adapter = new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true });
export const database = new Database({ adapter, modelClasses: [Author] });
`,
      },
      fixed: {
        'model/blogPost.js': `import { Model } from "@nozbe/watermelondb";
import { text } from "@nozbe/watermelondb/decorators";

export default class BlogPost extends Model {
  static table = "blog_posts";

  @text("title") title;
}
`,
        'db/index.js': `import { Database } from "@nozbe/watermelondb";
import LokiJSAdapter from "@nozbe/watermelondb/adapters/lokijs";
import schema from "./schema";
import Author from "../model/author";
import BlogPost from "../model/blogPost";

const adapter = new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true });
export const database = new Database({ adapter, modelClasses: [Author, BlogPost] });
`,
      },
    },
    {
      name: 'models that cannot all be read',
      files: {
        ...exampleApp({ schema }),
        'src/db/index.ts': exampleApp({ schema })['src/db/index.ts']!.replace('[]', '[...models]'),
      },
    },
  ],
}
