// The type of a parameter that the library which calls a function gives it, though nothing around says so.
import type { Located, Scope } from '../../../catalog/scope.ts'
import { callIndex } from '../code/call-index.ts'
import type { ValueType } from '../types.ts'

/** Interfaces of storages whose `setItem` is given a text. */
const textStorages = /^(?:StateStorage|SyncStringStorage|AsyncStringStorage|SupportedStorage)\b/

/** The type of what a state library hands to `setItem`: always a text. Undefined for everything else. */
export function handedType(scope: Scope, value: Located | undefined): ValueType | undefined {
  if (value?.value.kind !== 'name' || value.value.key === undefined) return undefined
  const { file } = value
  const binding = scope.binding(file, value.value.key)
  if (!binding?.param || binding.type || binding.param.index !== 1) return undefined
  const { fn } = binding.param
  const isTyped = Object.values(scope.module(file)?.bindings ?? {}).some(
    one => one.type && textStorages.test(one.type.text) && holds(one.value, fn),
  )
  if (isTyped) return 'string'
  const given = callIndex(scope.usage(file)).byName.get('createJSONStorage') ?? []
  return given.some(({ call }) => call.args.some(one => isReturnedBy(scope, file, one, fn))) ? 'string' : undefined
}

/** True for an object whose `setItem` is function `fn`. */
function holds(value: Located['value'] | undefined, fn: number): boolean {
  return (
    value?.kind === 'object' &&
    value.props.some(
      prop =>
        prop.kind === 'named' && prop.name === 'setItem' && prop.value.kind === 'function' && prop.value.id === fn,
    )
  )
}

/** `createJSONStorage(() => ({ setItem: … }))` */
function isReturnedBy(scope: Scope, file: string, argument: Located['value'], fn: number): boolean {
  const { value } = scope.follow({ value: argument, file })
  if (value.kind !== 'function') return false
  const returns = scope.usage(file)?.functions[value.id]?.returns ?? []
  return returns.some(one => holds(scope.follow({ value: one, file }).value, fn))
}
