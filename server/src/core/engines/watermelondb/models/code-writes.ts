// What code elsewhere may do to records and classes: writes that a model alone does not show.
import type { Scope } from '../../../catalog/scope.ts'
import { hasTestName } from '../../../catalog/test-file.ts'
import type { CallValue } from '../../../source/value.ts'
import { callsIn } from '../code/code-calls.ts'
import type { Model } from '../types.ts'

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
    if (hasTestName(file) || project(file) !== model.project) return false
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

/** True when another file gives the class a static property, as some do to avoid importing in a circle. */
export function isGivenElsewhere(scope: Scope, model: Model, property: string): boolean {
  return scope.files().some(file =>
    scope.usage(file)?.assigns.some(({ target }) => {
      if (target.kind !== 'member' || target.name !== property || target.of.kind !== 'name') return false
      const found = scope.follow({ value: target.of, file })
      return found.value.kind === 'class' && found.file === model.file && found.value.key === model.key
    }),
  )
}

const isRawWriter = ({ callee }: CallValue): boolean => {
  if (callee.kind === 'name')
    return callee.name === 'synchronize' || callee.name === 'assign' || callee.name === 'merge'
  return callee.kind === 'member' && callee.name !== undefined && rawWriters.has(callee.name)
}
