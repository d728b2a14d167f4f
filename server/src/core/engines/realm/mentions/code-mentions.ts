// What the code of a file names: classes that are queried and written, their properties, the names in query strings.

import type { Mention } from '../../../catalog/mention.ts'
import { keyPlace } from '../../../catalog/name-at.ts'
import { entityMentions, mentionsOfName, type Told } from '../../../catalog/name-mentions.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import type { Entry, Located } from '../../../catalog/scope.ts'
import { type CallValue, walkValue } from '../../../source/value.ts'
import { classCalls } from '../code/class-calls.ts'
import { type ClassNamed, candidates, classOf } from '../code/class-of.ts'
import { objectsOf } from '../code/objects-of.ts'
import { projectStores } from '../code/realm-of.ts'
import { queriesOf } from '../queries/read-queries.ts'
import type { CodeOfFile, RealmStore } from '../types.ts'
import { queryMentions, sortMentions } from './query-mentions.ts'

/** The names in the queries and writes of a file. */
export function* codeMentions(code: CodeOfFile): Generator<Mention> {
  if (code.stores().length === 0) return
  yield* calls(code)
  yield* newObjects(code)
  yield* assignments(code)
  const { queries, sorts } = queriesOf(code)
  for (const query of queries) for (const text of query.texts) yield* queryMentions(query, text)
  for (const sort of sorts) yield* sortMentions(code, sort)
}

const toldOf = (store: RealmStore, part: Told['part'], call: Located): Told => ({
  store: store.name,
  part,
  role: 'refers',
  whole: placeOf(call),
})

/** `realm.objects('Task')`, `useQuery(Task)`, `realm.create('Task', {…})`. */
function* calls(code: CodeOfFile): Generator<Mention> {
  for (const { method, named, argument, stores, call } of classCalls(code)) {
    const part = method === 'create' ? 'write' : 'query'
    const having = candidates(stores, named?.name.text).map(one => one.store)
    // A name that no realm has is told of the only one that can be meant.
    const meant = having.length > 0 ? having : stores.length === 1 ? stores : []
    for (const store of meant) {
      const told = toldOf(store, part, call)
      yield* classMention(code, named, argument, told)
      const values = call.value.args[1]
      if (method === 'create' && named && values)
        yield* written(code, { value: values, file: call.file }, named.name.text, store, told)
    }
  }
}

function* classMention(
  code: CodeOfFile,
  named: ClassNamed | undefined,
  argument: Located,
  told: Told,
): Generator<Mention> {
  if (!named || named.isText) {
    yield* entityMentions(code.scope, argument, told)
    return
  }
  const { value, file } = argument
  const at = { file, span: value.kind === 'member' ? value.nameAt : value.at }
  const { text } = named.name
  // The name of a JavaScript class, which need not be that of its schema.
  yield* mentionsOfName({ text, at, source: undefined }, { kind: 'entity', entity: text, ...told })
}

/** `new Task(realm, { title })`, or the same without a realm before realm 11. */
function* newObjects(code: CodeOfFile): Generator<Mention> {
  const { file } = code
  for (const { value: outer } of code.scope.usage(file)?.calls ?? [])
    for (const part of walkValue(outer)) {
      if (part.kind !== 'call' || !part.isNew) continue
      const call: Located<CallValue> = { value: part, file }
      const callee: Located = { value: part.callee, file }
      const named = part.callee.kind === 'name' || part.callee.kind === 'member' ? classOf(code, callee) : undefined
      if (!named?.model) continue
      const values = part.args.at(-1)
      for (const { store } of candidates(projectStores(code), named.name.text)) {
        const told = toldOf(store, 'write', call)
        yield* classMention(code, named, callee, told)
        if (values?.kind === 'object') yield* written(code, { value: values, file }, named.name.text, store, told)
      }
    }
}

/** `task.title = …` */
function* assignments(code: CodeOfFile): Generator<Mention> {
  const { file } = code
  for (const { target, at, fn } of code.scope.usage(file)?.assigns ?? []) {
    if (target.kind !== 'member' || target.name === undefined) continue
    const of = objectsOf(code, { value: target.of, file }, fn)
    if (of?.shape !== 'object') continue
    const place = keyPlace(target.name, { file, span: target.nameAt })
    for (const { store, class: one } of candidates(of.stores, of.className))
      if (one.properties.has(target.name))
        yield* mentionsOfName(
          { text: target.name, at: place.at, source: place.isPlain ? place.at : undefined },
          {
            kind: 'field',
            store: store.name,
            entity: one.name.text,
            field: target.name,
            part: 'write',
            role: 'refers',
            whole: { file, span: at },
          },
        )
  }
}

/** Objects within objects deeper than this are taken for cycles. */
const deepest = 12

/** The keys of an object that is written. Those in other files are told where they stand. */
function* written(
  code: CodeOfFile,
  values: Located | undefined,
  className: string,
  store: RealmStore,
  told: Told,
  depth = 0,
): Generator<Mention> {
  const shape = code.scope.shape(values)
  const one = store.class(className)
  if (!shape || !one || depth > deepest) return
  for (const entry of shape.entries.values()) {
    const property = one.properties.get(entry.name)
    // Anything may be a key of an object that comes from somewhere else.
    if (!property && entry.nameAt.file !== code.file) continue
    yield* keyMentions(entry, className, told)
    const target = property?.shape?.target
    if (target === undefined) continue
    const items = code.scope.items(entry.value)?.items ?? [entry.value]
    for (const item of items) yield* written(code, item, target, store, told, depth + 1)
  }
}

function* keyMentions(entry: Entry, entity: string, told: Told): Generator<Mention> {
  const { at, isPlain } = keyPlace(entry.name, entry.nameAt)
  // `{ title }` names a variable as well: renaming the property must not rename that.
  const isShorthand = entry.value.value.at.start === entry.nameAt.span.start
  const name = { text: entry.name, at, source: isPlain && !isShorthand ? at : undefined }
  yield* mentionsOfName(name, { kind: 'field', entity, field: entry.name, ...told, whole: entry.at })
}
