// The name of a key, and where it is written: also in a field of a class (`this.KEY`).
import type { Named } from '../../../catalog/catalog.ts'
import { type NameAt, nameAt } from '../../../catalog/name-at.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { classMember } from '../instances/called-function.ts'

/** The text of a key; undefined where it is not known. */
export function keyText(scope: Scope, located: Located | undefined): Named | undefined {
  return located && (scope.text(located) ?? scope.text(fieldValue(scope, located)))
}

/** Where the name of a key stands here, and where its letters do. */
export function keyNameAt(scope: Scope, located: Located | undefined): NameAt | undefined {
  const plain = nameAt(scope, located)
  if (plain || located?.value.kind !== 'member') return plain
  const held = nameAt(scope, fieldValue(scope, located))
  return held && { text: held.text, at: { file: located.file, span: located.value.nameAt }, source: held.source }
}

/** The one value that a field of a class ever gets. */
function fieldValue(scope: Scope, located: Located): Located | undefined {
  if (located.value.kind !== 'member') return undefined
  const values = classMember(scope, located)?.values ?? []
  return values.length === 1 ? values[0] : undefined
}
