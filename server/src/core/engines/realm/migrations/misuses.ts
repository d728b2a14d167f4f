// What a migration does that Realm refuses, or that is lost.

import type { TextEdit } from '../../../text/edit.ts'
import type { Place } from '../../../text/span.ts'
import { indentBlock } from '../../../write/style.ts'
import type { MigrationCall, MigrationRead, RealmStore } from '../types.ts'

/** Something wrong, and what mends it. */
export interface Misuse {
  readonly at: Place
  readonly message: string
  readonly fix?: MisuseFix
}

/** `edits` may need the texts of places. */
export interface MisuseFix {
  readonly title: string
  readonly edits: readonly TextEdit[] | ((text: (at: Place) => string | undefined) => readonly TextEdit[] | undefined)
}

/** Methods of a realm that change it. */
const writing = new Set(['create', 'delete', 'deleteAll', 'deleteModel', 'write', 'beginTransaction'])
/** Methods that need the class in the schema. */
const asking = new Set(['objects', 'create', 'objectForPrimaryKey'])

/** Everything wrong in a migration, in the order of the code for each kind. */
export function* misuses(store: RealmStore, migration: MigrationRead): Generator<Misuse> {
  const { scope } = store
  const { file, fn, calls, steps } = migration
  const own = scope.usage(file)?.functions[fn]
  if (own?.isAsync)
    yield {
      at: { file, span: own.nameAt },
      message:
        'Realm does not wait for "onMigration": what comes after the first "await" is lost, and what it throws is not noticed. Make it synchronous.',
    }
  for (const call of calls) {
    if (call.realm === 'new') yield* newRealmMisuse(store, migration, call)
    else if (writing.has(call.method)) yield oldRealmWrite(migration, call)
  }
  for (const { realm, kind, nameAt, className } of steps)
    if (realm === 'old' && kind === 'assign' && nameAt)
      yield {
        at: nameAt,
        message: `The old realm is read-only in a migration: this throws "Cannot modify managed objects outside of a write transaction", and the app cannot open its data. Write to the row of "${className}" in the new realm.`,
      }
  const seen = new Set<number>()
  for (const { realm, className, property, at } of steps.flatMap(step => step.reads)) {
    const found = realm === 'new' ? store.class(className) : undefined
    if (!found?.complete || found.fields.some(field => field.unclear) || found.properties.has(property)) continue
    if (seen.has(at.span.start) || found.model?.members.some(member => member.fact.name === property)) continue
    if (found.model?.chainComplete === false || isOfEveryObject(property)) continue
    seen.add(at.span.start)
    yield {
      at,
      message: `"${className}" has no "${property}" in the new schema, so it is undefined here, and what is assigned from it is lost or throws. Read it from the row of the old realm.`,
    }
  }
}

const isOfEveryObject = (name: string): boolean =>
  /^(?:toJSON|keys|entries|isValid|objectSchema|linkingObjects|linkingObjectsCount|getPropertyType|addListener|removeListener|removeAllListeners|_objectKey|_objectId|constructor|toString|hasOwnProperty)$/.test(
    name,
  )

function* newRealmMisuse(store: RealmStore, migration: MigrationRead, call: MigrationCall): Generator<Misuse> {
  const { method, className } = call
  if (method === 'write' || method === 'beginTransaction')
    yield {
      at: methodPlace(call),
      message:
        'The new realm is in a transaction already: this throws "The Realm is already in a write transaction", and the app cannot open its data. Write without it.',
      ...(method === 'write' && {
        fix: { title: 'Write without a transaction', edits: text => unwrapped(store, call, text) },
      }),
    }
  const isMissing = asking.has(method) && className && store.complete && !store.class(className.text)
  if (!isMissing) return
  const isReading = method !== 'create'
  yield {
    at: className.at,
    message: `"${className.text}" is not in the new schema: this throws "Object type '${className.text}' not found in schema", and the app cannot open its data. ${isReading ? 'Read it from the old realm' : 'Create what the schema has'}.`,
    ...(isReading && swap(call, migration.newName, migration.oldName)),
  }
}

function oldRealmWrite(migration: MigrationRead, call: MigrationCall): Misuse {
  const { callee } = call.call.value
  const at = callee.kind === 'member' ? { file: call.call.file, span: callee.of.at } : methodPlace(call)
  return {
    at,
    message: `The old realm is read-only in a migration: "${call.method}" throws, and the app cannot open its data. Write to the new realm.`,
    ...swap(call, migration.oldName, migration.newName),
  }
}

/** The other realm, where both go by names. */
function swap(
  { call, method }: MigrationCall,
  from: string | undefined,
  to: string | undefined,
): { readonly fix?: MisuseFix } {
  const { callee } = call.value
  if (callee.kind !== 'member' || callee.of.kind !== 'name' || callee.of.name !== from || to === undefined) return {}
  if (method === 'write' || method === 'beginTransaction' || method === 'delete') return {}
  const { start, end } = callee.of.at
  return { fix: { title: `Use "${to}"`, edits: [{ file: call.file, start, end, text: to }] } }
}

const methodPlace = ({ call }: MigrationCall): Place => {
  const { callee } = call.value
  return { file: call.file, span: callee.kind === 'member' ? callee.nameAt : callee.at }
}

/** `realm.write(() => { … })` as the statements alone. */
function unwrapped(
  { scope }: RealmStore,
  { call, fact }: MigrationCall,
  text: (at: Place) => string | undefined,
): readonly TextEdit[] | undefined {
  const [work] = call.value.args
  if (fact.use !== 'statement' || fact.value !== call.value || work?.kind !== 'function') return undefined
  const { file } = call
  const fn = scope.usage(file)?.functions[work.id]
  const body = fn?.bodyAt && text({ file, span: fn.bodyAt })
  if (!body?.startsWith('{') || fn?.isAsync || fn?.params.length || /\breturn\b/.test(body)) return undefined
  const inside = body.slice(1, -1)
  const [, first = ''] = /\n([ \t]*)\S/.exec(inside) ?? []
  const [, last = ''] = /\n([ \t]*)$/.exec(inside) ?? []
  const more = first.slice(last.length)
  const lines = inside.trim().split('\n')
  const moved = indentBlock(
    lines.map((line, i) => (i > 0 && line.startsWith(first) ? line.slice(more.length) : line)).join('\n'),
    '',
  )
  const { start, end } = call.value.at
  return [{ file, start, end, text: moved.replace(/;$/, '') }]
}
