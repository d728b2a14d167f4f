// Which SQL has letters in a file: that of calls there, and that of constants which other files hand to a database.
import { computed } from '@preact/signals-core'
import { keyed, sameItems } from '../../../catalog/remembered.ts'
import type { SqlCall } from '../types.ts'

/** The calls on known databases whose SQL stands in a file, in part or as a whole, or is named there. */
export function createCallsByFile(allCalls: () => readonly SqlCall[]): (file: string) => readonly SqlCall[] {
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
  return keyed((file: string): readonly SqlCall[] => byFile.value.get(file) ?? [], sameItems)
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
