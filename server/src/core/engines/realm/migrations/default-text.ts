// The default of a property as text that a migration can write.
import type { FixContext } from '../../../rules/rule.ts'
import { walkValue } from '../../../source/value.ts'
import type { RealmStore } from '../types.ts'
import type { SchemaProperty } from './schema-class.ts'

/**
 * The default of a present property as source text that means the same elsewhere; for a function, what it gives back.
 * Undefined where there is none, or where it refers to names of its file.
 */
export function defaultText(
  store: RealmStore,
  className: string,
  { name }: Pick<SchemaProperty, 'name'>,
  context: FixContext,
): string | undefined {
  const written = store.class(className)?.properties.get(name)?.default
  if (!written) return undefined
  let found = store.scope.follow(written)
  if (found.value.kind === 'function') {
    const fn = store.scope.usage(found.file)?.functions[found.value.id]
    const [result] = fn?.returns ?? []
    if (fn?.returns.length !== 1 || !result || fn.isAsync || fn.isGenerator) return undefined
    found = { value: result, file: found.file }
  }
  for (const part of walkValue(found.value))
    if (part.kind === 'unknown' || part.kind === 'function' || (part.kind === 'name' && part.key !== undefined))
      return undefined
  return context.text(found.file)?.slice(found.value.at.start, found.value.at.end)
}
