// A decorated property hides a member that the library's Model needs.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import { camelCase } from '../models/naming.ts'
import type { Model, ModelInStore, ModelMember } from '../types.ts'

const needed: ReadonlySet<string> = new Set(['collection', 'db', 'update', 'asModel', '_raw', 'constructor'])

export const shadowedMember: Rule<ModelInStore, { readonly model: Model; readonly member: ModelMember }> = {
  id: 'watermelondb/shadowed-member',
  severity: 'error',
  early: true,
  on: 'model',
  docs: {
    what: 'A decorated property of a JavaScript model is named `collection`, `db`, `update`, `asModel` or `_raw`.',
    why: "The library's own member of that name is gone: records fail with `update is not a function`, `Maximum call stack size exceeded` and the like.",
    fix: 'Gives the property another name. The column keeps its name, so no migration is needed; code that uses the property must be changed too.',
  },
  *check({ model }) {
    for (const member of model.members) {
      if (!member.binding?.name || !needed.has(member.name) || !isJavaScript(member.file)) continue
      if (!model.fact.members.includes(member.fact)) continue
      yield {
        at: member.nameAt,
        message: `"${member.name}" hides the member of that name that every record needs: reading or saving records of ${model.name} fails. Give the property another name; the column may keep its own.`,
        data: { model, member },
      }
    }
  },
  fix({ data: { model, member } }) {
    const isFree = (name: string) => name !== '' && !needed.has(name) && !model.members.some(one => one.name === name)
    const name = [camelCase(member.column?.text ?? ''), `${member.name.replace(/^_/, '')}Value`].find(isFree)
    if (name === undefined) return undefined
    const { file, span } = member.nameAt
    return {
      title: `Rename the property to "${name}"`,
      safe: false,
      edits: [{ file, start: span.start, end: span.end, text: name }],
    }
  },
  examples: [
    {
      name: 'a field named collection',
      files: exampleApp({
        files: {
          'src/models/Post.js': `import { Model } from '@nozbe/watermelondb'
import { field } from '@nozbe/watermelondb/decorators'

export default class Post extends Model {
  static table = 'posts'
  @field('title') collection
  //              ^^^^^^^^^^ every record needs
}
`,
          'src/db/index.ts': `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
import Post from '../models/Post'

export const adapter = new SQLiteAdapter({ schema })
export const database = new Database({ adapter, modelClasses: [Post] })
`,
        },
      }),
      fixed: {
        'src/models/Post.js': `import { Model } from '@nozbe/watermelondb'
import { field } from '@nozbe/watermelondb/decorators'

export default class Post extends Model {
  static table = 'posts'
  @field('title') title
}
`,
      },
    },
    {
      name: 'TypeScript reports it itself; methods may override',
      files: exampleApp({
        models: { Post: "static table = 'posts'\n@field('title') collection!: any" },
        files: {
          'src/models/Comment.js': `import { Model } from '@nozbe/watermelondb'

export default class Comment extends Model {
  static table = 'posts'
  async update(fn) { return super.update(fn) }
}
`,
        },
      }),
    },
  ],
}
