// The whole state of an app as redux-persist keeps it in MMKV.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Shape } from '../../../catalog/scope.ts'
import type { Place } from '../../../text/span.ts'
import { callIndex } from '../code/call-index.ts'
import type { CodeOfFile } from '../types.ts'

/** The keys of configurations that keep a whole root state in an instance of MMKV. */
export function persistedRoots(code: CodeOfFile): readonly Place[] {
  const { scope, file } = code
  const { byName } = callIndex(scope.usage(file))
  return (byName.get('persistReducer') ?? []).flatMap(({ call }) => {
    const [config] = call.args
    const target = scope.target({ value: call.callee, file })
    if (!config || target.kind !== 'external' || !target.from.startsWith('redux-persist')) return []
    const shape = scope.shape({ value: config, file })
    const key = shape?.entries.get('key')?.value
    if (!shape?.complete || !key || scope.text(key)?.text !== 'root' || isPart(shape)) return []
    const storage = shape.entries.get('storage')?.value
    return storage && isKeptInMmkv(code, storage) ? [placeOf(key)] : []
  })
}

const isPart = ({ entries }: Shape): boolean =>
  ['whitelist', 'blacklist', 'transforms', 'serialize'].some(name => entries.has(name))

/** True for an adapter whose `setItem` writes to an instance in its own body. */
function isKeptInMmkv({ scope, isInstance }: CodeOfFile, storage: Located): boolean {
  const setItem = scope.shape(storage)?.entries.get('setItem')?.value
  const found = setItem && scope.follow(setItem)
  if (found?.value.kind !== 'function') return false
  const { file, value } = found
  const { byName } = callIndex(scope.usage(file))
  return (byName.get('set') ?? []).some(
    ({ call: { callee }, fact }) =>
      fact.fn === value.id && callee.kind === 'member' && isInstance({ value: callee.of, file }),
  )
}
