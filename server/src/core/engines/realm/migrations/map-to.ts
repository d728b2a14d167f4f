// Gives a renamed property the name that is stored, so that nothing changes on phones.
import { placeOf } from '../../../catalog/place-of.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { lineIndent, quoted, styleOf } from '../../../write/style.ts'
import { addKey, replaceAt } from '../edit-object.ts'
import { declarationText } from '../schema/write-declaration.ts'
import type { RealmStore } from '../types.ts'
import type { Difference } from './compare-schemas.ts'

/** The edits that add `mapTo`; undefined for what is not the same property under another name, and for primary keys. */
export function mapToEdit(
  store: RealmStore,
  { className, from, to }: Difference,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const property = store.class(className)?.properties.get(to?.name ?? '')
  if (!from || !property?.shape || property.isPrimary || property.mapTo) return undefined
  if (from.shape?.optional !== property.shape.optional) return undefined
  const { form, declared, entry, member } = property
  const file = form === 'member' ? member?.file : entry?.value.file
  const text = file === undefined ? undefined : context.text(file)
  if (text === undefined || file === undefined) return undefined
  const style = styleOf(text)
  const mapTo = `mapTo: ${quoted(from.persisted, style)}`
  if (form === 'shorthand')
    return entry && [replaceAt(placeOf(entry.value), declarationText(property.shape, [mapTo], style))]
  if (form === 'object') {
    const edit = declared?.value.kind === 'object' ? addKey(declared, mapTo, context) : undefined
    return edit && [edit]
  }
  const realm = Object.values(store.scope.module(file)?.bindings ?? {}).find(one => one.import?.from === 'realm')
  if (!member || realm?.name !== 'Realm') return undefined
  const { start } = member.fact.at
  const decorator = `@Realm.mapTo(${quoted(from.persisted, style)})`
  return [{ file, start, end: start, text: `${decorator}${style.newline}${lineIndent(text, start)}` }]
}
