// Quick looks at imports, so that files and workspaces without a library cost next to nothing.
import { inBlocks } from './long-lists.ts'
import { gated } from './remembered.ts'
import type { Scope } from './scope.ts'

/** A file that imports only other packages has nothing of a library: it could come from the app's own files alone. */
export const mayUse = (scope: Scope, file: string, isOf: (specifier: string) => boolean): boolean =>
  (scope.module(file)?.imports ?? []).some(
    ({ from }) => from.startsWith('.') || isOf(from) || scope.workspace().resolve(file, from).length > 0,
  )

/** Tells whether any file imports a library. */
export const importedAnywhere = (scope: Scope, isOf: (specifier: string) => boolean): (() => boolean) =>
  anywhere(scope, file => scope.module(file)?.imports.some(one => isOf(one.from)) ?? false)

/** Tells whether something holds of any file. A change of a file costs a look at its neighbours. */
export function anywhere(scope: Scope, holds: (file: string) => boolean): () => boolean {
  const holding = inBlocks((files: readonly string[]) => (files.some(holds) ? [true] : []))
  return gated(() => holding(scope.files()).length > 0)
}
