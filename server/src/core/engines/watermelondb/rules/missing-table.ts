// A registered model does not say which table it stands for.
import type { Rule } from '../../../rules/rule.ts'
import { insertMember } from '../../../write/insert-member.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import { isGivenElsewhere } from '../models/code-writes.ts'
import { classNameOf } from '../models/naming.ts'
import type { ModelInStore } from '../types.ts'

export const missingTable: Rule<ModelInStore, ModelInStore> = {
  id: 'watermelondb/missing-table',
  severity: 'error',
  on: 'model',
  docs: {
    what: 'A class in `modelClasses` has no `static table`, of its own or inherited.',
    why: 'The database cannot tell which records the class stands for: `new Database()` throws `Model class is missing "static table"`, and a release build fails at the first use.',
    fix: 'Adds `static table` with the table of the schema that is named like the class.',
  },
  *check(subject) {
    const { model, store, scope } = subject
    if (!model.lacksTable || model.fact.isDeclare || !store.isRegistered(model) || scope.isBroken(model.file)) return
    if (isGivenElsewhere(scope, model, 'table')) return
    yield {
      at: model.nameAt,
      message: `Model "${model.name}" is registered but has no "static table": the app fails when the database is made. Say which table it stands for.`,
      related: store.databases.slice(0, 1).map(one => ({ at: one.at, message: 'The database that registers it' })),
      data: subject,
    }
  },
  fix({ data: { model, store } }, context) {
    const text = context.text(model.file)
    const free = store.tableNames().filter(name => store.modelsOf(name).length === 0)
    const bare = model.name.replace(/(?:Model|Entity)$/, '')
    const table = free.find(name => [model.name, bare].includes(classNameOf(name)) || name === model.name)
    if (table === undefined || text === undefined) return undefined
    const style = styleOf(text)
    const member = `static table = ${quoted(table, style)}${style.semicolon}`
    return {
      title: `Add static table = '${table}'`,
      safe: false,
      edits: [insertMember({ file: model.file, text, fact: model.fact }, member, undefined)],
    }
  },
  examples: [
    {
      name: 'a registered model without a table',
      files: exampleApp({
        models: {
          Post: `import { Model } from '@nozbe/watermelondb'
import { text } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  //         ^^^^ no "static table"
  @text('title') title!: string
}
`,
        },
      }),
      fixed: {
        'src/models/Post.ts': `import { Model } from '@nozbe/watermelondb'
import { text } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  static table = 'posts'
  @text('title') title!: string
}
`,
      },
    },
    {
      name: 'an abstract base, an inherited table, a class whose base is not known',
      files: exampleApp({
        models: {
          Post: `import { Base } from './Base'

export class Post extends Base {
  static table = 'posts'
}
`,
          PinnedPost: `import { Post } from './Post'

export class PinnedPost extends Post {}
`,
          Mixed: `import { field } from '@nozbe/watermelondb/decorators'
import { withTable } from 'somewhere'

export class Mixed extends withTable('posts') {
  @field('title') title!: string
}
`,
        },
        files: {
          'src/models/Base.ts': `import { Model } from '@nozbe/watermelondb'

export abstract class Base extends Model {}
`,
        },
      }),
    },
  ],
}
