// The files that somebody looks at are judged first: with what they import, before the rest of the workspace is read.

import type { Feedable } from './feedable.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Files read for the sake of the first ones, at most. What they lead to beyond that is unknown until all has been read. */
const most = 60

/** A file that imports more than this lists all there is, such as the models of a database, and is not followed. */
const list = 30

/** Gives, round by round, what the first files and those that define the store import, and what these import in turn. */
export async function readFirst(
  analyzer: Pick<Feedable, 'wanted' | 'facts'>,
  model: WorkspaceModel,
  first: Iterable<string>,
  give: (files: readonly string[]) => Promise<void>,
): Promise<void> {
  let from = [...first]
  let left = most
  while (from.length > 0 && left > 0) {
    const wanted = analyzer.wanted()
    const imported = new Set(from.flatMap(file => importsOf(analyzer, model, file)))
    const next = [...imported].filter(file => wanted.has(file) && model.has(file)).slice(0, left)
    await give(next)
    left -= next.length
    from = next
  }
}

function importsOf(analyzer: Pick<Feedable, 'facts'>, model: WorkspaceModel, file: string): readonly string[] {
  const imports = analyzer.facts(file)?.module.imports ?? []
  if (imports.length > list) return []
  // What is imported as a type alone gives no value that a finding could lean on.
  return imports.flatMap(({ from, typeOnly }) => (typeOnly ? [] : model.resolve(file, from)))
}
