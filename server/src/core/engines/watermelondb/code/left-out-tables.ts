// Tables that a sync leaves out by a list of their names.
import type { Located } from '../../../catalog/scope.ts'
import type { CodeOfFile } from '../types.ts'
import type { SyncCall } from './read-sync.ts'

/**
 * The tables named in a constant list beside the sync, or beside what it pushes with, whose own name says that they are
 * left out (`EXCLUDED_TABLES`). How the list is used is not looked at.
 */
export function leftOutTables({ scope }: CodeOfFile, { call, options, entries, push }: SyncCall): ReadonlySet<string> {
  const homes = [call.file, options?.file, entries.get('pushChanges')?.value.file, push?.file]
  const files = new Set(homes.filter(file => file !== undefined))
  const names = [...files].flatMap(file =>
    Object.entries(scope.module(file)?.bindings ?? {}).flatMap(([key, { name, at }]) => {
      if (!leavesOut.test(name)) return []
      const found = scope.follow({ value: { kind: 'name', name, key, at }, file })
      return namesIn(found).flatMap(item => scope.text(item)?.text ?? [])
    }),
  )
  return new Set(names)
}

const leavesOut = /exclu|ignor|skip|omit|local|den(?:y|ied)|black|(?:un|no|not|never)_?sync/i

/** The items of a list, or of a set that is made of one. */
function namesIn({ value, file }: Located): readonly Located[] {
  if (value.kind === 'array') return value.items.map(item => ({ value: item, file }))
  const isSet = value.kind === 'call' && value.isNew && value.callee.kind === 'name' && value.callee.name === 'Set'
  return isSet && value.args[0]?.kind === 'array' ? namesIn({ value: value.args[0], file }) : []
}
