// Gives an adapter migrations that some file exports.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { addImport } from '../../../write/add-import.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import type { Adapter, WatermelonStore } from '../types.ts'

/** The edits that give an adapter the `migrations` exported by `file`; undefined where its options cannot be edited. */
export function passMigrations(
  store: WatermelonStore,
  adapter: Adapter,
  file: string,
  context: FixContext,
  exported: { readonly name: string; readonly isDefault: boolean } = { name: 'migrations', isDefault: false },
): readonly TextEdit[] | undefined {
  const options = adapter.options?.value
  const home = adapter.options?.file
  const text = home === undefined ? undefined : context.text(home)
  const module = home === undefined ? undefined : store.scope.module(home)
  if (options?.kind !== 'object' || home === undefined || text === undefined || !module) return undefined
  const style = styleOf(text)
  const elements = options.props.map(prop => prop.at)
  const afterSchema = options.props.findIndex(prop => prop.kind === 'named' && prop.name === 'schema') + 1
  const property = exported.name === 'migrations' ? 'migrations' : `migrations: ${exported.name}`
  const option = insertElement(
    { file: home, text, span: options.at, elements },
    afterSchema || elements.length,
    property,
    style,
    false,
  )
  if (home === file) return [option]
  return [
    option,
    ...addImport(
      home,
      text,
      module,
      { from: context.specifier(home, file), names: [exported.name], isDefault: exported.isDefault },
      style,
    ),
  ]
}
