// What the code of a sync names: the tables of the changes it pulls and pushes, and the columns of raw records.
import type { Mention } from '../../../catalog/mention.ts'
import { keyPlace } from '../../../catalog/name-at.ts'
import { mentionsOfName, type Told } from '../../../catalog/name-mentions.ts'
import { type Value, walkValue } from '../../../source/value.ts'
import { pullResults } from '../code/pulled-changes.ts'
import { type FunctionRef, type SyncCall, syncsOf } from '../code/read-sync.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { CodeOfFile } from '../types.ts'

/** The names in the functions that the syncs of a file pull and push with, wherever these are written. */
export function* syncMentions(code: CodeOfFile): Generator<Mention> {
  for (const sync of syncsOf(code))
    for (const store of sync.stores) {
      const tables = new Set(store.tableNames())
      const told: Told = { store: store.name, part: 'sync', role: 'refers' }
      yield* pulled(code, sync, told)
      for (const fn of [sync.pull, sync.push]) if (fn) yield* changed(code, fn, tables, told)
    }
}

/** The keys of what pullChanges gives back: tables, and columns of the raw records in their lists. */
function* pulled(code: CodeOfFile, sync: SyncCall, told: Told): Generator<Mention> {
  for (const result of pullResults(code, sync))
    for (const { entry, raws } of result.tables) {
      const { at, isPlain } = keyPlace(entry.name, entry.nameAt)
      const name = { text: entry.name, at, source: isPlain ? at : undefined }
      yield* mentionsOfName(name, { kind: 'entity', entity: entry.name, ...told, whole: entry.at })
      for (const raw of raws)
        for (const column of raw.shape.entries.values()) {
          if (implicitColumns.has(column.name)) continue
          const key = keyPlace(column.name, column.nameAt)
          yield* mentionsOfName(
            { text: column.name, at: key.at, source: key.isPlain ? key.at : undefined },
            { kind: 'field', entity: entry.name, field: column.name, ...told, whole: column.at },
          )
        }
    }
}

/** `changes.posts`, where `changes` is what the function is given or takes out of something. */
function* changed(
  code: CodeOfFile,
  { file, id }: FunctionRef,
  tables: ReadonlySet<string>,
  told: Told,
): Generator<Mention> {
  const usage = code.scope.usage(file)
  const bindings = code.scope.module(file)?.bindings ?? {}
  const isInside = (fn: number | undefined): boolean => {
    for (let at = fn; at !== undefined; at = usage?.functions[at]?.parent) if (at === id) return true
    return false
  }
  const isChanges = (value: Value): boolean => {
    if (value.kind === 'member') return value.name === 'changes' && value.of.kind === 'name' && isLocal(value.of.key)
    return value.kind === 'name' && value.name === 'changes' && isLocal(value.key)
  }
  const isLocal = (key: string | undefined): boolean => {
    const binding = key === undefined ? undefined : bindings[key]
    return binding !== undefined && isInside(binding.param?.fn ?? binding.fn)
  }
  const values: Value[] = [
    ...(usage?.calls ?? []).map(one => one.value),
    ...(usage?.assigns ?? []).flatMap(one => [one.target, one.value]),
    ...(usage?.functions ?? []).flatMap(one => one.returns),
    ...Object.values(bindings).flatMap(one => one.value ?? []),
  ]
  for (const value of values)
    for (const inner of walkValue(value)) {
      if (inner.kind !== 'member' || inner.name === undefined || !tables.has(inner.name) || !isChanges(inner.of))
        continue
      const { at, isPlain } = keyPlace(inner.name, { file, span: inner.nameAt })
      const name = { text: inner.name, at, source: isPlain ? at : undefined }
      yield* mentionsOfName(name, { kind: 'entity', entity: inner.name, ...told, whole: { file, span: inner.at } })
    }
}
