// A property that a decorator binds to a column has an initial value.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { ModelInStore, ModelMember } from '../types.ts'

export const fieldInitializer: Rule<ModelInStore, { readonly member: ModelMember }> = {
  id: 'watermelondb/field-initializer',
  severity: 'error',
  early: true,
  on: 'model',
  docs: {
    what: 'A property with a field or relation decorator has an initial value.',
    why: 'Under Babel the file throws when it is imported; elsewhere every record throws `Not allowed to change record outside of create/update()` when it is made.',
    fix: 'Removes the initial value. A default belongs where records are created.',
  },
  *check({ model }) {
    for (const member of model.members) {
      const { initializer } = member.fact
      if (!member.binding?.name || !initializer || !model.fact.members.includes(member.fact)) continue
      if (member.decorators.some(one => one.name === 'lazy' || one.name === undefined)) continue
      yield {
        at: { file: member.file, span: initializer.at },
        message: `"${member.name}" belongs to @${member.binding.name}, so it must not have an initial value: the app throws on import or at every record. Remove it, and set a default where records are created.`,
        data: { member },
      }
    }
  },
  fix({ data: { member } }, context) {
    const { fact, file } = member
    const text = context.text(file)
    if (text === undefined || !fact.initializer) return undefined
    const end = fact.initializer.at.end
    const nameEnd = fact.nameAt.end
    const typeEnd = fact.type?.at.end ?? nameEnd
    const head = /^\s*[?!]?/.exec(text.slice(nameEnd))?.[0].length ?? 0
    const equals = text.indexOf('=', Math.max(typeEnd, nameEnd + head))
    if (equals < 0 || equals >= end) return undefined
    // TypeScript wants to hear that somebody else gives the property its value.
    const needsMark = !isJavaScript(file) && fact.type && !fact.isOptional && !fact.isDefinite && !fact.isDeclare
    const cut = { file, start: text.slice(0, equals).trimEnd().length, end, text: '' }
    const mark = { file, start: nameEnd, end: nameEnd, text: '!' }
    return { title: 'Remove the initial value', safe: false, edits: needsMark ? [mark, cut] : [cut] }
  },
  examples: [
    {
      name: 'a default value',
      files: exampleApp({
        models: {
          Post: `static table = 'posts'
@text('title') title: string = 'New post'
//                             ^^^^^^^^^^ must not have an initial value`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({ models: { Post: "static table = 'posts'\n@text('title') title!: string" } })[
          'src/models/Post.ts'
        ]!,
      },
    },
    {
      name: 'JavaScript',
      files: exampleApp({
        files: {
          'src/models/Post.js': `import { Model } from '@nozbe/watermelondb'
import { children, field } from '@nozbe/watermelondb/decorators'

export default class Post extends Model {
  static table = 'posts'
  @field('title') title = null
  //                      ^^^^ @field
}
`,
        },
      }),
      fixed: {
        'src/models/Post.js': `import { Model } from '@nozbe/watermelondb'
import { children, field } from '@nozbe/watermelondb/decorators'

export default class Post extends Model {
  static table = 'posts'
  @field('title') title
}
`,
      },
    },
    {
      name: '@lazy and plain properties',
      files: exampleApp({
        models: {
          Post: `static table = 'posts'
@text('title') title!: string
@lazy pinned = this.collection.query()
cache = new Map()`,
        },
      }),
    },
  ],
}
