// Whether records of a project are deleted in two steps, so that deleted ones stay in the tables for a while.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Scope } from '../../../catalog/scope.ts'
import { hasTestName } from '../../../catalog/test-file.ts'
import { codeCalls } from '../code/code-calls.ts'
import { methodCall } from '../code/read-collection.ts'

const known = new WeakMap<Scope, Map<string, ReadonlySignal<boolean>>>()

/** True when some file of the project of `file` calls `markAsDeleted` or `markAllAsDeleted`. */
export function marksDeleted(scope: Scope, file: string): boolean {
  const { project } = scope.workspace()
  const home = project(file)
  return scope.files().some(other => !hasTestName(other) && project(other) === home && marksInFile(scope, other))
}

/** Remembered by file, so that a keystroke looks through one file alone. */
function marksInFile(scope: Scope, file: string): boolean {
  const files = known.get(scope) ?? new Map<string, ReadonlySignal<boolean>>()
  known.set(scope, files)
  let cell = files.get(file)
  if (!cell) {
    cell = computed(() => codeCalls({ scope, file }).some(one => isMark(methodCall(one.call)?.name)))
    files.set(file, cell)
  }
  return cell.value
}

const isMark = (name: string | undefined): boolean => name === 'markAsDeleted' || name === 'markAllAsDeleted'
