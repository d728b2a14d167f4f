// Whether some code may write a column that the engine does not write by itself.
import type { Scope } from '../../catalog/scope.ts'
import type { CallValue } from '../../source/value.ts'
import { callsIn } from './code-calls.ts'
import { isTestFile } from './sites.ts'
import type { Model } from './types.ts'

/** Calls that can give a record any column: raw writes, sync, and copies of whole objects. */
const rawWriters = new Set(['_setRaw', 'prepareCreateFromDirtyRaw', 'setRawSanitized', 'assign', 'merge'])

/**
 * True when some code of the model's project may set one of `names` (properties or columns): by an assignment to a
 * member of that name or of a computed name, by writing raw records, or by sync.
 */
export function mayBeWritten(scope: Scope, model: Model, names: readonly string[]): boolean {
  const { project } = scope.workspace()
  const wanted = new Set([...names, '_raw'])
  return scope.files().some(file => {
    if (isTestFile(file) || project(file) !== model.project) return false
    if (scope.isBroken(file)) return true
    const usage = scope.usage(file)
    if (!usage) return false
    if (
      usage.assigns.some(
        ({ target }) => target.kind === 'member' && (target.name === undefined || wanted.has(target.name)),
      )
    )
      return true
    return usage.calls.some(call => callsIn(call.value).some(isRawWriter))
  })
}

const isRawWriter = ({ callee }: CallValue): boolean => {
  if (callee.kind === 'name')
    return callee.name === 'synchronize' || callee.name === 'assign' || callee.name === 'merge'
  return callee.kind === 'member' && callee.name !== undefined && rawWriters.has(callee.name)
}
