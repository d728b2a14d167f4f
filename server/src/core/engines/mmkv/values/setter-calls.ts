// The calls of the setter that a hook gives.
import type { Part } from '../../../catalog/call-index.ts'
import { callIndex } from '../code/call-index.ts'
import type { CodeOfFile, KeyUse } from '../types.ts'

/** The calls of `setName` of `const [name, setName] = useMMKVString(…)`, in its own file. */
export function setterCalls({ scope, file }: CodeOfFile, use: KeyUse): readonly Part[] {
  const bindings = Object.entries(scope.module(file)?.bindings ?? {})
  const found = bindings.find(
    ([, { value }]) => value?.kind === 'member' && value.of === use.call.value && isSecond(value),
  )
  if (!found) return []
  const [key, { name }] = found
  const { byName } = callIndex(scope.usage(file))
  return (byName.get(name) ?? []).filter(({ call: { callee } }) => callee.kind === 'name' && callee.key === key)
}

/** The second of a list that is taken apart. */
const isSecond = ({
  name,
  index,
}: {
  readonly name?: string
  readonly index?: { readonly kind: string } & { readonly value?: unknown }
}) => name === '1' || (index?.kind === 'number' && index.value === 1)
