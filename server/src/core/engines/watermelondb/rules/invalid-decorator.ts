// A decorator stands where it cannot work.
import type { Evidence, Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { Decorator, ModelInStore, ModelMember } from '../types.ts'

interface Data {
  /** The decorator that must move before the other. */
  readonly move: Decorator
  readonly before: Decorator
}

const fields: ReadonlySet<string | undefined> = new Set(['field', 'text', 'date', 'json'])
const bound: ReadonlySet<string | undefined> = new Set([...fields, 'relation', 'immutableRelation', 'children'])

export const invalidDecorator: Rule<ModelInStore, Data | undefined> = {
  id: 'watermelondb/invalid-decorator',
  severity: 'error',
  early: true,
  on: 'model',
  docs: {
    what: 'A field decorator without a column name or on a method or getter, or `@nochange` or `@readonly` to the right of the field decorator.',
    why: 'The file throws when it is imported, so the app does not start; a `@readonly` to the right protects nothing under Babel.',
    fix: 'Moves `@readonly` or `@nochange` to the left of the field decorator.',
  },
  *check({ model }) {
    for (const member of model.members.filter(one => model.fact.members.includes(one.fact))) {
      yield* withoutArgument(member)
      yield* onMethod(member)
      yield* inWrongOrder(member)
    }
  },
  fix({ data }, context) {
    const text = data && context.text(data.move.at.file)
    if (!data || text === undefined) return undefined
    const { file, span } = data.move.at
    const gap = /^\s*/.exec(text.slice(span.end))?.[0] ?? ''
    return {
      title: `Move @${data.move.name} to the left of @${data.before.name}`,
      safe: true,
      edits: [
        {
          file,
          start: data.before.at.span.start,
          end: data.before.at.span.start,
          text: text.slice(span.start, span.end) + (gap || ' '),
        },
        { file, start: span.start, end: span.end + gap.length, text: '' },
      ],
    }
  },
  examples: [
    {
      name: '@readonly and @nochange behind the field',
      files: exampleApp({
        models: {
          Post: `static table = 'posts'
@text('title') @readonly title!: string
//             ^^^^^^^^^ protects nothing
@readonly @text('title') name!: string`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: "static table = 'posts'\n@readonly @text('title') title!: string\n@readonly @text('title') name!: string",
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'on lines of their own, and on a getter',
      files: exampleApp({
        models: {
          Post: `static table = 'posts'
@text('title')
@nochange
^^^^^^^^^ throws when it is imported
title!: string
@field('title') get name() { return '' }
^^^^^^^^^^^^^^^ only works on a property
@field(undefined as any) body!: string
^^^^^^^^^^^^^^^^^^^^^^^^ needs the name of a column`,
        },
      }),
      fixed: {
        'src/models/Post.ts': exampleApp({
          models: {
            Post: "static table = 'posts'\n@nochange\n@text('title')\ntitle!: string\n@field('title') get name() { return '' }\n@field(undefined as any) body!: string",
          },
        })['src/models/Post.ts']!,
      },
    },
    {
      name: 'JavaScript without a column name',
      files: exampleApp({
        models: { Post: "static table = 'posts'\n@field title!: string" },
        files: {
          'src/models/Comment.js': `import { Model } from '@nozbe/watermelondb'
import { children, field, relation, writer } from '@nozbe/watermelondb/decorators'

export default class Comment extends Model {
  static table = 'posts'
  @field() body
  ^^^^^^^^ needs the name of a column
  @field title
  ^^^^^^ needs the name of a column
  @relation('users') author
  ^^^^^^^^^^^^^^^^^^ needs the name of a column
  @field(name) other
  @writer async clear() {}
}
`,
        },
      }),
    },
    {
      name: 'what is right, and a getter with other decorators',
      files: exampleApp({
        models: {
          Post: `static table = 'posts'
@nochange @readonly @text('title') title!: string
@lazy posts = this.collection.query()
@writer async clear() {}
@reader async read() {}`,
        },
      }),
    },
  ],
}

function* withoutArgument(member: ModelMember): Generator<Evidence<undefined>> {
  const { binding } = member
  if (!binding) return
  const isRelation = binding.name === 'relation' || binding.name === 'immutableRelation'
  const needed = isRelation ? 2 : 1
  const args = binding.args ?? []
  if (args.some(one => one.value.kind === 'spread')) return
  // In TypeScript only a cast lets a missing name pass.
  const isEmpty = args.slice(0, needed).some(one => one.value.kind === 'undefined' || one.value.kind === 'null')
  if (!isEmpty && (args.length >= needed || !isJavaScript(member.file))) return
  const what = binding.name === 'children' ? 'name of a table' : 'name of a column'
  yield {
    at: binding.at,
    message: `@${binding.name} needs the ${what} here: the file throws when it is imported and the app does not start. Write it in the parentheses.`,
    data: undefined,
  }
}

function* onMethod(member: ModelMember): Generator<Evidence<undefined>> {
  const { binding, fact } = member
  if (!binding || fact.kind === 'property' || !fields.has(binding.name)) return
  yield {
    at: binding.at,
    message: `@${binding.name} only works on a property, not on a ${fact.kind}: the file throws when it is imported and the app does not start. Remove it, or make "${member.name}" a property.`,
    data: undefined,
  }
}

function* inWrongOrder(member: ModelMember): Generator<Evidence<Data>> {
  const { decorators } = member
  const field = decorators.findIndex(one => bound.has(one.name))
  const before = decorators[field]
  if (!before || !fields.has(before.name) || member.fact.kind !== 'property') return
  for (const move of decorators.slice(field + 1)) {
    if (move.name !== 'readonly' && move.name !== 'nochange') continue
    const hurt =
      move.name === 'readonly'
        ? 'it protects nothing, or fails at the first read'
        : 'the file throws when it is imported and the app does not start'
    yield {
      at: move.at,
      message: `@${move.name} must stand to the left of @${before.name}: here ${hurt}. Move it.`,
      data: { move, before },
    }
  }
}
