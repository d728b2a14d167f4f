// Adds a class to the schema that a realm is opened with.
import type { Scope } from '../../../catalog/scope.ts'
import type { Fix, FixContext } from '../../../rules/rule.ts'
import type { ModelClass, RealmStore } from '../types.ts'
import { exportedName, registerClass } from './register-class.ts'

/**
 * The fix that puts a JavaScript class into the list of the schema, and imports it there. Undefined where the list is not
 * written out, or where the class is not exported or its name is taken.
 */
export function addToSchema(
  scope: Scope,
  store: RealmStore,
  { file, key }: ModelClass,
  context: FixContext,
): Fix | undefined {
  const added = registerClass(store, { file, key, exported: exportedName(scope, file, key) }, context)
  return added && { title: `Add ${added.local} to the schema`, safe: false, edits: added.edits }
}
