// Gives a member a type that the Babel plugin takes.
import type { Scope } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { DroppedMember, ModelClass } from '../types.ts'
import { importRealm } from './import-realm.ts'
import { realmNames } from './realm-names.ts'

const orUndefined = / \| undefined$/

/** The type that a dropped member is given, as it is shown: `?: T` for one that becomes optional. */
export const shownType = (meant: string): string => {
  const type = meant.replace(orUndefined, '')
  return type === meant ? type : `?: ${type}`
}

/** The edits that write the type that was meant; undefined where there is none, or where `Realm` cannot be named. */
export function retypeMember(
  scope: Scope,
  model: ModelClass,
  { member, meant }: DroppedMember,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const { fact, file } = member
  const { type, initializer } = fact
  const text = context.text(file)
  if (meant === undefined || !type || text === undefined) return undefined
  const needed = meant.includes('Realm.') ? nameRealm(scope, model, context) : []
  if (!needed) return undefined
  const plain = meant.replace(orUndefined, '')
  const isOptional = plain !== meant || fact.isOptional
  // `[]` is no list of Realm's, and null no value of an optional property to TypeScript.
  const isEmpty =
    initializer?.kind === 'null' ||
    ((initializer?.kind === 'array' || initializer?.kind === 'object') && /^Realm\./.test(plain))
  const end = isEmpty ? initializer.at.end : type.at.end
  const keeps = initializer !== undefined && !isEmpty
  const mark = isOptional ? '?' : keeps ? '' : fact.isDefinite || isEmpty ? '!' : ''
  return [...needed, { file, start: fact.nameAt.end, end, text: `${mark}: ${plain}` }]
}

/** The edits after which `Realm` is imported and stays so when imports of types are taken away. */
function nameRealm(scope: Scope, { file, fact }: ModelClass, context: FixContext): readonly TextEdit[] | undefined {
  if (realmNames(scope, file).has('Realm')) return []
  const base = fact.superclass
  const imports = importRealm(scope, file, context)
  if (!imports || base?.kind !== 'name') return undefined
  return [...imports, { file, start: base.at.start, end: base.at.end, text: 'Realm.Object' }]
}
