// Puts together what a file mentions: the names in the SQL that is written in it, wherever that is run.
import { computed } from '@preact/signals-core'
import type { Mention } from '../../../catalog/mention.ts'
import { keyed, sameItems } from '../../../catalog/remembered.ts'
import { together } from '../../../catalog/unit-mentions.ts'
import type { SqlCall } from '../types.ts'
import { callMentions } from './call-mentions.ts'

/** The mentions of each file, computed when asked for and remembered until something that they depend on changes. */
export function createMentions(allCalls: () => readonly SqlCall[]): (file: string) => readonly Mention[] {
  const byFile = computed(() => {
    const found = new Map<string, SqlCall[]>()
    for (const call of allCalls()) {
      if (!call.store) continue
      for (const file of filesOf(call)) {
        const list = found.get(file)
        if (list) list.push(call)
        else found.set(file, [call])
      }
    }
    return found
  })
  const callsIn = keyed((file: string): readonly SqlCall[] => byFile.value.get(file) ?? [], sameItems)
  return keyed((file: string) => {
    const all = callsIn(file).flatMap(call => (call.store ? [...callMentions(call.store, call)] : []))
    return together(
      [],
      all.filter(mention => mention.at.file === file),
    )
  })
}

const known = new WeakMap<SqlCall, ReadonlySet<string>>()

/** The files that letters of the SQL stand in, and those of constants in it. */
function filesOf(call: SqlCall): ReadonlySet<string> {
  const found = known.get(call)
  if (found) return found
  const files = new Set<string>([call.argument.file])
  for (const { literal, value } of call.sql?.parts ?? []) {
    if (literal) files.add(literal.file)
    const target = value && call.store?.scope.follow(value)
    if (target) files.add(target.file)
  }
  known.set(call, files)
  return files
}
