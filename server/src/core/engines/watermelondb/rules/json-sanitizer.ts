// A `@json` property has no sanitizer, or one that does not exist yet when the class is made.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Binding } from '../../../facts/file-facts.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { ModelInStore } from '../types.ts'

type Data =
  | { readonly kind: 'add'; readonly file: string; readonly after: Span }
  | { readonly kind: 'move'; readonly file: string; readonly statement: Span; readonly before: Span }
  | undefined

const header = `import { Model } from '@nozbe/watermelondb'
import { json } from '@nozbe/watermelondb/decorators'
`

export const jsonSanitizer: Rule<ModelInStore, Data> = {
  id: 'watermelondb/json-sanitizer',
  severity: 'error',
  on: 'model',
  docs: {
    what: '`@json` is given no sanitizer (JavaScript), or a constant that is declared below the class.',
    why: 'Reading the property throws `sanitizer is not a function`, or the file throws when it is imported.',
    fix: 'Adds a sanitizer that keeps what was stored, or moves the constant above the class.',
  },
  *check({ model, scope }) {
    const { file, fact } = model
    const bindings = scope.module(file)?.bindings
    for (const member of model.members.filter(one => fact.members.includes(one.fact))) {
      const args = member.binding?.args
      if (member.binding?.name !== 'json' || !args || args.some(one => one.value.kind === 'spread')) continue
      const [column, sanitizer] = args
      const isEmpty = sanitizer?.value.kind === 'undefined' || sanitizer?.value.kind === 'null'
      if (column && (isEmpty || (!sanitizer && isJavaScript(file))))
        yield {
          at: member.binding.at,
          message: `@json needs a sanitizer as its second argument: without one, reading "${member.name}" throws. Give it a function that returns a valid value.`,
          data: sanitizer ? undefined : { kind: 'add', file, after: column.value.at },
        }
      const value = sanitizer?.value
      if (value?.kind !== 'name' || value.key === undefined) continue
      const binding = bindings?.[value.key]
      if (!binding || (binding.kind !== 'const' && binding.kind !== 'let') || binding.fn !== undefined) continue
      if (
        binding.at.start < fact.at.end ||
        bindings?.[model.key]?.fn !== undefined ||
        fact.nameAt.start > binding.at.start
      )
        continue
      yield {
        at: placeOf({ value, file }),
        message: `"${value.name}" is declared below the class, so it does not exist yet when @json needs it: the file throws on import, or reading "${member.name}" does. Move it above the class.`,
        related: [{ at: { file, span: binding.at }, message: `"${value.name}" is declared here` }],
        data: moveOf(file, binding, bindings?.[model.key]),
      }
    }
  },
  fix({ data }, context) {
    const text = data && context.text(data.file)
    if (!data || text === undefined) return undefined
    const { file } = data
    if (data.kind === 'add')
      return {
        title: 'Add a sanitizer',
        safe: false,
        edits: [{ file, start: data.after.end, end: data.after.end, text: ', json => json' }],
      }
    const { start, end } = data.statement
    const statement = text.slice(start, end)
    const gap = /^[ \t]*\r?\n(?:[ \t]*\r?\n)?/.exec(text.slice(end))?.[0].length ?? 0
    const newline = text.includes('\r\n') ? '\r\n' : '\n'
    // Behind the last statement nothing is left that the empty line before it would divide.
    const isLast = text.slice(end + gap).trim() === ''
    const from = isLast ? text.slice(0, start).trimEnd().length + newline.length : start
    return {
      title: 'Move the sanitizer above the class',
      safe: false,
      edits: [
        { file, start: data.before.start, end: data.before.start, text: `${statement}${newline}${newline}` },
        { file, start: from, end: end + gap, text: '' },
      ],
    }
  },
  examples: [
    {
      name: 'a constant below the class',
      files: exampleApp({
        models: {
          Post: `${header}
export class Post extends Model {
  static table = 'posts'
  @json('title', clean) title!: string[]
  //             ^^^^^ does not exist yet
}

const clean = (value: unknown) => (Array.isArray(value) ? value : [])
`,
        },
      }),
      fixed: {
        'src/models/Post.ts': `${header}
const clean = (value: unknown) => (Array.isArray(value) ? value : [])

export class Post extends Model {
  static table = 'posts'
  @json('title', clean) title!: string[]
}
`,
      },
    },
    {
      name: 'JavaScript without a sanitizer',
      files: exampleApp({
        files: {
          'src/models/Post.js': `${header}
export default class Post extends Model {
  static table = 'posts'
  @json('title') title
  ^^^^^^^^^^^^^^ needs a sanitizer
}
`,
        },
      }),
      fixed: {
        'src/models/Post.js': `${header}
export default class Post extends Model {
  static table = 'posts'
  @json('title', json => json) title
}
`,
      },
    },
    {
      name: 'functions are hoisted, and an arrow waits until it is called',
      files: exampleApp({
        models: {
          Post: `${header}import { imported } from './sanitizers'

const above = (value: unknown) => value

export class Post extends Model {
  static table = 'posts'
  @json('title', hoisted) a!: unknown
  @json('title', value => below(value)) b!: unknown
  @json('title', above) c!: unknown
  @json('title', imported) d!: unknown
}

const below = (value: unknown) => value
function hoisted(value: unknown) { return value }
`,
        },
      }),
    },
  ],
}

/** A function does not look at anything before it is called, so it may stand anywhere above; other values may not. */
const moveOf = (file: string, binding: Binding, home: Binding | undefined): Data =>
  binding.value?.kind === 'function' && binding.statementAt && home?.statementAt
    ? { kind: 'move', file, statement: binding.statementAt, before: home.statementAt }
    : undefined
