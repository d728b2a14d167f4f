// Code writes what a model protects from being written.
import type { Evidence, Rule } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import { codeCalls } from '../code/code-calls.ts'
import { methodCall } from '../code/read-collection.ts'
import { createRecordReader, memberOfAll, type RecordReader } from '../code/record-of.ts'
import { exampleApp } from '../example-app.ts'
import type { CodeOfFile, ModelMember } from '../types.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'slug', type: 'string' }, { name: 'author_id', type: 'string' }, { name: 'created_at', type: 'number' }] }),
tableSchema({ name: 'authors', columns: [] }),`
const Post = `static table = 'posts'
@nochange @text('slug') slug!: string
@readonly @date('created_at') createdAt!: Date
@immutableRelation('authors', 'author_id') author!: any`
const code = (text: string) =>
  exampleApp({
    schema,
    models: { Post },
    files: { 'src/code.ts': `import { database } from './db'\nimport type { Post } from './models/Post'\n\n${text}` },
  })

export const readonlyWrite: Rule<CodeOfFile> = {
  id: 'watermelondb/readonly-write',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'Code writes a `@readonly` property, or a `@nochange` property or `@immutableRelation` of a record that exists already.',
    why: 'The write throws, so nothing of the whole update is saved.',
    fix: 'Remove the write; what must change later needs another decorator.',
  },
  *check(subject) {
    const reader = createRecordReader(subject)
    const usage = subject.scope.usage(subject.file)
    for (const { target, fn } of usage?.assigns ?? []) {
      if (target.kind !== 'member' || target.name === undefined) continue
      const at = { file: subject.file, span: target.nameAt }
      yield* fieldWrite(reader, target.of, target.name, fn, at)
      if (target.name === 'id') yield* relationWrite(reader, target.of, fn, at)
    }
    for (const { call, fact } of codeCalls(subject)) {
      const method = methodCall(call, 'set')
      if (method && call.callee.kind === 'member')
        yield* relationWrite(reader, method.of, fact.fn, { file: subject.file, span: call.callee.nameAt })
    }
  },
  examples: [
    {
      name: 'an update of protected properties',
      files: code(`export const rename = (post: Post) =>
  database.write(() =>
    post.update(record => {
      record.slug = 'x'
      //     ^^^^ only be set while the record is created
      record.createdAt = new Date()
      //     ^^^^^^^^^ is @readonly
      record.author.id = 'x'
      //            ^^ @immutableRelation
      record.author.set(null)
      //            ^^^ @immutableRelation
    }),
  )
`),
    },
    {
      name: 'inside the model',
      files: exampleApp({
        schema,
        models: {
          Post: `${Post}
@writer async rename() {
  await this.update(() => {
    this.slug = 'x'
    //   ^^^^ only be set
  })
}
init() { this.slug = 'a' }`,
        },
      }),
    },
    {
      name: 'creation, and records that are not known',
      files: code(`export const add = (author: any, other: any) =>
  database.write(() =>
    database.get<Post>('posts').create(post => {
      post.slug = 'x'
      post.author.set(author)
      other.createdAt = new Date()
    }),
  )
`),
    },
  ],
}

type Found = Generator<Evidence<never>>

const has = (member: ModelMember, name: string): boolean => member.decorators.some(one => one.name === name)

function* fieldWrite(reader: RecordReader, of: Value, name: string, fn: number | undefined, at: Place): Found {
  const found = reader.recordOf(of, fn)
  // In its own methods a model may be about to create the record; only an update is certain.
  const readonly = memberOfAll(found, name, one => one.binding !== undefined && has(one, 'readonly'))
  if (readonly)
    yield evidence(at, readonly, `"${name}" is @readonly: this write throws and the whole change is lost. Remove it.`)
  const frozen =
    found?.phase === 'update' && memberOfAll(found, name, one => one.binding !== undefined && has(one, 'nochange'))
  if (frozen && !readonly)
    yield evidence(
      at,
      frozen,
      `"${name}" is @nochange, so it can only be set while the record is created: this write throws and the whole change is lost. Remove it.`,
    )
}

function* relationWrite(reader: RecordReader, relation: Value, fn: number | undefined, at: Place): Found {
  if (relation.kind !== 'member') return
  const found = reader.recordOf(relation.of, fn)
  if (found?.phase !== 'update') return
  const member = memberOfAll(found, relation.name, one => one.binding?.name === 'immutableRelation')
  if (member)
    yield evidence(
      at,
      member,
      `"${member.name}" is an @immutableRelation, so it can only be set while the record is created: this throws and the whole change is lost. Remove it.`,
    )
}

const evidence = (at: Place, member: ModelMember, message: string): Evidence<never> => ({
  at,
  message,
  related: [{ at: member.nameAt, message: `"${member.name}" is declared here` }],
})
