// Puts a model class into `modelClasses`.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { addImport } from '../../../write/add-import.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import { arrayIn } from '../migrations/write-migration.ts'
import type { Model, WatermelonStore } from '../types.ts'

/** A class as its file gives it to others. */
export interface ExportedClass {
  readonly file: string
  readonly name: string
  readonly isDefault: boolean
}

/** How the file of a model exports it; undefined where it does not. */
export function exportOf(store: WatermelonStore, model: Model): ExportedClass | undefined {
  const entries = Object.entries(store.scope.module(model.file)?.exports ?? {})
  const names = entries.flatMap(([name, one]) => (one.kind === 'binding' && one.key === model.key ? [name] : []))
  const name = names.find(one => one !== 'default')
  if (name !== undefined) return { file: model.file, name, isDefault: false }
  return names.length > 0 && model.key === model.name
    ? { file: model.file, name: model.name, isDefault: true }
    : undefined
}

/** The edits that register a class in every database of the store; undefined where no list of models can be edited. */
export function registerModel(
  store: WatermelonStore,
  model: ExportedClass,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const lists = new Map(
    store.modelClassesValues.map(one => [`${one.file}:${one.value.at.start}`, arrayIn(one, context)]),
  )
  const edits: TextEdit[] = []
  for (const list of lists.values()) {
    const module = list && store.scope.module(list.file)
    if (!module) return undefined
    const isHere = list.file === model.file
    if (!isHere && Object.hasOwn(module.bindings, model.name)) return undefined
    const style = styleOf(list.text)
    const wish = { from: context.specifier(list.file, model.file), names: [model.name], isDefault: model.isDefault }
    edits.push(insertElement(list, list.elements.length, model.name, style, false))
    if (!isHere) edits.push(...addImport(list.file, list.text, module, wish, style))
  }
  return edits.length > 0 ? edits : undefined
}
