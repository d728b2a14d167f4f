// Adds a class to the schema that a realm is opened with.
import type { Scope } from '../../../catalog/scope.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { addImport } from '../../../write/add-import.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import type { ModelClass, RealmStore } from '../types.ts'

/**
 * The fix that puts a JavaScript class into the list of the schema, and imports it there. Undefined where the list is not
 * written out, or where the class is not exported or its name is taken.
 */
export function addToSchema(scope: Scope, store: RealmStore, model: ModelClass, context: FixContext): Fix | undefined {
  const list = store.schemaValue
  const text = list && context.text(list.file)
  if (list?.value.kind !== 'array' || text === undefined) return undefined
  const module = scope.module(list.file)
  const style = styleOf(text)
  const edits: TextEdit[] = []
  let local = model.name
  if (list.file !== model.file) {
    const from = context.specifier(list.file, model.file)
    const exported = Object.entries(scope.module(model.file)?.exports ?? {}).find(
      ([, one]) => one.kind === 'binding' && one.key === model.key,
    )?.[0]
    const known = Object.values(module?.bindings ?? {}).find(one => {
      const target =
        !one.import || one.import.typeOnly
          ? undefined
          : scope.target({ value: { kind: 'name', name: one.name, key: one.name, at: one.at }, file: list.file })
      return (
        target?.kind === 'value' &&
        target.located.value.kind === 'class' &&
        target.located.value.key === model.key &&
        target.located.file === model.file
      )
    })
    if (known) local = known.name
    else if (exported === undefined || module?.bindings[model.name]) return undefined
    else {
      const isDefault = exported === 'default'
      const names = [isDefault ? model.name : exported]
      local = names[0]!
      edits.push(...addImport(list.file, text, module ?? { imports: [] }, { from, names, isDefault }, style))
    }
  }
  const elements = list.value.items.map(item => item.at)
  edits.push(
    insertElement({ file: list.file, text, span: list.value.at, elements }, elements.length, local, style, false),
  )
  return { title: `Add ${local} to the schema`, safe: false, edits }
}
