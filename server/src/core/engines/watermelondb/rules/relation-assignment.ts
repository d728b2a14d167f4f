// A relation or children property is assigned to.
import type { Rule } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { createRecordReader, memberOfAll } from '../code/record-of.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { CodeOfFile } from '../types.ts'

interface Data {
  readonly file: string
  readonly target: Span
  readonly value: Span
  readonly at: Span
  readonly isChildren: boolean
}

const Comment = "static table = 'comments'\n@relation('posts', 'post_id') post!: any\n@children('likes') likes!: any"
const schema = `tableSchema({ name: 'posts', columns: [] }),
tableSchema({ name: 'comments', columns: [{ name: 'post_id', type: 'string' }] }),`

export const relationAssignment: Rule<CodeOfFile, Data> = {
  id: 'watermelondb/relation-assignment',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'JavaScript assigns to a `@relation` or `@children` property.',
    why: "Assigning a relation throws `Don't set relation directly. Use relation.set() instead`; assigning children is ignored.",
    fix: 'Calls `.set()` of the relation.',
  },
  *check(code) {
    if (!isJavaScript(code.file)) return
    const reader = createRecordReader(code)
    for (const { target, value, op, fn, at } of code.scope.usage(code.file)?.assigns ?? []) {
      if (target.kind !== 'member' || target.name === undefined || op !== '=') continue
      const found = reader.recordOf(target.of, fn)
      const member = memberOfAll(found, target.name, one => isBoundTo(one.binding?.name))
      if (!member) continue
      const isChildren = member.binding?.name === 'children'
      yield {
        at: { file: code.file, span: target.nameAt },
        message: isChildren
          ? `"${member.name}" is a query of children: assigning to it does nothing. Set the key of each child instead.`
          : `"${member.name}" is a relation: assigning to it throws and nothing is saved. Call ${member.name}.set().`,
        related: [{ at: member.nameAt, message: `"${member.name}" is declared here` }],
        data: { file: code.file, target: target.at, value: value.at, at, isChildren },
      }
    }
  },
  fix({ data }, context) {
    const text = context.text(data.file)
    if (data.isChildren || text === undefined) return undefined
    const { file, target, value } = data
    // What stands between is the sign, and maybe parentheses around the value, which go with it.
    const between = text.slice(target.end, value.start)
    if (!/^\s*=\s*$/.test(between)) return undefined
    return {
      title: 'Call .set()',
      safe: true,
      edits: [
        { file, start: target.end, end: value.start, text: '.set(' },
        { file, start: value.end, end: value.end, text: ')' },
      ],
    }
  },
  examples: [
    {
      name: 'a relation assigned while a record is created',
      files: exampleApp({
        schema,
        models: { Comment },
        files: {
          'src/add.js': `import { database } from './db'

export const add = post =>
  database.write(() =>
    database.get('comments').create(comment => {
      comment.post = post
      //      ^^^^ Call post.set()
      comment.text = 'x'
    }),
  )
`,
        },
      }),
      fixed: {
        'src/add.js': `import { database } from './db'

export const add = post =>
  database.write(() =>
    database.get('comments').create(comment => {
      comment.post.set(post)
      comment.text = 'x'
    }),
  )
`,
      },
    },
    {
      name: 'children of a record that was found',
      files: exampleApp({
        schema,
        models: { Comment },
        files: {
          'src/clear.js': `import { database } from './db'

export async function clear(id) {
  const comment = await database.get('comments').find(id)
  comment.likes = []
  //      ^^^^^ does nothing
}
`,
        },
      }),
    },
    {
      name: 'other objects, and TypeScript, which reports it itself',
      files: exampleApp({
        schema,
        models: { Comment },
        files: {
          'src/other.js': `import { database } from './db'

export function other(comment, thing) {
  comment.post = thing
  const draft = {}
  draft.post = thing
  return database.get('comments').create(one => { one.post.set(thing) })
}
`,
          'src/typed.ts': `import { database } from './db'

export const add = (post: any) => database.get('comments').create((comment: any) => { comment.post = post })
`,
        },
      }),
    },
  ],
}

const isBoundTo = (name: string | undefined): boolean =>
  name === 'relation' || name === 'immutableRelation' || name === 'children'
