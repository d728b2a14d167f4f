// Names that newer versions of realm-js no longer have (CHANGELOG of 11.0.0 and 12.0.0).
import type { CallValue, MemberValue, Value } from '../../../source/value.ts'
import { walkValue } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import type { CodeOfFile } from '../types.ts'
import { creations } from './created-objects.ts'
import { methodCall } from './method-call.ts'
import { objectsOf } from './objects-of.ts'
import { realmOf } from './realm-of.ts'

/** A use of an old name, or of an old form. */
export interface OldUse {
  readonly at: Place
  readonly old: string
  /** What became of it. */
  readonly now: string
  readonly why: string
  /** The edit: `at` is replaced by it; undefined where more would have to change. */
  readonly text?: string
}

const realmMembers: Readonly<Record<string, string>> = { empty: 'isEmpty', readOnly: 'isReadOnly' }

/** Uses that fail with realm `major`. */
export function* oldUses(code: CodeOfFile, major: number): Generator<OldUse> {
  const { scope, file } = code
  const usage = scope.usage(file)
  const seen = new Set<number>()
  const roots: { readonly value: Value; readonly fn: number | undefined }[] = [
    ...(usage?.calls ?? []).map(({ value, fn }) => ({ value, fn })),
    ...(usage?.assigns ?? []).map(({ value, fn }) => ({ value, fn })),
    ...(usage?.functions ?? []).flatMap((fn, id) => fn.returns.map(value => ({ value, fn: id }))),
    ...Object.values(scope.module(file)?.bindings ?? {}).flatMap(({ value, fn }) => (value ? [{ value, fn }] : [])),
  ]
  for (const { value: root, fn } of roots)
    for (const value of walkValue(root)) {
      if (value.kind !== 'member' && value.kind !== 'call') continue
      if (seen.has(value.at.start * 2 + (value.kind === 'call' ? 1 : 0))) continue
      const use = value.kind === 'member' ? ofMember(code, value) : ofCall(code, value, fn)
      if (!use) continue
      seen.add(value.at.start * 2 + (value.kind === 'call' ? 1 : 0))
      yield use
    }
  if (major >= 12) yield* arrays(code)
}

/** `realm.empty` */
function ofMember(code: CodeOfFile, { of, name, nameAt }: MemberValue): OldUse | undefined {
  const now = name !== undefined && Object.hasOwn(realmMembers, name) ? realmMembers[name] : undefined
  if (name === undefined || now === undefined || !realmOf(code, { value: of, file: code.file })) return undefined
  return { at: { file: code.file, span: nameAt }, old: name, now, text: now, why: 'it is always undefined' }
}

function ofCall(code: CodeOfFile, call: CallValue, fn: number | undefined): OldUse | undefined {
  const { file, scope } = code
  if (call.isNew) return ofNew(code, call)
  const method = methodCall(call)
  if (!method) return undefined
  const at = { file, span: method.nameAt }
  const of = { value: method.of, file }
  if (method.name === '_objectId' && objectsOf(code, of, fn)?.shape === 'object')
    return { at, old: '_objectId()', now: '_objectKey()', text: '_objectKey', why: 'calling it throws' }
  const [first] = call.args
  const isPath = first && call.args.length <= 2 && scope.text({ value: first, file }) !== undefined
  if (method.name === 'writeCopyTo' && isPath && realmOf(code, of))
    return { at, old: 'writeCopyTo(path)', now: 'writeCopyTo({ path })', why: 'it throws' }
  return undefined
}

/** `new Task({ … })` */
function ofNew(code: CodeOfFile, call: CallValue): OldUse | undefined {
  const { file } = code
  const [first, second] = call.args
  if (first?.kind !== 'object' || second) return undefined
  const isModel = creations(code).some(one => one.how === 'new' && one.call.value === call)
  if (!isModel) return undefined
  return {
    at: { file, span: call.callee.at },
    old: 'new without a realm',
    now: 'realm.create(…)',
    why: 'it throws "realm.create is not a function"',
  }
}

/** `realm.create('Task', ['a', 1])` */
function* arrays(code: CodeOfFile): Generator<OldUse> {
  for (const { how, values, classAt } of creations(code))
    if (how === 'create' && values && code.scope.follow(values).value.kind === 'array')
      yield {
        at: classAt,
        old: 'a list of values',
        now: 'an object of values',
        why: 'it throws "Array values on object creation is no longer supported"',
      }
}
