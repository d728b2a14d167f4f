// Makes `Realm` a name of a file, as a value.
import type { Scope } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { addImport } from '../../../write/add-import.ts'
import { styleOf } from '../../../write/style.ts'
import { isFromRealm } from './babel-plugin.ts'

/** The edits after which `Realm` is imported; none where it is, undefined where the name means something else. */
export function importRealm(scope: Scope, file: string, context: FixContext): readonly TextEdit[] | undefined {
  const text = context.text(file)
  const module = scope.module(file)
  if (text === undefined || !module) return undefined
  if (isFromRealm(scope, file, 'Realm')) return []
  const own = scope.binding(file, 'Realm')
  const typed = module.imports.find(one => one.typeOnly && one.names.some(name => name.local === 'Realm'))
  if (own && (!typed || own.import?.from !== 'realm')) return undefined
  if (!typed) return addImport(file, text, module, { from: 'realm', names: ['Realm'], isDefault: true }, styleOf(text))
  const found = /^import\s+type\s+/.exec(text.slice(typed.at.start, typed.at.end))
  if (!found) return undefined
  return [{ file, start: typed.at.start, end: typed.at.start + found[0].length, text: 'import ' }]
}
