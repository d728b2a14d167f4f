// Whether what an opening gives is encrypted with another key at once: then its own key is the old one of a migration.

import type { Scope } from '../../../catalog/scope.ts'
import { isWithin } from '../code/around.ts'
import { callIndex } from '../code/call-index.ts'
import type { Opening } from '../types.ts'

const encryptions = ['encrypt', 'recrypt', 'decrypt'] as const

/** True where the function that opens an instance also encrypts or decrypts that instance. */
export function isEncryptedAnew(scope: Scope, { fact, value: { file } }: Opening): boolean {
  const key = fact.into ?? fact.assignedTo
  if (key === undefined) return false
  const { byName } = callIndex(scope.usage(file))
  return encryptions
    .flatMap(name => byName.get(name) ?? [])
    .some(
      ({ call: { callee }, fact: { fn } }) =>
        callee.kind === 'member' &&
        callee.of.kind === 'name' &&
        callee.of.key === key &&
        (fact.fn === undefined || isWithin(scope, file, fn, fact.fn)),
    )
}
