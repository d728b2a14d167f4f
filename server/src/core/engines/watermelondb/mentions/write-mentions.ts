// What code names when it writes records: properties that are bound to columns, and columns of raw records.

import type { Mention } from '../../../catalog/mention.ts'
import { nameAt } from '../../../catalog/name-at.ts'
import { fieldMentions } from '../../../catalog/name-mentions.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located } from '../../../catalog/scope.ts'
import { childrenOf, type MemberValue, type Value } from '../../../source/value.ts'
import { codeCalls } from '../code/code-calls.ts'
import { methodCall, storesOfModel } from '../code/read-collection.ts'
import { createRecordReader, type RecordReader } from '../code/record-of.ts'
import type { CodeOfFile, Model } from '../types.ts'

/** `record.title = …` and `record.author.set(…)` by their columns, and `record._raw.title`, `_setRaw('title')`, `_getRaw('title')`. */
export function* writeMentions(code: CodeOfFile): Generator<Mention> {
  const usage = code.scope.usage(code.file)
  if (!usage) return
  const records = createRecordReader(code)
  for (const { target, value, fn, at } of usage.assigns) {
    if (target.kind === 'member' && !isRaw(target)) yield* written(code, records, target, fn, at)
    yield* raws(code, records, target, fn)
    yield* rawsInside(code, records, value, fn)
  }
  for (const { call, fact } of codeCalls(code)) {
    const method = methodCall(call)
    if (method?.name === 'set' && method.of.kind === 'member')
      yield* written(code, records, method.of, fact.fn, call.at, isRelation)
    if (method?.name === '_setRaw' || method?.name === '_getRaw')
      yield* rawColumn(code, records, method.of, fact.fn, call.args[0] && { value: call.args[0], file: code.file })
    for (const argument of call.args) yield* rawsInside(code, records, argument, fact.fn)
  }
  for (const [fn, one] of usage.functions.entries())
    for (const value of one.returns) yield* rawsInside(code, records, value, fn)
}

/** A property of a record, where it is certain what it is bound to. */
function* written(
  code: CodeOfFile,
  records: RecordReader,
  { of, name, nameAt: span }: MemberValue,
  fn: number | undefined,
  whole: MemberValue['at'],
  fits: (member: Model['members'][number]) => boolean = () => true,
): Generator<Mention> {
  if (name === undefined) return
  const models = records.recordOf(of, fn)?.models ?? []
  const bound = models.map(model => ({ model, member: model.members.find(one => one.name === name) }))
  if (!bound.every(one => one.member?.column && fits(one.member))) return
  for (const { model, member } of bound)
    for (const told of placesOf(code, model))
      yield {
        kind: 'field',
        ...told,
        field: member!.column!.text,
        at: { file: code.file, span },
        part: 'write',
        role: 'refers',
        whole: { file: code.file, span: whole },
      }
}

const isRelation = (member: Model['members'][number]): boolean =>
  member.binding?.name === 'relation' || member.binding?.name === 'immutableRelation'

/** The tables that a model's records are in. */
const placesOf = (code: CodeOfFile, model: Model): readonly { readonly store: string; readonly entity: string }[] => {
  const entity = model.table?.text
  return entity === undefined ? [] : storesOfModel(code, model).map(store => ({ store: store.name, entity }))
}

/** `record._raw`, or the same in parentheses. */
const isRaw = (value: Value): boolean =>
  value.kind === 'member' && value.of.kind === 'member' && value.of.name === '_raw'

/** Every `record._raw.column` in a value; calls have arguments of their own and are asked by themselves. */
function* rawsInside(
  code: CodeOfFile,
  records: RecordReader,
  value: Value,
  fn: number | undefined,
): Generator<Mention> {
  if (value.kind === 'call' || value.kind === 'jsx') return
  yield* raws(code, records, value, fn)
  for (const child of childrenOf(value)) yield* rawsInside(code, records, child, fn)
}

function* raws(code: CodeOfFile, records: RecordReader, value: Value, fn: number | undefined): Generator<Mention> {
  if (value.kind !== 'member' || value.of.kind !== 'member' || value.of.name !== '_raw') return
  const { file } = code
  if (value.index) {
    yield* rawColumn(code, records, value.of.of, fn, { value: value.index, file })
    return
  }
  if (value.name === undefined) return
  // `_raw['column']` reads like `_raw.column`, but for its quotes.
  const { nameAt: span, name } = value
  const quoted: Located = { value: { kind: 'string', text: name, at: span }, file }
  const isQuoted = span.end - span.start === name.length + 2
  const at = (isQuoted && nameAt(code.scope, quoted)?.at) || { file, span }
  for (const model of records.recordOf(value.of.of, fn)?.models ?? [])
    for (const told of placesOf(code, model))
      yield {
        kind: 'field',
        ...told,
        field: name,
        at,
        source: at,
        part: 'write',
        role: 'refers',
        whole: { file, span: value.at },
      }
}

function* rawColumn(
  code: CodeOfFile,
  records: RecordReader,
  of: Value,
  fn: number | undefined,
  column: Located | undefined,
): Generator<Mention> {
  if (!column) return
  for (const model of records.recordOf(of, fn)?.models ?? [])
    for (const { store, entity } of placesOf(code, model))
      yield* fieldMentions(code.scope, column, entity, { store, part: 'write', role: 'refers', whole: placeOf(column) })
}
