// The imports that a chosen entry needs.
import type { Needed } from '../catalog/mention.ts'
import type { TextEdit } from '../text/edit.ts'
import { addImport } from '../write/add-import.ts'
import { styleOf } from '../write/style.ts'

/** What a file imports, and the names that mean something in it. */
export interface Importing {
  readonly imports: Parameters<typeof addImport>[2]['imports']
  readonly bindings: Readonly<Record<string, unknown>>
}

/**
 * The edits by which `file` imports what it needs and has no name for yet. `specifierOf` tells how it would import
 * another file of the workspace.
 */
export function importEdits(
  file: string,
  text: string,
  module: Importing,
  needs: readonly Needed[],
  specifierOf: (from: string, to: string) => string,
): readonly TextEdit[] {
  const style = styleOf(text)
  return needs.flatMap(({ from, names, isDefault = false, isType = false }) => {
    const missing = names.filter(name => !Object.hasOwn(module.bindings, name))
    if (missing.length === 0 || (typeof from !== 'string' && from.file === file)) return []
    const wish = { from: typeof from === 'string' ? from : specifierOf(file, from.file), names: missing, isDefault }
    if (!isType) return addImport(file, text, module, wish, style)
    // Types may join an import of types, or be named beside the values of an import from the same place.
    const isShared = !isDefault && module.imports.some(one => one.from === wish.from && !one.typeOnly && one.namedAt)
    if (isShared) return addImport(file, text, module, wish, style)
    const turned = { imports: module.imports.map(one => ({ ...one, typeOnly: !one.typeOnly })) }
    return addImport(file, text, turned, wish, style).map(edit => ({
      ...edit,
      text: edit.text.replace(/^(\s*)import (?!type )/, '$1import type '),
    }))
  })
}
